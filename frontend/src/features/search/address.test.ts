import { describe, expect, it } from 'vitest';
import { dayOf, dayStart } from '@/shared/lib/days';
import { parseSearchAddress, searchOf } from './address';

describe('days of a search', () => {
  it('begin at midnight of the profile’s time zone', () => {
    expect(dayStart('2026-11-22', 'Asia/Yekaterinburg')).toBe(Date.parse('2026-11-22T00:00:00+05:00'));
    expect(dayStart('2026-11-22', 'America/Los_Angeles')).toBe(Date.parse('2026-11-22T00:00:00-08:00'));
  });

  it('are right where the clocks change', () => {
    expect(dayStart('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T00:00:00+01:00'));
    expect(dayStart('2026-03-29', 'Europe/Berlin', 1)).toBe(Date.parse('2026-03-30T00:00:00+02:00'));
  });

  it('count the last one whole', () => {
    const { from, to } = searchOf({ from: '2026-11-22', to: '2026-11-22' }, 'кухня', 'Europe/Moscow');
    expect((to ?? 0) - (from ?? 0)).toBe(86_400_000);
  });

  it('are named in that time zone, too', () =>
    expect(dayOf(Date.parse('2026-11-21T20:30:00Z'), 'Asia/Yekaterinburg', 6)).toBe('2026-11-16'));
});

it('an address from outside holds nothing but what it may', () => {
  expect(
    parseSearchAddress({ q: 48213, account: 'x', contact: 7, dir: 'system', file: 'yes', from: '22.11.2026', to: '2026-11-22' }),
  ).toEqual({
    q: '48213',
    account: undefined,
    contact: 7,
    dir: undefined,
    file: undefined,
    from: undefined,
    to: '2026-11-22',
  });
});
