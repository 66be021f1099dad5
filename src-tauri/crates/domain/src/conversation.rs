use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of thread it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Private, with one person.
    Direct,
    /// Several people; each message names its author.
    Group,
    /// Public comments of one person under one post.
    Comments,
}

/// Whether the network lets us write into a conversation now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reachability {
    /// Nothing is known against it.
    Open,
    /// The client blocked us, or took the permission back.
    Blocked,
}
