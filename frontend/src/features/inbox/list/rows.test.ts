import { describe, expect, it } from 'vitest';
import { people } from '@/shared/test/world/people';
import { belongs, withFreshHead, withNextPage, withRows, type ListQuestion } from './rows';

const all: ListQuestion = { filter: 'all', account_ids: [], tag: null };
const rows = people(1_800_000_000_000, 30).sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.moved_at - a.moved_at);
const ids = (list: { id: number }[]) => list.map((row) => row.id);
const loaded = { rows: rows.slice(0, 20), cursor: 'after-20' };

describe('a fresh first page', () => {
  it('keeps what is loaded behind it', () => {
    const next = withFreshHead(loaded, { items: rows.slice(0, 10), cursor: 'after-10' });
    expect(ids(next.rows)).toEqual(ids(loaded.rows));
    expect(next.cursor).toBe('after-20');
  });

  it('puts a conversation that has moved up where it now stands, once', () => {
    const late = { ...rows[15]!, moved_at: rows[1]!.moved_at + 1 };
    const next = withFreshHead(loaded, { items: [rows[0]!, late, ...rows.slice(1, 9)], cursor: 'after-9' });
    expect(ids(next.rows).filter((id) => id === late.id)).toHaveLength(1);
    expect(next.rows[1]).toEqual(late);
    expect(next.rows).toHaveLength(20);
  });

  it('lets go of a conversation that no longer belongs to the view', () => {
    const next = withFreshHead(loaded, { items: rows.slice(0, 11).filter((_, i) => i !== 4), cursor: 'after-11' });
    expect(ids(next.rows)).not.toContain(rows[4]!.id);
    expect(next.rows).toHaveLength(19);
  });

  it('is everything when there is nothing behind it', () => {
    expect(withFreshHead(loaded, { items: rows.slice(0, 3), cursor: null })).toEqual({ rows: rows.slice(0, 3), cursor: null });
  });

  it('leaves unchanged rows the same objects', () => {
    const next = withFreshHead(loaded, { items: structuredClone(rows.slice(0, 10)), cursor: 'after-10' });
    expect(next.rows[3]).toBe(loaded.rows[3]);
  });
});

it('the next page brings no row a second time', () => {
  const next = withNextPage(loaded, { items: rows.slice(18, 30), cursor: null });
  expect(ids(next.rows)).toEqual(ids(rows));
});

it('a row changed far down leaves the view when it no longer belongs there', () => {
  const archived = { ...rows[12]!, archived: true };
  expect(ids(withRows(loaded, [archived], all).rows)).not.toContain(archived.id);
  expect(withRows(loaded, [{ ...rows[12]!, unread: 5 }], all).rows[12]?.unread).toBe(5);
});

it('every view knows its own', () => {
  const marina = rows.find((row) => row.title === 'Марина Соколова')!;
  expect(belongs(marina, { ...all, filter: 'unread' })).toBe(true);
  expect(belongs(marina, { ...all, tag: 'кухня' })).toBe(true);
  expect(belongs(marina, { ...all, account_ids: [2] })).toBe(false);
  expect(belongs({ ...marina, archived: true }, all)).toBe(false);
  expect(belongs({ ...marina, archived: true }, { ...all, filter: 'archived' })).toBe(true);
});
