//! PhotoSize, Document, Video, Animation, Audio, Voice, VideoNote, Sticker, File.

use crate::letter::FileKind;
use crate::telegram_bot::state::file::{FULL, SIZES, StoredFile};
use crate::telegram_bot::state::message::MediaBody;
use crate::telegram_bot::wire::put;
use serde_json::{Value, json};

/// The fields of a message that carry this file.
pub(crate) fn fields(body: &MediaBody, file: &StoredFile) -> Vec<(&'static str, Value)> {
    let media = &file.media;
    let (width, height) = (media.width.unwrap_or(0), media.height.unwrap_or(0));
    let (seconds, extra) = (media.seconds.unwrap_or(0), Value::Object(body.extra.clone()));
    let played = || json!({"duration": seconds, "width": width, "height": height});
    match body.kind {
        FileKind::Photo => vec![("photo", photo(file))],
        FileKind::Document => vec![("document", named(file, json!({})))],
        FileKind::Video => vec![("video", named(file, played()))],
        FileKind::Animation => vec![
            ("animation", named(file, played())),
            ("document", named(file, json!({}))),
        ],
        FileKind::Audio => vec![("audio", merged(named(file, json!({"duration": seconds})), &extra))],
        FileKind::Voice => vec![(
            "voice",
            sized(file, json!({"duration": seconds, "mime_type": media.mime})),
        )],
        FileKind::VideoNote => vec![("video_note", sized(file, json!({"duration": seconds, "length": width})))],
        FileKind::Sticker | FileKind::Drawing => {
            let sticker = json!({
                "width": width, "height": height, "type": "regular",
                "is_animated": media.name.ends_with(".tgs"), "is_video": media.name.ends_with(".webm"),
            });
            vec![("sticker", sized(file, merged(sticker, &extra)))]
        }
    }
}

/// An array of PhotoSize, smallest first.
pub(crate) fn photo(file: &StoredFile) -> Value {
    let (width, height) = (file.media.width.unwrap_or(0), file.media.height.unwrap_or(0));
    let longest = width.max(height);
    let smaller = SIZES.iter().filter(|(_, side)| *side < longest).map(|(letter, side)| {
        let scale = |length: u32| (u64::from(length) * u64::from(*side) / u64::from(longest.max(1))).max(1);
        json!({
            "file_id": file.public_id(*letter), "file_unique_id": file.unique_id(*letter),
            "width": scale(width), "height": scale(height),
        })
    });
    let full = sized(file, json!({"width": width, "height": height}));
    smaller.chain([full]).collect()
}

/// File, the answer of `getFile`.
pub(crate) fn file(file: &StoredFile, size: char) -> Value {
    let mut wire = json!({
        "file_id": file.public_id(size), "file_unique_id": file.unique_id(size), "file_path": file.path(size),
    });
    // The length of a smaller picture is known once it is made, which is at its download.
    put(
        &mut wire,
        "file_size",
        (size == FULL).then(|| file.media.data.len().into()),
    );
    wire
}

fn named(file: &StoredFile, mut wire: Value) -> Value {
    put(&mut wire, "file_name", Some(file.media.name.as_str().into()));
    put(&mut wire, "mime_type", Some(file.media.mime.as_str().into()));
    sized(file, wire)
}

fn sized(file: &StoredFile, mut wire: Value) -> Value {
    put(&mut wire, "file_id", Some(file.public_id(FULL).into()));
    put(&mut wire, "file_unique_id", Some(file.unique_id(FULL).into()));
    put(&mut wire, "file_size", Some(file.media.data.len().into()));
    wire
}

fn merged(mut wire: Value, extra: &Value) -> Value {
    for (field, value) in extra.as_object().into_iter().flatten() {
        put(&mut wire, field, Some(value.clone()));
    }
    wire
}
