import { lazy } from 'react';

export { parseAnalyticsAddress, type AnalyticsAddress } from './address';
export const AnalyticsPage = lazy(() => import('./AnalyticsPage').then((file) => ({ default: file.AnalyticsPage })));
