use domain::{AttachmentKind, ConversationId, QuickReplyFolderId, QuickReplyId, UploadId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Upload;

/// Every quick reply (INB-5): few enough to search through while typing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuickReplies {
    /// Folders, in order.
    pub folders: Vec<FolderView>,
    /// Quick replies, in order.
    pub items: Vec<QuickReplyView>,
    /// Every placeholder there is; names are `placeholder.<key>`.
    pub placeholders: Vec<String>,
}

/// A folder.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FolderView {
    /// Its id.
    pub id: QuickReplyFolderId,
    /// Its name.
    pub name: String,
}

/// A quick reply.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuickReplyView {
    /// Its id.
    pub id: QuickReplyId,
    /// Where it lies; `None`: on top.
    pub folder_id: Option<QuickReplyFolderId>,
    /// What is typed after the slash.
    pub name: String,
    /// With placeholders: `{contact.name|клиент}`.
    pub text: String,
    /// Everybody's, else one's own.
    pub shared: bool,
    /// How often it was inserted.
    #[ts(type = "number")]
    pub used: i64,
    /// Its files, in order.
    pub files: Vec<QuickReplyFileView>,
}

/// A file of a quick reply.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuickReplyFileView {
    /// Its place: how `quick_replies.save` keeps it.
    #[ts(type = "number")]
    pub position: i64,
    /// A clean name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    #[ts(type = "number")]
    pub size: i64,
    /// As what it is sent.
    pub kind: AttachmentKind,
}

/// Make a quick reply, or change one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveQuickReply {
    /// Which; missing: a new one.
    #[ts(optional)]
    pub id: Option<QuickReplyId>,
    /// Where it lies.
    pub folder_id: Option<QuickReplyFolderId>,
    /// 1..=40 characters without spaces.
    pub name: String,
    /// At most 10 000 characters.
    pub text: String,
    /// Everybody's.
    pub shared: bool,
    /// Its files, all of them, in order.
    #[serde(default)]
    pub files: Vec<QuickReplyFileChoice>,
}

/// A file that a quick reply is to have.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum QuickReplyFileChoice {
    /// One that it has.
    Kept {
        /// Its place.
        #[ts(type = "number")]
        position: i64,
    },
    /// One uploaded now.
    Upload {
        /// Which.
        upload_id: UploadId,
    },
}

/// One quick reply.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct QuickReplyRef {
    /// Which.
    pub id: QuickReplyId,
}

/// Quick replies in their new order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct QuickReplyRefs {
    /// All of them.
    pub ids: Vec<QuickReplyId>,
}

/// Make a folder, or rename one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveFolder {
    /// Which; missing: a new one.
    #[ts(optional)]
    pub id: Option<QuickReplyFolderId>,
    /// 1..=40 characters.
    pub name: String,
}

/// One folder.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct FolderRef {
    /// Which.
    pub id: QuickReplyFolderId,
}

/// A quick reply for a conversation: its values put in, its files ready to be sent.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ExpandQuickReply {
    /// Which.
    pub id: QuickReplyId,
    /// Where it is inserted.
    pub conversation_id: ConversationId,
}

/// A text that is not saved, for a conversation.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FillText {
    /// With placeholders.
    pub text: String,
    /// Whose values.
    pub conversation_id: ConversationId,
}

/// A text with its values put in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Expanded {
    /// What goes into the composer; a placeholder with neither value nor fallback stands as it was typed.
    pub text: String,
    /// Those, each once.
    pub unresolved: Vec<String>,
    /// The files, chosen for this message.
    pub uploads: Vec<Upload>,
}
