use serde::Deserialize;
use serde_json::Value;

use super::account::or_default;

/// Something that happened. <https://www.amocrm.ru/developers/content/crm_platform/events-and-notes>
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Event {
    #[serde(default)]
    pub(in super::super) created_at: i64,
    #[serde(default)]
    pub(in super::super) created_by: i64,
    #[serde(default, deserialize_with = "or_default")]
    value_after: Vec<Value>,
}

/// The message of an event: no text in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct EventMessage {
    pub(in super::super) id: String,
    #[serde(default)]
    pub(in super::super) origin: Option<String>,
    #[serde(default)]
    pub(in super::super) talk_id: i64,
}

impl Event {
    pub(in super::super) fn message(&self) -> Option<EventMessage> {
        let message = self.value_after.first()?.get("message")?;
        serde_json::from_value(message.clone()).ok()
    }
}

/// A talk: one round of a chat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Talk {
    #[serde(default)]
    pub(in super::super) chat_id: String,
    #[serde(default)]
    pub(in super::super) contact_id: Option<i64>,
    #[serde(default)]
    pub(in super::super) entity_id: Option<i64>,
    #[serde(default)]
    pub(in super::super) entity_type: Option<String>,
}

/// The signed history of a chat. <https://www.amocrm.ru/developers/content/chats/chat-api-reference>
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in super::super) struct AmojoMessages {
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) messages: Vec<AmojoMessage>,
}

/// A message in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct AmojoMessage {
    #[serde(default)]
    timestamp: i64,
    #[serde(default)]
    msec_timestamp: i64,
    #[serde(default)]
    pub(in super::super) sender: AmojoPerson,
    #[serde(default)]
    pub(in super::super) message: AmojoContent,
}

/// Who wrote it: ours and clients have the id that they were given by us, managers have none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(in super::super) struct AmojoPerson {
    #[serde(default)]
    pub(in super::super) id: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) client_id: String,
}

/// What it says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in super::super) struct AmojoContent {
    #[serde(default)]
    pub(in super::super) id: String,
    /// What we called it; managers' messages have none.
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) client_id: String,
    #[serde(rename = "type", default)]
    pub(in super::super) kind: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) text: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) media: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) file_name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) file_size: i64,
    #[serde(default)]
    pub(in super::super) location: Option<Value>,
    #[serde(default)]
    pub(in super::super) contact: Option<Value>,
}

impl AmojoMessage {
    /// Milliseconds.
    pub(in super::super) fn at(&self) -> i64 {
        if self.msec_timestamp > 0 {
            self.msec_timestamp
        } else {
            self.timestamp.saturating_mul(1000)
        }
    }
}

/// A message as Kommo tells it by REST. <https://developers.kommo.com/reference/get-conversation-messages>
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct TalkMessage {
    pub(in super::super) id: String,
    #[serde(rename = "type", default)]
    pub(in super::super) direction: String,
    #[serde(default)]
    pub(in super::super) message_type: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) text: String,
    #[serde(default)]
    pub(in super::super) created_at: i64,
    #[serde(default)]
    author: Value,
    #[serde(default)]
    attachment: Value,
}

impl TalkMessage {
    pub(in super::super) fn author(&self) -> Option<&str> {
        self.author.get("name").and_then(Value::as_str)
    }

    pub(in super::super) fn by_a_robot(&self) -> bool {
        self.author.get("type").and_then(Value::as_str) == Some("bot")
    }

    /// Address and name of its file.
    pub(in super::super) fn file(&self) -> Option<(&str, Option<&str>)> {
        let link = self.attachment.get("link")?.as_str()?;
        Some((link, self.attachment.get("file_name").and_then(Value::as_str)))
    }
}
