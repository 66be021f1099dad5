//! Attachments with bytes. <https://dev.vk.com/reference/objects/attachments-message>

use contracts::channel::RemoteFile;
use domain::{AttachmentKind, FetchState, Reason};
use serde::Deserialize;
use serde_json::Value;

use super::{Id, Spot, thing_name};
use crate::vk_messages::{media::Fetch, wire::or_default};

/// The loudest that the app draws.
const LOUDEST: u64 = 31;

/// A picture in several sizes.
#[derive(Deserialize)]
pub(super) struct Photo {
    #[serde(flatten)]
    id: Id,
    #[serde(default, deserialize_with = "or_default")]
    sizes: Vec<Size>,
}

/// `url` in photos and stickers, `src` in previews of documents.
#[derive(Debug, Clone, Deserialize)]
struct Size {
    #[serde(alias = "src")]
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    width: i64,
    #[serde(default, deserialize_with = "or_default")]
    height: i64,
    /// `s m o p q r x y z w`: old photos tell their size by it alone.
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    letter: String,
}

fn largest(sizes: Vec<Size>) -> Option<Size> {
    let rank = |size: &Size| "smopqrxyzw".find(&size.letter).filter(|_| size.letter.len() == 1);
    sizes
        .into_iter()
        .max_by_key(|size| (size.width.saturating_mul(size.height), rank(size)))
}

pub(super) fn photo(photo: Photo, spot: Spot) -> Option<RemoteFile> {
    let name = thing_name("photo", photo.id.owner_id, photo.id.id);
    let size = largest(photo.sizes)?;
    Some(RemoteFile {
        mime: Some("image/jpeg".to_owned()),
        width: Some(size.width).filter(|width| *width > 0),
        height: Some(size.height).filter(|height| *height > 0),
        ..fetched(AttachmentKind::Image, &name, Fetch::attachment(spot, &name, &size.url))
    })
}

#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(flatten)]
    id: Id,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default)]
    size: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    ext: String,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
    /// 3 is a GIF. <https://dev.vk.com/reference/objects/doc>
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    kind: i64,
    #[serde(default)]
    preview: Option<Value>,
}

pub(super) fn document(doc: Document, spot: Spot) -> Option<RemoteFile> {
    // Voice messages came as documents before 5.70 and still do when an old client forwards one.
    if let Some(sound) = doc.preview.as_ref().and_then(|preview| preview.get("audio_msg")) {
        let mut sound = Voice::deserialize(with_id(sound, doc.id)).ok()?;
        sound.kind = "doc";
        return voice(sound, spot);
    }
    let name = thing_name("doc", doc.id.owner_id, doc.id.id);
    let (kind, mime) = match doc.kind {
        3 => (AttachmentKind::Animation, Some("image/gif".to_owned())),
        _ => (AttachmentKind::Document, None),
    };
    Some(RemoteFile {
        name: Some(title_with_ending(&doc.title, &doc.ext)),
        mime,
        size: doc.size,
        ..fetched(kind, &name, Fetch::document(spot, &name, &doc.url, &doc.ext))
    })
}

fn with_id(sound: &Value, id: Id) -> Value {
    let mut sound = sound.clone();
    if let Some(fields) = sound.as_object_mut() {
        fields.insert("id".into(), id.id.into());
        fields.insert("owner_id".into(), id.owner_id.into());
    }
    sound
}

/// The title is what people wrote: with the ending or without.
fn title_with_ending(title: &str, ext: &str) -> String {
    let ending = format!(".{}", ext.to_lowercase());
    if ext.is_empty() || title.to_lowercase().ends_with(&ending) {
        title.to_owned()
    } else {
        format!("{title}{ending}")
    }
}

#[derive(Deserialize)]
pub(super) struct Audio {
    #[serde(flatten)]
    id: Id,
    #[serde(default, deserialize_with = "or_default")]
    artist: String,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    duration: i64,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
}

/// Music. VK gives its address only where the rights allow it.
pub(super) fn audio(audio: Audio, spot: Spot) -> Option<RemoteFile> {
    let thing = thing_name("audio", audio.id.owner_id, audio.id.id);
    let title = [audio.artist, audio.title]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" – ");
    let file = RemoteFile {
        name: Some(title)
            .filter(|title| !title.is_empty())
            .map(|title| format!("{title}.mp3")),
        mime: Some("audio/mpeg".to_owned()),
        duration_ms: Some(audio.duration.saturating_mul(1000)),
        ..fetched(
            AttachmentKind::Audio,
            &thing,
            Fetch::attachment(spot, &thing, &audio.url),
        )
    };
    // A promise page is all that stands in `url` for music that may not leave VK.
    let closed = audio.url.is_empty() || audio.url.contains("audio_api_unavailable");
    Some(if closed {
        elsewhere(file, format!("https://vk.com/{thing}"))
    } else {
        file
    })
}

#[derive(Deserialize)]
pub(super) struct Voice {
    #[serde(flatten)]
    id: Id,
    #[serde(default, deserialize_with = "or_default")]
    duration: i64,
    #[serde(default, deserialize_with = "or_default")]
    waveform: Vec<u64>,
    #[serde(default, deserialize_with = "or_default")]
    link_ogg: String,
    #[serde(skip, default = "audio_message")]
    kind: &'static str,
}

