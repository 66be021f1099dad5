//! The vendor's JSON, nothing else.

use serde::Deserialize;
use serde_json::Value;

/// Our own account.
#[derive(Debug, Deserialize)]
pub(super) struct Me {
    pub(super) id: i64,
    pub(super) name: String,
}

/// What a poll gives. Each update is read apart, so that one that is not understood stops none of the others.
#[derive(Debug, Deserialize)]
pub(super) struct Updates {
    /// The number of the newest; the next poll asks for what came after it.
    pub(super) newest: i64,
    pub(super) updates: Vec<Value>,
}

/// A message of a client.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) id: i64,
    pub(super) chat: String,
    pub(super) sender: Person,
    /// Seconds since 1970.
    pub(super) date: i64,
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Person {
    pub(super) id: i64,
    pub(super) name: String,
}

/// What sending gives.
#[derive(Debug, Deserialize)]
pub(super) struct SentMessage {
    pub(super) id: i64,
    /// Seconds since 1970.
    pub(super) date: i64,
}
