use domain::{
    AccountId, At, ContactId, ConversationId, ConversationKind, CrmOperation, CrmRef, DeliveryState, Direction, LinkId,
    MessageId, Preview, Reason, ReplyId, ReplyState, SyncState, Tick,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which messages of the journal. What is missing does not restrict.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct JournalFilter {
    /// Written from then on.
    pub from: Option<At>,
    /// Written before then.
    pub before: Option<At>,
    /// Only of these channels.
    pub account_ids: Vec<AccountId>,
    /// Only of people whose name, number or user name begins so.
    pub client: Option<String>,
    /// Only incoming, outgoing or system.
    pub direction: Option<Direction>,
    /// Only those with this status on this link.
    pub link_id: Option<LinkId>,
    /// See `link_id`.
    pub status: Option<SyncState>,
}

/// A page of the journal.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListJournal {
    /// Which messages.
    pub filter: JournalFilter,
    /// Place after which to go on, of the page before.
    #[ts(optional)]
    pub after: Option<String>,
    /// At most so many, 1..=200.
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Messages, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JournalPage {
    /// The messages.
    pub items: Vec<JournalItem>,
    /// For the next page; `None`: there is none.
    pub next: Option<String>,
}

/// A message in the journal (LOG-1).
#[derive(Debug, Clone, Serialize, TS)]
pub struct JournalItem {
    /// Which.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// The channel's account; `None`: deleted.
    pub account_id: Option<AccountId>,
    /// Which network.
    pub channel: String,
    /// Private, group or comments.
    pub kind: ConversationKind,
    /// Name of the group or of the post.
    pub title: Option<String>,
    /// The client.
    pub contact_id: ContactId,
    /// Its name.
    pub client: String,
    /// Incoming, outgoing or system.
    pub direction: Direction,
    /// What it says, in one line.
    pub preview: Preview,
    /// When it was written.
    pub written_at: At,
    /// When it came here.
    pub imported_at: At,
    /// How far ours has come.
    pub tick: Option<Tick>,
    /// Why the rules of its channel keep it out of the inbox; `None`: they let it pass.
    pub judged: Option<Reason>,
    /// Its status on each link that it was planned for.
    pub syncs: Vec<SyncView>,
}

/// The status of a message on a link.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SyncView {
    /// Which link.
    pub link_id: LinkId,
    /// Its status.
    pub status: SyncState,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries so far.
    #[ts(type = "number")]
    pub attempts: i64,
    /// When it left the queue.
    pub at: Option<At>,
}

/// What the messages of a filter come to.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct JournalTotals {
    /// Of clients.
    #[ts(type = "number")]
    pub incoming: i64,
    /// Of ours.
    #[ts(type = "number")]
    pub outgoing: i64,
    /// People.
    #[ts(type = "number")]
    pub clients: i64,
}

/// Export again: these messages, or with none named all that failed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RetrySyncs {
    /// To which link.
    pub link_id: LinkId,
    /// Which.
    pub message_ids: Vec<MessageId>,
}

/// How many will be tried again.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Retried {
    /// Number.
    #[ts(type = "number")]
    pub count: u64,
}

/// The journal of one message (CH-14).
#[derive(Debug, Clone, Serialize, TS)]
pub struct MessageJournalView {
    /// Its steps, in order of time.
    pub steps: Vec<JournalStep>,
}

/// One step of a message.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JournalStep {
    /// What happened.
    pub what: JournalStepKind,
    /// When; `None`: it is still to come.
    pub at: Option<At>,
    /// The CRM link concerned.
    pub link_id: Option<LinkId>,
    /// What was done in the CRM.
    pub operation: Option<CrmOperation>,
    /// Where it stands in the CRM.
    pub sync: Option<SyncState>,
    /// Where it stands on its way to the network.
    pub delivery: Option<DeliveryState>,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries.
    #[ts(type = "number | null")]
    pub attempts: Option<i64>,
}

/// What happened to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JournalStepKind {
    /// Written, as the network (or the CRM) says.
    Written,
    /// A manager's message came here from the CRM.
    Received,
    /// Stored here.
    Stored,
    /// «Send» was pressed.
    Queued,
    /// The last try to send it began.
    Sending,
    /// The network took it.
    Accepted,
    /// It did not go, or nobody knows.
    NotSent,
    /// The client's device has it.
    Delivered,
    /// The client has seen it.
    Read,
    /// It was changed.
    Edited,
    /// It was deleted.
    Deleted,
    /// It is to be told a CRM.
    SyncQueued,
    /// A CRM was told, or will not be.
    Synced,
}

