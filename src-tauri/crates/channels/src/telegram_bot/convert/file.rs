use contracts::channel::RemoteFile;
use domain::{AttachmentKind, FetchState, Reason};
use serde_json::json;

use super::Reader;
use crate::telegram_bot::wire::{Audio, Document, Message, PhotoSize, Sticker, Video};

/// A person's or a group's small picture.
pub(in crate::telegram_bot) fn avatar(file_id: &str, unique_id: &str) -> RemoteFile {
    RemoteFile {
        mime: Some("image/jpeg".to_owned()),
        ..file(AttachmentKind::Image, file_id, unique_id, None)
    }
}

/// The file of a message. At most one: several come as messages of one album.
pub(super) fn of(reader: &Reader, message: &Message) -> Option<RemoteFile> {
    let file = largest(&message.photo)
        // A silent film comes as a document as well, for programs that know no animations.
        .or_else(|| message.animation.as_ref().map(|it| film(AttachmentKind::Animation, it)))
        .or_else(|| message.video.as_ref().map(|it| film(AttachmentKind::Video, it)))
        .or_else(|| message.audio.as_ref().map(music))
        .or_else(|| {
            message.voice.as_ref().map(|it| RemoteFile {
                duration_ms: Some(it.duration.saturating_mul(1000)),
                ..document(AttachmentKind::Voice, &it.file, Some("audio/ogg"))
            })
        })
        .or_else(|| {
            message.video_note.as_ref().map(|it| RemoteFile {
                duration_ms: Some(it.duration.saturating_mul(1000)),
                width: Some(it.length),
                height: Some(it.length),
                ..document(AttachmentKind::VideoNote, &it.file, Some("video/mp4"))
            })
        })
        .or_else(|| message.sticker.as_ref().map(sticker))
        .or_else(|| {
            message
                .document
                .as_ref()
                .map(|it| document(AttachmentKind::Document, it, None))
        })?;
    Some(within(reader, file))
}

/// The server gives out no larger files: said at once, instead of after many tries.
fn within(reader: &Reader, file: RemoteFile) -> RemoteFile {
    match (reader.largest_file, file.size) {
        (Some(largest), Some(size)) if size > largest => RemoteFile {
            state: FetchState::Failed,
            reason: Some(Reason::new("telegram_bot.reason.too_big")),
            ..file
        },
        _ => file,
    }
}

fn largest(sizes: &[PhotoSize]) -> Option<RemoteFile> {
    let photo = sizes.iter().max_by_key(|size| size.width.saturating_mul(size.height))?;
    Some(RemoteFile {
        mime: Some("image/jpeg".to_owned()),
        width: Some(photo.width),
        height: Some(photo.height),
        ..file(
            AttachmentKind::Image,
            &photo.file_id,
            &photo.file_unique_id,
            photo.file_size,
        )
    })
}

fn film(kind: AttachmentKind, video: &Video) -> RemoteFile {
    RemoteFile {
        width: Some(video.width),
        height: Some(video.height),
        duration_ms: Some(video.duration.saturating_mul(1000)),
        ..document(kind, &video.file, Some("video/mp4"))
    }
}

fn music(audio: &Audio) -> RemoteFile {
    let titled = match (&audio.performer, &audio.title) {
        (Some(performer), Some(title)) => Some(format!("{performer} – {title}")),
        (None, title) => title.clone(),
        (Some(_), None) => None,
    };
    let file = document(AttachmentKind::Audio, &audio.file, Some("audio/mpeg"));
    RemoteFile {
        name: titled.or(file.name),
        duration_ms: Some(audio.duration.saturating_mul(1000)),
        ..file
    }
}

fn sticker(sticker: &Sticker) -> RemoteFile {
    let mime = match (sticker.is_animated, sticker.is_video) {
        (true, _) => "application/x-tgsticker",
        (false, true) => "video/webm",
        (false, false) => "image/webp",
    };
    RemoteFile {
        width: Some(sticker.width),
        height: Some(sticker.height),
        ..document(AttachmentKind::Sticker, &sticker.file, Some(mime))
    }
}

fn document(kind: AttachmentKind, document: &Document, usual_mime: Option<&str>) -> RemoteFile {
    RemoteFile {
        name: document.file_name.clone(),
        mime: document.mime_type.clone().or_else(|| usual_mime.map(str::to_owned)),
        ..file(kind, &document.file_id, &document.file_unique_id, document.file_size)
    }
}

fn file(kind: AttachmentKind, file_id: &str, unique_id: &str, size: Option<i64>) -> RemoteFile {
    RemoteFile {
        kind,
        name: None,
        mime: None,
        size,
        width: None,
        height: None,
        duration_ms: None,
        waveform: None,
        state: FetchState::Remote,
        reason: None,
        link: None,
        key: Some(unique_id.to_owned()),
        fetch: json!({"file_id": file_id, "size": size}),
    }
}
