//! `deleteMessage` and `deleteMessages`.

use crate::ids::MessageId;
use crate::news::Happening;
use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::chat::Kind;
use crate::telegram_bot::state::message::Message;
use crate::telegram_bot::wire;
use serde_json::Value;

/// A message can be deleted for two days (deleteMessage).
const DELETABLE_SECONDS: i64 = 48 * 60 * 60;

/// `deleteMessage`.
pub(crate) fn delete_message(state: &mut State, call: &Request) -> Answer {
    if call.text("chat_id").is_empty() {
        return Err(ApiError::bad("Chat identifier is not specified"));
    }
    if call.message_id() == 0 {
        return Err(ApiError::bad("Message identifier is not specified"));
    }
    let chat = addressee(state, call, "chat_id", Access::Write)?;
    let message = state.message(chat, call.message_id());
    let message = message.ok_or_else(|| ApiError::bad("message to delete not found"))?;
    if !deletable(state, message) {
        return Err(ApiError::bad("message can't be deleted"));
    }
    delete(state, chat, call.message_id());
    Ok(Value::Bool(true))
}

/// `deleteMessages`: those that are not there are passed over.
pub(crate) fn delete_messages(state: &mut State, call: &Request) -> Answer {
    let ids = message_ids(call)?;
    let chat = addressee(state, call, "chat_id", Access::Write)?;
    let there: Vec<&Message> = ids.iter().filter_map(|id| state.message(chat, *id)).collect();
    if !there.iter().all(|message| deletable(state, message)) {
        return Err(ApiError::bad("message can't be deleted"));
    }
    for id in ids {
        delete(state, chat, id);
    }
    Ok(Value::Bool(true))
}

/// Own messages anywhere, other people's in private chats, both for two days.
fn deletable(state: &State, message: &Message) -> bool {
    let private = state
        .chats
        .get(&message.chat)
        .is_some_and(|chat| chat.kind == Kind::Private);
    (private || wire::message::is_bots(message)) && state.clock.unix() - message.at < DELETABLE_SECONDS
}

fn delete(state: &mut State, chat: i64, message: i64) {
    let gone = state
        .chats
        .get_mut(&chat)
        .and_then(|chat| chat.messages.remove(&message));
    if gone.is_some() {
        state.tell(
            chat,
            Happening::BusinessDeleted {
                message: MessageId::from(message),
            },
        );
    }
}

/// `message_ids`: one to a hundred numbers.
pub(crate) fn message_ids(call: &Request) -> Result<Vec<i64>, ApiError> {
    let ids = call.json("message_ids", "Can't parse message_ids JSON object")?;
    let ids = ids.ok_or_else(|| ApiError::bad("Message identifiers are not specified"))?;
    let ids = ids
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of message identifiers"))?;
    if ids.len() > 100 {
        return Err(ApiError::bad("Too many message identifiers specified"));
    }
    if ids.is_empty() {
        return Err(ApiError::bad("Message identifiers are not specified"));
    }
    let number = |id: &Value| id.as_i64().or_else(|| id.as_str()?.parse().ok());
    let positive = |id: &Value| {
        number(id)
            .filter(|id| *id > 0)
            .ok_or_else(|| ApiError::bad("Invalid message identifier specified"))
    };
    ids.iter().map(positive).collect()
}
