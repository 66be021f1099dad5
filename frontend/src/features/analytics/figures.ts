import type { AnalyticsDay, AnalyticsOverview, AnalyticsTotals } from '@/shared/api/schema.gen';

/** How a figure stands against the period before; null where there was nothing to compare with. */
export const growth = (now: number, before: number): number | null => (before === 0 ? null : Math.round(((now - before) / before) * 100));

/** Share of the answered, in percent with one decimal; null when nobody asked. */
export const answeredShare = ({ asked, answered }: Pick<AnalyticsTotals, 'asked' | 'answered'>): number | null =>
  asked === 0 ? null : Math.round((answered / asked) * 1000) / 10;

export const minutes = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 6000) / 10);

export type Point = Record<string, string | number | null> & { day: string };

/** First messages of each day by network; `channels` are the networks that occur, the busiest first. */
export function firstsByChannel(
  { days, accounts }: Pick<AnalyticsOverview, 'days' | 'accounts'>,
  label: (day: string) => string,
): { points: Point[]; channels: string[] } {
  const network = new Map(accounts.map(({ account_id, channel }) => [account_id, channel ?? GONE]));
  const sums = new Map<string, number>();
  const points = days.map((day) => {
    const point: Point = { day: label(day.day) };
    for (const { account_id, count } of day.firsts) {
      const channel = network.get(account_id) ?? GONE;
      point[channel] = Number(point[channel] ?? 0) + count;
      sums.set(channel, (sums.get(channel) ?? 0) + count);
    }
    return point;
  });
  const channels = [...sums].filter(([, sum]) => sum > 0).sort((a, b) => b[1] - a[1]);
  for (const point of points) for (const [channel] of channels) point[channel] ??= 0;
  return { points, channels: channels.map(([channel]) => channel) };
}
/** Accounts that were deleted. */
export const GONE = 'gone';

export const responses = (days: readonly AnalyticsDay[], label: (day: string) => string): Point[] =>
  days.map(({ day, totals }) => ({ day: label(day), median: minutes(totals.median_ms), p90: minutes(totals.p90_ms) }));

export const volumes = (days: readonly AnalyticsDay[], label: (day: string) => string): Point[] =>
  days.map(({ day, totals }) => ({ day: label(day), incoming: totals.incoming, outgoing: totals.outgoing }));

export interface Sorting<K extends string> {
  by: K;
  down: boolean;
}

/** Rows in the order of a column; nothing known comes last either way. */
export function sorted<T, K extends string>(
  rows: readonly T[],
  { by, down }: Sorting<K>,
  value: (row: T, by: K) => number | string | null,
): T[] {
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a, by), value(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y)) : x - y);
  });
}
