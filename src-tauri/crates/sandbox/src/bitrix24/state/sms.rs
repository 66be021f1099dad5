//! Senders of messages that apps registered, and what managers sent through them.

use std::collections::BTreeMap;

/// Senders and their messages.
#[derive(Debug, Default)]
pub(crate) struct Sms {
    /// By app and code.
    pub(crate) senders: BTreeMap<(String, String), Sender>,
    pub(crate) messages: BTreeMap<String, Text>,
}

/// A sender of an app.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub(crate) name: String,
    pub(crate) handler: String,
    pub(crate) description: String,
}

/// One message on its way.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) code: String,
    pub(crate) app: String,
    pub(crate) to: String,
    pub(crate) words: String,
    /// `queued`, `sent`, `delivered`, `undelivered`, `failed`.
    pub(crate) status: String,
    /// The entry of the card's feed that shows it.
    pub(crate) activity: i64,
}
