//! `sendMessage` and `sendChatAction`.

use crate::news::Happening;
use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::formatted;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::send::{Envelope, accept};
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::Body;
use crate::telegram_bot::wire;
use serde_json::Value;

/// «Typing» is shown for five seconds or until the message comes (sendChatAction).
const SHOWN_MILLISECONDS: i64 = 5_000;

/// `sendMessage`.
pub(crate) fn send_message(state: &mut State, call: &Request) -> Answer {
    let text = formatted::text(call)?;
    let preview = call.json("link_preview_options", "Can't parse link preview options JSON object")?;
    let envelope = Envelope::check(state, call, 1)?;
    let mut draft = envelope.draft(Body::Text(text));
    draft.preview = preview;
    let message = accept(state, "sendMessage", draft);
    Ok(wire::message::message(state, &message))
}

const ACTIONS: &[&str] = &[
    "cancel",
    "typing",
    "record_video",
    "upload_video",
    "record_audio",
    "record_voice",
    "upload_audio",
    "upload_voice",
    "upload_photo",
    "upload_document",
    "choose_sticker",
    "pick_up_location",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// `sendChatAction`.
pub(crate) fn send_chat_action(state: &mut State, call: &Request) -> Answer {
    let action = call.text("action").to_ascii_lowercase();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(ApiError::bad("Wrong parameter action in request"));
    }
    let chat = addressee(state, call, "chat_id", Access::Write)?;
    let now = state.clock.now().as_millisecond();
    if let Some(chat) = state.chats.get_mut(&chat) {
        chat.typing_until = if action == "cancel" {
            0
        } else {
            now + SHOWN_MILLISECONDS
        };
    }
    state.tell(chat, Happening::BusinessTypes);
    Ok(Value::Bool(true))
}
