import { dayOf } from '@/shared/lib/days';

export const spans = ['week', 'month', 'quarter'] as const;
export type Span = (typeof spans)[number];
const length: Record<Span, number> = { week: 7, month: 30, quarter: 91 };

/** What is looked at lives in the address. */
export interface AnalyticsAddress {
  span?: Span | undefined;
  from?: string | undefined;
  to?: string | undefined;
  accounts?: number[] | undefined;
}

const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);

export const parseAnalyticsAddress = ({ span, from, to, accounts }: Record<string, unknown>): AnalyticsAddress => ({
  span: spans.find((one) => one === span),
  from: day(from),
  to: day(to),
  accounts: Array.isArray(accounts) ? accounts.filter((id): id is number => Number.isSafeInteger(id)) : undefined,
});

/** Without a choice: the last thirty days, today included. */
export function daysOf({ span, from, to }: AnalyticsAddress, timeZone: string | null, now: number): { first: string; last: string } {
  if (from && to) return { first: from, last: to };
  return { first: dayOf(now, timeZone, length[span ?? 'month'] - 1), last: dayOf(now, timeZone) };
}
