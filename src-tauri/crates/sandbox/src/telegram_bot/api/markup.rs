//! `reply_markup`: checked, then kept as it came.

use crate::telegram_bot::api::error::ApiError;
use crate::telegram_bot::api::request::Request;
use serde_json::Value;

/// `callback_data` is 1–64 bytes (InlineKeyboardButton).
const LONGEST_DATA: usize = 64;

/// The keyboard of a call, when it has one.
pub(crate) fn markup(call: &Request) -> Result<Option<Value>, ApiError> {
    let Some(markup) = call.json("reply_markup", "Can't parse reply keyboard markup JSON object")? else {
        return Ok(None);
    };
    if !markup.is_object() {
        return Err(ApiError::bad("Object expected as reply markup"));
    }
    let Some(rows) = markup.get("inline_keyboard") else {
        return Ok(Some(markup));
    };
    let rows = rows
        .as_array()
        .ok_or_else(|| ApiError::bad("Field \"inline_keyboard\" must be an Array"))?;
    for row in rows {
        let must = "Field \"inline_keyboard\" must be an Array of Arrays";
        for button in row.as_array().ok_or_else(|| ApiError::bad(must))? {
            check(button)?;
        }
    }
    Ok((!rows.is_empty()).then_some(markup))
}

fn check(button: &Value) -> Result<(), ApiError> {
    let unreadable = |what: &str| ApiError::bad(&format!("Can't parse inline keyboard button: {what}"));
    let object = button
        .as_object()
        .ok_or_else(|| unreadable("InlineKeyboardButton must be an Object"))?;
    if object.get("text").and_then(Value::as_str).is_none_or(str::is_empty) {
        return Err(unreadable("Can't find field \"text\""));
    }
    if object.len() < 2 {
        return Err(unreadable("Text buttons are unallowed in the inline keyboard"));
    }
    let data = object.get("callback_data").and_then(Value::as_str).unwrap_or_default();
    if data.len() > LONGEST_DATA {
        return Err(ApiError::bad("BUTTON_DATA_INVALID"));
    }
    Ok(())
}