fn audio_message() -> &'static str {
    "audio_message"
}

pub(super) fn voice(voice: Voice, spot: Spot) -> Option<RemoteFile> {
    let name = thing_name(voice.kind, voice.id.owner_id, voice.id.id);
    let highest = voice.waveform.iter().copied().max().unwrap_or(0).max(LOUDEST);
    let scaled = voice
        .waveform
        .iter()
        .map(|height| u8::try_from(height.saturating_mul(LOUDEST) / highest).unwrap_or(0));
    Some(RemoteFile {
        mime: Some("audio/ogg".to_owned()),
        duration_ms: Some(voice.duration.saturating_mul(1000)),
        waveform: Some(scaled.collect()).filter(|heights: &Vec<u8>| !heights.is_empty()),
        ..fetched(
            AttachmentKind::Voice,
            &name,
            Fetch::attachment(spot, &name, &voice.link_ogg),
        )
    })
}

#[derive(Deserialize)]
pub(super) struct Graffiti {
    #[serde(flatten)]
    id: Id,
    url: String,
    #[serde(default)]
    width: Option<i64>,
    #[serde(default)]
    height: Option<i64>,
}

pub(super) fn graffiti(graffiti: Graffiti, spot: Spot) -> Option<RemoteFile> {
    let name = thing_name("graffiti", graffiti.id.owner_id, graffiti.id.id);
    Some(RemoteFile {
        mime: Some("image/png".to_owned()),
        width: graffiti.width,
        height: graffiti.height,
        ..fetched(
            AttachmentKind::Image,
            &name,
            Fetch::attachment(spot, &name, &graffiti.url),
        )
    })
}

#[derive(Deserialize)]
pub(super) struct Sticker {
    #[serde(default, deserialize_with = "or_default")]
    sticker_id: i64,
    #[serde(default, deserialize_with = "or_default")]
    images: Vec<Size>,
}

pub(super) fn sticker(sticker: Sticker) -> Option<RemoteFile> {
    let size = largest(sticker.images)?;
    Some(RemoteFile {
        mime: Some("image/png".to_owned()),
        width: Some(size.width),
        height: Some(size.height),
        ..fetched(
            AttachmentKind::Sticker,
            &format!("sticker{}", sticker.sticker_id),
            Fetch::lasting(&size.url),
        )
    })
}

#[derive(Deserialize)]
pub(super) struct Video {
    #[serde(flatten)]
    id: Id,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    duration: i64,
    #[serde(default)]
    width: Option<i64>,
    #[serde(default)]
    height: Option<i64>,
    #[serde(default)]
    player: Option<String>,
    #[serde(default)]
    access_key: Option<String>,
}

/// A film: VK gives a player, never the file.
pub(super) fn video(video: Video) -> Option<RemoteFile> {
    let thing = thing_name("video", video.id.owner_id, video.id.id);
    let key = video.access_key.map(|key| format!("_{key}")).unwrap_or_default();
    let file = RemoteFile {
        name: Some(video.title).filter(|title| !title.is_empty()),
        width: video.width,
        height: video.height,
        duration_ms: Some(video.duration.saturating_mul(1000)).filter(|length| *length > 0),
        ..fetched(AttachmentKind::Video, &thing, Fetch::lasting(""))
    };
    Some(elsewhere(
        file,
        video.player.unwrap_or_else(|| format!("https://vk.com/{thing}{key}")),
    ))
}

#[derive(Deserialize)]
pub(super) struct Gift {
    id: i64,
    #[serde(default)]
    thumb_512: Option<String>,
    #[serde(default)]
    thumb_256: Option<String>,
    #[serde(default)]
    thumb_96: Option<String>,
}

pub(super) fn gift(gift: Gift) -> Option<RemoteFile> {
    let url = gift.thumb_512.or(gift.thumb_256).or(gift.thumb_96)?;
    Some(fetched(
        AttachmentKind::Sticker,
        &format!("gift{}", gift.id),
        Fetch::lasting(&url),
    ))
}

/// A file to fetch; one without an address can't be had, and says so.
fn fetched(kind: AttachmentKind, key: &str, fetch: Fetch) -> RemoteFile {
    let reason = fetch
        .url
        .is_empty()
        .then_some(Reason::new("vk_messages.reason.file_closed"));
    RemoteFile {
        kind,
        name: None,
        mime: None,
        size: None,
        width: None,
        height: None,
        duration_ms: None,
        waveform: None,
        state: if reason.is_some() {
            FetchState::Failed
        } else {
            FetchState::Remote
        },
        reason,
        link: None,
        key: Some(key.to_owned()),
        fetch: fetch.to_value(),
    }
}

fn elsewhere(file: RemoteFile, link: String) -> RemoteFile {
    RemoteFile {
        state: FetchState::Elsewhere,
        reason: None,
        link: Some(link),
        fetch: Value::Null,
        ..file
    }
}
