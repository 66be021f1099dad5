//! Abilities that a network may or may not have.

use async_trait::async_trait;
use domain::{Entity, RemoteId};
use serde_json::Value;
use tokio::io::AsyncWrite;

use super::{Batch, CallError, ChatRef, PersonRef, RemoteFile, SendError};

/// Downloads.
#[async_trait]
pub trait Media: Send + Sync {
    /// Writes the file behind [`RemoteFile::fetch`] into `into`. A partial write is discarded by the caller.
    async fn fetch(&self, fetch: &Value, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Fetched, CallError>;
}

/// What came with the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Media type as the network says, when it says more than `application/octet-stream`.
    pub mime: Option<String>,
}

/// Changing own messages.
#[async_trait]
pub trait Editing: Send + Sync {
    /// Replaces the text (or caption). An edit that changes nothing is a success.
    async fn edit(&self, chat: &RemoteId, message: &RemoteId, text: &str, entities: &[Entity])
    -> Result<(), SendError>;

    /// Deletes for everybody. A message that is gone already is a success.
    async fn delete(&self, chat: &RemoteId, message: &RemoteId) -> Result<(), SendError>;
}

/// Read marks of ours.
#[async_trait]
pub trait ReadMarks: Send + Sync {
    /// Everything in the chat up to `message` was read.
    async fn mark_read(&self, chat: &RemoteId, message: &RemoteId) -> Result<(), CallError>;
}

/// What the other side sees us doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Writes.
    Typing,
    /// Records a voice message.
    Recording,
    /// Sends a file.
    Uploading,
}

/// Typing and the like.
#[async_trait]
pub trait LiveSignals: Send + Sync {
    /// Shows the activity for a few seconds.
    async fn show(&self, chat: &RemoteId, activity: Activity) -> Result<(), CallError>;
}

/// Where to go on; `None` begins at the newest. The channel's own form.
pub type HistoryCursor = Option<String>;

/// Older messages on demand.
#[async_trait]
pub trait HistoryPage: Send + Sync {
    /// One page of messages older than the cursor, and the cursor for the next; `None` at the beginning of the chat.
    async fn older(&self, chat: &ChatRef, cursor: HistoryCursor) -> Result<(Batch, HistoryCursor), CallError>;
}

/// Whom to write to first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteFirstTarget {
    /// In the form of `domain::text::phone`.
    Phone(String),
    /// A user name without `@`.
    Username(String),
    /// The network's own number of a person.
    Id(String),
}

/// Finding a person to write to first (INB-4).
#[async_trait]
pub trait WriteFirst: Send + Sync {
    /// The chat with that person. Sends nothing.
    async fn find(&self, target: &WriteFirstTarget) -> Result<(ChatRef, PersonRef), WriteFirstError>;
}

/// Why somebody can't be written to.
#[derive(Debug, thiserror::Error)]
pub enum WriteFirstError {
    /// The network forbids it, or there is no such person: the reason says which.
    #[error("not allowed: {0}")]
    Forbidden(domain::Reason),
    /// The call itself failed.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// Cards of people.
#[async_trait]
pub trait Resolve: Send + Sync {
    /// The card of one person.
    async fn profile(&self, person: &RemoteId) -> Result<Profile, CallError>;
}

/// What a network tells about a person. What it does not tell is `None`, and never replaces what is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Name as the network shows it.
    pub name: Option<String>,
    /// Without `@`.
    pub username: Option<String>,
    /// In the form of `domain::text::phone`.
    pub phone: Option<String>,
    /// Link to the person's page.
    pub link: Option<String>,
    /// City.
    pub city: Option<String>,
    /// As the network prints it: `D.M` or `D.M.YYYY`.
    pub birthday: Option<String>,
    /// The picture.
    pub avatar: Option<RemoteFile>,
}
