export { SearchPage } from './SearchPage';
export { parseSearchAddress, type SearchAddress } from './address';
