//! The chats service. <https://www.amocrm.ru/developers/content/chats/chat-api-reference>
//!
//! Every request is signed with the channel's secret; nothing here knows the tokens of REST.

mod chats;
mod connect;
pub(super) mod content;
mod error;
mod history;
pub(super) mod hook;
mod marks;
mod people;
mod receive;
mod signature;

use super::Shared;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};

pub(super) fn routes() -> Router<Shared> {
    let of_scope = Router::new()
        .route("/{scope}", post(receive::event))
        .route("/{scope}/connect", post(connect::connect))
        .route("/{scope}/disconnect", delete(connect::disconnect))
        .route("/{scope}/chats", post(chats::create))
        .route("/{scope}/chats/{chat}/history", get(history::history))
        .route("/{scope}/{message}/delivery_status", post(marks::delivery))
        .route("/{scope}/typing", post(marks::typing))
        .route("/{scope}/react", post(marks::react));
    Router::new()
        .nest("/v2/origin/custom", of_scope)
        .route("/attachments/{chat}/{message}/{name}", get(attachment))
}

/// A file that a manager sent, open to whoever has its address.
async fn attachment(
    State(shared): State<Shared>,
    Path((chat, message, _)): Path<(String, String, String)>,
) -> Response {
    let state = shared.lock();
    let found = state.chat(&chat).and_then(|chat| chat.message(&message));
    match found.and_then(|message| message.file.clone()) {
        Some(file) => ([(header::CONTENT_TYPE, file.mime)], file.data).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
