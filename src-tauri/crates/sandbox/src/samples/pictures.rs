//! Drawn pictures: what people photograph when they order something, and how they show themselves.

use crate::media::Media;
use bytes::Bytes;

/// Pixels of every scene.
const SIZE: (u32, u32) = (640, 480);

/// Names of the scenes.
#[rustfmt::skip]
pub const SCENES: &[&str] =
    &["sofa", "room", "kitchen", "flowers", "part", "car", "cake", "window", "wheel", "phone", "house", "bed"];

macro_rules! pictures {
    ($($name:literal)*) => { &[$(include_bytes!(concat!("pictures/", $name, ".jpg"))),*] };
}

/// Two of each scene, in the order of [`SCENES`].
#[rustfmt::skip]
static PICTURES: &[&[u8]] = pictures! {
    "sofa-0" "sofa-1"
    "room-0" "room-1"
    "kitchen-0" "kitchen-1"
    "flowers-0" "flowers-1"
    "part-0" "part-1"
    "car-0" "car-1"
    "cake-0" "cake-1"
    "window-0" "window-1"
    "wheel-0" "wheel-1"
    "phone-0" "phone-1"
    "house-0" "house-1"
    "bed-0" "bed-1"
};

#[rustfmt::skip]
static PORTRAITS: &[&[u8]] = pictures! {
    "portrait-0" "portrait-1" "portrait-2" "portrait-3" "portrait-4" "portrait-5"
    "portrait-6" "portrait-7" "portrait-8" "portrait-9" "portrait-10" "portrait-11"
    "portrait-12" "portrait-13" "portrait-14" "portrait-15" "portrait-16" "portrait-17"
};

/// A scene by its name; odd variants look different from even ones.
pub fn scene(name: &str, variant: u64) -> Option<Media> {
    let place = SCENES.iter().position(|scene| *scene == name)?;
    let bytes = PICTURES.get(place * 2 + usize::from(variant % 2 == 1))?;
    let name = format!("IMG_{:04}.jpg", 1000 + (place as u64 * 97 + variant * 37) % 9000);
    Some(Media::new(&name, Bytes::from_static(bytes)).sized(SIZE.0, SIZE.1))
}

/// The first scene.
pub(super) fn first() -> Media {
    let bytes = PICTURES.first().copied().unwrap_or_default();
    Media::new("photo.jpg", Bytes::from_static(bytes)).sized(SIZE.0, SIZE.1)
}

/// A JPEG picture of a profile; neighbouring numbers give different ones.
pub fn portrait(number: u64) -> Bytes {
    let place = number as usize % PORTRAITS.len().max(1);
    Bytes::from_static(PORTRAITS.get(place).copied().unwrap_or_default())
}
