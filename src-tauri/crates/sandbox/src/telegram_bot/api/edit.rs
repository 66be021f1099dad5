//! `editMessageText`, `editMessageCaption`, `editMessageMedia`, `editMessageReplyMarkup`.

use crate::ids::MessageId;
use crate::news::Happening;
use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::{formatted, markup, send_album};
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::{Body, Message};
use crate::telegram_bot::wire;
use serde_json::Value;

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the \
                            same as a current content and reply markup of the message";

/// `editMessageText`.
pub(crate) fn edit_message_text(state: &mut State, call: &Request) -> Answer {
    let text = formatted::text(call)?;
    let current = editable(state, call)?;
    if !matches!(current.body, Body::Text(_)) {
        return Err(ApiError::bad("there is no text in the message to edit"));
    }
    replace(state, call, current, Some(Body::Text(text)))
}

/// `editMessageCaption`.
pub(crate) fn edit_message_caption(state: &mut State, call: &Request) -> Answer {
    let caption = formatted::caption(call)?;
    let current = editable(state, call)?;
    let Body::Media(mut media) = current.body.clone() else {
        return Err(ApiError::bad("there is no caption in the message to edit"));
    };
    media.caption = caption;
    replace(state, call, current, Some(Body::Media(media)))
}

/// `editMessageMedia`.
pub(crate) fn edit_message_media(state: &mut State, call: &Request) -> Answer {
    call.required("media")?;
    let item = call
        .json("media", "Can't parse input media JSON object")?
        .unwrap_or_default();
    let current = editable(state, call)?;
    let media = send_album::body(state, call, &item)?;
    if let (Some(_), Body::Media(now)) = (&current.album, &current.body)
        && now.kind != media.kind
    {
        return Err(ApiError::bad("Can't use the media of the specified type in the album"));
    }
    replace(state, call, current, Some(Body::Media(media)))
}

/// `editMessageReplyMarkup`.
pub(crate) fn edit_message_reply_markup(state: &mut State, call: &Request) -> Answer {
    let current = editable(state, call)?;
    replace(state, call, current, None)
}

fn editable(state: &State, call: &Request) -> Result<Message, ApiError> {
    if call.text("chat_id").is_empty() && call.message_id() == 0 {
        return Err(ApiError::bad("Message identifier is not specified"));
    }
    let chat = addressee(state, call, "chat_id", Access::Read)?;
    let message = state.message(chat, call.message_id());
    let message = message.ok_or_else(|| ApiError::bad("message to edit not found"))?;
    if !wire::message::is_bots(message) || message.origin.is_some() {
        return Err(ApiError::bad("message can't be edited"));
    }
    Ok(message.clone())
}

/// An edit without `reply_markup` takes the keyboard away, as on the real server.
fn replace(state: &mut State, call: &Request, current: Message, body: Option<Body>) -> Answer {
    let (body, markup) = (body.unwrap_or_else(|| current.body.clone()), markup::markup(call)?);
    if body == current.body && markup == current.markup {
        return Err(ApiError::bad(NOT_MODIFIED));
    }
    let now = state.clock.unix();
    let message = Message {
        body,
        markup,
        edited_at: Some(now),
        ..current
    };
    if let Some(place) = state.message_mut(message.chat, message.id) {
        *place = message.clone();
    }
    state.tell(
        message.chat,
        Happening::BusinessEdited {
            message: MessageId::from(message.id),
        },
    );
    let wire: Value = wire::message::message(state, &message);
    Ok(wire)
}
