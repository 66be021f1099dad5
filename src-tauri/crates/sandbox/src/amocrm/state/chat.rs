//! Conversations of the chats service, and the talks that the CRM makes of them.

use super::Dice;
use super::entity::EntityId;
use crate::media::Media;
use serde_json::Value;

/// The account's own channel, as the vendor's support registers it.
#[derive(Debug)]
pub(crate) struct Channel {
    pub(crate) id: String,
    pub(crate) secret: String,
    /// Its code in events and talks: `amo.ext.17`.
    pub(crate) code: String,
    pub(crate) bot: String,
    /// Where answers are told, `:scope_id` standing for the scope; nowhere when empty.
    pub(crate) hook: String,
    /// Connected to the account, under this title.
    pub(crate) connected: Option<String>,
}

impl Channel {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        Self {
            id: dice.uuid(),
            secret: dice.hex(40),
            code: "amo.ext.290173".to_owned(),
            bot: dice.uuid(),
            hook: String::new(),
            connected: None,
        }
    }
}

/// A conversation.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) id: String,
    /// The program's name for it.
    pub(crate) client_id: Option<String>,
    /// The external id of the source that it goes through.
    pub(crate) source: Option<String>,
    pub(crate) people: Vec<Participant>,
    pub(crate) contact: Option<i64>,
    pub(crate) messages: Vec<Message>,
    /// The client types until then, in milliseconds.
    pub(crate) typing_until: i64,
}

/// Somebody outside of the account.
#[derive(Debug, Clone)]
pub(crate) struct Participant {
    pub(crate) id: String,
    /// The program's name for them.
    pub(crate) client_id: String,
    pub(crate) name: String,
    pub(crate) avatar: String,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Writer {
    /// A participant, by their id in the chats service.
    Client(String),
    /// Somebody of the staff.
    User(i64),
    /// The channel's bot: imported, and nobody knows who wrote it.
    Bot,
}

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: String,
    /// The program's name for it.
    pub(crate) client_id: Option<String>,
    pub(crate) writer: Writer,
    pub(crate) at_ms: i64,
    /// `type`, `text`, `media`… as the vendor writes them.
    pub(crate) content: Value,
    /// The bytes behind `media`, where they are known.
    pub(crate) file: Option<Media>,
    pub(crate) reply_to: Option<String>,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
    pub(crate) status: Status,
    /// Who reacted how.
    pub(crate) reactions: Vec<(Writer, String)>,
}

/// How far a message of the staff got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Status {
    Sent,
    Delivered,
    Read,
    Failed { code: i64, reason: String },
}

impl Message {
    pub(crate) fn new(id: String, writer: Writer, at_ms: i64, content: Value) -> Self {
        Self {
            id,
            client_id: None,
            writer,
            at_ms,
            content,
            file: None,
            reply_to: None,
            edited: false,
            deleted: false,
            status: Status::Sent,
            reactions: Vec::new(),
        }
    }

    pub(crate) fn kind(&self) -> &str {
        self.content.get("type").and_then(Value::as_str).unwrap_or("text")
    }

    pub(crate) fn text(&self) -> &str {
        self.content.get("text").and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn outgoing(&self) -> bool {
        !matches!(self.writer, Writer::Client(_))
    }
}

impl Chat {
    pub(crate) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// By either of its names.
    pub(crate) fn named_mut(&mut self, id: &str) -> Option<&mut Message> {
        self.messages
            .iter_mut()
            .find(|message| message.id == id || message.client_id.as_deref() == Some(id))
    }

    pub(crate) fn title(&self) -> &str {
        self.people.first().map_or("", |person| person.name.as_str())
    }
}

/// A stretch of a conversation, from its first message until somebody closes it.
#[derive(Debug, Clone)]
pub(crate) struct Talk {
    pub(crate) id: i64,
    pub(crate) chat: String,
    pub(crate) contact: Option<i64>,
    pub(crate) entity: Option<EntityId>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) open: bool,
    pub(crate) read: bool,
}