/// Which replies of managers. What is missing does not restrict.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct RepliesFilter {
    /// Written from then on.
    pub from: Option<At>,
    /// Written before then.
    pub before: Option<At>,
    /// Only from these links.
    pub link_ids: Vec<LinkId>,
    /// Only to these channels.
    pub account_ids: Vec<AccountId>,
    /// Only to people whose name, number or user name begins so.
    pub client: Option<String>,
    /// Only with this status.
    pub status: Option<ReplyState>,
}

/// A page of replies.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListReplies {
    /// Which.
    pub filter: RepliesFilter,
    /// Place after which to go on, of the page before.
    #[ts(optional)]
    pub after: Option<String>,
    /// At most so many, 1..=200.
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Replies, newest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RepliesPage {
    /// The replies.
    pub items: Vec<ReplyItem>,
    /// For the next page; `None`: there is none.
    pub next: Option<String>,
}

/// A manager's message (LOG-2).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReplyItem {
    /// Which.
    pub id: ReplyId,
    /// From which link.
    pub link_id: LinkId,
    /// Who wrote it.
    pub author: Option<String>,
    /// The CRM itself wrote it.
    pub automatic: bool,
    /// Where it goes, once that is known.
    pub conversation_id: Option<ConversationId>,
    /// Through which account.
    pub account_id: Option<AccountId>,
    /// To which network.
    pub channel: Option<String>,
    /// The client.
    pub client: Option<String>,
    /// What it says.
    pub text: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// When it was written.
    pub written_at: At,
    /// Its status.
    pub status: ReplyState,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries so far.
    #[ts(type = "number")]
    pub attempts: i64,
    /// Last change.
    pub updated_at: At,
}

/// One reply.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ReplyRef {
    /// Which.
    pub reply_id: ReplyId,
}

/// What the CRMs know about a conversation (INB-7).
#[derive(Debug, Clone, Serialize, TS)]
pub struct CrmCard {
    /// From which link.
    pub link_id: LinkId,
    /// The person there.
    pub contact: Option<CrmCardContact>,
    /// Leads and deals, the one in which this conversation goes on first.
    pub leads: Vec<CrmCardLead>,
    /// Why nothing more is known now.
    pub trouble: Option<Reason>,
}

/// A person in a CRM.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CrmCardContact {
    /// Which.
    pub reference: CrmRef,
    /// Its name.
    pub name: String,
    /// The page that shows it.
    pub page: Option<String>,
    /// Its firm.
    pub company: Option<String>,
}

/// A lead or a deal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CrmCardLead {
    /// Which.
    pub reference: CrmRef,
    /// Its title.
    pub title: String,
    /// Its stage.
    pub stage: Option<String>,
    /// `#rrggbb` of the stage.
    pub colour: Option<String>,
    /// Who is responsible.
    pub responsible: Option<String>,
    /// E-mail of the responsible.
    pub responsible_email: Option<String>,
    /// Budget, as the CRM prints it.
    pub budget: Option<String>,
    /// Nothing more happens in it.
    pub closed: bool,
    /// The page that shows it.
    pub page: Option<String>,
}

/// Cards to write to first.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PickCards {
    /// In which link.
    pub link_id: LinkId,
    /// Where to look.
    pub kind: PickFrom,
    /// Part of a name, a number, a title; empty: the latest.
    pub text: String,
    /// `next` of the page before.
    #[ts(optional)]
    pub cursor: Option<String>,
}

/// Where to look for cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PickFrom {
    /// Contacts.
    Contacts,
    /// Leads.
    Leads,
    /// Deals.
    Deals,
    /// Firms.
    Companies,
}

/// A page of cards.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PickedCards {
    /// Found.
    pub items: Vec<PickedCard>,
    /// For the next page; `None`: there is none.
    pub next: Option<String>,
}

/// A card that can be written to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PickedCard {
    /// Which.
    pub reference: CrmRef,
    /// Its title.
    pub title: String,
    /// What stands under it.
    pub note: Option<String>,
    /// Numbers of the people behind it.
    pub phones: Vec<String>,
    /// Links and `@names` in its fields.
    pub links: Vec<String>,
    /// The page that shows it.
    pub page: Option<String>,
}

/// Open a conversation with somebody of a CRM.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenFromCrm {
    /// The link.
    pub link_id: LinkId,
    /// The card that the conversation belongs to.
    pub reference: CrmRef,
    /// Through which account.
    pub account_id: AccountId,
    /// A number, link or `@name` of the card.
    pub address: String,
}
