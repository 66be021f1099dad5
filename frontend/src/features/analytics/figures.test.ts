import { describe, expect, it } from 'vitest';
import { anOverview } from '@/shared/test/world/analytics';
import { daysOf } from './address';
import { answeredShare, firstsByChannel, growth, sorted } from './figures';

describe('figures', () => {
  it('compare with the period before only where there was one', () => {
    expect([growth(112, 100), growth(80, 100), growth(5, 0)]).toEqual([12, -20, null]);
    expect([answeredShare({ asked: 1000, answered: 934 }), answeredShare({ asked: 0, answered: 0 })]).toEqual([93.4, null]);
  });

  it('join the accounts of one network and put deleted ones apart', () => {
    const { points, channels } = firstsByChannel(
      {
        accounts: [
          { account_id: 1, name: 'Мебель', channel: 'swift', firsts: 0, firsts_before: 0, incoming: 0, outgoing: 0 },
          { account_id: 8, name: 'Запчасти', channel: 'swift', firsts: 0, firsts_before: 0, incoming: 0, outgoing: 0 },
        ],
        days: [
          {
            ...anOverview().days[0]!,
            day: '2026-11-01',
            firsts: [
              { account_id: 1, count: 3 },
              { account_id: 8, count: 4 },
              { account_id: null, count: 1 },
            ],
          },
          { ...anOverview().days[0]!, day: '2026-11-02', firsts: [] },
        ],
      },
      (day) => day.slice(8),
    );
    expect(channels).toEqual(['swift', 'gone']);
    expect(points).toEqual([
      { day: '01', swift: 7, gone: 1 },
      { day: '02', swift: 0, gone: 0 },
    ]);
  });

  it('sort with the unknown last', () => {
    const rows = [{ n: 3 }, { n: null }, { n: 7 }];
    expect(sorted(rows, { by: 'n', down: true }, ({ n }) => n).map(({ n }) => n)).toEqual([7, 3, null]);
    expect(sorted(rows, { by: 'n', down: false }, ({ n }) => n).map(({ n }) => n)).toEqual([3, 7, null]);
  });

  it('begin with thirty days that end today', () =>
    expect(daysOf({}, 'Asia/Yekaterinburg', Date.parse('2026-11-21T22:00:00Z'))).toEqual({ first: '2026-10-24', last: '2026-11-22' }));
});
