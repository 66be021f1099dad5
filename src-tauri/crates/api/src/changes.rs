use domain::ConversationId;
use serde::Serialize;
use ts_rs::TS;

/// Something changed: ask again. Carries no rows; a subscriber that fell behind gets [`Change::Everything`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "tag", rename_all = "snake_case")]
pub enum Change {
    /// The list of conversations, its counts, one conversation's head.
    Conversations {
        /// Which; empty: many.
        ids: Vec<ConversationId>,
    },
    /// Messages of a conversation.
    Messages {
        /// Where.
        conversation_id: ConversationId,
    },
    /// Channels and their states, alerts.
    Accounts,
    /// Cards of people.
    Contacts,
    /// Profile and settings.
    Settings,
    /// The client is typing there; shown for six seconds.
    Typing {
        /// Where.
        conversation_id: ConversationId,
    },
    /// A message worth a notification has come.
    Notify(Notification),
    /// Too much at once: ask everything again.
    Everything,
}

/// A desktop notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Notification {
    /// Where a click leads; also groups them.
    pub conversation_id: ConversationId,
    /// Name of the conversation.
    pub title: String,
    /// What was said.
    pub preview: domain::Preview,
}
