use domain::{
    AccountId, At, ContactId, ConversationId, ConversationKind, Direction, MessageId, Preview, Reachability, Reason,
    Tick,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which conversations, and from where on.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
pub struct ListConversations {
    /// Which.
    pub filter: ConversationFilter,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// `after` of the page before.
    pub cursor: Option<String>,
    /// At most so many, 1..=200.
    pub limit: Option<u32>,
}

/// A view of the list (INB-1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationFilter {
    /// All but archived ones.
    #[default]
    All,
    /// With unread messages.
    Unread,
    /// The client waits for an answer.
    Unanswered,
    /// Assigned to the person in front of the window.
    Mine,
    /// Put away.
    Archived,
    /// With messages that the rules of their channel have filtered, by the newest of them.
    Filtered,
}

/// One page of the list, newest first, pinned ones before all.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConversationPage {
    /// The rows.
    pub items: Vec<ConversationRow>,
    /// Where the next page begins; `None` at the end.
    pub cursor: Option<String>,
}

/// A conversation as the list shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConversationRow {
    /// Its id.
    pub id: ConversationId,
    /// The account it belongs to; `None` when the account was deleted and the history kept.
    pub account_id: Option<AccountId>,
    /// Which network.
    pub channel: String,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// The person's name or the group's title.
    pub title: String,
    /// The person or group.
    pub contact_id: ContactId,
    /// The avatar's file has this id once it is fetched: `host.mediaUrl`.
    #[ts(type = "number | null")]
    pub avatar_id: Option<i64>,
    /// The last message; `None` for a conversation opened and not written in yet.
    pub last: Option<LastMessage>,
    /// When it last moved; the order of the list.
    pub moved_at: At,
    /// Filtered messages: `messages.list` shows them when asked to.
    #[ts(type = "number")]
    pub filtered: i64,
    /// Unread messages.
    #[ts(type = "number")]
    pub unread: i64,
    /// Marked as unread by hand.
    pub marked_unread: bool,
    /// Since when the client waits for an answer.
    pub waiting_since: Option<At>,
    /// Stays on top.
    pub pinned: bool,
    /// Makes no sound.
    pub muted: bool,
    /// Put away.
    pub archived: bool,
    /// An answer begun and not sent.
    pub draft: Option<String>,
    /// Assigned to the person in front of the window.
    pub mine: bool,
    /// Tags.
    pub tags: Vec<String>,
}

/// The last message of a conversation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LastMessage {
    /// Its id.
    pub id: MessageId,
    /// Who speaks.
    pub direction: Direction,
    /// The author's name, in groups and for our own.
    pub author: Option<String>,
    /// What it says, in one line.
    pub preview: Preview,
    /// A line of the system instead: key and params of its text.
    pub system: Option<Reason>,
    /// When.
    pub sent_at: At,
    /// How far it has come, for ours.
    pub tick: Option<Tick>,
    /// It was deleted.
    pub deleted: bool,
}

/// Numbers beside the views.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConversationCounts {
    /// Conversations with unread messages, muted ones apart.
    #[ts(type = "number")]
    pub unread: i64,
    /// Conversations whose client waits.
    #[ts(type = "number")]
    pub unanswered: i64,
    /// Assigned to the person in front of the window.
    #[ts(type = "number")]
    pub mine: i64,
    /// Conversations with filtered messages.
    #[ts(type = "number")]
    pub filtered: i64,
    /// Every tag in use.
    pub tags: Vec<TagCount>,
}

/// How often a tag is used.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// Conversations with it.
    #[ts(type = "number")]
    pub count: i64,
}

/// One conversation.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ConversationRef {
    /// Which.
    pub conversation_id: ConversationId,
}

/// A conversation with what its head and composer need.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConversationView {
    /// The row of the list.
    pub row: ConversationRow,
    /// Name of the account.
    pub account_name: Option<String>,
    /// Its state, as the head shows it.
    pub connection: Option<domain::Connection>,
    /// Whether the network lets us write.
    pub reachability: Reachability,
    /// The first message not read yet.
    pub first_unread_id: Option<MessageId>,
    /// The whole draft.
    pub draft: Option<Draft>,
    /// Messages of ours that wait, failed or have an unknown outcome.
    #[ts(type = "number")]
    pub pending: i64,
}

/// An answer begun and not sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// What it answers.
    pub reply_to: Option<MessageId>,
}

/// Keep a draft; `None` forgets it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveDraft {
    /// Where.
    pub conversation_id: ConversationId,
    /// What.
    pub draft: Option<Draft>,
}

/// Read up to a message.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct MarkRead {
    /// Where.
    pub conversation_id: ConversationId,
    /// Up to this message; `None`: all of it.
    pub up_to: Option<MessageId>,
}

/// Switches of several conversations; `None` leaves one as it is.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ChangeConversations {
    /// Which.
    pub conversation_ids: Vec<ConversationId>,
    /// Stays on top.
    #[ts(optional)]
    pub pinned: Option<bool>,
    /// Makes no sound.
    #[ts(optional)]
    pub muted: Option<bool>,
    /// Put away; a new message brings it back.
    #[ts(optional)]
    pub archived: Option<bool>,
    /// Marked as unread.
    #[ts(optional)]
    pub marked_unread: Option<bool>,
    /// Assigned to the person in front of the window.
    #[ts(optional)]
    pub mine: Option<bool>,
    /// `false`: no answer is needed (INB-12).
    #[ts(optional)]
    pub waiting: Option<bool>,
}

/// The tags of a conversation, all of them.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetTags {
    /// Where.
    pub conversation_id: ConversationId,
    /// 1..=40 characters each, at most 20.
    pub tags: Vec<String>,
}

/// What loading older messages brought.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct LoadedOlder {
    /// New messages stored.
    #[ts(type = "number")]
    pub loaded: i64,
    /// The network has still older ones.
    pub more: bool,
}
