// Calls whose screens were drawn before the backend had them. Each leaves this file when `schema.gen.ts` brings it.
import type {
  AccountId,
  At,
  AttachmentKind,
  ContactId,
  ConversationKind,
  DeliveryState,
  Direction,
  Preview,
  Tick,
  ConversationId,
  MessageId,
  Reason,
  UploadRef,
} from './schema.gen';

// ——— Filters, automatic answers
export type WordMode = 'all' | 'matching' | 'not_matching';
export interface FilterRules {
  mode: WordMode;
  /** Rules separated by spaces or line breaks. */
  words: string;
  drop_emoji_only: boolean;
  /** Numbers or user names, one a line. */
  black_list: string;
  /** Threads with only our own messages wait until the client answers. */
  hold_mailings: boolean;
}
export interface Judged {
  verdict: 'pass' | 'filtered' | 'held';
  /** With `rule` and `word` among its values when a word decided. */
  why: Reason;
}
export interface FilterChange {
  message_id: MessageId;
  conversation_id: ConversationId;
  title: string;
  text: string;
  sent_at: At;
  /** After the change. */
  passes: boolean;
}
export interface FilterPreview {
  incoming: number;
  filtered_before: number;
  filtered_after: number;
  /** The newest of them. */
  changes: FilterChange[];
}
export interface AutoReply {
  on: boolean;
  /** With variants in `{{a;b}}`. */
  text: string;
  /** `21:00`; equal to `until`: always. */
  from: string;
  until: string;
  time_zone: string;
  /** 1 Monday … 7 Sunday. */
  weekdays: number[];
  /** Days without working hours: `2026-12-31` or, every year, `12-31`. */
  holidays: string[];
}
export interface Variants {
  count: number;
  text: string;
}

// ——— Quick replies
export type QuickReplyId = number;
export type QuickReplyFolderId = number;
export interface QuickReplyFile {
  position: number;
  name: string;
  mime: string;
  size: number;
  kind: AttachmentKind;
}
export interface QuickReply {
  id: QuickReplyId;
  folder_id: QuickReplyFolderId | null;
  /** What is typed after the slash. */
  name: string;
  /** With placeholders. */
  text: string;
  shared: boolean;
  used: number;
  files: QuickReplyFile[];
}
export interface QuickReplyFolder {
  id: QuickReplyFolderId;
  name: string;
}
export interface QuickReplies {
  folders: QuickReplyFolder[];
  replies: QuickReply[];
}
export interface SaveQuickReply {
  /** `null`: a new one. */
  id: QuickReplyId | null;
  folder_id: QuickReplyFolderId | null;
  name: string;
  text: string;
  shared: boolean;
  /** Positions of files that stay. */
  keep: number[];
  uploads: UploadRef[];
}
export interface FilledQuickReply {
  text: string;
  /** Placeholders that nothing is known for; they stand in the text as typed. */
  unresolved: string[];
  files: (QuickReplyFile & { upload_id: number })[];
}

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
  judged: { judged: Judged; at: At } | null;
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
    'filters.get': { req: AccountRefOf; res: FilterRules };
    'filters.save': { req: { account_id: AccountId; rules: FilterRules }; res: Empty };
    'filters.test': { req: { account_id: AccountId; rules: FilterRules; text: string }; res: Judged };
    'filters.preview': { req: { account_id: AccountId; rules: FilterRules; days: number }; res: FilterPreview };
    'filters.rejudge': { req: { account_id: AccountId; days: number }; res: { changed: number } };
    'auto_reply.get': { req: AccountRefOf; res: AutoReply };
    'auto_reply.save': { req: { account_id: AccountId; reply: AutoReply }; res: Empty };
    'auto_reply.preview': { req: { text: string; seed: number }; res: Variants };
    'quick_replies.list': { req: Empty; res: QuickReplies };
    'quick_replies.save': { req: SaveQuickReply; res: { id: QuickReplyId } };
    'quick_replies.delete': { req: { id: QuickReplyId }; res: Empty };
    'quick_replies.save_folder': { req: { id: QuickReplyFolderId | null; name: string }; res: { id: QuickReplyFolderId } };
    'quick_replies.delete_folder': { req: { id: QuickReplyFolderId }; res: Empty };
    'quick_replies.values': { req: { conversation_id: ConversationId }; res: Record<string, string> };
    'quick_replies.fill': { req: { id: QuickReplyId; conversation_id: ConversationId }; res: FilledQuickReply };
    'journal.messages': { req: JournalQuery & { cursor: string | null; limit: number }; res: JournalPage };
    'journal.totals': { req: JournalQuery; res: JournalTotals };
    'journal.message': { req: MessageRef; res: MessageJournal };
    'journal.retry': { req: { message_ids: MessageId[] | null; link_id: LinkId | null }; res: { queued: number } };
    'journal.replies': { req: RepliesQuery & { cursor: string | null; limit: number }; res: { items: ReplyRow[]; cursor: string | null } };
    'journal.retry_reply': { req: { reply_id: ReplyId }; res: Empty };
    'crm.links': { req: Empty; res: CrmLinkRow[] };
  }
}
type AccountRefOf = { account_id: AccountId };
