//! `getFile`, the download, `getUserProfilePhotos`.

use crate::letter::FileKind;
use crate::telegram_bot::TelegramBot;
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::routes::check_token;
use crate::telegram_bot::picture;
use crate::telegram_bot::state::State;
use crate::telegram_bot::wire;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// The cloud server gives out no larger file (getFile).
const LARGEST_DOWNLOAD: usize = 20 << 20;

/// `getFile`.
pub(crate) fn get_file(state: &mut State, call: &Request) -> Answer {
    if call.text("file_id").is_empty() {
        return Err(ApiError::bad("file_id not specified"));
    }
    let (file, size) = state
        .files
        .by_public_id(call.text("file_id"))
        .ok_or_else(|| ApiError::bad("invalid file_id"))?;
    if file.media.data.len() > LARGEST_DOWNLOAD {
        return Err(ApiError::bad("file is too big"));
    }
    Ok(wire::file::file(file, size))
}

/// `/file/bot<token>/<path>`; `rest` is what follows `/file/bot`.
pub(crate) fn download(telegram: &TelegramBot, rest: &str) -> Response {
    let Some((token, path)) = rest.split_once('/') else {
        return ApiError::not_found().into_response();
    };
    let state = telegram.state();
    if let Err(refusal) = check_token(&state, &token.replace("%3A", ":").replace("%3a", ":"), "") {
        return refusal.into_response();
    }
    let Some((file, size)) = state.files.by_path(path) else {
        return ApiError::not_found().into_response();
    };
    let (kind, media) = (file.kind, file.media.clone());
    drop(state);
    let bytes = if kind == FileKind::Photo {
        picture::resized(&media.data, size)
    } else {
        media.data
    };
    ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response()
}

/// `getUserProfilePhotos`.
pub(crate) fn get_user_profile_photos(state: &mut State, call: &Request) -> Answer {
    let user: i64 = call
        .text("user_id")
        .parse()
        .map_err(|_| ApiError::bad("invalid user_id specified"))?;
    let user = state.users.get(&user).filter(|user| user.started || user.met);
    let user = user.ok_or_else(|| ApiError::bad("user not found"))?;
    let photo = user.avatar.and_then(|avatar| state.files.get(avatar));
    let total = i64::from(photo.is_some());
    let photos: Vec<Value> = photo
        .filter(|_| call.number("offset", 0) <= 0)
        .map(wire::file::photo)
        .into_iter()
        .collect();
    Ok(json!({"total_count": total, "photos": photos}))
}
