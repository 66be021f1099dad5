use domain::AttachmentKind;
use serde::Serialize;

/// What a network can carry: the composer obeys it, `api` refuses what breaks it, naming the limit.
#[derive(Debug, Clone, Serialize)]
pub struct Capabilities {
    /// Longest text of one message, in UTF-16 units; longer ones are split at word boundaries.
    pub text_limit: u32,
    /// Longest text beside files; 0 where files carry none (then text and file go apart).
    pub caption_limit: u32,
    /// How many files one message holds; more are sent as several messages.
    pub files_per_message: u32,
    /// The kinds of file that can be sent, with their limits. A kind that is missing is sent as a document.
    pub media: &'static [MediaLimit],
    /// Answers can quote a message.
    pub replies: bool,
    /// Formatting survives (bold, links under words).
    pub formatting: bool,
    /// For how many seconds own messages can be changed; 0 means never, `u32::MAX` any time.
    pub edit_window_secs: u32,
    /// For how many seconds own messages can be deleted for everybody.
    pub delete_window_secs: u32,
    /// A repeated send with the same key is recognised by the network, so an unknown outcome may be repeated.
    pub idempotent_send: bool,
    /// The network tells when our messages are read.
    pub read_receipts: bool,
    /// The network tells that the client is typing.
    pub typing_in: bool,
    /// Older messages can be loaded.
    pub history: bool,
    /// Whom one can write to first: `phone`, `username`, and hosts whose links name a person; empty: nobody.
    pub write_first: &'static [&'static str],
    /// Comments under posts.
    pub comments: bool,
}

/// A kind of file that can be sent.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MediaLimit {
    /// The kind.
    pub kind: AttachmentKind,
    /// Largest size in bytes.
    pub max_bytes: u64,
    /// Media types that the network takes as this kind; empty: any.
    pub mimes: &'static [&'static str],
}

impl Capabilities {
    /// The limit for a file of this kind, falling back to the one for documents.
    pub fn media_limit(&self, kind: AttachmentKind) -> Option<&'static MediaLimit> {
        let of = |wanted| self.media.iter().find(|limit| limit.kind == wanted);
        of(kind).or_else(|| of(AttachmentKind::Document))
    }
}
