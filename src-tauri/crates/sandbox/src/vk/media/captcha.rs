//! The picture of a captcha: digits in a grid of three by five points.

use crate::vk::Shared;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use image::{DynamicImage, ImageFormat, Luma};
use serde::Deserialize;
use std::io::Cursor;

/// Rows of each digit, three bits a row.
const DIGITS: [[u8; 5]; 10] = [
    [7, 5, 5, 5, 7],
    [2, 6, 2, 2, 7],
    [7, 1, 7, 4, 7],
    [7, 1, 7, 1, 7],
    [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7],
    [7, 4, 7, 5, 7],
    [7, 1, 1, 2, 2],
    [7, 5, 7, 5, 7],
    [7, 5, 7, 1, 7],
];

/// Pixels of a point, and points from one digit to the next.
const POINT: u32 = 8;
const PITCH: u32 = 4;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    sid: String,
}

pub(super) async fn picture(State(shared): State<Shared>, Query(asked): Query<Asked>) -> Response {
    let Some(letters) = shared.lock().orders.captcha(&asked.sid).map(str::to_owned) else {
        return (StatusCode::NOT_FOUND, "404 Not Found").into_response();
    };
    ([(header::CONTENT_TYPE, "image/png")], drawn(&letters)).into_response()
}

fn drawn(letters: &str) -> Vec<u8> {
    let digits: Vec<usize> = letters
        .chars()
        .filter_map(|letter| letter.to_digit(10))
        .map(|digit| digit as usize)
        .collect();
    let width = (digits.len() as u32 * PITCH + 1) * POINT;
    let picture = image::ImageBuffer::from_fn(width, 7 * POINT, |x, y| {
        let (column, row) = ((x / POINT).checked_sub(1), (y / POINT).checked_sub(1));
        let dark = column.zip(row).is_some_and(|(column, row)| {
            let rows = digits
                .get((column / PITCH) as usize)
                .and_then(|digit| DIGITS.get(*digit));
            let bits = rows.and_then(|rows| rows.get(row as usize)).copied().unwrap_or(0);
            column % PITCH < 3 && bits >> (2 - column % PITCH) & 1 == 1
        });
        Luma([if dark { 40u8 } else { 235 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    // Writing PNG to memory does not fail; were it to, the empty file would show it.
    let _ = DynamicImage::ImageLuma8(picture).write_to(&mut bytes, ImageFormat::Png);
    bytes.into_inner()
}
