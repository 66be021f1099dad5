//! The vendor's JSON, nothing else: the fields that are read, as <https://core.telegram.org/bots/api> names them.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

mod file;
mod message;
pub(super) use file::{Audio, Document, PhotoSize, Sticker, Video};
pub(super) use message::{Answered, ExternalReply, Message, Origin, WireEntity};

/// What every method answers.
#[derive(Debug, Deserialize)]
pub(super) struct Envelope {
    pub(super) ok: bool,
    pub(super) result: Option<Box<RawValue>>,
    pub(super) error_code: Option<u16>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) parameters: Parameters,
}

/// ResponseParameters.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Parameters {
    pub(super) retry_after: Option<u64>,
    pub(super) migrate_to_chat_id: Option<i64>,
}

/// The one thing that is read of an update before all else: where the queue goes on.
#[derive(Debug, Deserialize)]
pub(super) struct UpdateId {
    pub(super) update_id: i64,
}

/// Update: at most one of the kinds that we ask for.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    pub(super) message: Option<Box<RawValue>>,
    pub(super) edited_message: Option<Box<RawValue>>,
    pub(super) callback_query: Option<CallbackQuery>,
    pub(super) my_chat_member: Option<ChatMemberUpdated>,
    pub(super) message_reaction: Option<MessageReactionUpdated>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) first_name: String,
    #[serde(default)]
    pub(super) last_name: String,
    pub(super) username: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: ChatKind,
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) first_name: String,
    #[serde(default)]
    pub(super) last_name: String,
    pub(super) username: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChatKind {
    Private,
    Group,
    Supergroup,
    Channel,
}

/// ChatFullInfo.
#[derive(Debug, Deserialize)]
pub(super) struct ChatCard {
    #[serde(flatten)]
    pub(super) chat: Chat,
    pub(super) photo: Option<ChatPhoto>,
    pub(super) birthdate: Option<Birthdate>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChatPhoto {
    pub(super) small_file_id: String,
    pub(super) small_file_unique_id: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Birthdate {
    pub(super) day: u8,
    pub(super) month: u8,
    pub(super) year: Option<u16>,
}

/// UserProfilePhotos.
#[derive(Debug, Deserialize)]
pub(super) struct ProfilePhotos {
    #[serde(default)]
    pub(super) photos: Vec<Vec<PhotoSize>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CallbackQuery {
    pub(super) id: String,
    pub(super) from: User,
    pub(super) message: Option<ButtonMessage>,
    pub(super) data: Option<String>,
}

/// The message under which a button was pressed; a very old one has no more than this either.
#[derive(Debug, Deserialize)]
pub(super) struct ButtonMessage {
    pub(super) message_id: i64,
    pub(super) chat: Chat,
    pub(super) reply_markup: Option<InlineKeyboard>,
    pub(super) text: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct InlineKeyboard {
    #[serde(default)]
    pub(super) inline_keyboard: Vec<Vec<Button>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Button {
    pub(super) text: String,
    pub(super) callback_data: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChatMemberUpdated {
    pub(super) chat: Chat,
    pub(super) date: i64,
    pub(super) new_chat_member: ChatMember,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChatMember {
    pub(super) status: String,
    pub(super) can_send_messages: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MessageReactionUpdated {
    pub(super) chat: Chat,
    pub(super) message_id: i64,
    pub(super) user: Option<User>,
    pub(super) actor_chat: Option<Chat>,
    pub(super) date: i64,
    #[serde(default)]
    pub(super) new_reaction: Vec<Reaction>,
}

/// ReactionType.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Reaction {
    Emoji {
        emoji: String,
    },
    CustomEmoji,
    Paid,
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub(super) struct Me {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) first_name: String,
    pub(super) username: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WebhookInfo {
    #[serde(default)]
    pub(super) url: String,
}

/// File.
#[derive(Debug, Deserialize)]
pub(super) struct FileInfo {
    pub(super) file_path: Option<String>,
}

/// What is read of the message that a send answers with.
#[derive(Debug, Deserialize)]
pub(super) struct SentMessage {
    pub(super) message_id: i64,
    pub(super) date: i64,
}

/// ReplyParameters.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct ReplyParameters {
    pub(super) message_id: i64,
    /// The message is worth more than the quote.
    pub(super) allow_sending_without_reply: bool,
}
