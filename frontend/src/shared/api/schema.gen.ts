// Generated from the table in the `api` crate; never edited by hand.

export type AccountDetails = { 
/**
 * The row of the list.
 */
row: AccountRow, 
/**
 * Its settings by key.
 */
settings: { [key in string]: JsonValue }, 
/**
 * Replaced base addresses by key.
 */
endpoints: { [key in string]: string }, 
/**
 * The proxy without its password.
 */
proxy: string | null, 
/**
 * When it was connected.
 */
connected_at: At, };

export type AccountId = number;

export type AccountRef = { 
/**
 * Which.
 */
account_id: AccountId, };

export type AccountRefs = { 
/**
 * Which.
 */
account_ids: Array<AccountId>, };

export type AccountRow = { 
/**
 * Its id.
 */
id: AccountId, 
/**
 * Which network.
 */
channel: string, 
/**
 * Its name, unique.
 */
name: string, 
/**
 * `@name`, the address of its page.
 */
handle: string | null, 
/**
 * Switched on by a person.
 */
active: boolean, 
/**
 * Its state, why, and what to do.
 */
connection: Connection, 
/**
 * Messages of today, in the profile's time zone.
 */
today_in: number, 
/**
 * The same, ours.
 */
today_out: number, 
/**
 * Last sign of life of the network.
 */
last_seen_at: At | null, 
/**
 * Updates that could not be understood and are kept.
 */
quarantined: number, };

export type ActivateAccounts = { 
/**
 * Which.
 */
account_ids: Array<AccountId>, 
/**
 * On or off.
 */
active: boolean, };

export type ActivateLinks = { 
/**
 * Which.
 */
link_ids: Array<LinkId>, 
/**
 * On or off.
 */
active: boolean, };

export type AddNote = { 
/**
 * About whom.
 */
contact_id: ContactId, 
/**
 * 1..=4000 characters.
 */
text: string, };

export type Alert = { 
/**
 * Its own id, for dismissing.
 */
id: string, 
/**
 * The account it is about.
 */
account_id: AccountId | null, 
/**
 * Name of that account.
 */
account_name: string | null, 
/**
 * Which network.
 */
channel: string | null, 
/**
 * The CRM link it is about.
 */
link_id?: LinkId, 
/**
 * Name of that link.
 */
link_name?: string, 
/**
 * Which CRM.
 */
crm?: string, 
/**
 * What happened.
 */
reason: Reason, 
/**
 * What to do.
 */
action: UserAction | null, 
/**
 * When.
 */
at: At, };

export type AnalyticsAccount = { 
/**
 * Which; `None`: accounts that were deleted.
 */
account_id: AccountId | null, 
/**
 * Its name; `None`: as above.
 */
name: string | null, 
/**
 * Its network; `None`: as above.
 */
channel: string | null, 
/**
 * Clients who wrote for the first time.
 */
firsts: number, 
/**
 * The same in the period before.
 */
firsts_before: number, 
/**
 * Messages of clients.
 */
incoming: number, 
/**
 * Messages of ours.
 */
outgoing: number, };

export type AnalyticsCount = { 
/**
 * Which; `None`: accounts that were deleted.
 */
account_id: AccountId | null, 
/**
 * How many.
 */
count: number, };

export type AnalyticsDay = { 
/**
 * `2026-11-01`.
 */
day: string, 
/**
 * Its sums.
 */
totals: AnalyticsTotals, 
/**
 * Clients who wrote for the first time, by account.
 */
firsts: Array<AnalyticsCount>, };

export type AnalyticsLength = { 
/**
 * At most so many minutes, and more than the one before; `None`: longer than all.
 */
minutes: number | null, 
/**
 * Answers.
 */
answers: number, };

export type AnalyticsOperator = { 
/**
 * By the name in the messages; `None`: written where names are not told.
 */
name: string | null, 
/**
 * Different conversations in which they answered.
 */
conversations: number, 
/**
 * Turns that were theirs: answered by them, or still waiting where they answered last.
 */
asked: number, 
/**
 * Those of them that were answered.
 */
answered: number, 
/**
 * Half of the answers came within.
 */
median_ms: number | null, 
/**
 * Nine of ten answers came within.
 */
p90_ms: number | null, };

export type AnalyticsOverview = { 
/**
 * IANA name of the zone whose days these are.
 */
time_zone: string, 
/**
 * The period as a whole.
 */
totals: AnalyticsTotals, 
/**
 * As many days before it.
 */
before: AnalyticsTotals, 
/**
 * First day of the period before.
 */
before_first_day: string, 
/**
 * Last day of the period before.
 */
before_last_day: string, 
/**
 * Who waits now, whatever the period.
 */
waiting: AnalyticsWaiting, 
/**
 * Day by day, none left out.
 */
days: Array<AnalyticsDay>, 
/**
 * Channel by channel.
 */
accounts: Array<AnalyticsAccount>, 
/**
 * Those of ours who answered, the busiest first.
 */
operators: Array<AnalyticsOperator>, 
/**
 * How long people waited, short ones first.
 */
lengths: Array<AnalyticsLength>, 
/**
 * Messages of clients: seven days, Monday first, of 24 hours each.
 */
hours: number[][], 
/**
 * Where first-time clients came from, the usual way first, who told nothing last.
 */
sources: Array<AnalyticsSource>, 
/**
 * Conversations that are not counted yet: the figures follow, announced by the change `analytics`.
 */
behind: number, };

export type AnalyticsSettings = { 
/**
 * Only working hours count; a message of the night waits from the morning on.
 */
working_hours: boolean, 
/**
 * Begin, minutes since midnight.
 */
from_minutes: number, 
/**
 * End, minutes since midnight; not later than the begin: on the next day.
 */
to_minutes: number, 
/**
 * Monday to Sunday.
 */
days: [boolean, boolean, boolean, boolean, boolean, boolean, boolean], };

export type AnalyticsSource = { 
/**
 * As it was told; `None`: not told.
 */
source: string | null, 
/**
 * Clients who wrote for the first time.
 */
clients: number, 
/**
 * The same in the period before.
 */
clients_before: number, };

export type AnalyticsTotals = { 
/**
 * Clients who wrote for the first time.
 */
firsts: number, 
/**
 * Messages of clients.
 */
incoming: number, 
/**
 * Messages of ours.
 */
outgoing: number, 
/**
 * Times a client began to wait for an answer.
 */
asked: number, 
/**
 * How many of them were answered.
 */
answered: number, 
/**
 * Times when no answer was needed, by the word of a person; not among `asked`.
 */
dismissed: number, 
/**
 * Half of the answers came within so many milliseconds, at most 2.5 % off; `None`: there was none.
 */
median_ms: number | null, 
/**
 * Nine of ten answers came within.
 */
p90_ms: number | null, };

export type AnalyticsWaiting = { 
/**
 * Conversations.
 */
all: number, 
/**
 * Those that wait longer than the limit.
 */
late: number, 
/**
 * The limit of the settings, `wait_alarm_minutes`; also the line of the chart.
 */
limit_minutes: number, };

export type ApiError = { 
/**
 * The class of it.
 */
code: Code, 
/**
 * Text and its values.
 */
reason: Reason, 
/**
 * The field to correct.
 */
field: string | null, 
/**
 * More fields to correct.
 */
fields: Array<FieldProblem>, };

export type AskChoices = { 
/**
 * Which link.
 */
link_id: LinkId, 
/**
 * The setting's `of`.
 */
of: string, };

export type At = number;

export type AttachmentId = number;

export type AttachmentKind = "image" | "video" | "animation" | "video_note" | "audio" | "voice" | "document" | "sticker";

export type Boot = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * The workspace that is open.
 */
workspace: Workspace, 
/**
 * The person in front of it.
 */
profile: Profile, 
/**
 * How the window behaves.
 */
settings: UiSettings, 
/**
 * Every network this build can connect to.
 */
channels: Array<ChannelInfo>, 
/**
 * Every CRM this build can connect to.
 */
crms: Array<CrmInfo>, 
/**
 * How far the first start has come.
 */
onboarding: Onboarding, };

