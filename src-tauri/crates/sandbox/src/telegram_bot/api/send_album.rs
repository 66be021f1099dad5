//! `sendMediaGroup`.

use crate::letter::FileKind;
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::send::{Envelope, accept};
use crate::telegram_bot::api::{formatted, upload};
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::{Body, MediaBody};
use crate::telegram_bot::wire;
use serde_json::{Map, Value};

/// `sendMediaGroup`: several messages with one `media_group_id`.
pub(crate) fn send_media_group(state: &mut State, call: &Request) -> Answer {
    call.required("media")?;
    let media = call.json("media", "Can't parse media JSON object")?.unwrap_or_default();
    let items = media
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of InputMedia"))?;
    check(items)?;
    let envelope = Envelope::check(state, call, items.len())?;
    let bodies = items
        .iter()
        .map(|item| body(state, call, item))
        .collect::<Result<Vec<_>, _>>()?;
    let album = (bodies.len() > 1).then(|| format!("1{:016}", state.serial()));
    let mut sent = Vec::new();
    for body in bodies {
        let mut draft = envelope.draft(Body::Media(body));
        draft.album.clone_from(&album);
        draft.markup = None;
        let message = accept(state, "sendMediaGroup", draft);
        sent.push(wire::message::message(state, &message));
    }
    Ok(Value::Array(sent))
}

fn check(items: &[Value]) -> Result<(), ApiError> {
    // The documents say 2–10; the server lets a single item pass as a plain message.
    if items.is_empty() || items.len() > 10 {
        let many = if items.is_empty() {
            "There are no messages to send"
        } else {
            "Too many messages to send as an album"
        };
        return Err(ApiError::bad(many));
    }
    let kinds = items
        .iter()
        .map(|item| kind(item, true))
        .collect::<Result<Vec<_>, _>>()?;
    let alone = |kind: FileKind| kinds.contains(&kind) && kinds.iter().any(|other| *other != kind);
    if alone(FileKind::Audio) || alone(FileKind::Document) {
        return Err(ApiError::bad("Can't use the media of the specified type in the album"));
    }
    Ok(())
}

/// The kind of an InputMedia.
pub(crate) fn kind(item: &Value, in_album: bool) -> Result<FileKind, ApiError> {
    let unreadable = |what: &str| ApiError::bad(&format!("Can't parse InputMedia: {what}"));
    if !item.is_object() {
        return Err(unreadable("expected an Object"));
    }
    let name = item.get("type").and_then(Value::as_str);
    match name.ok_or_else(|| unreadable("Can't find field \"type\""))? {
        "photo" => Ok(FileKind::Photo),
        "video" => Ok(FileKind::Video),
        "audio" => Ok(FileKind::Audio),
        "document" => Ok(FileKind::Document),
        "animation" if in_album => Err(unreadable("type \"animation\" can't be used in sendMediaGroup")),
        "animation" => Ok(FileKind::Animation),
        other => Err(unreadable(&format!("type \"{other}\" is unsupported"))),
    }
}

/// The content of an InputMedia.
pub(crate) fn body(state: &mut State, call: &Request, item: &Value) -> Result<MediaBody, ApiError> {
    let kind = kind(item, false)?;
    let named = item.get("media").and_then(Value::as_str).unwrap_or_default();
    let attached = named.strip_prefix("attach://");
    if named.is_empty() || attached.is_some_and(|name| call.file(name).is_none()) {
        return Err(ApiError::bad("Can't parse InputMedia: media not found"));
    }
    let caption = formatted::item_caption(item)?;
    let file = upload::file(state, call, kind, "media", named)?;
    let flag = |name: &str| item.get(name).and_then(Value::as_bool).unwrap_or(false);
    let mut extra = Map::new();
    for name in ["title", "performer"] {
        if let Some(value) = item.get(name) {
            extra.insert(name.to_owned(), value.clone());
        }
    }
    let (caption_above, spoiler) = (flag("show_caption_above_media"), flag("has_spoiler"));
    Ok(MediaBody {
        kind,
        file,
        caption,
        caption_above,
        spoiler,
        extra,
    })
}
