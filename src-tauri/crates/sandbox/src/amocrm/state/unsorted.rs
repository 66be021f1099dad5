//! What came in and nobody has accepted yet.

use super::entity::EntityId;
use serde_json::Value;

/// An application, a call or a chat that waits. Its cards exist, but are hidden as unsorted.
#[derive(Debug, Clone)]
pub(crate) struct Unsorted {
    pub(crate) uid: String,
    pub(crate) category: Category,
    pub(crate) source_name: String,
    pub(crate) source_uid: String,
    pub(crate) pipeline: i64,
    pub(crate) created_at: i64,
    pub(crate) metadata: Value,
    pub(crate) lead: Option<EntityId>,
    pub(crate) contacts: Vec<EntityId>,
    pub(crate) companies: Vec<EntityId>,
    pub(crate) outcome: Option<Outcome>,
}

/// Where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    Forms,
    Sip,
    Chats,
}

impl Category {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Forms => "forms",
            Self::Sip => "sip",
            Self::Chats => "chats",
        }
    }
}

/// How the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accepted,
    Declined,
}