export type Card = { 
/**
 * The network's word: `wall`, `market`, `link`, `story`, `gift`, `video` …; picks the icon.
 */
what: string, 
/**
 * First line.
 */
title: string, 
/**
 * Second line.
 */
text: string | null, 
/**
 * Where it lives.
 */
url: string | null, 
/**
 * As the network prints it, currency included.
 */
price: string | null, };

export type Change = { "tag": "conversations", 
/**
 * Which; empty: many.
 */
ids: Array<ConversationId>, } | { "tag": "messages", 
/**
 * Where.
 */
conversation_id: ConversationId, } | { "tag": "accounts" } | { "tag": "contacts" } | { "tag": "settings" } | { "tag": "rules", 
/**
 * Of which account.
 */
account_id: AccountId, } | { "tag": "quick_replies" } | { "tag": "exports" } | { "tag": "analytics" } | { "tag": "links" } | { "tag": "journal" } | { "tag": "replies" } | { "tag": "cards" } | { "tag": "typing", 
/**
 * Where.
 */
conversation_id: ConversationId, } | { "tag": "notify" } & Notification | { "tag": "everything" };

export type ChangeConversations = { 
/**
 * Which.
 */
conversation_ids: Array<ConversationId>, 
/**
 * Stays on top.
 */
pinned?: boolean, 
/**
 * Makes no sound.
 */
muted?: boolean, 
/**
 * Put away; a new message brings it back.
 */
archived?: boolean, 
/**
 * Marked as unread.
 */
marked_unread?: boolean, 
/**
 * Assigned to the person in front of the window.
 */
mine?: boolean, 
/**
 * `false`: no answer is needed (INB-12).
 */
waiting?: boolean, };

export type ChannelCapabilities = { 
/**
 * Longest text in UTF-16 units; longer ones are split.
 */
text_limit: number, 
/**
 * Longest text beside a file.
 */
caption_limit: number, 
/**
 * Files in one message; more become several.
 */
files_per_message: number, 
/**
 * Largest file by kind, in bytes.
 */
file_limits: Record<string, number>, 
/**
 * Answers can quote.
 */
replies: boolean, 
/**
 * Own messages can be changed for so many seconds (0 never).
 */
edit_window_secs: number, 
/**
 * Own messages can be deleted for so many seconds (0 never).
 */
delete_window_secs: number, 
/**
 * The network tells when messages are read.
 */
read_receipts: boolean, 
/**
 * Older messages can be loaded.
 */
history: boolean, 
/**
 * Forms of address for writing first: `phone`, `username`, hosts of links; empty: not possible.
 */
write_first: Array<string>, };

export type ChannelInfo = { 
/**
 * Its id.
 */
id: string, 
/**
 * Letter of its mark.
 */
letter: string, 
/**
 * Colour of its mark, `#rrggbb`.
 */
colour: string, 
/**
 * Its texts by language, then by key (`name`, `note`, `login.token.title` …).
 */
texts: { [key in string]: { [key in string]: string } }, 
/**
 * The ways to log in, the usual one first.
 */
logins: Array<string>, 
/**
 * Base addresses that can be replaced.
 */
endpoints: Array<EndpointInfo>, 
/**
 * Its own settings.
 */
settings: Array<SettingInfo>, 
/**
 * What the composer obeys.
 */
capabilities: ChannelCapabilities, };

export type ChoiceView = { 
/**
 * What is stored.
 */
value: string, 
/**
 * As the CRM calls it.
 */
label: string, 
/**
 * Options with the same word stand together.
 */
group: string | null, 
/**
 * `#rrggbb`.
 */
colour: string | null, };

export type Code = "invalid" | "not_found" | "refused" | "network" | "storage";

export type Connection = { 
/**
 * In one word.
 */
status: ConnectionStatus, 
/**
 * Why, when there is something to say.
 */
reason: Reason | null, 
/**
 * The way out that a person has, if any.
 */
action: UserAction | null, 
/**
 * Since when it is so.
 */
since: At, 
/**
 * When the next try starts, while reconnecting.
 */
retry_at: At | null, 
/**
 * Number of failures in a row.
 */
attempt: number, };

export type ConnectionStatus = "off" | "connecting" | "online" | "reconnecting" | "needs_login" | "blocked" | "needs_attention";

export type ContactId = number;

export type ContactRef = { 
/**
 * Which.
 */
contact_id: ContactId, };

export type ContactView = { 
/**
 * Its id.
 */
id: ContactId, 
/**
 * The name shown: the one given here, else the network's.
 */
name: string, 
/**
 * The name as the network has it.
 */
network_name: string | null, 
/**
 * The avatar's file, once fetched.
 */
avatar_id: number | null, 
/**
 * `+` and digits.
 */
phones: Array<string>, 
/**
 * Names and links on the networks.
 */
identities: Array<IdentityView>, 
/**
 * City.
 */
city: string | null, 
/**
 * `D.M` or `D.M.YYYY`.
 */
birthday: string | null, 
/**
 * How the person came.
 */
source: string | null, 
/**
 * Since when we know the person.
 */
created_at: At, 
/**
 * Notes, newest first.
 */
notes: Array<NoteView>, 
/**
 * Every conversation with the person.
 */
conversations: Array<ConversationRow>, };

export type ContinueLogin = { 
/**
 * Which.
 */
login_id: string, 
/**
 * What was entered, by field.
 */
inputs: { [key in string]: string }, };

export type ConversationCounts = { 
/**
 * Conversations with unread messages, muted ones apart.
 */
unread: number, 
/**
 * Conversations whose client waits.
 */
unanswered: number, 
/**
 * Assigned to the person in front of the window.
 */
mine: number, 
/**
 * Conversations with filtered messages.
 */
filtered: number, 
/**
 * Every tag in use.
 */
tags: Array<TagCount>, };

export type ConversationFilter = "all" | "unread" | "unanswered" | "mine" | "archived" | "filtered";

export type ConversationId = number;

export type ConversationKind = "direct" | "group" | "comments";

export type ConversationPage = { 
/**
 * The rows.
 */
items: Array<ConversationRow>, 
/**
 * Where the next page begins; `None` at the end.
 */
cursor: string | null, };

export type ConversationRef = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

export type ConversationRow = { 
/**
 * Its id.
 */
id: ConversationId, 
/**
 * The account it belongs to; `None` when the account was deleted and the history kept.
 */
account_id: AccountId | null, 
/**
 * Which network.
 */
channel: string, 
/**
 * What kind of thread.
 */
kind: ConversationKind, 
/**
 * The person's name or the group's title.
 */
title: string, 
/**
 * The person or group.
 */
contact_id: ContactId, 
/**
 * The avatar's file has this id once it is fetched: `host.mediaUrl`.
 */
avatar_id: number | null, 
/**
 * The last message; `None` for a conversation opened and not written in yet.
 */
last: LastMessage | null, 
/**
 * When it last moved; the order of the list.
 */
moved_at: At, 
/**
 * Filtered messages: `messages.list` shows them when asked to.
 */
filtered: number, 
/**
 * Unread messages.
 */
unread: number, 
/**
 * Marked as unread by hand.
 */
marked_unread: boolean, 
/**
 * Since when the client waits for an answer.
 */
waiting_since: At | null, 
/**
 * Stays on top.
 */
pinned: boolean, 
/**
 * Makes no sound.
 */
muted: boolean, 
/**
 * Put away.
 */
archived: boolean, 
/**
 * An answer begun and not sent.
 */
draft: string | null, 
/**
 * Assigned to the person in front of the window.
 */
mine: boolean, 
/**
 * Tags.
 */
tags: Array<string>, };

export type ConversationView = { 
/**
 * The row of the list.
 */
row: ConversationRow, 
/**
 * Name of the account.
 */
account_name: string | null, 
/**
 * Its state, as the head shows it.
 */
connection: Connection | null, 
/**
 * Whether the network lets us write.
 */
reachability: Reachability, 
/**
 * The first message not read yet.
 */
first_unread_id: MessageId | null, 
/**
 * The whole draft.
 */
draft: Draft | null, 
/**
 * Messages of ours that wait, failed or have an unknown outcome.
 */
pending: number, };

