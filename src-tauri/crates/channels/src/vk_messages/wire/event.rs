//! What happens: updates of the event queue and the message in them.

use serde::Deserialize;
use serde_json::Value;

use super::{flag, or_default};

/// One entry of `updates`. <https://dev.vk.com/api/community-events/json-schema>
#[derive(Debug, Deserialize)]
pub(crate) struct Update {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) object: Value,
}

/// `object` of `message_new`; `message_reply` and `message_edit` are the bare message.
#[derive(Debug, Deserialize)]
pub(crate) struct MessageNew {
    pub(crate) message: Value,
}

/// A message, as events and methods give it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Message {
    /// Unique in the community, growing; 0 in chats.
    #[serde(default)]
    pub(crate) id: i64,
    pub(crate) date: i64,
    pub(crate) peer_id: i64,
    pub(crate) from_id: i64,
    /// Number in the dialog: with `peer_id` the key of the message.
    pub(crate) conversation_message_id: i64,
    #[serde(default, deserialize_with = "flag")]
    pub(crate) out: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) text: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) attachments: Vec<Value>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) fwd_messages: Vec<Foreign>,
    #[serde(default)]
    pub(crate) reply_message: Option<Box<Foreign>>,
    #[serde(default)]
    pub(crate) geo: Option<Geo>,
    /// A JSON document in a string: what a keyboard button, or whoever sent the message, put there.
    #[serde(default)]
    pub(crate) payload: Option<String>,
    #[serde(default, rename = "ref")]
    pub(crate) reference: Option<String>,
    #[serde(default)]
    pub(crate) ref_source: Option<String>,
    /// The administrator who wrote it in VK itself.
    #[serde(default)]
    pub(crate) admin_author_id: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) random_id: i64,
    #[serde(default)]
    pub(crate) update_time: Option<i64>,
    #[serde(default)]
    pub(crate) action: Option<Action>,
    /// Too big for an event: to be read again by `messages.getById`.
    #[serde(default, deserialize_with = "flag")]
    pub(crate) is_cropped: bool,
    #[serde(default, deserialize_with = "flag")]
    pub(crate) deleted: bool,
}

/// A message inside another one: answered or forwarded.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Foreign {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) conversation_message_id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) from_id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) text: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) attachments: Vec<Value>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) fwd_messages: Vec<Foreign>,
    #[serde(default)]
    pub(crate) geo: Option<Geo>,
}

/// What happened in a chat: somebody came, the title changed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Action {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Whom it is about; negative for somebody invited by e-mail, and for a community.
    #[serde(default)]
    pub(crate) member_id: Option<i64>,
    /// The title, or the beginning of the pinned message.
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// Somebody invited by e-mail.
    #[serde(default)]
    pub(crate) email: Option<String>,
}

/// A point on the map.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Geo {
    pub(crate) coordinates: Coordinates,
    #[serde(default)]
    pub(crate) place: Option<Place>,
}

/// An object today; one string, `55.7 37.6`, in posts and in old messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Coordinates {
    Pair { latitude: f64, longitude: f64 },
    Text(String),
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Place {
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) address: Option<String>,
    #[serde(default)]
    pub(crate) city: Option<String>,
}

/// `message_read`: everything up to the message was read by `from_id`.
#[derive(Debug, Deserialize)]
pub(crate) struct Read {
    pub(crate) from_id: i64,
    pub(crate) peer_id: i64,
    pub(crate) conversation_message_id: i64,
}

/// `message_typing_state`.
#[derive(Debug, Deserialize)]
pub(crate) struct Typing {
    pub(crate) from_id: i64,
}

/// `message_allow` and `message_deny`.
#[derive(Debug, Deserialize)]
pub(crate) struct Consent {
    pub(crate) user_id: i64,
}

/// `message_event`: a callback button was pressed.
#[derive(Debug, Deserialize)]
pub(crate) struct Press {
    pub(crate) user_id: i64,
    pub(crate) peer_id: i64,
    pub(crate) event_id: String,
}

/// `message_reaction_event`; without `reaction_id` the reaction was taken back.
#[derive(Debug, Deserialize)]
pub(crate) struct Reaction {
    pub(crate) reacted_id: i64,
    pub(crate) peer_id: i64,
    pub(crate) cmid: i64,
    #[serde(default)]
    pub(crate) reaction_id: Option<i64>,
}
