//! Files by address: short public links, downloads with a token, files of comments.

use super::Shared;
use super::rest::{ApiError, Params};
use super::state::State;
use crate::html::escaped;
use crate::media::Media;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Router, extract};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/{secret}", get(short))
        .route("/docs/pub/{secret}/download/", get(public))
        .route("/disk/downloadFile/{object}/", get(signed_in))
}

fn bytes(file: Media) -> Response {
    let name = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect::<String>();
    let disposition = format!("attachment; filename*=utf-8''{}", name.replace('+', "%20"));
    (
        [
            (header::CONTENT_TYPE, file.mime),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        file.data,
    )
        .into_response()
}

/// `/~AbC123`: the file itself, or the page from which people download it.
async fn short(extract::State(shared): extract::State<Shared>, Path(secret): Path<String>) -> Response {
    let state = shared.lock();
    let link = secret.strip_prefix('~').and_then(|secret| state.disk.links.get(secret));
    let found = link.and_then(|link| Some((link.page, state.disk.file(link.object)?.clone())));
    match found {
        None => StatusCode::NOT_FOUND.into_response(),
        Some((false, file)) => bytes(file),
        Some((true, file)) => {
            let secret = secret.trim_start_matches('~');
            let name = escaped(&file.name);
            Html(format!(
                "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>{name}</title>\
                 <p>{name}</p><a href=\"/docs/pub/{secret}/download/\">Скачать</a></html>"
            ))
            .into_response()
        }
    }
}

async fn public(extract::State(shared): extract::State<Shared>, Path(secret): Path<String>) -> Response {
    let state = shared.lock();
    let file = state
        .disk
        .links
        .get(&secret)
        .and_then(|link| state.disk.file(link.object));
    file.cloned()
        .map_or_else(|| StatusCode::NOT_FOUND.into_response(), bytes)
}

/// Links of comments are for people who are signed in: a program is shown the form for it.
async fn signed_in() -> Response {
    Html("<!doctype html><title>Авторизация</title><p>Пожалуйста, авторизуйтесь.</p>").into_response()
}

/// `download` among the methods: `token=disk|9011`.
pub(super) fn download(state: &State, params: &Params) -> Result<Response, ApiError> {
    let token = params.text("token").unwrap_or_default();
    let object = token.strip_prefix("disk|").and_then(|number| number.parse().ok());
    let file = object.and_then(|object| state.disk.file(object)).cloned();
    file.map(bytes)
        .ok_or_else(|| ApiError::bad("ERROR_NOT_FOUND", "Could not find entity"))
}
