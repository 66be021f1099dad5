import { lazy } from 'react';

export const CrmPage = lazy(() => import('./CrmPage').then((file) => ({ default: file.CrmPage })));
