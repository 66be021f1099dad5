//! Smaller pictures of a photo, made when somebody downloads one.

use crate::telegram_bot::state::file::SIZES;
use bytes::Bytes;
use image::{ImageFormat, load_from_memory};
use std::io::Cursor;

/// The picture at the size of that letter. The full size is the bytes as they were sent: the real network encodes
/// photos anew, and tests could then compare nothing.
pub(crate) fn resized(data: &Bytes, size: char) -> Bytes {
    let side = SIZES.iter().find(|(letter, _)| *letter == size).map(|(_, side)| *side);
    side.and_then(|side| shrink(data, side)).unwrap_or_else(|| data.clone())
}

fn shrink(data: &[u8], side: u32) -> Option<Bytes> {
    let mut small = Cursor::new(Vec::new());
    let picture = load_from_memory(data).ok()?.thumbnail(side, side).to_rgb8();
    picture.write_to(&mut small, ImageFormat::Jpeg).ok()?;
    Some(small.into_inner().into())
}
