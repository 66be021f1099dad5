import { lazy } from 'react';

export { AccountDialogs } from './AccountDialogs';
export { helpOut } from './actions';
export { NetworkTiles } from './connect/NetworkTiles';
export const AccountsPage = lazy(() => import('./AccountsPage').then((file) => ({ default: file.AccountsPage })));
export const AccountSettingsPage = lazy(() =>
  import('./settings/AccountSettingsPage').then((file) => ({ default: file.AccountSettingsPage })),
);
