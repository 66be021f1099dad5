//! Files on their way into a message: an address, the bytes, a name to attach them by.
//! <https://dev.vk.com/api/upload>

use contracts::channel::{CallError, OutgoingFile, SendError};
use domain::AttachmentKind;
use net::{Failure, Part};
use serde::de::DeserializeOwned;

use super::{
    attach::thing_name,
    community::Community,
    errors::{call_error, reason, send_error},
    wire::{Owned, UploadServer, UploadedFile, UploadedPhoto},
};

/// The pictures that VK takes as photos; a GIF would stop moving.
pub(super) const PHOTOS: &[&str] = &["image/jpeg", "image/png"];
/// What VK plays as a voice message.
pub(super) const VOICES: &[&str] = &["audio/ogg"];
/// <https://dev.vk.com/api/upload/photo-in-message>
pub(super) const LARGEST_PHOTO: u64 = 50 * 1024 * 1024;
/// <https://dev.vk.com/api/upload/document-in-profile>
pub(super) const LARGEST_DOCUMENT: u64 = 200 * 1024 * 1024;

/// How VK takes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Photo,
    Voice,
    Document,
}

impl Way {
    fn of(file: &OutgoingFile) -> Self {
        // Browsers add the codec: `audio/ogg; codecs=opus`.
        let mime = file.mime.split(';').next().unwrap_or_default().trim();
        match file.kind {
            AttachmentKind::Image if PHOTOS.contains(&mime) && file.size <= LARGEST_PHOTO => Self::Photo,
            AttachmentKind::Voice if VOICES.contains(&mime) => Self::Voice,
            _ => Self::Document,
        }
    }
}

impl Community {
    /// Uploads a file and gives the word that attaches it.
    pub(super) async fn upload(&self, peer: i64, file: &OutgoingFile) -> Result<String, SendError> {
        match Way::of(file) {
            Way::Photo => self.upload_photo(peer, file).await,
            Way::Voice => self.upload_file(peer, file, "audio_message").await,
            Way::Document => self.upload_file(peer, file, "doc").await,
        }
    }

    async fn upload_photo(&self, peer: i64, file: &OutgoingFile) -> Result<String, SendError> {
        let mut uploaded = None;
        for _ in 0..2 {
            let server = self
                .client()
                .photo_server(peer)
                .await
                .map_err(|error| send_error(error, self.group()))?;
            let answer: Option<UploadedPhoto> = self.hand_over(&server, "photo", file).await?;
            uploaded = answer.filter(|answer| !matches!(answer.photo.as_str(), "" | "[]"));
            if uploaded.is_some() {
                break;
            }
        }
        let UploadedPhoto { server, photo, hash } = uploaded.ok_or_else(|| refused(file))?;
        let saved = self
            .client()
            .save_photo(&server, &photo, &hash)
            .await
            .map_err(call_error)?;
        Ok(attachment("photo", saved.first().ok_or_else(|| refused(file))?))
    }

    async fn upload_file(&self, peer: i64, file: &OutgoingFile, kind: &'static str) -> Result<String, SendError> {
        let mut uploaded = None;
        for _ in 0..2 {
            let server = self
                .client()
                .file_server(peer, kind)
                .await
                .map_err(|error| send_error(error, self.group()))?;
            let answer: Option<UploadedFile> = self.hand_over(&server, "file", file).await?;
            uploaded = answer.filter(|answer| !answer.file.is_empty());
            if uploaded.is_some() {
                break;
            }
        }
        let UploadedFile { file: token } = uploaded.ok_or_else(|| refused(file))?;
        let saved = self.client().save_file(&token, &file.name).await.map_err(call_error)?;
        // Whatever it is to people, messages attach it as a document: that is how VK's own examples name it.
        Ok(attachment(
            "doc",
            &saved.doc.or(saved.audio_message).ok_or_else(|| refused(file))?,
        ))
    }

    /// Hands the bytes over. `None` when the server could not take them: it wants a fresh address then, and VK's pages
    /// say to try once more.
    async fn hand_over<T: DeserializeOwned>(
        &self,
        server: &UploadServer,
        field: &'static str,
        file: &OutgoingFile,
    ) -> Result<Option<T>, CallError> {
        let part = part(file).await?;
        match self.client().upload(server, field, part).await {
            Ok(answer) => Ok(Some(answer)),
            Err(Failure::Unreadable { .. } | Failure::Status { .. } | Failure::Server { .. }) => Ok(None),
            Err(Failure::Local(_)) => Err(unreadable(file)),
            Err(failure) => Err(self.client().call_error(failure)),
        }
    }
}

async fn part(file: &OutgoingFile) -> Result<Part, CallError> {
    net::file_part(&file.path, &file.name, &file.mime)
        .await
        .map_err(|_| unreadable(file))
}

fn attachment(kind: &str, saved: &Owned) -> String {
    let name = thing_name(kind, saved.owner_id, saved.id);
    match &saved.access_key {
        Some(key) if !key.is_empty() => format!("{name}_{key}"),
        _ => name,
    }
}

fn refused(file: &OutgoingFile) -> CallError {
    CallError::Refused(reason("vk_messages.reason.upload_refused").with("name", &file.name))
}

fn unreadable(file: &OutgoingFile) -> CallError {
    CallError::Local(reason("vk_messages.reason.file_unreadable").with("name", &file.name))
}
