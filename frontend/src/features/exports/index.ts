import { lazy } from 'react';

export const ExportsPage = lazy(() => import('./ExportsPage').then((file) => ({ default: file.ExportsPage })));