export type CrmCard = { 
/**
 * From which link.
 */
link_id: LinkId, 
/**
 * The person there.
 */
contact: CrmCardContact | null, 
/**
 * Leads and deals, the one in which this conversation goes on first.
 */
leads: Array<CrmCardLead>, 
/**
 * Why nothing more is known now.
 */
trouble: Reason | null, };

export type CrmCardContact = { 
/**
 * Which.
 */
reference: CrmRef, 
/**
 * Its name.
 */
name: string, 
/**
 * The page that shows it.
 */
page: string | null, 
/**
 * Its firm.
 */
company: string | null, };

export type CrmCardLead = { 
/**
 * Which.
 */
reference: CrmRef, 
/**
 * Its title.
 */
title: string, 
/**
 * Its stage.
 */
stage: string | null, 
/**
 * `#rrggbb` of the stage.
 */
colour: string | null, 
/**
 * Who is responsible.
 */
responsible: string | null, 
/**
 * E-mail of the responsible.
 */
responsible_email: string | null, 
/**
 * Budget, as the CRM prints it.
 */
budget: string | null, 
/**
 * Nothing more happens in it.
 */
closed: boolean, 
/**
 * The page that shows it.
 */
page: string | null, };

export type CrmEntity = "contact" | "company" | "lead" | "deal" | "unsorted" | "chat" | "message" | "note" | "task" | "file";

export type CrmInfo = { 
/**
 * Its id.
 */
id: string, 
/**
 * Letter of its mark.
 */
letter: string, 
/**
 * Colour of its mark, `#rrggbb`.
 */
colour: string, 
/**
 * Its texts by language, then by key (`name`, `note`, `login.token.title`, `setting.stage.hint` …).
 */
texts: { [key in string]: { [key in string]: string } }, 
/**
 * The ways to log in, the usual one first.
 */
logins: Array<string>, 
/**
 * Base addresses that can be replaced.
 */
endpoints: Array<EndpointInfo>, 
/**
 * Its settings, section by section.
 */
sections: Array<SectionInfo>, 
/**
 * Managers' answers can be brought back, in some mode.
 */
replies: boolean, 
/**
 * Cards can be picked to write to first.
 */
write_first: boolean, 
/**
 * Cards can be shown beside a conversation.
 */
cards: boolean, };

export type CrmOperation = "message" | "edit" | "delete" | "receipt";

export type CrmRef = { 
/**
 * What it is.
 */
entity: CrmEntity, 
/**
 * The CRM's id of it.
 */
id: string, };

export type CrmSettingInfo = { 
/**
 * Its name.
 */
key: string, 
/**
 * `switch`, `text`, `long_text`, `template`, `tags`, `number`, `choice`, `live` or `fields`.
 */
kind: string, 
/**
 * When nothing is stored.
 */
default: JsonValue | null, 
/**
 * Smallest number.
 */
min: number | null, 
/**
 * Largest number.
 */
max: number | null, 
/**
 * What the text has to hold.
 */
must_hold: string | null, 
/**
 * Fixed options (of `choice`), or those in front of the live ones; texts `setting.<key>.<option>`.
 */
options: Array<string>, 
/**
 * What to ask `links.choices` for.
 */
of: string | null, 
/**
 * Several values.
 */
many: boolean, 
/**
 * One value for all and others for single channels: stored as `{"all": …, "<account id>": …}`.
 */
per_channel: boolean, 
/**
 * Shown only where this holds.
 */
when: WhenInfo | null, };

export type DeleteAccounts = { 
/**
 * Which.
 */
account_ids: Array<AccountId>, 
/**
 * Their conversations too; else these stay readable, without a channel to answer through.
 */
with_history: boolean, };

export type DeletionPreview = { 
/**
 * Conversations of the accounts.
 */
conversations: number, 
/**
 * Their messages.
 */
messages: number, 
/**
 * Messages that have not been sent yet.
 */
unsent: number, };

export type DeliveryState = "queued" | "sending" | "parked" | "sent" | "failed" | "uncertain" | "cancelled";

export type DeliveryView = { 
/**
 * Where it stands.
 */
state: DeliveryState, 
/**
 * Why.
 */
reason: Reason | null, 
/**
 * When it is tried again.
 */
retry_at: At | null, 
/**
 * How often it was tried.
 */
attempts: number, };

export type Direction = "in" | "out" | "system";

export type Draft = { 
/**
 * Its text.
 */
text: string, 
/**
 * What it answers.
 */
reply_to: MessageId | null, };

export type EditMessage = { 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * The new text.
 */
text: string, };

export type Empty = Record<symbol, never>;

export type EndpointInfo = { 
/**
 * Its name.
 */
key: string, 
/**
 * The network's own.
 */
default: string, };

export type Entity = { 
/**
 * Where it begins, in UTF-16 units.
 */
offset: number, 
/**
 * How long it is, in UTF-16 units.
 */
length: number, } & ({ "kind": "bold" } | { "kind": "italic" } | { "kind": "underline" } | { "kind": "strike" } | { "kind": "spoiler" } | { "kind": "code" } | { "kind": "quote" } | { "kind": "link", 
/**
 * Where to; checked by the UI before it becomes clickable.
 */
url: string, } | { "kind": "mention" });

export type ExpandQuickReply = { 
/**
 * Which.
 */
id: QuickReplyId, 
/**
 * Where it is inserted.
 */
conversation_id: ConversationId, };

export type Expanded = { 
/**
 * What goes into the composer; a placeholder with neither value nor fallback stands as it was typed.
 */
text: string, 
/**
 * Those, each once.
 */
unresolved: Array<string>, 
/**
 * The files, chosen for this message.
 */
uploads: Array<Upload>, };

export type ExportAnalytics = { 
/**
 * `days`, `channels`, `operators`, `answers`, `hours`, `sources`.
 */
table: string, 
/**
 * As [`LookAnalytics`].
 */
first_day: string, 
/**
 * The last day, included.
 */
last_day: string, 
/**
 * Only of these accounts; empty: of all.
 */
account_ids: Array<AccountId>, 
/**
 * Anything but pages.
 */
format: ExportFormat, };

export type ExportColumn = { 
/**
 * Its name in orders.
 */
key: string, 
/**
 * Its header, in the language of the profile.
 */
title: string, 
/**
 * In every file, unless it is unticked.
 */
usual: boolean, };

export type ExportEstimate = { 
/**
 * Rows; narrower orders (person, tag, status) may bring less.
 */
rows: number, 
/**
 * Bytes of the file, without media.
 */
bytes: number, 
/**
 * Of each column, how many percent of its cells will be empty.
 */
empty_percent: Array<[string, number]>, };

export type ExportFormat = "xlsx" | "csv" | "jsonl" | "html";

export type ExportOptions = { 
/**
 * Every column, in the order of files.
 */
columns: Array<ExportColumn>, 
/**
 * Every kind of file, the usual one first.
 */
formats: Array<ExportFormat>, 
/**
 * Where files are put.
 */
folder: string, };

export type ExportRef = { 
/**
 * Which.
 */
export_id: number, };

export type ExportRow = { 
/**
 * Which.
 */
id: number, 
/**
 * Name of the file.
 */
name: string, 
/**
 * Its folder, for eyes only: the file is opened by its number.
 */
folder: string, 
/**
 * As what.
 */
format: ExportFormat, 
/**
 * The table of the analytics; `None`: messages.
 */
table: string | null, 
/**
 * Of these accounts; empty: of all.
 */
account_ids: Array<AccountId>, 
/**
 * `2026-11-01`.
 */
first_day: string, 
/**
 * The last day, included.
 */
last_day: string, 
/**
 * Where it stands.
 */
status: ExportStatus, 
/**
 * Why it failed, and what to do.
 */
reason: Reason | null, 
/**
 * Rows in it, so far.
 */
rows: number, 
/**
 * Rows expected.
 */
rows_total: number, 
/**
 * Bytes, once done.
 */
bytes: number, 
/**
 * Done, and nothing was in those days.
 */
empty: boolean, 
/**
 * Done, and somebody has moved or deleted the file since.
 */
missing: boolean, 
/**
 * Who ordered it.
 */
author: string, 
/**
 * When it was ordered.
 */
created_at: At, 
/**
 * When the writing began: with `rows` and `rows_total` it tells how long it will take.
 */
started_at: At | null, 
/**
 * When it was done, stopped or given up.
 */
finished_at: At | null, };

