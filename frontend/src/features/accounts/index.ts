import { lazy } from 'react';

export { AccountDialogs } from './AccountDialogs';
export { helpOut } from './actions';
export { NetworkTiles } from './connect/NetworkTiles';
export const AccountsPage = lazy(() => import('./AccountsPage').then((file) => ({ default: file.AccountsPage })));
