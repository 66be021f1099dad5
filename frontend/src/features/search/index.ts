import { lazy } from 'react';

export { parseSearchAddress, type SearchAddress } from './address';
export const SearchPage = lazy(() => import('./SearchPage').then((file) => ({ default: file.SearchPage })));