export type ExportStatus = "waiting" | "running" | "done" | "cancelled" | "failed";

export type Extra = { "kind": "location", 
/**
 * Degrees, north positive.
 */
lat: number, 
/**
 * Degrees, east positive.
 */
lon: number, 
/**
 * Name of the place, when it has one.
 */
title: string | null, 
/**
 * Its address, when known.
 */
address: string | null, } | { "kind": "contact", 
/**
 * As the sender's address book has it.
 */
name: string, 
/**
 * In international form where the network gives one.
 */
phone: string | null, } | { "kind": "poll", 
/**
 * The question.
 */
question: string, 
/**
 * The answers to choose from.
 */
options: Array<string>, } | { "kind": "card" } & Card | { "kind": "forwarded", 
/**
 * Whose they were.
 */
author: string, 
/**
 * What they said.
 */
text: string, } | { "kind": "dice", 
/**
 * What was thrown.
 */
emoji: string, 
/**
 * What came up.
 */
value: number, } | { "kind": "unsupported", 
/**
 * The network's own word for it.
 */
what: string, };

export type FetchState = "remote" | "local" | "failed" | "elsewhere";

export type FieldProblem = { 
/**
 * Which.
 */
field: string, 
/**
 * What is wrong and what to do.
 */
reason: Reason, };

export type FieldView = { 
/**
 * Its name; texts are `field.<key>` and `field.<key>.hint`.
 */
key: string, 
/**
 * `text`, `secret`, `lines`, `choice` or `switch`.
 */
kind: string, 
/**
 * Value and name of each choice.
 */
options: Array<[string, string]>, 
/**
 * What stands in it already.
 */
value: string | null, 
/**
 * It may stay empty.
 */
optional: boolean, };

export type FileRef = { 
/**
 * Which.
 */
attachment_id: AttachmentId, };

export type FileView = { 
/**
 * Its id: `host.mediaUrl`.
 */
id: AttachmentId, 
/**
 * What it is.
 */
kind: AttachmentKind, 
/**
 * A clean name.
 */
name: string, 
/**
 * Media type.
 */
mime: string | null, 
/**
 * Bytes.
 */
size: number | null, 
/**
 * Pixels.
 */
width: number | null, 
/**
 * Pixels.
 */
height: number | null, 
/**
 * Milliseconds.
 */
duration_ms: number | null, 
/**
 * Loudness over time, 0..=31.
 */
waveform: Array<number>, 
/**
 * Where its bytes are.
 */
state: FetchState, 
/**
 * Why it could not be had.
 */
reason: Reason | null, 
/**
 * Where it can be seen, when it is elsewhere.
 */
link: string | null, };

export type FillText = { 
/**
 * With placeholders.
 */
text: string, 
/**
 * Whose values.
 */
conversation_id: ConversationId, };

export type FilledTemplate = { 
/**
 * The text.
 */
text: string, 
/**
 * Substitutions in it that do not exist.
 */
unknown: Array<string>, };

export type FilterCounts = { 
/**
 * Messages of clients.
 */
incoming: number, 
/**
 * Of those, filtered.
 */
filtered: number, };

export type FolderRef = { 
/**
 * Which.
 */
id: QuickReplyFolderId, };

export type FolderView = { 
/**
 * Its id.
 */
id: QuickReplyFolderId, 
/**
 * Its name.
 */
name: string, };

export type IdentityView = { 
/**
 * Which network.
 */
channel: string, 
/**
 * Without `@`.
 */
username: string | null, 
/**
 * Link to the page.
 */
link: string | null, };

export type JournalFilter = { 
/**
 * Written from then on.
 */
from?: At, 
/**
 * Written before then.
 */
before?: At, 
/**
 * Only of these channels.
 */
account_ids: Array<AccountId>, 
/**
 * Only of people whose name, number or user name begins so.
 */
client?: string, 
/**
 * Only incoming, outgoing or system.
 */
direction?: Direction, 
/**
 * Only those with this status on this link.
 */
link_id?: LinkId, 
/**
 * See `link_id`.
 */
status?: SyncState, };

export type JournalItem = { 
/**
 * Which.
 */
id: MessageId, 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * The channel's account; `None`: deleted.
 */
account_id: AccountId | null, 
/**
 * Which network.
 */
channel: string, 
/**
 * Private, group or comments.
 */
kind: ConversationKind, 
/**
 * Name of the group or of the post.
 */
title: string | null, 
/**
 * The client.
 */
contact_id: ContactId, 
/**
 * Its name.
 */
client: string, 
/**
 * Incoming, outgoing or system.
 */
direction: Direction, 
/**
 * What it says, in one line.
 */
preview: Preview, 
/**
 * When it was written.
 */
written_at: At, 
/**
 * When it came here.
 */
imported_at: At, 
/**
 * How far ours has come.
 */
tick: Tick | null, 
/**
 * Why the rules of its channel keep it out of the inbox; `None`: they let it pass.
 */
judged: Reason | null, 
/**
 * Its status on each link that it was planned for.
 */
syncs: Array<SyncView>, };

export type JournalPage = { 
/**
 * The messages.
 */
items: Array<JournalItem>, 
/**
 * For the next page; `None`: there is none.
 */
next: string | null, };

export type JournalStep = { 
/**
 * What happened.
 */
what: JournalStepKind, 
/**
 * When; `None`: it is still to come.
 */
at: At | null, 
/**
 * The CRM link concerned.
 */
link_id: LinkId | null, 
/**
 * What was done in the CRM.
 */
operation: CrmOperation | null, 
/**
 * Where it stands in the CRM.
 */
sync: SyncState | null, 
/**
 * Where it stands on its way to the network.
 */
delivery: DeliveryState | null, 
/**
 * Why.
 */
reason: Reason | null, 
/**
 * Tries.
 */
attempts: number | null, };

export type JournalStepKind = "written" | "received" | "stored" | "queued" | "sending" | "accepted" | "not_sent" | "delivered" | "read" | "edited" | "deleted" | "sync_queued" | "synced";

