import type { Action } from '@/shared/lib/actions';
import type { ConversationRow } from '@/shared/api/schema.gen';

export type Line =
  | { kind: 'conversation'; id: string; row: ConversationRow }
  | { kind: 'action'; id: string; action: Action }
  | { kind: 'search'; id: string; text: string };

export interface Group {
  name: 'conversations' | 'conversation' | 'list' | 'everywhere';
  lines: Line[];
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Every word typed begins some word of the label. */
export function fits(label: string, typed: string): boolean {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every((piece) => words.some((word) => word.startsWith(piece)));
}

const order = ['conversation', 'list', 'everywhere'] as const;

/** What the palette shows for what is typed: people first, then what can be done with the open conversation, then the rest. */
export function groupsOf(typed: string, rows: readonly ConversationRow[], actions: readonly Action[]): Group[] {
  const text = typed.trim();
  const groups: Group[] = [
    { name: 'conversations', lines: rows.map((row) => ({ kind: 'conversation', id: `conversation-${row.id}`, row })) },
  ];
  for (const name of order) {
    const lines: Line[] = actions
      .filter((action) => action.group === name && !action.quiet && action.id !== 'search.all' && fits(action.label, text))
      .map((action) => ({ kind: 'action', id: `action-${action.id}`, action }));
    if (name === 'everywhere' && text && actions.some((action) => action.id === 'search.all'))
      lines.push({ kind: 'search', id: 'search', text });
    groups.push({ name, lines });
  }
  return groups.filter((group) => group.lines.length > 0);
}
