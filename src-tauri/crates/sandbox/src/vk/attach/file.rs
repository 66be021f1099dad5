//! Documents, voice messages, music and films.

use super::picture::{file_address, picture_address, still};
use super::{Place, picture_size, shelve, shown, sound};
use crate::letter::FileKind;
use crate::media::Media;
use crate::vk::state::State;
use crate::vk::state::message::Attachment;
use serde_json::{Value, json};

/// <https://dev.vk.com/reference/objects/doc>
pub(super) fn document(state: &mut State, owner: i64, shown_as: FileKind, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let ext = file.name.rsplit_once('.').map_or("", |(_, ext)| ext).to_lowercase();
    let mut object = json!({
        "id": place.id, "owner_id": owner, "title": file.name, "size": file.data.len(), "ext": ext, "date": state.now(),
        "type": document_type(&ext), "url": file_address(state, &place.file_key, &file.name), "access_key": place.access_key,
    });
    if let (Some((width, height)), Some(fields)) = (picture_size(&file.data), object.as_object_mut()) {
        let src = picture_address(state, &place.file_key, &file.name, width.min(604), height.min(604));
        let sizes = json!([{"src": src, "width": width.min(604), "height": height.min(604), "type": "o"}]);
        fields.insert("preview".into(), json!({"photo": {"sizes": sizes}}));
    }
    shelve(state, &place, owner, "doc", object, shown(shown_as, file))
}

/// VK's `type` of a document: 1 text, 2 archive, 3 GIF, 4 picture, 5 audio, 6 video, 7 book, 8 other.
fn document_type(ext: &str) -> i64 {
    match ext {
        "txt" | "doc" | "docx" | "pdf" | "rtf" | "xls" | "xlsx" | "csv" | "ppt" | "pptx" | "odt" => 1,
        "zip" | "rar" | "7z" | "gz" | "tar" => 2,
        "gif" => 3,
        "jpg" | "jpeg" | "png" | "webp" | "bmp" | "psd" => 4,
        "mp3" | "ogg" | "wav" | "m4a" | "flac" => 5,
        "mp4" | "avi" | "mov" | "mkv" | "webm" => 6,
        "epub" | "fb2" | "djvu" => 7,
        _ => 8,
    }
}

/// <https://dev.vk.com/reference/objects/audio-message>. `link_mp3` leads to the same OGG: this server has no encoder.
pub(super) fn voice(state: &mut State, owner: i64, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let link = file_address(state, &place.file_key, &file.name);
    let object = json!({
        "id": place.id, "owner_id": owner, "duration": sound::seconds(file), "waveform": sound::waveform(&file.data),
        "link_ogg": link, "link_mp3": link, "access_key": place.access_key,
    });
    shelve(
        state,
        &place,
        owner,
        "audio_message",
        object,
        shown(FileKind::Voice, file),
    )
}

/// <https://dev.vk.com/reference/objects/audio>
pub(super) fn audio(state: &mut State, owner: i64, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let (artist, title) = stem.split_once(" - ").unwrap_or(("Unknown", stem));
    let object = json!({
        "id": place.id, "owner_id": owner, "artist": artist, "title": title, "duration": sound::seconds(file),
        "date": state.now(), "url": file_address(state, &place.file_key, &file.name), "access_key": place.access_key,
    });
    shelve(state, &place, owner, "audio", object, shown(FileKind::Audio, file))
}

/// A film has no address of its file, only a player page and stills. <https://dev.vk.com/reference/objects/video>
pub(super) fn video(state: &mut State, owner: i64, shown_as: FileKind, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let picture = still("frame.png");
    let frame = Place::of(state, &picture);
    let images: Vec<Value> = [(130, 96), (320, 240)]
        .into_iter()
        .map(|(width, height)| {
            let url = picture_address(state, &frame.file_key, &picture.name, width, height);
            json!({"url": url, "width": width, "height": height, "with_padding": 1})
        })
        .collect();
    let kind = if shown_as == FileKind::VideoNote {
        "video_message"
    } else {
        "video"
    };
    let player = state.url(&format!(
        "video_ext.php?oid={owner}&id={}&hash={}",
        place.id, place.file_key
    ));
    let object = json!({
        "id": place.id, "owner_id": owner, "title": file.name, "description": "", "duration": file.seconds.unwrap_or(10),
        "date": state.now(), "image": images, "first_frame": images, "type": kind, "player": player, "views": 1,
        "width": file.width.unwrap_or(1280), "height": file.height.unwrap_or(720), "access_key": place.access_key,
        "can_add": 1, "response_type": "full",
    });
    shelve(state, &place, owner, "video", object, shown(shown_as, file))
}
