import type { JournalFilter, RepliesFilter, ReplyState, SyncState } from '@/shared/api/schema.gen';
import { dayOf, dayStart } from '@/shared/lib/days';

export const syncStates: readonly SyncState[] = ['queued', 'exported', 'discarded', 'filtered', 'skipped', 'failed'];
export const replyStates: readonly ReplyState[] = ['queued', 'sent', 'failed'];

/** What is shown lives in the address: back returns to it, a reload keeps it. */
export interface JournalAddress {
  tab?: 'replies' | undefined;
  from?: string | undefined;
  to?: string | undefined;
  account?: number | undefined;
  client?: string | undefined;
  dir?: 'in' | 'out' | undefined;
  /** A CRM link. */
  link?: number | undefined;
  state?: SyncState | ReplyState | undefined;
  /** The message whose journal is open. */
  message?: number | undefined;
}

const number = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined);
const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);
const state = (value: unknown) => [...syncStates, ...replyStates].find((one) => one === value);

export const parseJournalAddress = (search: Record<string, unknown>): JournalAddress => ({
  tab: search['tab'] === 'replies' ? 'replies' : undefined,
  from: day(search['from']),
  to: day(search['to']),
  account: number(search['account']),
  client: typeof search['client'] === 'string' || typeof search['client'] === 'number' ? String(search['client']) : undefined,
  dir: search['dir'] === 'in' || search['dir'] === 'out' ? search['dir'] : undefined,
  link: number(search['link']),
  state: state(search['state']),
  message: number(search['message']),
});

/** Without a choice: today. */
export function periodOf(
  { from, to }: Pick<JournalAddress, 'from' | 'to'>,
  timeZone: string | null,
  now: number,
): { from: string; to: string } {
  const today = dayOf(now, timeZone);
  return { from: from ?? to ?? today, to: to ?? from ?? today };
}

function span(address: JournalAddress, timeZone: string | null, now: number) {
  const { from, to } = periodOf(address, timeZone, now);
  return {
    from: dayStart(from, timeZone),
    before: dayStart(to, timeZone, 1),
    account_ids: address.account === undefined ? [] : [address.account],
  };
}

export const messagesOf = (address: JournalAddress, timeZone: string | null, now: number): JournalFilter => ({
  ...span(address, timeZone, now),
  client: address.client?.trim() || undefined,
  direction: address.dir,
  link_id: address.link || undefined,
  status: syncStates.find((one) => one === address.state),
});

export const repliesOf = (address: JournalAddress, timeZone: string | null, now: number): RepliesFilter => ({
  ...span(address, timeZone, now),
  link_ids: address.link ? [address.link] : [],
  client: address.client?.trim() || undefined,
  status: replyStates.find((one) => one === address.state),
});

export const hasFilters = ({ account, client, dir, link, state: chosen }: JournalAddress): boolean =>
  [account, client, dir, link, chosen].some((value) => value !== undefined && value !== '');
export const noFilters: Partial<JournalAddress> = {
  account: undefined,
  client: undefined,
  dir: undefined,
  link: undefined,
  state: undefined,
};
