//! Keyboards: shape and limits. <https://dev.vk.com/api/bots/development/keyboard>

use crate::vk::api::{ApiError, Call};
use serde_json::{Value, json};

/// Rows and buttons of a keyboard below the text field.
const PLAIN: (usize, usize) = (10, 40);
/// Rows and buttons of a keyboard inside the message.
const INLINE: (usize, usize) = (6, 10);
/// Buttons side by side.
const IN_ROW: usize = 5;
/// Characters on a button.
const LABEL: usize = 40;

/// The keyboard of the call as messages show it afterwards, or error 911.
pub(in crate::vk::api) fn checked(call: &Call<'_>) -> Result<Option<Value>, ApiError> {
    let Some(text) = call.params.text("keyboard") else {
        return Ok(None);
    };
    let mut keyboard: Value = serde_json::from_str(text).map_err(|_source| ApiError::of(911))?;
    if !is_sound(&keyboard) {
        return Err(ApiError::of(911));
    }
    let author = -call.group()?;
    if let Some(fields) = keyboard.as_object_mut() {
        fields.entry("one_time").or_insert(json!(false));
        fields.insert("author_id".into(), json!(author));
    }
    Ok(Some(keyboard))
}

fn is_sound(keyboard: &Value) -> bool {
    let Some(rows) = keyboard.get("buttons").and_then(Value::as_array) else {
        return false;
    };
    let flag = |name| keyboard.get(name).and_then(Value::as_bool).unwrap_or(false);
    if flag("inline") && flag("one_time") {
        return false;
    }
    let (most_rows, most_buttons) = if flag("inline") { INLINE } else { PLAIN };
    let rows: Option<Vec<&Vec<Value>>> = rows.iter().map(Value::as_array).collect();
    let Some(rows) = rows else { return false };
    let buttons: usize = rows.iter().map(|row| row.len()).sum();
    rows.len() <= most_rows
        && buttons <= most_buttons
        && rows.iter().all(|row| row.len() <= IN_ROW && row.iter().all(is_button))
}

fn is_button(button: &Value) -> bool {
    let Some(action) = button.get("action") else {
        return false;
    };
    let label = action.get("label").and_then(Value::as_str);
    match action.get("type").and_then(Value::as_str) {
        Some("text" | "callback" | "open_link") => {
            label.is_some_and(|text| (1..=LABEL).contains(&text.chars().count()))
        }
        Some("location" | "vkpay" | "open_app" | "open_photo") => true,
        _ => false,
    }
}
