//! The drive: files that cards and notes refer to.

use crate::media::Media;

/// A stored file.
#[derive(Debug, Clone)]
pub(crate) struct StoredFile {
    pub(crate) id: i64,
    pub(crate) uuid: String,
    pub(crate) version: String,
    pub(crate) media: Media,
    pub(crate) created_by: i64,
    pub(crate) created_at: i64,
    pub(crate) trashed: bool,
}

/// A file that is being uploaded.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) size: usize,
    pub(crate) bytes: Vec<u8>,
    pub(crate) by: i64,
    /// Replaces the content of this file.
    pub(crate) replaces: Option<String>,
    /// Grows with each part: the address of the next part has it.
    pub(crate) part: u32,
}
