import type { Direction, Search } from '@/shared/api/schema.gen';
import { dayStart } from '@/shared/lib/days';

/** What is looked for lives in the address: back returns to the results, a reload keeps them. */
export interface SearchAddress {
  q?: string | undefined;
  account?: number | undefined;
  contact?: number | undefined;
  dir?: Exclude<Direction, 'system'> | undefined;
  file?: boolean | undefined;
  /** `2026-11-22`, in the profile's time zone. */
  from?: string | undefined;
  /** The last day that counts. */
  to?: string | undefined;
}

const number = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined);
const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);

export const parseSearchAddress = (search: Record<string, unknown>): SearchAddress => ({
  q: typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : undefined,
  account: number(search.account),
  contact: number(search.contact),
  dir: search.dir === 'in' || search.dir === 'out' ? search.dir : undefined,
  file: search.file === true ? true : undefined,
  from: day(search.from),
  to: day(search.to),
});

export const hasFilters = ({ account, contact, dir, file, from, to }: SearchAddress): boolean =>
  [account, contact, dir, file, from, to].some((value) => value !== undefined);

export const searchOf = (address: SearchAddress, text: string, timeZone: string | null): Omit<Search, 'cursor'> => ({
  text,
  conversation_id: null,
  account_ids: address.account === undefined ? [] : [address.account],
  contact_id: address.contact ?? null,
  direction: address.dir ?? null,
  has_file: address.file ?? false,
  from: address.from ? dayStart(address.from, timeZone) : null,
  to: address.to ? dayStart(address.to, timeZone, 1) : null,
  limit: 30,
});
