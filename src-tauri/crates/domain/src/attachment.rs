use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a file is to the people who see it; the same bytes may be a photo or a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture shown in the bubble.
    Image,
    /// A film with a player.
    Video,
    /// A short silent film that plays by itself.
    Animation,
    /// A round video message.
    VideoNote,
    /// Music or another sound with a title.
    Audio,
    /// A voice message with its waveform.
    Voice,
    /// Any file, shown by name and size.
    Document,
    /// A sticker: a picture without a bubble.
    Sticker,
}

/// Where the bytes of a received file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FetchState {
    /// Only on the network: waiting for its turn to be fetched.
    Remote,
    /// In the workspace's media folder.
    Local,
    /// Could not be fetched, with a reason; «retry» asks again.
    Failed,
    /// The network offers it, but only for viewing elsewhere (a player page): nothing to fetch.
    Elsewhere,
}
