//! What was said in a chat. <https://www.amocrm.ru/developers/content/chats/chat-api-reference#chat-history>
//!
//! Newest first; the documents do not say which.

use super::error::Refusal;
use super::people;
use super::signature::Signed;
use crate::amocrm::state::State;
use crate::amocrm::state::chat::{Chat, Message, Writer};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Messages at once.
const MOST: usize = 50;

pub(super) async fn history(Path((scope, chat)): Path<(String, String)>, signed: Signed) -> Result<Response, Refusal> {
    signed.within(&scope)?;
    let count = |name: &str, usual: usize| match signed.query.number(name) {
        None => Some(usual),
        Some(value) => usize::try_from(value).ok(),
    };
    let offset = count("offset", 0).ok_or(Refusal::Invalid("offset is not valid"))?;
    let limit = count("limit", MOST).filter(|limit| (1..=MOST).contains(limit));
    let limit = limit.ok_or(Refusal::Invalid("limit is not valid"))?;
    let state = signed.state();
    let found = state.chat(&chat).ok_or(Refusal::NotFound("conversation not found"))?;
    let mut messages: Vec<Value> = found
        .messages
        .iter()
        .rev()
        .filter(|message| !message.deleted)
        .skip(offset)
        .take(limit)
        .map(|message| said(&state, found, message))
        .collect();
    if messages.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    state.host.chaos.batch("history", &mut messages);
    Ok(Json(json!({"messages": messages})).into_response())
}

fn said(state: &State, chat: &Chat, message: &Message) -> Value {
    let mut shown = json!({
        "timestamp": message.at_ms / 1000, "msec_timestamp": message.at_ms,
        "sender": people::sender(state, &chat.id, message), "message": content(message),
    });
    if let (true, Some(fields)) = (!matches!(message.writer, Writer::Client(_)), shown.as_object_mut()) {
        let receiver = chat.people.first().map(people::shown).unwrap_or_default();
        fields.insert("receiver".to_owned(), receiver);
    }
    shown
}

/// The message itself: every field is there, empty where it says nothing.
pub(in crate::amocrm) fn content(message: &Message) -> Value {
    let mut shown = json!({"id": message.id, "type": message.kind(), "text": message.text(), "media": "", "thumbnail": "",
        "file_name": "", "file_size": 0});
    let told = message.content.as_object().into_iter().flatten();
    if let Some(fields) = shown.as_object_mut() {
        for (name, value) in told {
            fields.insert(name.clone(), value.clone());
        }
        if let Some(client_id) = &message.client_id {
            fields.insert("client_id".to_owned(), client_id.clone().into());
        }
    }
    shown
}
