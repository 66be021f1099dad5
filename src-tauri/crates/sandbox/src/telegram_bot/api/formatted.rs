//! Text and captions of a call: parse mode, entities, length.

use crate::telegram_bot::api::error::ApiError;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::text::{Entity, Formatted, parse_html, parse_markdown, parse_markdown_v2, utf16};
use serde_json::Value;

/// Longest text after the entities are parsed (sendMessage).
pub(crate) const LONGEST_TEXT: usize = 4096;
/// Longest caption after the entities are parsed (sendPhoto and the others).
pub(crate) const LONGEST_CAPTION: usize = 1024;
/// The server refuses more bytes than this before it looks at anything.
const MOST_BYTES: usize = 1 << 15;

/// The text of a message; it has to say something.
pub(crate) fn text(call: &Request) -> Result<Formatted, ApiError> {
    if call.text("text").is_empty() {
        return Err(ApiError::bad("Message text is empty"));
    }
    let entities = call.json("entities", "Can't parse entities JSON object")?;
    let text = formatted(call.text("text"), call.text("parse_mode"), entities.as_ref())?;
    if text.is_empty() {
        return Err(ApiError::bad("Text must be non-empty"));
    }
    if text.text.chars().count() > LONGEST_TEXT {
        return Err(ApiError::bad("Message is too long"));
    }
    Ok(text)
}

/// The caption of a file; may be empty.
pub(crate) fn caption(call: &Request) -> Result<Formatted, ApiError> {
    let entities = call.json("caption_entities", "Can't parse caption entities JSON object")?;
    checked_caption(formatted(
        call.text("caption"),
        call.text("parse_mode"),
        entities.as_ref(),
    )?)
}

/// The caption of one item of an album.
pub(crate) fn item_caption(item: &Value) -> Result<Formatted, ApiError> {
    let field = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
    checked_caption(formatted(
        field("caption"),
        field("parse_mode"),
        item.get("caption_entities"),
    )?)
}

fn checked_caption(caption: Formatted) -> Result<Formatted, ApiError> {
    if caption.text.chars().count() > LONGEST_CAPTION {
        return Err(ApiError::bad("Message caption is too long"));
    }
    Ok(caption)
}

/// Any text with a parse mode or entities.
pub(crate) fn formatted(text: &str, parse_mode: &str, entities: Option<&Value>) -> Result<Formatted, ApiError> {
    if text.len() > MOST_BYTES {
        return Err(ApiError::bad("Text is too long"));
    }
    let parsed = match parse_mode.to_ascii_lowercase().as_str() {
        "" | "none" => {
            let entities = entities
                .and_then(Value::as_array)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let entities = entities
                .iter()
                .map(|one| entity(one, utf16(text)))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Formatted {
                text: text.to_owned(),
                entities: entities.into_iter().flatten().collect(),
            })
        }
        "html" => parse_html(text),
        "markdown" => parse_markdown(text),
        "markdownv2" => parse_markdown_v2(text),
        _ => return Err(ApiError::bad("Unsupported parse_mode")),
    };
    let parsed = parsed.map_err(|reason| ApiError::new(400, format!("Bad Request: can't parse entities: {reason}")))?;
    Ok(parsed.finished())
}

/// What bots may mark; the others (links, mentions) the server finds itself.
const MARKS: &[&str] = &[
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];

fn entity(value: &Value, length: usize) -> Result<Option<Entity>, ApiError> {
    let unreadable = |what: &str| ApiError::bad(&format!("Can't parse MessageEntity: {what}"));
    let object = value.as_object().ok_or_else(|| unreadable("expected an Object"))?;
    let number = |name: &str| {
        let number = object
            .get(name)
            .ok_or_else(|| unreadable(&format!("Can't find field \"{name}\"")))?;
        number
            .as_i64()
            .ok_or_else(|| unreadable(&format!("Field \"{name}\" must be of type Number")))
    };
    let (offset, count) = (number("offset")?, number("length")?);
    let kind = object.get("type").and_then(Value::as_str);
    let kind = kind.ok_or_else(|| unreadable("Can't find field \"type\""))?;
    let (Ok(offset), Ok(count)) = (usize::try_from(offset), usize::try_from(count)) else {
        return Ok(None);
    };
    if !MARKS.contains(&kind) || offset >= length {
        return Ok(None);
    }
    let mut marked = Entity::new(kind, offset, count.min(length - offset));
    for field in ["url", "user", "language", "custom_emoji_id"] {
        if let Some(value) = object.get(field) {
            marked = marked.with(field, value.clone());
        }
    }
    Ok(Some(marked))
}
