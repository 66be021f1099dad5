//! `reply_parameters`, and the older `reply_to_message_id`.

use crate::telegram_bot::api::addressee::{Access, resolve};
use crate::telegram_bot::api::error::ApiError;
use crate::telegram_bot::api::formatted::{LONGEST_CAPTION, formatted};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::{Quote, Reply};
use serde_json::Value;

/// What the message to be sent into `chat` answers.
pub(crate) fn reply(state: &State, call: &Request, chat: i64) -> Result<Option<Reply>, ApiError> {
    let Some(wish) = call.json("reply_parameters", "Can't parse reply parameters JSON object")? else {
        let message = call.number("reply_to_message_id", 0);
        return answered(state, chat, message, call.flag("allow_sending_without_reply"));
    };
    let fields = wish
        .as_object()
        .ok_or_else(|| ApiError::bad("Object expected as reply parameters"))?;
    if fields.is_empty() {
        return Ok(None);
    }
    let message = wish.get("message_id").and_then(whole);
    let message = message.ok_or_else(|| ApiError::bad("Can't find field \"message_id\""))?;
    let other = wish
        .get("chat_id")
        .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let source = other.map_or(Ok(chat), |id| resolve(state, &id, Access::Read))?;
    let lenient = wish
        .get("allow_sending_without_reply")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let Some(mut reply) = answered(state, source, message, lenient)? else {
        return Ok(None);
    };
    reply.quote = quote(state, &reply, &wish)?;
    Ok(Some(reply))
}

fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn answered(state: &State, chat: i64, message: i64, lenient: bool) -> Result<Option<Reply>, ApiError> {
    if message <= 0 {
        return Ok(None);
    }
    match state.message(chat, message) {
        Some(_) => Ok(Some(Reply {
            chat,
            message,
            quote: None,
        })),
        None if lenient => Ok(None),
        None => Err(ApiError::bad("message to be replied not found")),
    }
}

fn quote(state: &State, reply: &Reply, wish: &Value) -> Result<Option<Quote>, ApiError> {
    let written = wish.get("quote").and_then(Value::as_str).unwrap_or_default();
    if written.is_empty() {
        return Ok(None);
    }
    let mode = wish.get("quote_parse_mode").and_then(Value::as_str).unwrap_or_default();
    let text = formatted(written, mode, wish.get("quote_entities"))?;
    let position = wish
        .get("quote_position")
        .and_then(Value::as_u64)
        .and_then(|at| usize::try_from(at).ok());
    let words = state
        .message(reply.chat, reply.message)
        .and_then(|message| message.words());
    let found = words.and_then(|words| words.find(&text.text, position));
    match found.filter(|_| text.text.chars().count() <= LONGEST_CAPTION) {
        Some(position) => Ok(Some(Quote { text, position })),
        None => Err(ApiError::bad("QUOTE_TEXT_INVALID")),
    }
}
