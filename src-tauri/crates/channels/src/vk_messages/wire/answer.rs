//! What methods and upload servers answer.

use serde::Deserialize;
use serde_json::Value;

use super::{flag, or_default, text_or_number, yes};

/// `groups.getLongPollServer`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct LongPollServer {
    pub(crate) key: String,
    pub(crate) server: String,
    #[serde(deserialize_with = "text_or_number")]
    pub(crate) ts: String,
}

/// `groups.getLongPollSettings`.
#[derive(Debug, Deserialize)]
pub(crate) struct LongPollSettings {
    #[serde(default, deserialize_with = "flag")]
    pub(crate) is_enabled: bool,
    #[serde(default)]
    pub(crate) api_version: Option<String>,
    #[serde(default)]
    pub(crate) events: serde_json::Map<String, Value>,
}

/// `groups.getTokenPermissions`.
#[derive(Debug, Deserialize)]
pub(crate) struct TokenPermissions {
    pub(crate) permissions: Vec<Permission>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Permission {
    pub(crate) name: String,
}

/// `groups.getById` of 5.199 (an object; a bare list until 5.131).
#[derive(Debug, Deserialize)]
pub(crate) struct Groups {
    pub(crate) groups: Vec<Group>,
}

/// A community's page.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) screen_name: String,
    /// `banned` or `deleted`; absent on living pages.
    #[serde(default)]
    pub(crate) deactivated: Option<String>,
}

/// A person's page, as `users.get` gives it.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct User {
    pub(crate) id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) first_name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) last_name: String,
    #[serde(default)]
    pub(crate) screen_name: Option<String>,
    #[serde(default)]
    pub(crate) photo_200: Option<String>,
    /// Absent when not asked for; `false` means that `photo_200` is VK's placeholder.
    #[serde(default = "yes", deserialize_with = "flag")]
    pub(crate) has_photo: bool,
    #[serde(default)]
    pub(crate) city: Option<City>,
    /// `D.M` or `D.M.YYYY`.
    #[serde(default)]
    pub(crate) bdate: Option<String>,
    #[serde(default)]
    pub(crate) mobile_phone: Option<String>,
    #[serde(default)]
    pub(crate) deactivated: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct City {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) title: String,
}

/// `messages.getConversations`.
#[derive(Debug, Deserialize)]
pub(crate) struct Conversations {
    pub(crate) items: Vec<ConversationItem>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ConversationItem {
    pub(crate) conversation: Conversation,
    #[serde(default)]
    pub(crate) last_message: Option<LastMessage>,
}

/// As much of the last message as deciding needs.
#[derive(Debug, Deserialize)]
pub(crate) struct LastMessage {
    pub(crate) date: i64,
}

/// `messages.getConversationsById`.
#[derive(Debug, Deserialize)]
pub(crate) struct ConversationsById {
    pub(crate) items: Vec<Conversation>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Conversation {
    pub(crate) peer: Peer,
    #[serde(default)]
    pub(crate) last_message_id: i64,
    #[serde(default)]
    pub(crate) last_conversation_message_id: i64,
    /// Message id up to which we have read.
    #[serde(default)]
    pub(crate) in_read: i64,
    /// Message id up to which the other side has read.
    #[serde(default)]
    pub(crate) out_read: i64,
    /// The same two as numbers of the dialog; not in the published schema, but sent in 5.199.
    #[serde(default)]
    pub(crate) in_read_cmid: Option<i64>,
    #[serde(default)]
    pub(crate) out_read_cmid: Option<i64>,
    #[serde(default)]
    pub(crate) chat_settings: Option<ChatSettings>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Peer {
    pub(crate) id: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ChatSettings {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) title: String,
}

/// `messages.getHistory` and `messages.getById`. Messages stay raw: one that can't be read must not hide the others.
#[derive(Debug, Deserialize)]
pub(crate) struct History {
    #[serde(default)]
    pub(crate) items: Vec<Value>,
}

/// One recipient's part of the answer to `messages.send` with `peer_ids`.
#[derive(Debug, Deserialize)]
pub(crate) struct SentItem {
    #[serde(default)]
    pub(crate) conversation_message_id: i64,
    #[serde(default)]
    pub(crate) error: Option<ItemError>,
}

/// One message's part of the answer to `messages.delete`.
#[derive(Debug, Deserialize)]
pub(crate) struct DeletedItem {
    #[serde(default)]
    pub(crate) error: Option<ItemError>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ItemError {
    pub(crate) code: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) description: String,
}

/// `utils.resolveScreenName`; an empty list when nobody has that name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Resolved {
    Found {
        #[serde(rename = "type")]
        kind: String,
        object_id: i64,
    },
    Nobody([(); 0]),
}

/// `messages.isMessagesFromGroupAllowed`.
#[derive(Debug, Deserialize)]
pub(crate) struct Allowed {
    #[serde(deserialize_with = "flag")]
    pub(crate) is_allowed: bool,
}

/// `photos.getMessagesUploadServer` and `docs.getMessagesUploadServer`.
#[derive(Debug, Deserialize)]
pub(crate) struct UploadServer {
    pub(crate) upload_url: String,
}

/// What the upload server answers for a photo. `photo` is `[]` when it could not take it.
#[derive(Debug, Deserialize)]
pub(crate) struct UploadedPhoto {
    #[serde(default, deserialize_with = "text_or_number")]
    pub(crate) server: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) photo: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) hash: String,
}

/// What the upload server answers for a document; no `file` means that it could not take it.
#[derive(Debug, Deserialize)]
pub(crate) struct UploadedFile {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) file: String,
}

/// `docs.save`: the kind names the field that holds the thing.
#[derive(Debug, Deserialize)]
pub(crate) struct SavedFile {
    #[serde(default)]
    pub(crate) doc: Option<Owned>,
    #[serde(default)]
    pub(crate) audio_message: Option<Owned>,
}

/// What every stored thing has: `<kind><owner_id>_<id>[_<access_key>]` attaches it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Owned {
    pub(crate) id: i64,
    pub(crate) owner_id: i64,
    #[serde(default)]
    pub(crate) access_key: Option<String>,
}
