// Calls whose screens were drawn before the backend had them. Each leaves this file when `schema.gen.ts` brings it.
import type {
  AccountId,
  At,
  ContactId,
  ConversationId,
  ConversationKind,
  DeliveryState,
  Direction,
  MessageId,
  Preview,
  Reason,
  Tick,
  Verdict,
} from './schema.gen';

// ——— Journal
export type LinkId = number;
export type SyncState = 'queued' | 'exported' | 'discarded' | 'filtered' | 'skipped' | 'failed';
export type ReplyState = 'queued' | 'sent' | 'failed';
export interface JournalSync {
  link_id: LinkId;
  state: SyncState;
  reason: Reason | null;
  attempts: number;
  settled_at: At | null;
}
export interface JournalRow {
  id: MessageId;
  conversation_id: ConversationId;
  account_id: AccountId | null;
  channel: string;
  kind: ConversationKind;
  /** Name of the conversation: of a post, for comments. */
  title: string | null;
  contact_id: ContactId;
  contact: string;
  direction: Direction;
  preview: Preview;
  written_at: At;
  imported_at: At;
  tick: Tick | null;
  /** Why the filters keep it out of the inbox. */
  filtered: Reason | null;
  syncs: JournalSync[];
}
export interface JournalQuery {
  from: At | null;
  /** Not included. */
  before: At | null;
  account_ids: AccountId[];
  /** Part of a name, a number, a user name. */
  contact: string;
  direction: Direction | null;
  /** Only those that stand so on this link; link `null`: kept out of the inbox. */
  link_id: LinkId | null;
  state: SyncState | null;
}
export interface JournalPage {
  items: JournalRow[];
  cursor: string | null;
}
export interface JournalTotals {
  incoming: number;
  outgoing: number;
  clients: number;
  failed: number;
  queued: number;
}
export type CrmOperation = 'message' | 'edit' | 'delete' | 'receipt';
export interface MessageJournal {
  row: JournalRow;
  author: string | null;
  written_at: At;
  stored_at: At;
  edited_at: At | null;
  deleted_at: At | null;
  judged: { verdict: Verdict; reason: Reason; at: At } | null;
  delivery: {
    state: DeliveryState;
    reason: Reason | null;
    attempts: number;
    queued_at: At;
    started_at: At | null;
    finished_at: At | null;
  } | null;
  receipts: [Tick, At][];
  syncs: {
    link_id: LinkId;
    operation: CrmOperation;
    state: SyncState;
    reason: Reason | null;
    attempts: number;
    queued_at: At;
    tried_at: At | null;
    settled_at: At | null;
  }[];
  /** The manager's message that it was made of. */
  reply: { link_id: LinkId; written_at: At; came_at: At } | null;
}
export type ReplyId = number;
export interface ReplyRow {
  id: ReplyId;
  link_id: LinkId;
  author: string | null;
  automatic: boolean;
  conversation_id: ConversationId | null;
  account_id: AccountId | null;
  channel: string | null;
  contact: string | null;
  text: string;
  files: string[];
  written_at: At;
  state: ReplyState;
  reason: Reason | null;
  attempts: number;
  updated_at: At;
}
export interface RepliesQuery {
  from: At | null;
  before: At | null;
  link_ids: LinkId[];
  account_ids: AccountId[];
  contact: string;
  state: ReplyState | null;
}

// ——— CRM
export interface CrmLinkRow {
  id: LinkId;
  crm: string;
  name: string;
}

declare module './schema.gen' {
  interface Rpc {
    'journal.messages': { req: JournalQuery & { cursor: string | null; limit: number }; res: JournalPage };
    'journal.totals': { req: JournalQuery; res: JournalTotals };
    'journal.message': { req: MessageRef; res: MessageJournal };
    'journal.retry': { req: { message_ids: MessageId[] | null; link_id: LinkId | null }; res: { queued: number } };
    'journal.replies': { req: RepliesQuery & { cursor: string | null; limit: number }; res: { items: ReplyRow[]; cursor: string | null } };
    'journal.retry_reply': { req: { reply_id: ReplyId }; res: Empty };
    'crm.links': { req: Empty; res: CrmLinkRow[] };
  }
}
