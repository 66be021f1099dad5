//! Files as people and apps get them, pictures in the size that is asked for.

use crate::media::Media;
use crate::vk::Shared;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use image::{ImageFormat, ImageReader};
use serde::Deserialize;
use std::io::Cursor;

#[derive(Debug, Deserialize)]
pub(super) struct Wish {
    /// `320x240`
    size: Option<String>,
}

pub(super) async fn file(
    State(shared): State<Shared>,
    Path((key, _)): Path<(String, String)>,
    Query(wish): Query<Wish>,
) -> Response {
    let Some(file) = shared.lock().library.file(&key).cloned() else {
        return (StatusCode::NOT_FOUND, "404 Not Found").into_response();
    };
    let size = wish.size.as_deref().and_then(|size| {
        let (width, height) = size.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    });
    let (mime, bytes) = match size.and_then(|(width, height)| shrunk(&file, width, height)) {
        Some(bytes) => (file.mime, bytes.into()),
        None => (file.mime, file.data),
    };
    (
        [
            (header::CONTENT_TYPE, mime),
            (header::CACHE_CONTROL, "max-age=1209600".to_owned()),
        ],
        bytes,
    )
        .into_response()
}

/// A smaller copy of a PNG or JPEG; none when it is no such picture or not larger than the wish.
fn shrunk(file: &Media, width: u32, height: u32) -> Option<Vec<u8>> {
    let reader = ImageReader::new(Cursor::new(&file.data)).with_guessed_format().ok()?;
    let format = reader
        .format()
        .filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg))?;
    let picture = reader.decode().ok()?;
    if picture.width() <= width && picture.height() <= height {
        return None;
    }
    let mut bytes = Cursor::new(Vec::new());
    picture
        .thumbnail(width.max(1), height.max(1))
        .write_to(&mut bytes, format)
        .ok()?;
    Some(bytes.into_inner())
}

#[derive(Debug, Deserialize)]
pub(super) struct Film {
    #[serde(default)]
    hash: String,
}

/// The player page of a film: VK gives no address of the film itself.
pub(super) async fn player(State(shared): State<Shared>, Query(film): Query<Film>) -> Response {
    let state = shared.lock();
    let Some(file) = state.library.file(&film.hash) else {
        return (StatusCode::NOT_FOUND, Html("<p>Видеозапись удалена</p>")).into_response();
    };
    let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
    let source = state.url(&format!("files/{}/{name}", film.hash));
    Html(format!(
        "<!doctype html><title>Видео</title><video controls src=\"{source}\"></video>"
    ))
    .into_response()
}
