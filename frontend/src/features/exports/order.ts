import type { AccountId, ContactId, Direction, ExportFormat, ExportOptions, OrderExport, Tick } from '@/shared/api/schema.gen';
import { dayOf } from '@/shared/lib/days';

/** A file as it is being ordered. */
export interface Order {
  accounts: AccountId[];
  first: string;
  last: string;
  format: ExportFormat;
  /** `null`: the usual ones. */
  columns: string[] | null;
  person: { id: ContactId; name: string } | null;
  direction: Direction | null;
  statuses: Tick[];
  tag: string | null;
}

/** The days of this month, up to today. */
export function newOrder(
  now: number,
  timeZone: string | null,
  days: { first?: string | undefined; last?: string | undefined } = {},
): Order {
  const today = dayOf(now, timeZone);
  return {
    accounts: [],
    first: days.first ?? `${today.slice(0, 8)}01`,
    last: days.last ?? today,
    format: 'xlsx',
    columns: null,
    person: null,
    direction: null,
    statuses: [],
    tag: null,
  };
}

export const usualColumns = (options: ExportOptions): string[] => options.columns.filter(({ usual }) => usual).map(({ key }) => key);

export const sentOf = (order: Order): OrderExport => ({
  account_ids: order.accounts,
  first_day: order.first,
  last_day: order.last,
  format: order.format,
  contact_id: order.person?.id ?? null,
  direction: order.direction,
  statuses: order.direction === 'in' ? [] : order.statuses,
  tag: order.tag,
  columns: order.columns ?? [],
});

export const narrowed = ({ person, direction, statuses, tag }: Order): boolean =>
  person !== null || direction !== null || statuses.length > 0 || tag !== null;
