//! Files in a call: uploaded, attached, or named by an identifier.

use crate::letter::FileKind;
use crate::media::{Media, pixels};
use crate::telegram_bot::api::error::ApiError;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::file::FileId;

/// Largest photo (sendPhoto).
const LARGEST_PHOTO: usize = 10 << 20;
/// Largest file of any other kind (sendDocument and the others).
const LARGEST_FILE: usize = 50 << 20;
/// Width and height of a photo together (sendPhoto).
const LONGEST_SIDES: u32 = 10_000;
/// Width to height of a photo, either way (sendPhoto).
const MOST_STRETCHED: u32 = 20;

/// Stores or finds the file that `named` (an argument's text, maybe `attach://…`) or the upload `field` means.
pub(crate) fn file(
    state: &mut State,
    call: &Request,
    kind: FileKind,
    field: &str,
    named: &str,
) -> Result<FileId, ApiError> {
    let attached = match named.strip_prefix("attach://") {
        Some(name) => call.file(name),
        None if named.is_empty() => call.file(field),
        None => return known(state, kind, named),
    };
    let missing = || ApiError::bad(&format!("There is no {} in the request", field.replace('_', " ")));
    let media = checked(kind, attached.ok_or_else(missing)?.clone())?;
    Ok(state.files.store(kind, media))
}

/// A file that the network has already. Sending a document's identifier as a photo is refused, as on the real one.
fn known(state: &mut State, kind: FileKind, id: &str) -> Result<FileId, ApiError> {
    if id.starts_with("http://") || id.starts_with("https://") {
        // The network would fetch it; this one never leaves the machine, so every address is out of reach.
        return Err(ApiError::bad("failed to get HTTP URL content"));
    }
    let found = state.files.by_public_id(id).map(|(file, _)| (file.id, file.kind));
    let (id, stored) = found.ok_or_else(|| ApiError::bad("wrong file identifier/HTTP URL specified"))?;
    if stored == kind {
        return Ok(id);
    }
    let name = |kind| match kind {
        FileKind::Photo => "Photo",
        FileKind::Document => "Document",
        FileKind::Video => "Video",
        FileKind::Animation => "Animation",
        FileKind::Audio => "Audio",
        FileKind::Voice => "VoiceNote",
        FileKind::VideoNote => "VideoNote",
        FileKind::Sticker | FileKind::Drawing => "Sticker",
    };
    let (stored, asked) = (name(stored), name(kind));
    Err(ApiError::bad(&format!(
        "type of file mismatch: can't use file of type {stored} as {asked}"
    )))
}

fn checked(kind: FileKind, mut media: Media) -> Result<Media, ApiError> {
    let size = media.data.len();
    if size == 0 {
        return Err(ApiError::bad("file must be non-empty"));
    }
    if size > LARGEST_FILE {
        return Err(ApiError::new(413, "Request Entity Too Large"));
    }
    if kind == FileKind::Photo {
        if size > LARGEST_PHOTO {
            return Err(ApiError::bad(&format!(
                "file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
            )));
        }
        let (width, height) = pixels(&media.data).ok_or_else(|| ApiError::bad("IMAGE_PROCESS_FAILED"))?;
        let (short, long) = (width.min(height).max(1), width.max(height));
        if width + height > LONGEST_SIDES || long > short * MOST_STRETCHED {
            return Err(ApiError::bad("PHOTO_INVALID_DIMENSIONS"));
        }
        media = media.sized(width, height);
    } else if let (None, Some((width, height))) = (media.width, pixels(&media.data)) {
        media = media.sized(width, height);
    }
    Ok(media)
}
