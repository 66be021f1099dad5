//! Ready-made files for tests, the control page and the living people. They lie beside this file: synthetic speech,
//! plotted films, drawn documents, and pictures that `examples/draw` makes. Nobody's work, nobody's face.

mod pictures;

use crate::media::Media;
use bytes::Bytes;

pub use pictures::{SCENES, portrait, scene};

/// A sample with its measures.
struct Asset {
    name: &'static str,
    file: &'static str,
    bytes: &'static [u8],
    pixels: Option<(u32, u32)>,
    seconds: Option<u32>,
}

macro_rules! asset {
    ($name:literal, $file:literal, $shown:literal, $pixels:expr, $seconds:expr) => {
        Asset {
            name: $name,
            file: $shown,
            bytes: include_bytes!($file),
            pixels: $pixels,
            seconds: $seconds,
        }
    };
}

#[rustfmt::skip]
static ASSETS: &[Asset] = &[
    asset!("order", "order.ogg", "voice.ogg", None, Some(6)),
    asset!("question", "question.ogg", "voice.ogg", None, Some(4)),
    asset!("size", "size.ogg", "voice.ogg", None, Some(6)),
    asset!("thanks", "thanks.ogg", "voice.ogg", None, Some(4)),
    asset!("melody", "melody.mp3", "Мелодия.mp3", None, Some(6)),
    asset!("video", "room.mp4", "комната.mp4", Some((480, 270)), Some(4)),
    asset!("note", "note.mp4", "кружок.mp4", Some((240, 240)), Some(4)),
    asset!("loop", "loop.mp4", "animation.mp4", Some((320, 180)), Some(2)),
    asset!("heart", "heart.webp", "heart.webp", Some((512, 512)), None),
    asset!("ok", "ok.webp", "ok.webp", Some((512, 512)), None),
    asset!("cat", "cat.webp", "cat.webp", Some((512, 512)), None),
    asset!("smeta", "smeta.pdf", "Смета № 1043.pdf", None, None),
    asset!("plan", "plan.pdf", "План помещения.pdf", None, None),
    asset!("price", "price.xlsx", "Прайс.xlsx", None, None),
];

/// Names of all samples; `photo` is the first of the drawn scenes.
pub fn names() -> impl Iterator<Item = &'static str> {
    ["photo"]
        .into_iter()
        .chain(SCENES.iter().copied())
        .chain(ASSETS.iter().map(|asset| asset.name))
}

/// Finds a sample by its name.
pub fn by_name(name: &str) -> Option<Media> {
    if name == "photo" {
        return Some(photo());
    }
    if SCENES.contains(&name) {
        return scene(name, 0);
    }
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    let mut media = Media::new(asset.file, Bytes::from_static(asset.bytes));
    (media.width, media.height) = (asset.pixels.map(|pixels| pixels.0), asset.pixels.map(|pixels| pixels.1));
    media.seconds = asset.seconds;
    Some(media)
}

/// A JPEG picture, when it matters only that it is one.
pub fn photo() -> Media {
    pictures::first()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_can_be_had_and_is_small() {
        for name in names() {
            let sample = by_name(name).unwrap_or_else(|| panic!("{name}"));
            assert!(
                (1_000..60_000).contains(&sample.data.len()),
                "{name}: {} bytes",
                sample.data.len()
            );
        }
    }

    #[test]
    fn a_scene_looks_different_in_each_variant() {
        let (first, second) = (scene("sofa", 0).unwrap(), scene("sofa", 1).unwrap());
        assert_ne!(first.data, second.data);
        assert_eq!(first.data, scene("sofa", 2).unwrap().data, "there are two of each");
    }
}
