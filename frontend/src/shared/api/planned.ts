// Calls of CRM links and of the journal, as their screens use them until `schema.gen.ts` brings them under the same names.
import type {
  AccountId,
  At,
  Boot,
  ContactId,
  ConversationId,
  ConversationKind,
  DeliveryState,
  Direction,
  JsonValue,
  MessageId,
  Preview,
  Reason,
  Tick,
} from './schema.gen';

export type LinkId = number;
export type ReplyId = number;
export type SyncState = 'queued' | 'exported' | 'discarded' | 'filtered' | 'skipped' | 'failed';
export type ReplyState = 'queued' | 'sent' | 'failed';
export type CrmOperation = 'message' | 'edit' | 'delete' | 'receipt';
export interface CrmRef {
  entity: string;
  id: string;
}

export interface JournalFilter {
  from: At | null;
  before: At | null;
  account_ids: AccountId[];
  client: string | null;
  direction: Direction | null;
  link_id: LinkId | null;
  status: SyncState | null;
}
export interface SyncView {
  link_id: LinkId;
  status: SyncState;
  reason: Reason | null;
  attempts: number;
  at: At | null;
}
export interface JournalItem {
  id: MessageId;
  conversation_id: ConversationId;
  account_id: AccountId | null;
  channel: string;
  kind: ConversationKind;
  title: string | null;
  contact_id: ContactId;
  client: string;
  direction: Direction;
  preview: Preview;
  written_at: At;
  imported_at: At;
  tick: Tick | null;
  /** Why a filter of the channel keeps it out of the inbox. */
  judged?: Reason | null;
  syncs: SyncView[];
}
export interface JournalPage {
  items: JournalItem[];
  next: string | null;
}
export interface JournalTotals {
  incoming: number;
  outgoing: number;
  clients: number;
}
export type JournalStepKind =
  | 'written'
  | 'received'
  | 'stored'
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'not_sent'
  | 'delivered'
  | 'read'
  | 'edited'
  | 'deleted'
  | 'sync_queued'
  | 'synced';
export interface JournalStep {
  what: JournalStepKind;
  at: At | null;
  link_id: LinkId | null;
  operation: CrmOperation | null;
  sync: SyncState | null;
  delivery: DeliveryState | null;
  reason: Reason | null;
  attempts: number | null;
}
export interface RepliesFilter {
  from: At | null;
  before: At | null;
  link_ids: LinkId[];
  account_ids: AccountId[];
  client: string | null;
  status: ReplyState | null;
}
export interface ReplyItem {
  id: ReplyId;
  link_id: LinkId;
  author: string | null;
  automatic: boolean;
  conversation_id: ConversationId | null;
  account_id: AccountId | null;
  channel: string | null;
  client: string | null;
  text: string;
  files: string[];
  written_at: At;
  status: ReplyState;
  reason: Reason | null;
  attempts: number;
  updated_at: At;
}
export interface RepliesPage {
  items: ReplyItem[];
  next: string | null;
}

export interface WhenInfo {
  key: string;
  is: string[];
}
export interface CrmSettingInfo {
  key: string;
  /** `switch`, `text`, `long_text`, `template`, `tags`, `number`, `choice`, `live` or `fields`. */
  kind: string;
  default: JsonValue | null;
  min: number | null;
  max: number | null;
  must_hold: string | null;
  options: string[];
  of: string | null;
  many: boolean;
  per_channel: boolean;
  when: WhenInfo | null;
}
export interface SectionInfo {
  key: string;
  when: WhenInfo | null;
  settings: CrmSettingInfo[];
}
export interface CrmInfo {
  id: string;
  letter: string;
  colour: string;
  texts: Record<string, Record<string, string>>;
  logins: string[];
  endpoints: { key: string; default: string }[];
  sections: SectionInfo[];
  replies: boolean;
  write_first: boolean;
  cards: boolean;
}
export type LinkStatus = 'off' | 'connecting' | 'online' | 'reconnecting' | 'needs_login' | 'no_rights' | 'unpaid' | 'needs_attention';
export type LinkAction = 'login' | 'grant_rights' | 'pay' | 'set_proxy' | 'fix_settings';
export interface LinkState {
  status: LinkStatus;
  reason: Reason | null;
  action: LinkAction | null;
  since: At;
  retry_at: At | null;
  attempt: number;
}
export interface LinkRow {
  id: LinkId;
  crm: string;
  name: string;
  handle: string | null;
  page: string | null;
  active: boolean;
  state: LinkState;
  notices: Reason[];
  expires_at: At | null;
  last_seen_at: At | null;
  queued: number;
  failed: number;
  failed_replies: number;
}
export interface LinkDetails {
  row: LinkRow;
  settings: Record<string, JsonValue>;
  endpoints: Record<string, string>;
  proxy: string | null;
  connected_at: At;
}
export interface UpdateLink {
  link_id: LinkId;
  name?: string;
  settings?: Record<string, JsonValue>;
  endpoints?: Record<string, string>;
  proxy?: string;
}
export interface StartLinkLogin {
  crm: string;
  flow: string;
  link_id?: LinkId;
  proxy?: string;
  endpoints?: Record<string, string>;
}
export interface ChoiceView {
  value: string;
  label: string;
  group: string | null;
  colour: string | null;
}
export interface FilledTemplate {
  text: string;
  unknown: string[];
}
export interface CrmCardLead {
  reference: CrmRef;
  title: string;
  stage: string | null;
  colour: string | null;
  responsible: string | null;
  responsible_email: string | null;
  budget: string | null;
  closed: boolean;
  page: string | null;
}
export interface CrmCard {
  link_id: LinkId;
  contact: { reference: CrmRef; name: string; page: string | null; company: string | null } | null;
  leads: CrmCardLead[];
  trouble: Reason | null;
}

/** What an alert tells when it is about a CRM link. */
export interface LinkAlert {
  link_id?: LinkId;
  link_name?: string;
  crm?: string;
}

/** Undefined where the backend knows no CRM at all. */
export const crmsOf = (boot: Boot | undefined): CrmInfo[] | undefined => (boot as (Boot & { crms?: CrmInfo[] }) | undefined)?.crms;

declare module './schema.gen' {
  interface Rpc {
    'links.list': { req: Empty; res: LinkRow[] };
    'links.get': { req: { link_id: LinkId }; res: LinkDetails };
    'links.update': { req: UpdateLink; res: Empty };
    'links.activate': { req: { link_ids: LinkId[]; active: boolean }; res: Empty };
    'links.retry': { req: { link_id: LinkId }; res: Empty };
    'links.delete': { req: { link_id: LinkId }; res: Empty };
    'links.choices': { req: { link_id: LinkId; of: string }; res: ChoiceView[] };
    'links.preview': { req: { template: string; conversation_id?: ConversationId }; res: FilledTemplate };
    'links.login': { req: StartLinkLogin; res: LoginView };
    'journal.list': { req: { filter: JournalFilter; after?: string; limit?: number }; res: JournalPage };
    'journal.totals': { req: JournalFilter; res: JournalTotals };
    'journal.retry': { req: { link_id: LinkId; message_ids: MessageId[] }; res: { count: number } };
    'journal.message': { req: MessageRef; res: { steps: JournalStep[] } };
    'replies.list': { req: { filter: RepliesFilter; after?: string; limit?: number }; res: RepliesPage };
    'replies.retry': { req: { reply_id: ReplyId }; res: Empty };
    'crm.cards': { req: ConversationRef; res: CrmCard[] };
  }
}
