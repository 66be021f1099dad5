import { replaceEqualDeep } from '@tanstack/react-query';
import type { ConversationPage, ConversationRow, ListConversations } from '@/shared/api/schema.gen';

export type ListQuestion = Pick<ListConversations, 'filter' | 'account_ids' | 'tag'>;

/** What is loaded of one view of the list: its beginning without a gap, and where the rest begins. */
export interface LoadedRows {
  rows: ConversationRow[];
  cursor: string | null;
}

/** The order of the list: pinned ones first, then what moved last. */
function comesAfter(row: ConversationRow, other: ConversationRow): boolean {
  if (row.pinned !== other.pinned) return other.pinned;
  return row.moved_at !== other.moved_at ? row.moved_at < other.moved_at : row.id < other.id;
}

/** Unchanged rows stay the same objects, wherever they have moved to: only changed ones are drawn again. */
function keepSame(fresh: ConversationRow[], old: ConversationRow[]): ConversationRow[] {
  const known = new Map(old.map((row) => [row.id, row]));
  return fresh.map((row) => {
    const before = known.get(row.id);
    return before ? (replaceEqualDeep(before, row) as ConversationRow) : row;
  });
}

/**
 * A change costs one page, however much is loaded: the fresh first page replaces the beginning, and of the old rows
 * those stay that lie behind it. An old row that should lie inside the fresh page and does not has left this view.
 */
export function withFreshHead(old: LoadedRows | undefined, head: ConversationPage): LoadedRows {
  const rows = keepSame(head.items, old?.rows ?? []);
  const last = rows.at(-1);
  if (!old || !last || head.cursor === null) return { rows, cursor: head.cursor };
  const inHead = new Set(rows.map((row) => row.id));
  const behind = old.rows.filter((row) => !inHead.has(row.id) && comesAfter(row, last));
  return behind.length ? { rows: [...rows, ...behind], cursor: old.cursor } : { rows, cursor: head.cursor };
}

export function withNextPage(old: LoadedRows, page: ConversationPage): LoadedRows {
  const known = new Set(old.rows.map((row) => row.id));
  return { rows: [...old.rows, ...page.items.filter((row) => !known.has(row.id))], cursor: page.cursor };
}

/** Whether a row belongs to a view. */
export function belongs(row: ConversationRow, { filter, account_ids, tag }: ListQuestion): boolean {
  if (row.archived !== (filter === 'archived')) return false;
  if (account_ids.length && !account_ids.includes(row.account_id ?? -1)) return false;
  if (tag && !row.tags.includes(tag)) return false;
  return filter === 'unread'
    ? row.unread > 0 || row.marked_unread
    : filter === 'unanswered'
      ? row.waiting_since !== null
      : filter === 'mine'
        ? row.mine
        : true;
}

/** Single rows changed far behind the first page: put the new ones in place of the old. */
export function withRows(old: LoadedRows, fresh: ConversationRow[], question: ListQuestion): LoadedRows {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  return { ...old, rows: old.rows.map((row) => byId.get(row.id) ?? row).filter((row) => !byId.has(row.id) || belongs(row, question)) };
}
