//! What managers write in a CRM, on its way to the client.

use domain::{At, AttachmentKind, Content, CrmRef, Reason, RemoteId, Uid};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What one poll brought. Rows and cursors are committed together; then `confirm` may clear it remotely.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Polled {
    /// In the order in which they happened. All may come twice.
    pub events: Vec<CrmEvent>,
    /// Cursors to remember, by name.
    pub cursors: Vec<(String, String)>,
    /// There is more: poll again at once.
    pub more: bool,
    /// What [`super::CrmLink::confirm`] is to be called with after the commit.
    pub confirm: Option<Value>,
}

/// One thing that happened in the CRM.
#[derive(Debug, Clone, PartialEq)]
pub enum CrmEvent {
    /// A message for the client.
    Reply(Box<Reply>),
    /// A manager changed a message that was sent to the client.
    Edited {
        /// Which [`Reply::remote_id`].
        reply: RemoteId,
        /// The whole new text.
        text: String,
        /// When.
        at: At,
    },
    /// A manager deleted a message that was sent to the client.
    Deleted {
        /// Which [`Reply::remote_id`].
        reply: RemoteId,
        /// When.
        at: At,
    },
    /// A card that is bound was changed: what is shown beside the conversation is to be asked anew.
    CardChanged(CrmRef),
    /// Something that could not be understood: kept raw, and never stops the line.
    Malformed {
        /// As it came.
        raw: String,
        /// What is wrong with it: for the developer, without secrets.
        problem: String,
    },
}

/// A manager's message.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Unique on the link, the same each time it is polled: by it a repetition is recognised.
    pub remote_id: RemoteId,
    /// For whom.
    pub target: ReplyTarget,
    /// Who wrote it, where the CRM tells.
    pub author: Option<String>,
    /// The CRM itself wrote it: a greeting, a robot, «all are busy» (BX-7).
    pub automatic: bool,
    /// Sent to many from the CRM: the message is not exported back into any link as a conversation (status `skipped`).
    pub mailing: bool,
    /// What it says, with the CRM's markup turned into entities.
    pub content: Content,
    /// Its files, in order.
    pub files: Vec<ReplyFile>,
    /// [`super::Work::marker`] of the message that it answers, or what that became in the CRM.
    pub answers: Option<String>,
    /// When it was written.
    pub written_at: At,
    /// What [`super::CrmLink::report`] will need: chat and message ids of the CRM. No secrets.
    pub data: Value,
}

/// For whom a reply is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", content = "of", rename_all = "snake_case")]
pub enum ReplyTarget {
    /// The conversation with this [`super::CrmConversation::uid`], which the CRM was given as the external id.
    Conversation(Uid),
    /// The conversation that is bound to this thing (of several, the one that spoke last).
    Bound(CrmRef),
    /// A person whom the manager writes to first from a card (AMO-10, AMO-11).
    Person {
        /// `+` and digits.
        phone: Option<String>,
        /// Without `@`.
        username: Option<String>,
        /// The account that is to write, by its decimal id, where the CRM names one.
        account: Option<String>,
        /// The card from which it is written: the new conversation is adopted to it.
        card: Option<CrmRef>,
    },
}

/// A file of a manager.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyFile {
    /// What it is to people.
    pub kind: AttachmentKind,
    /// The CRM's name for it: untrusted, cleaned before it is shown or used.
    pub name: Option<String>,
    /// Media type, as the CRM says.
    pub mime: Option<String>,
    /// Bytes, as the CRM says.
    pub size: Option<i64>,
    /// What [`super::Media::fetch`] needs; holds no token.
    pub fetch: Value,
}

/// What became of a manager's message.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyStatus {
    /// [`Reply::remote_id`].
    pub reply: RemoteId,
    /// [`Reply::data`].
    pub data: Value,
    /// External id of the conversation, when it was found.
    pub conversation: Option<Uid>,
    /// What became of it.
    pub fate: Fate,
    /// When.
    pub at: At,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The network has it, under these ids.
    Sent(Vec<RemoteId>),
    /// The client's device has it.
    Delivered(Vec<RemoteId>),
    /// The client has seen it.
    Read(Vec<RemoteId>),
    /// It did not go: why, and the text for people in the language of the workspace.
    Failed(Reason, String),
}
