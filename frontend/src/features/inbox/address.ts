import type { ConversationFilter } from '@/shared/api/schema.gen';

/** What the address of the inbox says: the open conversation and which conversations are listed. */
export interface InboxAddress {
  id?: number | undefined;
  /** A message to jump to. */
  message?: number | undefined;
  filter?: ConversationFilter | undefined;
  account?: number | undefined;
  tag?: string | undefined;
}

const filters: readonly string[] = ['unread', 'unanswered', 'mine', 'archived', 'filtered'];
const number = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined);

export function parseInboxAddress(search: Record<string, unknown>): InboxAddress {
  return {
    id: number(search.id),
    message: number(search.message),
    filter: typeof search.filter === 'string' && filters.includes(search.filter) ? (search.filter as ConversationFilter) : undefined,
    account: number(search.account),
    tag: typeof search.tag === 'string' ? search.tag : undefined,
  };
}
