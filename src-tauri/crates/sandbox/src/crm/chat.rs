//! Conversations with clients as a manager sees them in the CRM.

use crate::crm::CardId;
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::Part;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A conversation inside the CRM.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CrmChat {
    /// The CRM's id of it.
    pub id: ChatId,
    /// The client's name, or the title of the group.
    pub title: String,
    /// Through which channel of the CRM it goes.
    pub channel: String,
    /// The id that the connected program gave it.
    pub external_id: Option<String>,
    /// The client's contact.
    pub contact: Option<CardId>,
    /// The lead or deal it belongs to.
    pub card: Option<CardId>,
    /// Not closed by the manager.
    pub open: bool,
    /// The client is typing.
    pub client_types: bool,
    /// Everything in it, oldest first.
    pub messages: Vec<CrmMessage>,
}

/// Who wrote a chat message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "author", rename_all = "snake_case")]
pub enum Author {
    /// The client, or one of several in a group.
    Client {
        /// The name that the connected program told.
        name: String,
    },
    /// Somebody of ours, in the CRM or, imported, elsewhere.
    Manager {
        /// Who; as JSON `manager`, because it stands beside the message's own `id`.
        #[serde(rename = "manager")]
        id: ManagerId,
    },
    /// The CRM by itself, or a bot of it.
    System,
}

/// How far a message of ours got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    /// Nothing is known yet.
    Sent,
    /// The client has it.
    Delivered,
    /// The client read it.
    Read,
    /// It could not be delivered.
    Failed {
        /// As the connected program told.
        reason: String,
    },
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct CrmMessage {
    /// The CRM's id of it.
    pub id: MessageId,
    /// The id that the connected program gave it.
    pub external_id: Option<String>,
    /// Who wrote it.
    #[serde(flatten)]
    pub author: Author,
    /// When, as told.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Text or caption.
    pub text: String,
    /// What the CRM has of files and other parts: files by address only are in [`CrmMessage::links`].
    pub parts: Vec<Part>,
    /// Addresses of files as the connected program gave them.
    pub links: Vec<String>,
    /// Which message it answers.
    pub reply_to: Option<MessageId>,
    /// Was changed.
    pub edited: bool,
    /// Was deleted.
    pub deleted: bool,
    /// Reactions on it.
    pub reactions: Vec<String>,
    /// How far it got; client's messages have none.
    #[serde(flatten)]
    pub fate: Option<Fate>,
    /// How many messages of this chat have the same author and words: 2 shows a doubled one.
    pub copies: usize,
}

/// Fills [`CrmMessage::copies`] of a chat.
pub fn count_copies(messages: &mut [CrmMessage]) {
    let alike = |one: &CrmMessage, other: &CrmMessage| {
        (&one.author, &one.text, &one.links) == (&other.author, &other.text, &other.links) && one.parts == other.parts
    };
    let counts: Vec<usize> = messages
        .iter()
        .map(|one| messages.iter().filter(|other| alike(one, other)).count())
        .collect();
    for (message, copies) in messages.iter_mut().zip(counts) {
        message.copies = copies;
    }
}
