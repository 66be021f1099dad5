//! `forwardMessage(s)` and `copyMessage(s)`.

use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::delete::message_ids;
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::formatted;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::send::{Envelope, accept};
use crate::telegram_bot::state::message::{Body, Message, Origin};
use crate::telegram_bot::state::{Draft, State};
use crate::telegram_bot::wire;
use serde_json::{Value, json};

fn original(state: &State, call: &Request, message: i64, action: &str) -> Result<Message, ApiError> {
    call.required("from_chat_id")?;
    let chat = addressee(state, call, "from_chat_id", Access::Read)?;
    let found = state.message(chat, message).cloned();
    found.ok_or_else(|| ApiError::bad(&format!("message to {action} not found")))
}

fn forwarded(envelope: &Envelope, original: &Message) -> Draft {
    let first = Origin::Author {
        author: original.author,
        chat: original.chat,
        at: original.at,
    };
    let origin = Some(original.origin.clone().unwrap_or(first));
    Draft {
        origin,
        ..envelope.draft(original.body.clone())
    }
}

/// `forwardMessage`.
pub(crate) fn forward_message(state: &mut State, call: &Request) -> Answer {
    let original = original(state, call, call.message_id(), "forward")?;
    let envelope = Envelope::check(state, call, 1)?;
    let message = accept(state, "forwardMessage", forwarded(&envelope, &original));
    Ok(wire::message::message(state, &message))
}

/// `forwardMessages`: those that exist, in their order.
pub(crate) fn forward_messages(state: &mut State, call: &Request) -> Answer {
    several(state, call, "forwardMessages", "forward", forwarded)
}

/// `copyMessage`.
pub(crate) fn copy_message(state: &mut State, call: &Request) -> Answer {
    let mut original = original(state, call, call.message_id(), "copy")?;
    if let (true, Body::Media(media)) = (call.has("caption"), &mut original.body) {
        media.caption = formatted::caption(call)?;
    }
    let envelope = Envelope::check(state, call, 1)?;
    let message = accept(state, "copyMessage", envelope.draft(original.body));
    Ok(json!({"message_id": message.id}))
}

/// `copyMessages`.
pub(crate) fn copy_messages(state: &mut State, call: &Request) -> Answer {
    several(state, call, "copyMessages", "copy", |envelope, original| {
        envelope.draft(original.body.clone())
    })
}

fn several(
    state: &mut State,
    call: &Request,
    method: &str,
    action: &str,
    draft: fn(&Envelope, &Message) -> Draft,
) -> Answer {
    let ids = message_ids(call)?;
    let originals: Vec<Message> = ids
        .iter()
        .filter_map(|id| original(state, call, *id, action).ok())
        .collect();
    if originals.is_empty() {
        return Err(ApiError::bad(&format!("message to {action} not found")));
    }
    let envelope = Envelope::check(state, call, originals.len())?;
    let mut sent = Vec::new();
    for original in &originals {
        let message = accept(state, method, draft(&envelope, original));
        sent.push(json!({"message_id": message.id}));
    }
    Ok(Value::Array(sent))
}
