//! Uploads and downloads.

mod captcha;
mod download;
mod upload;

use super::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// Documents may have 200 MB; the rest of the request needs a little room.
const UPLOAD_LIMIT: usize = 201 << 20;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route(
            "/upload/{kind}/{ticket}",
            post(upload::accept).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
        )
        .route("/files/{key}/{name}", get(download::file))
        .route("/video_ext.php", get(download::player))
        .route("/captcha.php", get(captcha::picture))
}
