//! How wide and high a picture is, read from its first bytes.

use image::ImageReader;
use std::io::Cursor;

/// Pixels of a PNG, JPEG or GIF; none for anything else.
pub(crate) fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"GIF8") {
        let side = |at: usize| Some(u32::from(*bytes.get(at)?) | u32::from(*bytes.get(at + 1)?) << 8);
        return Some((side(6)?, side(8)?));
    }
    ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?
        .into_dimensions()
        .ok()
}
