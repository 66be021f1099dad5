export { AccountsPage } from './AccountsPage';
export { AccountDialogs } from './AccountDialogs';
export { helpOut } from './actions';
export { NetworkTiles } from './connect/NetworkTiles';
