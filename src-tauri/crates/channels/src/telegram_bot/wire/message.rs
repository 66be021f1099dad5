use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::{
    Chat, User,
    file::{Animation, Audio, Document, PhotoSize, Sticker, Video, VideoNote, Voice},
};

/// Message: of its hundred fields those that we show.
#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Message {
    pub(in crate::telegram_bot) message_id: i64,
    pub(in crate::telegram_bot) date: i64,
    pub(in crate::telegram_bot) chat: Chat,
    pub(in crate::telegram_bot) from: Option<User>,
    /// Who it is shown as, when that is no user: a channel, or the group itself (an anonymous administrator).
    pub(in crate::telegram_bot) sender_chat: Option<Chat>,
    pub(in crate::telegram_bot) edit_date: Option<i64>,
    pub(in crate::telegram_bot) media_group_id: Option<String>,
    pub(in crate::telegram_bot) forward_origin: Option<Origin>,
    pub(in crate::telegram_bot) reply_to_message: Option<Box<Answered>>,
    pub(in crate::telegram_bot) external_reply: Option<ExternalReply>,
    pub(in crate::telegram_bot) quote: Option<TextQuote>,
    #[serde(default)]
    pub(in crate::telegram_bot) is_topic_message: bool,
    pub(in crate::telegram_bot) text: Option<String>,
    #[serde(default)]
    pub(in crate::telegram_bot) entities: Vec<WireEntity>,
    pub(in crate::telegram_bot) caption: Option<String>,
    #[serde(default)]
    pub(in crate::telegram_bot) caption_entities: Vec<WireEntity>,
    #[serde(default)]
    pub(in crate::telegram_bot) photo: Vec<PhotoSize>,
    pub(in crate::telegram_bot) animation: Option<Animation>,
    pub(in crate::telegram_bot) video: Option<Video>,
    pub(in crate::telegram_bot) audio: Option<Audio>,
    pub(in crate::telegram_bot) voice: Option<Voice>,
    pub(in crate::telegram_bot) video_note: Option<VideoNote>,
    pub(in crate::telegram_bot) sticker: Option<Sticker>,
    pub(in crate::telegram_bot) document: Option<Document>,
    pub(in crate::telegram_bot) location: Option<Location>,
    pub(in crate::telegram_bot) venue: Option<Venue>,
    pub(in crate::telegram_bot) contact: Option<Contact>,
    pub(in crate::telegram_bot) poll: Option<Poll>,
    pub(in crate::telegram_bot) dice: Option<Dice>,
    #[serde(default)]
    pub(in crate::telegram_bot) new_chat_members: Vec<User>,
    pub(in crate::telegram_bot) left_chat_member: Option<User>,
    pub(in crate::telegram_bot) new_chat_title: Option<String>,
    pub(in crate::telegram_bot) new_chat_photo: Option<IgnoredAny>,
    pub(in crate::telegram_bot) delete_chat_photo: Option<IgnoredAny>,
    pub(in crate::telegram_bot) group_chat_created: Option<IgnoredAny>,
    pub(in crate::telegram_bot) supergroup_chat_created: Option<IgnoredAny>,
    pub(in crate::telegram_bot) pinned_message: Option<Box<Answered>>,
    pub(in crate::telegram_bot) video_chat_started: Option<IgnoredAny>,
    pub(in crate::telegram_bot) video_chat_ended: Option<IgnoredAny>,
    /// The supergroup that this group is now.
    pub(in crate::telegram_bot) migrate_to_chat_id: Option<i64>,
    /// The group that this supergroup was.
    pub(in crate::telegram_bot) migrate_from_chat_id: Option<i64>,
}

/// The answered message, as far as a quote shows it.
#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Answered {
    pub(in crate::telegram_bot) message_id: i64,
    pub(in crate::telegram_bot) from: Option<User>,
    pub(in crate::telegram_bot) sender_chat: Option<Chat>,
    pub(in crate::telegram_bot) text: Option<String>,
    pub(in crate::telegram_bot) caption: Option<String>,
    /// Every message of a topic «answers» the line that opened it.
    pub(in crate::telegram_bot) forum_topic_created: Option<IgnoredAny>,
}

/// ExternalReplyInfo: the answered message is in another chat.
#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct ExternalReply {
    pub(in crate::telegram_bot) origin: Origin,
}

/// MessageOrigin.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(in crate::telegram_bot) enum Origin {
    User {
        sender_user: User,
    },
    HiddenUser {
        sender_user_name: String,
    },
    Chat {
        sender_chat: Chat,
    },
    Channel {
        chat: Chat,
    },
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct TextQuote {
    pub(in crate::telegram_bot) text: String,
}

/// MessageEntity; offsets in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::telegram_bot) struct WireEntity {
    #[serde(rename = "type")]
    pub(in crate::telegram_bot) kind: String,
    pub(in crate::telegram_bot) offset: u32,
    pub(in crate::telegram_bot) length: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::telegram_bot) url: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Location {
    pub(in crate::telegram_bot) latitude: f64,
    pub(in crate::telegram_bot) longitude: f64,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Venue {
    pub(in crate::telegram_bot) location: Location,
    pub(in crate::telegram_bot) title: String,
    pub(in crate::telegram_bot) address: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Contact {
    pub(in crate::telegram_bot) phone_number: String,
    pub(in crate::telegram_bot) first_name: String,
    #[serde(default)]
    pub(in crate::telegram_bot) last_name: String,
    /// Whose card it is; the sender's own proves the number.
    pub(in crate::telegram_bot) user_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Poll {
    pub(in crate::telegram_bot) question: String,
    #[serde(default)]
    pub(in crate::telegram_bot) options: Vec<PollOption>,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct PollOption {
    pub(in crate::telegram_bot) text: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::telegram_bot) struct Dice {
    pub(in crate::telegram_bot) emoji: String,
    pub(in crate::telegram_bot) value: i32,
}
