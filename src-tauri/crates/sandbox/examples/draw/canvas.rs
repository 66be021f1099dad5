//! Simple shapes on a picture.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageResult, Rgb, RgbImage};
use std::io::Cursor;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// JPEG quality: shapes stay clean, files stay small.
const QUALITY: u8 = 78;

/// A picture that is being drawn. Every call draws over what is there.
pub(super) struct Canvas(RgbImage);

/// Lighter (above 1) or darker (below 1).
pub(super) fn shade(colour: Colour, factor: f32) -> Colour {
    colour.map(|part| (f32::from(part) * factor).clamp(0.0, 255.0) as u8)
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32, colour: Colour) -> Self {
        Self(RgbImage::from_pixel(width, height, Rgb(colour)))
    }

    /// A background that goes from one colour at the top to another at the bottom.
    pub(super) fn fading(width: u32, height: u32, top: Colour, bottom: Colour) -> Self {
        let mut canvas = Self::new(width, height, top);
        for y in 0..height {
            let at = y as f32 / height as f32;
            let mix = |from: u8, to: u8| (f32::from(from) * (1.0 - at) + f32::from(to) * at) as u8;
            let [r, g, b] = top;
            let [red, green, blue] = bottom;
            canvas = canvas.rect(0, y as i32, width as i32, 1, [mix(r, red), mix(g, green), mix(b, blue)]);
        }
        canvas
    }

    /// Colours the pixels of a row from `from` to before `to`.
    fn row(&mut self, y: i32, from: i32, to: i32, colour: Colour) {
        let (width, height) = (self.0.width() as i32, self.0.height() as i32);
        if !(0..height).contains(&y) {
            return;
        }
        for x in from.max(0)..to.min(width) {
            self.0.put_pixel(x as u32, y as u32, Rgb(colour));
        }
    }

    pub(super) fn rect(mut self, x: i32, y: i32, width: i32, height: i32, colour: Colour) -> Self {
        for row in y..y + height {
            self.row(row, x, x + width, colour);
        }
        self
    }

    pub(super) fn disc(self, x: i32, y: i32, radius: i32, colour: Colour) -> Self {
        self.oval(x, y, radius, radius, colour)
    }

    pub(super) fn oval(mut self, x: i32, y: i32, wide: i32, high: i32, colour: Colour) -> Self {
        for row in -high..=high {
            let part = f64::from(row) / f64::from(high.max(1));
            let half = (f64::from(wide) * (1.0 - part * part).max(0.0).sqrt()) as i32;
            self.row(y + row, x - half, x + half + 1, colour);
        }
        self
    }

    /// A four-cornered shape with level top and bottom: `top` and `bottom` are (left, right).
    pub(super) fn wedge(mut self, y: i32, height: i32, top: (i32, i32), bottom: (i32, i32), colour: Colour) -> Self {
        for row in 0..height {
            let at = |from: i32, to: i32| from + (to - from) * row / height.max(1);
            self.row(y + row, at(top.0, bottom.0), at(top.1, bottom.1), colour);
        }
        self
    }

    /// Draws the same thing at several places.
    pub(super) fn each<T>(self, places: impl IntoIterator<Item = T>, draw: impl Fn(Self, T) -> Self) -> Self {
        places.into_iter().fold(self, draw)
    }

    pub(super) fn jpeg(self) -> ImageResult<Vec<u8>> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(self.0).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
        Ok(bytes.into_inner())
    }
}
