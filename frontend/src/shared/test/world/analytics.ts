// Figures of the invented workspace. The numbers mean nothing; they have the shape of an office's month.
import type { AnalyticsOverview, AnalyticsTotals, LookAnalytics } from '../../api/schema.gen';
import type { Answers } from '../fakeHost';
import { accounts } from './channels';

const MINUTE = 60_000;
const noise = (i: number, k: number): number => ((i * 37 + k * 61 + i * k * 13) % 11) / 11;
const sums = (part: Partial<AnalyticsTotals> = {}): AnalyticsTotals => ({
  firsts: 884,
  incoming: 12_840,
  outgoing: 11_206,
  asked: 5_120,
  answered: 4_782,
  dismissed: 96,
  median_ms: 4 * MINUTE,
  p90_ms: 22 * MINUTE,
  ...part,
});

function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T12:00Z`); at <= Date.parse(`${last}T12:00Z`); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

export function anOverview(
  { first_day, last_day, account_ids }: LookAnalytics = { first_day: '2026-11-01', last_day: '2026-11-21', account_ids: [] },
): AnalyticsOverview {
  const rows = accounts(0).filter(({ id }) => account_ids.length === 0 || account_ids.includes(id));
  return {
    time_zone: 'Asia/Yekaterinburg',
    totals: sums(),
    before: sums({ firsts: 789, answered: 4_690, median_ms: 5 * MINUTE, p90_ms: 19 * MINUTE }),
    before_first_day: '2026-10-11',
    before_last_day: '2026-10-31',
    waiting: { all: 12, late: 3, limit_minutes: 30 },
    days: daysBetween(first_day, last_day).map((day, i) => {
      const rest = [0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay()) ? 0.45 : 1;
      return {
        day,
        totals: sums({
          firsts: 40,
          incoming: Math.round((500 + noise(i, 3) * 240) * rest),
          outgoing: Math.round((430 + noise(i, 4) * 210) * rest),
          median_ms: Math.round((3.2 + noise(i, 2) * 2.4 + (rest < 1 ? 2 : 0)) * MINUTE),
          p90_ms: Math.round((14 + noise(i, 5) * 14 + (rest < 1 ? 12 : 0)) * MINUTE),
        }),
        firsts: rows.map(({ id }, n) => ({
          account_id: id,
          count: Math.round(([16, 11, 8, 6, 5, 3, 2][n] ?? 2) * rest + noise(i, n) * 7 * rest),
        })),
      };
    }),
    accounts: rows.map(({ id, name, channel }, n) => ({
      account_id: id,
      name,
      channel,
      firsts: 260 - n * 34,
      firsts_before: 240 - n * 36,
      incoming: 3200 - n * 400,
      outgoing: 2900 - n * 380,
    })),
    operators: [
      { name: 'Ирина Белова', conversations: 412, asked: 1200, answered: 1164, median_ms: 3 * MINUTE, p90_ms: 14 * MINUTE },
      { name: 'Олег Тарасов', conversations: 356, asked: 1040, answered: 988, median_ms: 4 * MINUTE, p90_ms: 19 * MINUTE },
      { name: 'Светлана Маркова', conversations: 298, asked: 900, answered: 819, median_ms: 6 * MINUTE, p90_ms: 31 * MINUTE },
      { name: 'Рустам Ахметов', conversations: 204, asked: 640, answered: 531, median_ms: 11 * MINUTE, p90_ms: 62 * MINUTE },
      { name: null, conversations: 18, asked: 24, answered: 20, median_ms: null, p90_ms: null },
    ],
    lengths: [
      [1, 820],
      [5, 1940],
      [15, 1130],
      [30, 520],
      [60, 240],
      [240, 98],
      [null, 34],
    ].map(([minutes, answers]) => ({ minutes: minutes ?? null, answers: answers ?? 0 })),
    hours: Array.from({ length: 7 }, (_d, day) =>
      Array.from({ length: 24 }, (_h, hour) => {
        const load = hour < 7 ? 0.02 : Math.exp(-((hour - 11.5) ** 2) / 14) * 0.9 + Math.exp(-((hour - 19) ** 2) / 7) * 0.65;
        return Math.round(100 * load * (day > 4 ? 0.55 : 1) * (0.75 + noise(day, hour) * 0.4));
      }),
    ),
    sources: [
      { source: 'kitchen-loft', clients: 214, clients_before: 180 },
      { source: 'шоурум', clients: 96, clients_before: 104 },
      { source: 'flowers-8-march', clients: 41, clients_before: 0 },
      { source: null, clients: 533, clients_before: 505 },
    ],
    behind: 0,
  };
}

export const analyticsAnswers = (empty: boolean): Answers => {
  let settings = {
    working_hours: true,
    from_minutes: 600,
    to_minutes: 1260,
    days: [true, true, true, true, true, true, false] as [boolean, boolean, boolean, boolean, boolean, boolean, boolean],
  };
  const nobody = sums({ firsts: 0, incoming: 0, outgoing: 0, asked: 0, answered: 0, dismissed: 0, median_ms: null, p90_ms: null });
  return {
    'analytics.overview': (req) => (empty ? { ...anOverview(req), totals: nobody, before: nobody } : anOverview(req)),
    'analytics.settings': () => settings,
    'analytics.save_settings': (next) => {
      settings = next;
      return {};
    },
    'analytics.export': () => ({ export_id: 12 }),
  };
};
