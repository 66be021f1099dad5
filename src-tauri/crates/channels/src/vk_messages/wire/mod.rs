//! VK's JSON of version 5.199, as far as a community's messages need it. Field by field from the objects of
//! <https://dev.vk.com/reference/objects> and the schema at <https://github.com/VKCOM/vk-api-schema>.
//!
//! Lenient on purpose: what is not needed to recognise a message has a default, so that a new field, a `null` or a
//! missing list never costs a client's words.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

mod answer;
mod event;
pub(crate) use answer::*;
pub(crate) use event::*;

/// Chats have `peer_id` 2 000 000 000 + their number; people have their own id, communities a negative one.
pub(crate) const FIRST_CHAT: i64 = 2_000_000_000;

/// `true`, `1`, `0`, `null`: VK writes a yes in every way.
pub(super) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Bool(yes) => yes,
        Value::Number(number) => number.as_i64() != Some(0),
        _ => false,
    })
}

pub(super) fn yes() -> bool {
    true
}

/// `null` counts as absent.
pub(super) fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// `"124"` or `124`.
pub(super) fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Value::deserialize(from)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(serde::de::Error::custom(format!(
            "expected a text or a number, got {other}"
        ))),
    }
}
