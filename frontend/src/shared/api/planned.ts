// Calls whose screens were drawn before the backend had them. Each leaves this file when `schema.gen.ts` brings it.
import type { AccountId, At, ConversationId, MessageId, Reason, UploadRef } from './schema.gen';

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
export interface QuickReplyFile {
  id: number;
  name: string;
  size: number;
}
export interface QuickReply {
  id: QuickReplyId;
  name: string;
  text: string;
  folder: string | null;
  personal: boolean;
  files: QuickReplyFile[];
}
export interface SaveQuickReply {
  /** `null`: a new one. */
  id: QuickReplyId | null;
  name: string;
  text: string;
  folder: string | null;
  personal: boolean;
  keep_files: number[];
  new_files: UploadRef[];
}
export interface FilledQuickReply {
  text: string;
  files: UploadRef[];
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
    'quick_replies.list': { req: Empty; res: QuickReply[] };
    'quick_replies.save': { req: SaveQuickReply; res: { id: QuickReplyId } };
    'quick_replies.delete': { req: { id: QuickReplyId }; res: Empty };
    'quick_replies.values': { req: { conversation_id: ConversationId }; res: Record<string, string> };
    'quick_replies.fill': { req: { id: QuickReplyId; conversation_id: ConversationId }; res: FilledQuickReply };
  }
}
type AccountRefOf = { account_id: AccountId };