export type JournalTotals = { 
/**
 * Of clients.
 */
incoming: number, 
/**
 * Of ours.
 */
outgoing: number, 
/**
 * People.
 */
clients: number, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

export type JudgedView = { 
/**
 * What.
 */
verdict: Verdict, 
/**
 * Why.
 */
reason: Reason, 
/**
 * When; `None`: it came before there were rules.
 */
decided_at: At | null, 
/**
 * Why the auto-reply kept silent about it, if it did.
 */
hush: Reason | null, };

export type LastDays = { 
/**
 * Which.
 */
account_id: AccountId, 
/**
 * How many, 1..=365.
 */
days: number, };

export type LastMessage = { 
/**
 * Its id.
 */
id: MessageId, 
/**
 * Who speaks.
 */
direction: Direction, 
/**
 * The author's name, in groups and for our own.
 */
author: string | null, 
/**
 * What it says, in one line.
 */
preview: Preview, 
/**
 * A line of the system instead: key and params of its text.
 */
system: Reason | null, 
/**
 * When.
 */
sent_at: At, 
/**
 * How far it has come, for ours.
 */
tick: Tick | null, 
/**
 * It was deleted.
 */
deleted: boolean, };

export type LinkAction = "login" | "grant_rights" | "pay" | "set_proxy" | "fix_settings";

export type LinkDetails = { 
/**
 * The row of the list.
 */
row: LinkRow, 
/**
 * Settings by key.
 */
settings: { [key in string]: JsonValue }, 
/**
 * Replaced base addresses by key.
 */
endpoints: { [key in string]: string }, 
/**
 * The proxy without its password.
 */
proxy: string | null, 
/**
 * When it was connected.
 */
connected_at: At, };

export type LinkId = number;

export type LinkRef = { 
/**
 * Which.
 */
link_id: LinkId, };

export type LinkRow = { 
/**
 * Its id.
 */
id: LinkId, 
/**
 * Which CRM.
 */
crm: string, 
/**
 * As people call it.
 */
name: string, 
/**
 * What the CRM calls the account.
 */
handle: string | null, 
/**
 * Address of the account's page.
 */
page: string | null, 
/**
 * Switched on by a person.
 */
active: boolean, 
/**
 * Its state, why, and what to do.
 */
state: LinkState, 
/**
 * What works less well than it could.
 */
notices: Array<Reason>, 
/**
 * When the login ends by itself.
 */
expires_at: At | null, 
/**
 * Last sign of life of the CRM.
 */
last_seen_at: At | null, 
/**
 * Operations that wait.
 */
queued: number, 
/**
 * Messages that could not be exported.
 */
failed: number, 
/**
 * Managers' messages that could not be sent.
 */
failed_replies: number, };

export type LinkState = { 
/**
 * In one word.
 */
status: LinkStatus, 
/**
 * Why, when there is something to say.
 */
reason: Reason | null, 
/**
 * The way out that a person has, if any.
 */
action: LinkAction | null, 
/**
 * Since when it is so.
 */
since: At, 
/**
 * When the next try starts, while reconnecting.
 */
retry_at: At | null, 
/**
 * Number of failures in a row.
 */
attempt: number, };

export type LinkStatus = "off" | "connecting" | "online" | "reconnecting" | "needs_login" | "no_rights" | "unpaid" | "needs_attention";

export type ListConversations = { 
/**
 * Which.
 */
filter: ConversationFilter, 
/**
 * Only of these accounts; empty: of all.
 */
account_ids: Array<AccountId>, 
/**
 * Only with this tag.
 */
tag: string | null, 
/**
 * `after` of the page before.
 */
cursor: string | null, 
/**
 * At most so many, 1..=200.
 */
limit: number | null, };

export type ListJournal = { 
/**
 * Which messages.
 */
filter: JournalFilter, 
/**
 * Place after which to go on, of the page before.
 */
after?: string, 
/**
 * At most so many, 1..=200.
 */
limit?: number, };

export type ListMessages = { 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * From where.
 */
from: MessageAnchor, 
/**
 * At most so many to each side, 1..=200.
 */
limit?: number, 
/**
 * Filtered ones too.
 */
filtered?: boolean, };

export type ListReplies = { 
/**
 * Which.
 */
filter: RepliesFilter, 
/**
 * Place after which to go on, of the page before.
 */
after?: string, 
/**
 * At most so many, 1..=200.
 */
limit?: number, };

export type LoadedOlder = { 
/**
 * New messages stored.
 */
loaded: number, 
/**
 * The network has still older ones.
 */
more: boolean, };

export type LoginRef = { 
/**
 * Which.
 */
login_id: string, };

export type LoginView = { 
/**
 * Its id.
 */
login_id: string, 
/**
 * What to show.
 */
step: StepView, };

export type LookAnalytics = { 
/**
 * `2026-11-01`, in the time zone of the profile.
 */
first_day: string, 
/**
 * The last day, included.
 */
last_day: string, 
/**
 * Only of these accounts; empty: of all.
 */
account_ids: Array<AccountId>, };

export type MarkRead = { 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * Up to this message; `None`: all of it.
 */
up_to: MessageId | null, };

export type MessageAnchor = { "at": "newest" } | { "at": "before", 
/**
 * Which.
 */
id: MessageId, } | { "at": "after", 
/**
 * Which.
 */
id: MessageId, } | { "at": "around", 
/**
 * Which.
 */
id: MessageId, };

export type MessageId = number;

export type MessageJournalView = { 
/**
 * Its steps, in order of time.
 */
steps: Array<JournalStep>, };

export type MessagePage = { 
/**
 * The messages.
 */
items: Array<MessageView>, 
/**
 * There are older ones.
 */
more_before: boolean, 
/**
 * There are newer ones.
 */
more_after: boolean, };

export type MessageRef = { 
/**
 * Which.
 */
message_id: MessageId, };

export type MessageView = { 
/**
 * Its id.
 */
id: MessageId, 
/**
 * Its name for good; an optimistic bubble recognises itself by it.
 */
uid: string, 
/**
 * Where it is.
 */
conversation_id: ConversationId, 
/**
 * Who speaks.
 */
direction: Direction, 
/**
 * The author's name, in groups and for our own.
 */
author: string | null, 
/**
 * The author, in groups.
 */
author_id: ContactId | null, 
/**
 * When it was written.
 */
sent_at: At, 
/**
 * When it was last changed.
 */
edited_at: At | null, 
/**
 * When it was deleted; its text stays readable here, marked.
 */
deleted_at: At | null, 
/**
 * Text or caption.
 */
text: string, 
/**
 * Marked stretches of the text, UTF-16 units.
 */
entities: Array<Entity>, 
/**
 * Files, in order.
 */
files: Array<FileView>, 
/**
 * What is neither text nor file.
 */
extras: Array<Extra>, 
/**
 * A line of the system: key and params of its text.
 */
system: Reason | null, 
/**
 * What it answers.
 */
reply_to: QuoteView | null, 
/**
 * Whose message it passes on.
 */
forwarded_from: string | null, 
/**
 * Sent together with the others of the same word.
 */
album: string | null, 
/**
 * Reactions, ours and theirs.
 */
reactions: Array<ReactionView>, 
/**
 * How far it has come, for ours.
 */
tick: Tick | null, 
/**
 * Its way to the network, for those written here and not safely there.
 */
delivery: DeliveryView | null, 
/**
 * It can still be changed on the network.
 */
can_edit: boolean, 
/**
 * It can still be deleted on the network.
 */
can_delete: boolean, 
/**
 * The auto-reply wrote it.
 */
automatic: boolean, 
/**
 * What the rules of the channel say about it.
 */
verdict: Verdict, 
/**
 * Why, when they say more than «pass».
 */
judged: Reason | null, };

export type NoteRef = { 
/**
 * Which.
 */
note_id: number, };

export type NoteView = { 
/**
 * Its id.
 */
id: number, 
/**
 * What it says.
 */
text: string, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * When.
 */
at: At, };

export type Notification = { 
/**
 * Where a click leads; also groups them.
 */
conversation_id: ConversationId, 
/**
 * Name of the conversation.
 */
title: string, 
/**
 * What was said.
 */
preview: Preview, };

export type Onboarding = { 
/**
 * `profile`, `channels` or `done`.
 */
step: string, };

export type OpenFromCrm = { 
/**
 * The link.
 */
link_id: LinkId, 
/**
 * The card that the conversation belongs to.
 */
reference: CrmRef, 
/**
 * Through which account.
 */
account_id: AccountId, 
/**
 * A number, link or `@name` of the card.
 */
address: string, };

export type OpenWriteFirst = { 
/**
 * Through which account.
 */
account_id: AccountId, 
/**
 * As typed.
 */
text: string, };

export type Opened = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

export type OrderExport = { 
/**
 * Only of these accounts; empty: of all.
 */
account_ids: Array<AccountId>, 
/**
 * `2026-11-01`, in the time zone of the profile.
 */
first_day: string, 
/**
 * The last day, included.
 */
last_day: string, 
/**
 * As what.
 */
format: ExportFormat, 
/**
 * Only with this person.
 */
contact_id: ContactId | null, 
/**
 * Only theirs or ours.
 */
direction: Direction | null, 
/**
 * Only ours that came so far; empty: any.
 */
statuses: Array<Tick>, 
/**
 * Only in conversations with this tag.
 */
tag: string | null, 
/**
 * Keys of columns; empty: the usual ones.
 */
columns: Array<string>, };

export type PickCards = { 
/**
 * In which link.
 */
link_id: LinkId, 
/**
 * Where to look.
 */
kind: PickFrom, 
/**
 * Part of a name, a number, a title; empty: the latest.
 */
text: string, 
/**
 * `next` of the page before.
 */
cursor?: string, };

export type PickFrom = "contacts" | "leads" | "deals" | "companies";

export type PickedCard = { 
/**
 * Which.
 */
reference: CrmRef, 
/**
 * Its title.
 */
title: string, 
/**
 * What stands under it.
 */
note: string | null, 
/**
 * Numbers of the people behind it.
 */
phones: Array<string>, 
/**
 * Links and `@names` in its fields.
 */
links: Array<string>, 
/**
 * The page that shows it.
 */
page: string | null, };

export type PickedCards = { 
/**
 * Found.
 */
items: Array<PickedCard>, 
/**
 * For the next page; `None`: there is none.
 */
next: string | null, };

export type Preview = { 
/**
 * What stands in front of the text.
 */
kind: PreviewKind, 
/**
 * The beginning of the text, on one line; may be empty.
 */
text: string, };

export type PreviewKind = "text" | "image" | "video" | "animation" | "audio" | "voice" | "document" | "sticker" | "location" | "contact" | "poll" | "card" | "forwarded" | "unsupported";

export type PreviewRejudging = { 
/**
 * Which channel.
 */
account_id: AccountId, 
/**
 * How many days, 1..=365.
 */
days: number, 
/**
 * Rules that are not saved yet; missing: the saved ones.
 */
values?: { [key in string]: JsonValue }, };

export type PreviewTemplate = { 
/**
 * The template.
 */
template: string, 
/**
 * The conversation whose values are filled in; else those of the latest one.
 */
conversation_id?: ConversationId, };

export type Profile = { 
/**
 * How answers are signed inside.
 */
name: string, 
/**
 * Own address; may be empty.
 */
email: string, 
/**
 * Own number; may be empty.
 */
phone: string, 
/**
 * `ru`, `en` or `es`.
 */
language: string, 
/**
 * IANA name, `Europe/Moscow`.
 */
time_zone: string, 
/**
 * Where alerts go besides; may be empty.
 */
alert_email: string, };

export type QuarantineRow = { 
/**
 * Its id.
 */
id: number, 
/**
 * As it came.
 */
raw: string, 
/**
 * What is wrong with it.
 */
problem: string, 
/**
 * When it came.
 */
received_at: At, };

export type QuickReplies = { 
/**
 * Folders, in order.
 */
folders: Array<FolderView>, 
/**
 * Quick replies, in order.
 */
items: Array<QuickReplyView>, 
/**
 * Every placeholder there is; names are `placeholder.<key>`.
 */
placeholders: Array<string>, };

export type QuickReplyFileChoice = { "from": "kept", 
/**
 * Its place.
 */
position: number, } | { "from": "upload", 
/**
 * Which.
 */
upload_id: UploadId, };

export type QuickReplyFileView = { 
/**
 * Its place: how `quick_replies.save` keeps it.
 */
position: number, 
/**
 * A clean name.
 */
name: string, 
/**
 * Media type.
 */
mime: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * As what it is sent.
 */
kind: AttachmentKind, };

export type QuickReplyFolderId = number;

export type QuickReplyId = number;

export type QuickReplyRef = { 
/**
 * Which.
 */
id: QuickReplyId, };

export type QuickReplyRefs = { 
/**
 * All of them.
 */
ids: Array<QuickReplyId>, };

export type QuickReplyView = { 
/**
 * Its id.
 */
id: QuickReplyId, 
/**
 * Where it lies; `None`: on top.
 */
folder_id: QuickReplyFolderId | null, 
/**
 * What is typed after the slash.
 */
name: string, 
/**
 * With placeholders: `{contact.name|клиент}`.
 */
text: string, 
/**
 * Everybody's, else one's own.
 */
shared: boolean, 
/**
 * How often it was inserted.
 */
used: number, 
/**
 * Its files, in order.
 */
files: Array<QuickReplyFileView>, };

export type QuoteView = { 
/**
 * The message, when it is known here.
 */
message_id: MessageId | null, 
/**
 * Its author.
 */
author: string | null, 
/**
 * Its words.
 */
preview: Preview, };

export type Reachability = "open" | "blocked";

export type ReactionView = { 
/**
 * What.
 */
emoji: string, 
/**
 * How many.
 */
count: number, };

export type Reason = { 
/**
 * The key of the text.
 */
key: string, 
/**
 * Values for its placeholders.
 */
params?: Record<string, string>, };

export type Recovered = { 
/**
 * When the backup was made; `None`: there was none, and the workspace begins anew.
 */
backup_at: At | null, 
/**
 * Where the damaged file is kept.
 */
damaged_file: string, };

export type RejudgingPreview = { 
/**
 * Messages looked at.
 */
judged: number, 
/**
 * That would be filtered and are not.
 */
filtered: number, 
/**
 * That would pass and do not.
 */
passed: number, 
/**
 * Some of both.
 */
samples: Array<RejudgingSample>, };

export type RejudgingSample = { 
/**
 * Which.
 */
message_id: MessageId, 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * When it was written.
 */
sent_at: At, 
/**
 * What it says.
 */
text: string, 
/**
 * The verdict so far.
 */
before: Verdict, 
/**
 * The new one.
 */
after: Verdict, 
/**
 * Why the new one.
 */
reason: Reason, };

export type RejudgingView = { 
/**
 * Conversations in all.
 */
conversations: number, 
/**
 * Conversations done.
 */
seen: number, 
/**
 * Messages looked at.
 */
judged: number, 
/**
 * Filtered now.
 */
filtered: number, 
/**
 * Passing now.
 */
passed: number, 
/**
 * When it began.
 */
started_at: At, 
/**
 * When it ended; `None`: it goes on.
 */
finished_at: At | null, 
/**
 * A person stopped it.
 */
cancelled: boolean, };

export type RenameContact = { 
/**
 * Who.
 */
contact_id: ContactId, 
/**
 * The name, at most 120 characters.
 */
name: string, };

export type RepliesFilter = { 
/**
 * Written from then on.
 */
from?: At, 
/**
 * Written before then.
 */
before?: At, 
/**
 * Only from these links.
 */
link_ids: Array<LinkId>, 
/**
 * Only to these channels.
 */
account_ids: Array<AccountId>, 
/**
 * Only to people whose name, number or user name begins so.
 */
client?: string, 
/**
 * Only with this status.
 */
status?: ReplyState, };

export type RepliesPage = { 
/**
 * The replies.
 */
items: Array<ReplyItem>, 
/**
 * For the next page; `None`: there is none.
 */
next: string | null, };

export type ReplyId = number;

export type ReplyItem = { 
/**
 * Which.
 */
id: ReplyId, 
/**
 * From which link.
 */
link_id: LinkId, 
/**
 * Who wrote it.
 */
author: string | null, 
/**
 * The CRM itself wrote it.
 */
automatic: boolean, 
/**
 * Where it goes, once that is known.
 */
conversation_id: ConversationId | null, 
/**
 * Through which account.
 */
account_id: AccountId | null, 
/**
 * To which network.
 */
channel: string | null, 
/**
 * The client.
 */
client: string | null, 
/**
 * What it says.
 */
text: string, 
/**
 * Names of its files.
 */
files: Array<string>, 
/**
 * When it was written.
 */
written_at: At, 
/**
 * Its status.
 */
status: ReplyState, 
/**
 * Why.
 */
reason: Reason | null, 
/**
 * Tries so far.
 */
attempts: number, 
/**
 * Last change.
 */
updated_at: At, };

export type ReplyRef = { 
/**
 * Which.
 */
reply_id: ReplyId, };

export type ReplyState = "queued" | "sent" | "failed";

export type ResolveWriteFirst = { 
/**
 * A phone number, `@name`, or a link to a profile.
 */
text: string, };

export type Retried = { 
/**
 * Number.
 */
count: number, };

export type RetrySyncs = { 
/**
 * To which link.
 */
link_id: LinkId, 
/**
 * Which.
 */
message_ids: Array<MessageId>, };

export type RuleSection = { 
/**
 * `own`, `filter`, `auto_reply`, `reading`.
 */
key: string, 
/**
 * Its settings, in order.
 */
fields: Array<SettingInfo>, };

export type RulesForm = { 
/**
 * Settings that stand together, in order.
 */
sections: Array<RuleSection>, 
/**
 * What is set, by key; what is missing has its default.
 */
values: { [key in string]: JsonValue }, };

export type SaveDraft = { 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * What.
 */
draft: Draft | null, };

export type SaveFolder = { 
/**
 * Which; missing: a new one.
 */
id?: QuickReplyFolderId, 
/**
 * 1..=40 characters.
 */
name: string, };

export type SaveQuickReply = { 
/**
 * Which; missing: a new one.
 */
id?: QuickReplyId, 
/**
 * Where it lies.
 */
folder_id: QuickReplyFolderId | null, 
/**
 * 1..=40 characters without spaces.
 */
name: string, 
/**
 * At most 10 000 characters.
 */
text: string, 
/**
 * Everybody's.
 */
shared: boolean, 
/**
 * Its files, all of them, in order.
 */
files: Array<QuickReplyFileChoice>, };

export type SaveRules = { 
/**
 * Whose.
 */
account_id: AccountId, 
/**
 * By key; what is missing gets its default.
 */
values: { [key in string]: JsonValue }, };

export type Search = { 
/**
 * Words; each must occur, in any form and letter case, the last one as a beginning.
 */
text: string, 
/**
 * Only in this conversation.
 */
conversation_id: ConversationId | null, 
/**
 * Only of these accounts.
 */
account_ids: Array<AccountId>, 
/**
 * Only with this person.
 */
contact_id: ContactId | null, 
/**
 * Only theirs or ours.
 */
direction: Direction | null, 
/**
 * Only with files.
 */
has_file: boolean, 
/**
 * Filtered messages too.
 */
filtered?: boolean, 
/**
 * Not before.
 */
from: At | null, 
/**
 * Before.
 */
to: At | null, 
/**
 * `cursor` of the page before.
 */
cursor: string | null, 
/**
 * At most so many, 1..=100.
 */
limit: number | null, };

export type SearchHit = { 
/**
 * The message: `messages.list` around it.
 */
message_id: MessageId, 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * Name of the conversation.
 */
title: string, 
/**
 * Which network.
 */
channel: string, 
/**
 * Who speaks.
 */
direction: Direction, 
/**
 * When.
 */
sent_at: At, 
/**
 * The stretch of text around the first word found.
 */
excerpt: string, 
/**
 * Where the words are in the excerpt: begin and length in UTF-16 units.
 */
marks: Array<[number, number]>, 
/**
 * What it mostly is.
 */
preview: Preview, };

export type SearchPage = { 
/**
 * Conversations whose person or title fits; only on the first page of a search over everything.
 */
conversations: Array<ConversationRow>, 
/**
 * Messages, those that came last first.
 */
messages: Array<SearchHit>, 
/**
 * Where the next page begins.
 */
cursor: string | null, };

export type SectionInfo = { 
/**
 * Its name.
 */
key: string, 
/**
 * Shown only where this holds.
 */
when: WhenInfo | null, 
/**
 * Its settings.
 */
settings: Array<CrmSettingInfo>, };

export type SendMessage = { 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * A fresh UUID made by the caller.
 */
uid: string, 
/**
 * Text or caption; longer ones than the network takes are split.
 */
text: string, 
/**
 * Files uploaded before, in order.
 */
uploads: Array<UploadRef>, 
/**
 * What it answers.
 */
reply_to?: MessageId, };

export type SentMessages = { 
/**
 * In order; more than one when it had to be split.
 */
message_ids: Array<MessageId>, };

export type SetTags = { 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * 1..=40 characters each, at most 20.
 */
tags: Array<string>, };

export type SettingInfo = { 
/**
 * Its name.
 */
key: string, 
/**
 * `switch`, `text`, `number`, `lines`, `choice`, `time` (`HH:MM`), `time_zone` or `days` (1 for Monday).
 */
kind: string, 
/**
 * When nothing is stored.
 */
default: JsonValue | null, 
/**
 * Smallest number.
 */
min: number | null, 
/**
 * Largest number.
 */
max: number | null, 
/**
 * What there is to choose from.
 */
options: Array<string>, 
/**
 * It means something only while this switch is on.
 */
needs: string | null, 
/**
 * Networks may ban for it: a warning stands beside it.
 */
warns: boolean, };

export type SpintaxPreview = { 
/**
 * How many there are.
 */
count: number, 
/**
 * Some, spread over all of them.
 */
variants: Array<string>, };

export type SpintaxText = { 
/**
 * As typed.
 */
text: string, 
/**
 * At most so many variants, 1..=100.
 */
limit?: number, };

export type StartLinkLogin = { 
/**
 * Which CRM.
 */
crm: string, 
/**
 * Which way, one of the CRM's `logins`.
 */
flow: string, 
/**
 * Connect an existing link once more instead of adding one.
 */
link_id?: LinkId, 
/**
 * A proxy to use.
 */
proxy?: string, 
/**
 * Base addresses to use instead of the CRM's own.
 */
endpoints?: { [key in string]: string }, };

export type StartLogin = { 
/**
 * Which network.
 */
channel: string, 
/**
 * Which way, one of the channel's `logins`.
 */
flow: string, 
/**
 * Log an existing account in once more instead of adding one.
 */
account_id?: AccountId, 
/**
 * A proxy to use.
 */
proxy?: string, 
/**
 * Base addresses to use instead of the network's own.
 */
endpoints?: { [key in string]: string }, };

export type StepView = { "kind": "input", 
/**
 * Text above it.
 */
text: string, 
/**
 * Values for the text.
 */
params: { [key in string]: string }, 
/**
 * What to enter.
 */
fields: Array<FieldView>, } | { "kind": "open_url", 
/**
 * Text above it.
 */
text: string, 
/**
 * The page.
 */
url: string, 
/**
 * What to enter afterwards.
 */
fields: Array<FieldView>, 
/**
 * Ask again with nothing entered after so many seconds: the page may have led back by itself.
 */
refresh_secs: number | null, } | { "kind": "show", 
/**
 * Text above it.
 */
text: string, 
/**
 * What the QR code holds.
 */
qr: string | null, 
/**
 * A code to type.
 */
code: string | null, 
/**
 * Ask again after so many seconds.
 */
refresh_secs: number, } | { "kind": "wait", 
/**
 * Text above it.
 */
text: string, } | { "kind": "done", 
/**
 * The account, new or renewed.
 */
account_id: AccountId, 
/**
 * Its name.
 */
name: string, } | { "kind": "linked", 
/**
 * The link, new or renewed.
 */
link_id: LinkId, 
/**
 * Its name.
 */
name: string, };

export type SyncState = "queued" | "exported" | "discarded" | "filtered" | "skipped" | "failed";

export type SyncView = { 
/**
 * Which link.
 */
link_id: LinkId, 
/**
 * Its status.
 */
status: SyncState, 
/**
 * Why.
 */
reason: Reason | null, 
/**
 * Tries so far.
 */
attempts: number, 
/**
 * When it left the queue.
 */
at: At | null, };

export type TagCount = { 
/**
 * The tag.
 */
tag: string, 
/**
 * Conversations with it.
 */
count: number, };

export type Tick = "sending" | "error" | "sent" | "delivered" | "read";

export type Tried = { 
/**
 * What.
 */
verdict: Verdict, 
/**
 * Why: the rule as typed (`rule`), the word as it stood (`word`), the line of the black list (`entry`).
 */
reason: Reason, };

export type TryFilters = { 
/**
 * The rules, as in [`SaveRules`].
 */
values: { [key in string]: JsonValue }, 
/**
 * What a client writes.
 */
text: string, 
/**
 * The client's number or user name.
 */
sender?: string, 
/**
 * There are files with it.
 */
files?: boolean, };

export type UiSettings = { 
/**
 * `system`, `light` or `dark`.
 */
theme: string, 
/**
 * Enter sends, Ctrl+Enter makes a line (or the other way round).
 */
enter_sends: boolean, 
/**
 * 90..=150.
 */
font_percent: number, 
/**
 * No notifications now.
 */
do_not_disturb: boolean, 
/**
 * Desktop notifications at all.
 */
notifications: boolean, 
/**
 * Closing the window leaves the channels running in the tray.
 */
close_to_tray: boolean, 
/**
 * Start with the system.
 */
autostart: boolean, 
/**
 * After so many minutes without an answer a conversation turns amber.
 */
wait_warn_minutes: number, 
/**
 * After so many it turns red.
 */
wait_alarm_minutes: number, };

export type UpdateAccount = { 
/**
 * Which.
 */
account_id: AccountId, 
/**
 * New name, unique.
 */
name?: string, 
/**
 * New settings, all of them.
 */
settings?: { [key in string]: JsonValue }, 
/**
 * New base addresses, all of them.
 */
endpoints?: { [key in string]: string }, 
/**
 * New proxy; empty takes it away. A `***` as the password keeps the stored one.
 */
proxy?: string, };

export type UpdateLink = { 
/**
 * Which.
 */
link_id: LinkId, 
/**
 * New name, unique.
 */
name?: string, 
/**
 * New settings, all of them.
 */
settings?: { [key in string]: JsonValue }, 
/**
 * New base addresses, all of them.
 */
endpoints?: { [key in string]: string }, 
/**
 * New proxy; empty takes it away. A `***` as the password keeps the stored one.
 */
proxy?: string, };

export type Upload = { 
/**
 * Its id.
 */
upload_id: UploadId, 
/**
 * A clean name.
 */
name: string, 
/**
 * Media type.
 */
mime: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * As what it would be sent.
 */
kind: AttachmentKind, };

export type UploadId = number;

export type UploadRef = { 
/**
 * Which.
 */
upload_id: UploadId, 
/**
 * As what; `None`: as its media type suggests.
 */
kind?: AttachmentKind, };

export type UserAction = "login" | "set_proxy" | "stop_other" | "take_over" | "fix_settings";

export type Verdict = "pass" | "filtered" | "held";

export type WhenInfo = { 
/**
 * Which setting.
 */
key: string, 
/**
 * One of these values, as text.
 */
is: Array<string>, };

export type Workspace = { 
/**
 * A plainly marked demo, never mixed with real data.
 */
demo: boolean, 
/**
 * The folder, for «show in folder» and support.
 */
folder: string, 
/**
 * The key is kept by a passphrase, not by the system's keyring.
 */
passphrase: boolean, 
/**
 * What became of a damaged file at this start, if anything.
 */
recovered: Recovered | null, };

export type WriteFirstAccount = { 
/**
 * Which.
 */
account_id: AccountId, 
/**
 * Its network.
 */
channel: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Why not; `None`: it can be tried.
 */
refused: Reason | null, };

export type WriteFirstOptions = { 
/**
 * How the text was understood: `phone`, `username`, `link`, `unknown`.
 */
understood: string, 
/**
 * The address in its clean form.
 */
address: string, 
/**
 * People here whose name, number or user name fits.
 */
known: Array<ConversationRow>, 
/**
 * Every account with its answer.
 */
accounts: Array<WriteFirstAccount>, };

export interface Rpc {
  "boot": { req: Empty; res: Boot };
  "profile.save": { req: Profile; res: Empty };
  "settings.save": { req: UiSettings; res: Empty };
  "onboarding.save": { req: Onboarding; res: Empty };
  "accounts.list": { req: Empty; res: Array<AccountRow> };
  "accounts.get": { req: AccountRef; res: AccountDetails };
  "accounts.update": { req: UpdateAccount; res: Empty };
  "accounts.activate": { req: ActivateAccounts; res: Empty };
  "accounts.retry": { req: AccountRef; res: Empty };
  "accounts.deletion_preview": { req: AccountRefs; res: DeletionPreview };
  "accounts.delete": { req: DeleteAccounts; res: Empty };
  "accounts.quarantine": { req: AccountRef; res: Array<QuarantineRow> };
  "alerts.list": { req: Empty; res: Array<Alert> };
  "login.start": { req: StartLogin; res: LoginView };
  "login.next": { req: ContinueLogin; res: LoginView };
  "login.cancel": { req: LoginRef; res: Empty };
  "conversations.list": { req: ListConversations; res: ConversationPage };
  "conversations.counts": { req: Empty; res: ConversationCounts };
  "conversations.get": { req: ConversationRef; res: ConversationView };
  "conversations.mark_read": { req: MarkRead; res: Empty };
  "conversations.change": { req: ChangeConversations; res: Empty };
  "conversations.set_tags": { req: SetTags; res: Empty };
  "conversations.save_draft": { req: SaveDraft; res: Empty };
  "conversations.typing": { req: ConversationRef; res: Empty };
  "conversations.load_older": { req: ConversationRef; res: LoadedOlder };
  "messages.list": { req: ListMessages; res: MessagePage };
  "messages.send": { req: SendMessage; res: SentMessages };
  "messages.edit": { req: EditMessage; res: Empty };
  "messages.delete": { req: MessageRef; res: Empty };
  "messages.retry": { req: MessageRef; res: Empty };
  "messages.confirm_sent": { req: MessageRef; res: Empty };
  "messages.give_up": { req: MessageRef; res: Empty };
  "files.retry": { req: FileRef; res: Empty };
  "messages.judged": { req: MessageRef; res: JudgedView };
  "rules.get": { req: AccountRef; res: RulesForm };
  "rules.save": { req: SaveRules; res: Empty };
  "filters.try": { req: TryFilters; res: Tried };
  "filters.counts": { req: LastDays; res: FilterCounts };
  "filters.preview": { req: PreviewRejudging; res: RejudgingPreview };
  "filters.rejudge": { req: LastDays; res: Empty };
  "filters.progress": { req: AccountRef; res: RejudgingView | null };
  "filters.cancel": { req: AccountRef; res: Empty };
  "spintax.preview": { req: SpintaxText; res: SpintaxPreview };
  "quick_replies.list": { req: Empty; res: QuickReplies };
  "quick_replies.save": { req: SaveQuickReply; res: QuickReplyRef };
  "quick_replies.delete": { req: QuickReplyRef; res: Empty };
  "quick_replies.reorder": { req: QuickReplyRefs; res: Empty };
  "quick_replies.expand": { req: ExpandQuickReply; res: Expanded };
  "quick_replies.fill": { req: FillText; res: Expanded };
  "quick_reply_folders.save": { req: SaveFolder; res: FolderRef };
  "quick_reply_folders.delete": { req: FolderRef; res: Empty };
  "contacts.get": { req: ContactRef; res: ContactView };
  "contacts.rename": { req: RenameContact; res: Empty };
  "contacts.add_note": { req: AddNote; res: Empty };
  "contacts.delete_note": { req: NoteRef; res: Empty };
  "write_first.resolve": { req: ResolveWriteFirst; res: WriteFirstOptions };
  "write_first.open": { req: OpenWriteFirst; res: Opened };
  "links.list": { req: Empty; res: Array<LinkRow> };
  "links.get": { req: LinkRef; res: LinkDetails };
  "links.update": { req: UpdateLink; res: Empty };
  "links.activate": { req: ActivateLinks; res: Empty };
  "links.retry": { req: LinkRef; res: Empty };
  "links.delete": { req: LinkRef; res: Empty };
  "links.choices": { req: AskChoices; res: Array<ChoiceView> };
  "links.preview": { req: PreviewTemplate; res: FilledTemplate };
  "links.login": { req: StartLinkLogin; res: LoginView };
  "journal.list": { req: ListJournal; res: JournalPage };
  "journal.totals": { req: JournalFilter; res: JournalTotals };
  "journal.retry": { req: RetrySyncs; res: Retried };
  "journal.message": { req: MessageRef; res: MessageJournalView };
  "replies.list": { req: ListReplies; res: RepliesPage };
  "replies.retry": { req: ReplyRef; res: Empty };
  "crm.cards": { req: ConversationRef; res: Array<CrmCard> };
  "crm.pick": { req: PickCards; res: PickedCards };
  "crm.open": { req: OpenFromCrm; res: Opened };
  "search": { req: Search; res: SearchPage };
  "exports.options": { req: Empty; res: ExportOptions };
  "exports.estimate": { req: OrderExport; res: ExportEstimate };
  "exports.start": { req: OrderExport; res: ExportRef };
  "exports.list": { req: Empty; res: Array<ExportRow> };
  "exports.cancel": { req: ExportRef; res: Empty };
  "exports.repeat": { req: ExportRef; res: Empty };
  "exports.delete": { req: ExportRef; res: Empty };
  "analytics.overview": { req: LookAnalytics; res: AnalyticsOverview };
  "analytics.settings": { req: Empty; res: AnalyticsSettings };
  "analytics.save_settings": { req: AnalyticsSettings; res: Empty };
  "analytics.export": { req: ExportAnalytics; res: ExportRef };
}
