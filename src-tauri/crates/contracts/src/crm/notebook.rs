use async_trait::async_trait;
use domain::{At, ContactId, ConversationId, CrmRef};
use serde_json::Value;

use crate::Secret;

/// What a link writes down: a table of the database. Everything is committed when a call returns.
///
/// Around each creation that the CRM would double:
///
/// ```text
///   match notebook.bound(&key)          Some(bound)  use it
///         notebook.intend(&key)         Some(since)  an earlier try may have made it: look for it, made after `since`
///         the remote call               …
///         notebook.bind(&key, made)
/// ```
#[async_trait]
pub trait Notebook: Send + Sync + 'static {
    /// What is bound under `key`.
    async fn bound(&self, key: &BoundKey) -> Result<Option<Bound>, NotebookClosed>;

    /// Everything bound for `scope`, whatever the kind.
    async fn all(&self, scope: Scope) -> Result<Vec<(String, Bound)>, NotebookClosed>;

    /// Who is bound to this thing of the CRM, whatever the kind.
    async fn who(&self, reference: &CrmRef) -> Result<Vec<BoundKey>, NotebookClosed>;

    /// A thing is about to be made under `key`. Answers when that was first said, if it was said before and neither
    /// bound nor given up since: an earlier call may have made it.
    async fn intend(&self, key: &BoundKey) -> Result<Option<At>, NotebookClosed>;

    /// It was certainly not made: the intention is forgotten.
    async fn give_up(&self, key: &BoundKey) -> Result<(), NotebookClosed>;

    /// It was found or made. Replaces what was bound before.
    async fn bind(&self, key: &BoundKey, bound: Bound) -> Result<(), NotebookClosed>;

    /// It is gone in the CRM.
    async fn unbind(&self, key: &BoundKey) -> Result<(), NotebookClosed>;

    /// Keeps renewed access. When it returns, the new secret is on disk and the old one is not: only then may the new
    /// one be used.
    async fn keep_secret(&self, secret: Secret<String>) -> Result<(), NotebookClosed>;
}

/// What a binding belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The link itself: fields, sources, connectors that were created.
    Link,
    /// A person, over all conversations.
    Contact(ContactId),
    /// One conversation.
    Conversation(ConversationId),
}

/// Where a binding stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BoundKey {
    /// What it belongs to.
    pub scope: Scope,
    /// The link's word for it: `contact`, `lead:<channel>`, `chat`, `field:<name>`. For good: it stands in rows.
    pub kind: String,
}

impl BoundKey {
    /// Of the link.
    pub fn link(kind: impl Into<String>) -> Self {
        Self::of(Scope::Link, kind)
    }

    /// Of a person.
    pub fn contact(id: ContactId, kind: impl Into<String>) -> Self {
        Self::of(Scope::Contact(id), kind)
    }

    /// Of a conversation.
    pub fn conversation(id: ConversationId, kind: impl Into<String>) -> Self {
        Self::of(Scope::Conversation(id), kind)
    }

    /// Of anything.
    pub fn of(scope: Scope, kind: impl Into<String>) -> Self {
        Self {
            scope,
            kind: kind.into(),
        }
    }
}

/// A thing of the CRM that something of ours is bound to.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The thing.
    pub reference: CrmRef,
    /// Whatever the link wants to remember with it; no secrets.
    pub data: Value,
}

impl Bound {
    /// Without anything more to remember.
    pub fn to(reference: CrmRef) -> Self {
        Self {
            reference,
            data: Value::Null,
        }
    }
}

/// The engine stops or could not write: do nothing more, leave.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("nothing can be written down")]
pub struct NotebookClosed;
