//! Photos, stickers and drawings: one file each, offered in VK's ladder of sizes and shrunk when it is asked for.

use super::{Place, picture_size, shelve, shown};
use crate::letter::FileKind;
use crate::media::Media;
use crate::vk::state::State;
use crate::vk::state::message::Attachment;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use serde_json::{Value, json};
use std::io::Cursor;

/// Type letter and longest side. <https://dev.vk.com/reference/objects/photo-sizes>
const LADDER: [(&str, u32); 6] = [("s", 75), ("m", 130), ("x", 604), ("y", 807), ("z", 1080), ("w", 2560)];

/// The album of pictures that came in messages.
const MESSAGES_ALBUM: i64 = -3;

/// The address of a stored picture, at most this large.
pub(crate) fn picture_address(state: &State, key: &str, name: &str, width: u32, height: u32) -> String {
    state.url(&format!("files/{key}/{}?size={width}x{height}", encoded(name)))
}

fn encoded(name: &str) -> String {
    url::form_urlencoded::byte_serialize(name.as_bytes()).collect()
}

/// The address of a stored file as it is.
pub(super) fn file_address(state: &State, key: &str, name: &str) -> String {
    state.url(&format!("files/{key}/{}", encoded(name)))
}

pub(super) fn photo(state: &mut State, owner: i64, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let object = photo_object(state, &place, owner, file);
    shelve(state, &place, owner, "photo", object, shown(FileKind::Photo, file))
}

pub(super) fn photo_object(state: &State, place: &Place, owner: i64, file: &Media) -> Value {
    let (width, height) = pixels(file);
    let sizes: Vec<Value> = rungs(width, height)
        .into_iter()
        .map(|(letter, w, h)| {
            let url = picture_address(state, &place.file_key, &file.name, w, h);
            json!({"type": letter, "width": w, "height": h, "url": url})
        })
        .collect();
    json!({
        "id": place.id, "owner_id": owner, "album_id": MESSAGES_ALBUM, "date": state.now(), "text": "",
        "access_key": place.access_key, "has_tags": false, "sizes": sizes,
        "orig_photo": {"type": "base", "width": width, "height": height, "url": file_address(state, &place.file_key, &file.name)},
    })
}

fn pixels(file: &Media) -> (u32, u32) {
    picture_size(&file.data)
        .or(file.width.zip(file.height))
        .unwrap_or((604, 453))
}

/// The sizes that VK keeps of a picture: each rung below the original, then the original under the next letter.
fn rungs(width: u32, height: u32) -> Vec<(&'static str, u32, u32)> {
    let longest = width.max(height).max(1);
    let mut made = Vec::new();
    for (letter, side) in LADDER {
        if side >= longest {
            made.push((letter, width, height));
            return made;
        }
        let shrunk = |length: u32| (length * side / longest).max(1);
        made.push((letter, shrunk(width), shrunk(height)));
    }
    made
}

pub(super) fn graffiti(state: &mut State, owner: i64, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let (width, height) = pixels(file);
    let object = json!({
        "id": place.id, "owner_id": owner, "access_key": place.access_key, "width": width, "height": height,
        "url": file_address(state, &place.file_key, &file.name),
    });
    shelve(state, &place, owner, "graffiti", object, shown(FileKind::Drawing, file))
}

/// Sides of the pictures of a sticker, in pixels.
const STICKER_SIDES: [u32; 5] = [64, 128, 256, 352, 512];

pub(super) fn sticker(state: &mut State, file: &Media) -> Attachment {
    let place = Place::of(state, file);
    let images: Vec<Value> = STICKER_SIDES
        .iter()
        .map(|side| {
            let url = picture_address(state, &place.file_key, &file.name, *side, *side);
            json!({"url": url, "width": side, "height": side})
        })
        .collect();
    let object = json!({
        "inner_type": "base_sticker_new", "sticker_id": place.id % 100_000, "product_id": 1, "is_allowed": true,
        "images": images, "images_with_background": images,
    });
    Attachment {
        kind: "sticker",
        object,
        shown: shown(FileKind::Sticker, file),
    }
}

/// The sticker that the community sends by number: a disc whose colour follows from the number.
pub(crate) fn drawn_sticker(number: i64) -> Media {
    let shade = |shift: u32| u8::try_from((number.unsigned_abs() >> shift) % 7 * 30 + 60).unwrap_or(128);
    let colour = Rgba([shade(0), shade(3), shade(6), 255]);
    let picture = RgbaImage::from_fn(512, 512, |x, y| {
        let inside = (i64::from(x) - 256).pow(2) + (i64::from(y) - 256).pow(2) < 240 * 240;
        if inside { colour } else { Rgba([0, 0, 0, 0]) }
    });
    png(&format!("sticker{number}.png"), picture)
}

/// A still for what has no picture of its own: films, gifts, pages without a photo.
pub(crate) fn still(name: &str) -> Media {
    let picture = RgbaImage::from_fn(320, 240, |x, y| {
        let light = u8::try_from((x / 4 + y / 4) % 64 + 160).unwrap_or(200);
        Rgba([light, light, light.saturating_add(12), 255])
    });
    png(name, picture)
}

fn png(name: &str, picture: RgbaImage) -> Media {
    let (width, height) = picture.dimensions();
    let mut bytes = Cursor::new(Vec::new());
    // Writing PNG to memory does not fail; were it to, the empty file would show it.
    let _ = DynamicImage::ImageRgba8(picture).write_to(&mut bytes, ImageFormat::Png);
    Media::new(name, bytes.into_inner()).sized(width, height)
}
