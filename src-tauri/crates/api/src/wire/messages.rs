use domain::{
    At, AttachmentId, AttachmentKind, ContactId, ConversationId, DeliveryState, Direction, Entity, Extra, FetchState,
    MessageId, Reason, Tick, UploadId, Verdict,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which messages of a conversation.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ListMessages {
    /// Where.
    pub conversation_id: ConversationId,
    /// From where.
    pub from: MessageAnchor,
    /// At most so many to each side, 1..=200.
    #[ts(optional)]
    pub limit: Option<u32>,
    /// Filtered ones too.
    #[ts(optional)]
    pub filtered: Option<bool>,
}

/// From where messages are read.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum MessageAnchor {
    /// The end.
    Newest,
    /// Older than this one.
    Before {
        /// Which.
        id: MessageId,
    },
    /// Newer than this one.
    After {
        /// Which.
        id: MessageId,
    },
    /// This one with its neighbours.
    Around {
        /// Which.
        id: MessageId,
    },
}

/// Messages, oldest first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MessagePage {
    /// The messages.
    pub items: Vec<MessageView>,
    /// There are older ones.
    pub more_before: bool,
    /// There are newer ones.
    pub more_after: bool,
}

/// A message as the thread shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MessageView {
    /// Its id.
    pub id: MessageId,
    /// Its name for good; an optimistic bubble recognises itself by it.
    pub uid: String,
    /// Where it is.
    pub conversation_id: ConversationId,
    /// Who speaks.
    pub direction: Direction,
    /// The author's name, in groups and for our own.
    pub author: Option<String>,
    /// The author, in groups.
    pub author_id: Option<ContactId>,
    /// When it was written.
    pub sent_at: At,
    /// When it was last changed.
    pub edited_at: Option<At>,
    /// When it was deleted; its text stays readable here, marked.
    pub deleted_at: Option<At>,
    /// Text or caption.
    pub text: String,
    /// Marked stretches of the text, UTF-16 units.
    pub entities: Vec<Entity>,
    /// Files, in order.
    pub files: Vec<FileView>,
    /// What is neither text nor file.
    pub extras: Vec<Extra>,
    /// A line of the system: key and params of its text.
    pub system: Option<Reason>,
    /// What it answers.
    pub reply_to: Option<QuoteView>,
    /// Whose message it passes on.
    pub forwarded_from: Option<String>,
    /// Sent together with the others of the same word.
    pub album: Option<String>,
    /// Reactions, ours and theirs.
    pub reactions: Vec<ReactionView>,
    /// How far it has come, for ours.
    pub tick: Option<Tick>,
    /// Its way to the network, for those written here and not safely there.
    pub delivery: Option<DeliveryView>,
    /// It can still be changed on the network.
    pub can_edit: bool,
    /// It can still be deleted on the network.
    pub can_delete: bool,
    /// The auto-reply wrote it.
    pub automatic: bool,
    /// What the rules of the channel say about it.
    pub verdict: Verdict,
    /// Why, when they say more than «pass».
    pub judged: Option<Reason>,
}

/// A file as the bubble shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileView {
    /// Its id: `host.mediaUrl`.
    pub id: AttachmentId,
    /// What it is.
    pub kind: AttachmentKind,
    /// A clean name.
    pub name: String,
    /// Media type.
    pub mime: Option<String>,
    /// Bytes.
    #[ts(type = "number | null")]
    pub size: Option<i64>,
    /// Pixels.
    #[ts(type = "number | null")]
    pub width: Option<i64>,
    /// Pixels.
    #[ts(type = "number | null")]
    pub height: Option<i64>,
    /// Milliseconds.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
    /// Loudness over time, 0..=31.
    pub waveform: Vec<u8>,
    /// Where its bytes are.
    pub state: FetchState,
    /// Why it could not be had.
    pub reason: Option<Reason>,
    /// Where it can be seen, when it is elsewhere.
    pub link: Option<String>,
}

/// A quoted message.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuoteView {
    /// The message, when it is known here.
    pub message_id: Option<MessageId>,
    /// Its author.
    pub author: Option<String>,
    /// Its words.
    pub preview: domain::Preview,
}

/// Equal reactions of several people.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReactionView {
    /// What.
    pub emoji: String,
    /// How many.
    pub count: u32,
}

/// A message's way to the network.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DeliveryView {
    /// Where it stands.
    pub state: DeliveryState,
    /// Why.
    pub reason: Option<Reason>,
    /// When it is tried again.
    pub retry_at: Option<At>,
    /// How often it was tried.
    pub attempts: u32,
}

/// Send a message. Calling again with the same `uid` changes nothing.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SendMessage {
    /// Where.
    pub conversation_id: ConversationId,
    /// A fresh UUID made by the caller.
    pub uid: String,
    /// Text or caption; longer ones than the network takes are split.
    pub text: String,
    /// Files uploaded before, in order.
    #[serde(default)]
    pub uploads: Vec<UploadRef>,
    /// What it answers.
    #[ts(optional)]
    pub reply_to: Option<MessageId>,
}

/// A file to send.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UploadRef {
    /// Which.
    pub upload_id: UploadId,
    /// As what; `None`: as its media type suggests.
    #[ts(optional)]
    pub kind: Option<AttachmentKind>,
}

/// A file the operator has chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Upload {
    /// Its id.
    pub upload_id: UploadId,
    /// A clean name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// As what it would be sent.
    pub kind: AttachmentKind,
}

/// The messages made of one submission.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SentMessages {
    /// In order; more than one when it had to be split.
    pub message_ids: Vec<MessageId>,
}

/// One message.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct MessageRef {
    /// Which.
    pub message_id: MessageId,
}

/// A new text for an own message.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditMessage {
    /// Which.
    pub message_id: MessageId,
    /// The new text.
    pub text: String,
}

/// One file.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct FileRef {
    /// Which.
    pub attachment_id: AttachmentId,
}
