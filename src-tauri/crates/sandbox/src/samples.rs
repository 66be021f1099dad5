//! Ready-made files for tests, the control page and the living people.

use crate::media::Media;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// Finds a sample by its name.
pub fn by_name(name: &str) -> Option<Media> {
    match name {
        "photo" => Some(photo()),
        _ => None,
    }
}

/// Names of the samples.
pub fn names() -> impl Iterator<Item = &'static str> {
    ["photo"].into_iter()
}

/// A small JPEG picture.
pub fn photo() -> Media {
    let picture = RgbImage::from_fn(320, 240, |x, y| {
        let inside = (x as i64 - 160).pow(2) + (y as i64 - 120).pow(2) < 80 * 80;
        if inside {
            Rgb([214, 92, 60])
        } else {
            Rgb([236, 228, 210])
        }
    });
    Media::new("photo.jpg", encode(picture, ImageFormat::Jpeg)).sized(320, 240)
}

fn encode(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    // Writing to memory fails only for a format that is not compiled in; an empty file would show that at once.
    let _ = DynamicImage::ImageRgb8(picture).write_to(&mut bytes, format);
    bytes.into_inner()
}
