//! What is told about messages: delivered, read, failed; who types; who reacts.
//! <https://www.amocrm.ru/developers/content/chats/chat-api-reference#delivery-status>

use super::error::Refusal;
use super::signature::Signed;
use crate::amocrm::rest::page::{number, text};
use crate::amocrm::state::chat::{Status, Writer};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// Milliseconds that somebody types when nothing else is told.
const TYPES_FOR: i64 = 5_000;

/// Why a message was not delivered, by code.
const FAILURES: &[(i64, &str)] = &[
    (901, "Пользователь удалил диалог"),
    (902, "Интеграция отключена на стороне канала"),
    (903, "Внутренняя ошибка сервера"),
    (904, "Невозможно создать диалог"),
    (905, ""),
];

pub(super) async fn delivery(
    Path((scope, message)): Path<(String, String)>,
    signed: Signed,
) -> Result<Json<Value>, Refusal> {
    signed.within(&scope)?;
    let wish = signed.json()?;
    let status = match number(&wish, "delivery_status") {
        Some(1) => Status::Delivered,
        Some(2) => Status::Read,
        Some(-1) => failed(&wish)?,
        _ => return Err(Refusal::Invalid("delivery_status is not valid")),
    };
    let mut state = signed.state();
    let mut messages = state.chats.iter_mut().flat_map(|chat| &mut chat.messages);
    let found = messages.find(|one| one.id == message);
    found.ok_or(Refusal::NotFound("message not found"))?.status = status;
    Ok(Json(json!({})))
}

fn failed(wish: &Value) -> Result<Status, Refusal> {
    let code = number(wish, "error_code");
    let known = FAILURES.iter().find(|(known, _)| Some(*known) == code);
    let (code, usual) = known.ok_or(Refusal::Invalid("error_code is not valid"))?;
    let told = text(wish, "error").filter(|words| !words.is_empty());
    match (told, *usual) {
        (None, "") => Err(Refusal::Invalid("error is required")),
        (told, usual) => Ok(Status::Failed {
            code: *code,
            reason: told.unwrap_or(usual).to_owned(),
        }),
    }
}

pub(super) async fn typing(Path(scope): Path<String>, signed: Signed) -> Result<StatusCode, Refusal> {
    signed.within(&scope)?;
    let wish = signed.json()?;
    let length = number(&wish, "duration_ms").unwrap_or(TYPES_FOR);
    let mut state = signed.state();
    let until = state.host.clock.now().as_millisecond() + length;
    let own = text(&wish, "conversation_id");
    let chat = state
        .chats
        .iter_mut()
        .find(|chat| chat.client_id.as_deref() == own && own.is_some());
    chat.ok_or(Refusal::NotFound("conversation not found"))?.typing_until = until;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn react(Path(scope): Path<String>, signed: Signed) -> Result<Json<Value>, Refusal> {
    signed.within(&scope)?;
    let wish = signed.json()?;
    let emoji = text(&wish, "emoji").unwrap_or_default().to_owned();
    let put = match text(&wish, "type") {
        Some("react") if !emoji.is_empty() => true,
        Some("unreact") => false,
        _ => return Err(Refusal::Invalid("type is not valid")),
    };
    let name = text(&wish, "id").or_else(|| text(&wish, "msgid")).unwrap_or_default();
    let mut state = signed.state();
    let conversation = text(&wish, "conversation_ref_id").or_else(|| text(&wish, "conversation_id"));
    let own = |id: &str, client_id: Option<&str>| {
        conversation == Some(id) || (conversation == client_id && client_id.is_some())
    };
    let chat = state
        .chats
        .iter_mut()
        .find(|chat| own(&chat.id, chat.client_id.as_deref()));
    let chat = chat.ok_or(Refusal::NotFound("conversation not found"))?;
    let who = wish.get("user").and_then(|user| text(user, "id")).unwrap_or_default();
    let person = chat.people.iter().find(|one| one.client_id == who);
    let by = Writer::Client(person.map_or_else(|| who.to_owned(), |person| person.id.clone()));
    let message = chat.named_mut(name).ok_or(Refusal::NotFound("message not found"))?;
    message.reactions.retain(|(other, _)| *other != by);
    if put {
        message.reactions.push((by, emoji));
    }
    Ok(Json(json!({})))
}
