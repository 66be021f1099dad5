use std::path::PathBuf;

use domain::{At, AttachmentKind, Entity, RemoteId};

/// A message to send, already within the channel's [`super::Capabilities`].
#[derive(Debug, Clone)]
pub struct OutgoingMessage {
    /// The same for every try of the same message, positive, different for different ones: for networks that
    /// recognise a repetition.
    pub key: i64,
    /// Where.
    pub chat: RemoteId,
    /// Text or caption; may be empty with files.
    pub text: String,
    /// Its marked stretches.
    pub entities: Vec<Entity>,
    /// At most [`super::Capabilities::files_per_message`].
    pub files: Vec<OutgoingFile>,
    /// What it answers.
    pub reply_to: Option<RemoteId>,
}

/// A file to send.
#[derive(Debug, Clone)]
pub struct OutgoingFile {
    /// Where the bytes are.
    pub path: PathBuf,
    /// A clean name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    pub size: u64,
    /// As what to send it.
    pub kind: AttachmentKind,
    /// Milliseconds, for sound and film.
    pub duration_ms: Option<i64>,
}

/// The network has the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its id in the chat.
    pub remote_id: RemoteId,
    /// The network's own time of it.
    pub sent_at: Option<At>,
}
