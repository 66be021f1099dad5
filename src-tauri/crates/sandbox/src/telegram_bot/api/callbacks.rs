//! `answerCallbackQuery`.

use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use serde_json::Value;

/// `answerCallbackQuery`: the button stops spinning. A second answer comes too late.
pub(crate) fn answer_callback_query(state: &mut State, call: &Request) -> Answer {
    let id = call.text("callback_query_id");
    let open = state.callbacks.len();
    state.callbacks.retain(|callback| callback != id);
    if state.callbacks.len() == open {
        return Err(ApiError::bad(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    }
    Ok(Value::Bool(true))
}
