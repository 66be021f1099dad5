//! `sendPhoto`, `sendDocument`, `sendVideo`, `sendAnimation`, `sendAudio`, `sendVoice`, `sendVideoNote`, `sendSticker`.

use crate::letter::FileKind;
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::send::{Envelope, accept};
use crate::telegram_bot::api::{formatted, upload};
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::{Body, MediaBody};
use crate::telegram_bot::text::Formatted;
use crate::telegram_bot::wire;
use serde_json::Map;

/// `sendPhoto`.
pub(crate) fn send_photo(state: &mut State, call: &Request) -> Answer {
    send(state, call, "sendPhoto", "photo", FileKind::Photo)
}

/// `sendDocument`. The server recognises pictures that move and sound files; here a document stays one.
pub(crate) fn send_document(state: &mut State, call: &Request) -> Answer {
    send(state, call, "sendDocument", "document", FileKind::Document)
}

/// `sendVideo`.
pub(crate) fn send_video(state: &mut State, call: &Request) -> Answer {
    send(state, call, "sendVideo", "video", FileKind::Video)
}

/// `sendAnimation`.
pub(crate) fn send_animation(state: &mut State, call: &Request) -> Answer {
    send(state, call, "sendAnimation", "animation", FileKind::Animation)
}

/// `sendAudio`.
pub(crate) fn send_audio(state: &mut State, call: &Request) -> Answer {
    send(state, call, "sendAudio", "audio", FileKind::Audio)
}

/// `sendVoice`. Only OGG with Opus, MP3 and M4A become voice messages; the rest arrives as a document.
pub(crate) fn send_voice(state: &mut State, call: &Request) -> Answer {
    let upload = call.text("voice").strip_prefix("attach://").unwrap_or("voice");
    let playable = |name: &str| {
        [".ogg", ".oga", ".opus", ".mp3", ".m4a"]
            .iter()
            .any(|ending| name.ends_with(ending))
    };
    let voice = call.file(upload).is_none_or(|file| {
        playable(&file.name.to_lowercase()) || file.data.starts_with(b"OggS") || file.mime.starts_with("audio/")
    });
    let kind = if voice { FileKind::Voice } else { FileKind::Document };
    send(state, call, "sendVoice", "voice", kind)
}

/// `sendVideoNote`.
pub(crate) fn send_video_note(state: &mut State, call: &Request) -> Answer {
    if call.text("video_note").starts_with("http") {
        return Err(ApiError::bad("URL is not supported for video notes"));
    }
    send(state, call, "sendVideoNote", "video_note", FileKind::VideoNote)
}

/// `sendSticker`.
pub(crate) fn send_sticker(state: &mut State, call: &Request) -> Answer {
    send(state, call, "sendSticker", "sticker", FileKind::Sticker)
}

fn send(state: &mut State, call: &Request, method: &str, field: &str, kind: FileKind) -> Answer {
    let caption = match kind {
        FileKind::Sticker | FileKind::VideoNote => Formatted::default(),
        _ => formatted::caption(call)?,
    };
    let envelope = Envelope::check(state, call, 1)?;
    let file = upload::file(state, call, kind, field, call.text(field))?;
    measure(state, call, kind, file);
    let mut extra = Map::new();
    for name in ["title", "performer", "emoji"] {
        if call.has(name) {
            extra.insert(name.to_owned(), call.text(name).into());
        }
    }
    let body = MediaBody {
        kind,
        file,
        caption,
        caption_above: call.flag("show_caption_above_media"),
        spoiler: call.flag("has_spoiler"),
        extra,
    };
    let draft = envelope.draft(Body::Media(body));
    let message = accept(state, method, draft);
    Ok(wire::message::message(state, &message))
}

/// The sender tells length and size of what plays; the server trusts it.
fn measure(state: &mut State, call: &Request, kind: FileKind, file: crate::telegram_bot::state::file::FileId) {
    let number = |name: &str| u32::try_from(call.number(name, 0)).ok().filter(|number| *number > 0);
    let Some(media) = state.files.media_mut(file) else {
        return;
    };
    media.seconds = number("duration").or(media.seconds);
    if kind == FileKind::VideoNote {
        let side = number("length").or(media.width);
        (media.width, media.height) = (side, side);
    } else if kind != FileKind::Photo {
        media.width = number("width").or(media.width);
        media.height = number("height").or(media.height);
    }
}
