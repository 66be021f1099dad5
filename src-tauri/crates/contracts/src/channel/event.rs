//! What a connector tells.

use domain::{
    At, AttachmentKind, Content, ConversationKind, Direction, FetchState, Reachability, Reason, RemoteId, Tick,
};
use serde_json::Value;

/// Events that belong together with the cursor that stands after them. Committed as one.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// In the order of the network.
    pub events: Vec<ConnectorEvent>,
    /// Cursors to remember, by name.
    pub cursors: Vec<(&'static str, String)>,
}

/// One thing that happened on the network. All may come twice, late, and in the wrong order.
#[derive(Debug, Clone)]
pub enum ConnectorEvent {
    /// A message, ours included (CH-10). Known ones are recognised by chat and id.
    Message(Box<EventMessage>),
    /// A message has a new text. For an unknown message it is ignored.
    Edited {
        /// The chat.
        chat: RemoteId,
        /// The message.
        message: RemoteId,
        /// The whole new content.
        content: Content,
        /// When.
        at: At,
    },
    /// Messages are gone for everybody.
    Deleted {
        /// The chat.
        chat: RemoteId,
        /// The messages.
        messages: Vec<RemoteId>,
        /// When.
        at: At,
    },
    /// Our messages were delivered or read.
    Receipt {
        /// The chat.
        chat: RemoteId,
        /// How far.
        kind: ReceiptKind,
        /// One of [`Tick::Delivered`], [`Tick::Read`].
        tick: Tick,
        /// When.
        at: At,
    },
    /// Somebody reacted, or took the reaction back.
    Reaction(EventReaction),
    /// The client is typing. Not stored.
    Typing {
        /// The chat.
        chat: RemoteId,
    },
    /// The chat was read by us elsewhere.
    ReadElsewhere {
        /// The chat.
        chat: RemoteId,
        /// Up to this message; `None`: all of it.
        up_to: Option<RemoteId>,
    },
    /// A chat has another id from now on (a group that became a larger kind of group): the same conversation goes on.
    /// Ids of messages begin anew there. For an unknown chat it is ignored.
    ChatMoved {
        /// What it was called until now.
        from: RemoteId,
        /// What it is called now.
        to: ChatRef,
    },
    /// A person's card changed.
    ContactChanged(PersonRef),
    /// A chat can (no longer) be written to.
    Reachable {
        /// The chat; created when unknown only together with a message.
        chat: RemoteId,
        /// Whether.
        reachability: Reachability,
        /// When.
        at: At,
    },
    /// Something that could not be understood: kept raw, announced, and never stops the line.
    Malformed(Malformed),
}

/// A message as it is on the network.
#[derive(Debug, Clone)]
pub struct EventMessage {
    /// Where.
    pub chat: ChatRef,
    /// Unique within the chat.
    pub remote_id: RemoteId,
    /// Who speaks: `Out` for our own, wherever they were written.
    pub direction: Direction,
    /// Who wrote it; `None` for our own and for the system's.
    pub sender: Option<PersonRef>,
    /// Which of our people wrote it in the network's own app, when the network tells.
    pub author_name: Option<String>,
    /// When it was written.
    pub sent_at: At,
    /// What it says.
    pub content: Content,
    /// For [`Direction::System`]: the line about the conversation, in the reader's own language. The common ones are
    /// `system.joined {name}`, `system.left {name}`, `system.title {who, title}` and so on, in the app's texts.
    pub system: Option<Reason>,
    /// Its files, in order.
    pub files: Vec<RemoteFile>,
    /// What it answers.
    pub reply_to: Option<ReplyRef>,
    /// Whose message it passes on.
    pub forwarded_from: Option<String>,
    /// Messages with the same word were sent together (an album).
    pub album: Option<String>,
    /// The [`super::OutgoingMessage::key`] of ours that this is the echo of.
    pub echo_of: Option<i64>,
    /// How the client came to us.
    pub source: Option<Source>,
    /// When it was last changed, for messages that come changed already.
    pub edited_at: Option<At>,
    /// It was written while we were away or before we were connected (history): stored without a sound.
    pub catch_up: bool,
    /// The network already counts it as read (history).
    pub read: bool,
    /// The raw form, kept only where something in it could not be shown.
    pub raw: Option<Value>,
}

/// A chat as the network names it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatRef {
    /// Its id.
    pub remote_id: RemoteId,
    /// What kind it is.
    pub kind: ConversationKind,
    /// Its own title (groups); for direct chats the person's name serves.
    pub title: Option<String>,
    /// The person (direct, comments) or the group itself.
    pub contact: PersonRef,
}

/// A person (or a group) as a message names it. What is `None` is not told, and replaces nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PersonRef {
    /// Id in the channel's space of people.
    pub remote_id: String,
    /// Name as the network shows it.
    pub name: Option<String>,
    /// Without `@`.
    pub username: Option<String>,
    /// In the form of `domain::text::phone`.
    pub phone: Option<String>,
    /// The picture; fetched once, again when its `key` changes.
    pub avatar: Option<RemoteFile>,
    /// Link to the person's page.
    pub link: Option<String>,
    /// City.
    pub city: Option<String>,
    /// As the network prints it.
    pub birthday: Option<String>,
}

/// A file on the network.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteFile {
    /// What it is to people.
    pub kind: AttachmentKind,
    /// The network's name for it: untrusted, cleaned before it is shown or used.
    pub name: Option<String>,
    /// Media type, as the network says.
    pub mime: Option<String>,
    /// Bytes, as the network says.
    pub size: Option<i64>,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Milliseconds.
    pub duration_ms: Option<i64>,
    /// Loudness of a voice message over time, 0..=31, some 60–130 values.
    pub waveform: Option<Vec<u8>>,
    /// [`FetchState::Remote`], or [`FetchState::Elsewhere`] with `link`, or [`FetchState::Failed`] when the network
    /// says at once that it can't be had.
    pub state: FetchState,
    /// Why not, when it can't be had.
    pub reason: Option<Reason>,
    /// Where people can see it, for [`FetchState::Elsewhere`].
    pub link: Option<String>,
    /// The same file has the same key, so it is fetched once.
    pub key: Option<String>,
    /// What [`super::Media::fetch`] needs; the channel's own form; holds no token.
    pub fetch: Value,
}

/// The message that another one answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReplyRef {
    /// Its id in the same chat, when it is there.
    pub remote_id: Option<RemoteId>,
    /// Its author, as shown in the quote.
    pub author: Option<String>,
    /// The quoted words.
    pub text: Option<String>,
}

/// How far a receipt reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptKind {
    /// All our messages whose number in the chat is not greater. Ids of such chats are decimal numbers.
    UpTo(i64),
    /// These.
    Messages(Vec<RemoteId>),
}

/// A reaction of one person to one message: the whole set, empty when taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct EventReaction {
    /// The chat.
    pub chat: RemoteId,
    /// The message.
    pub message: RemoteId,
    /// Who.
    pub sender: PersonRef,
    /// What.
    pub emoji: Vec<String>,
    /// When.
    pub at: At,
}

/// Where a client came from (VK-5, the start parameter of a bot).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The mark in the link.
    pub reference: String,
    /// The second mark.
    pub detail: Option<String>,
}

/// An update that could not be understood.
#[derive(Debug, Clone)]
pub struct Malformed {
    /// As it came.
    pub raw: String,
    /// What is wrong with it: for the developer, without secrets.
    pub problem: String,
}
