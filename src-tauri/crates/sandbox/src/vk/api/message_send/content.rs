//! What a message is to contain, read from the parameters.

use super::{forward, keyboard};
use crate::letter::FileKind;
use crate::vk::api::{ApiError, Call};
use crate::vk::attach;
use crate::vk::posting::Draft;
use crate::vk::state::message::{Attachment, Body, Geo};

/// Characters in a text.
const TEXT: usize = 9000;

/// Characters in a payload.
const PAYLOAD: usize = 1000;

/// Attachments that VK keeps; the rest is passed over.
const MOST_ATTACHMENTS: usize = 10;

/// Numbers of stickers that exist.
const STICKERS: std::ops::RangeInclusive<i64> = 1..=100_000;

pub(super) fn draft(call: &mut Call<'_>, peer: i64) -> Result<Draft, ApiError> {
    let body = match call.params.int("sticker_id")? {
        Some(number) => sticker(call, number)?,
        None => body(call, peer)?,
    };
    if body.is_empty() {
        return Err(ApiError::parameter("message is empty or invalid"));
    }
    let payload = call.params.text("payload").map(str::to_owned);
    if payload.as_ref().is_some_and(|text| text.chars().count() > PAYLOAD) {
        return Err(ApiError::parameter("payload is too long"));
    }
    let keyboard = keyboard::checked(call)?;
    Ok(Draft {
        body,
        payload,
        keyboard,
        ..Draft::default()
    })
}

fn body(call: &mut Call<'_>, peer: i64) -> Result<Body, ApiError> {
    let text = text(call)?;
    let quotes = forward::read(call, peer)?;
    let attachments = attachments(call)?;
    Ok(Body {
        text,
        attachments,
        geo: geo(call)?,
        forwarded: quotes.forwarded,
        reply: quotes.reply,
    })
}

fn text(call: &Call<'_>) -> Result<String, ApiError> {
    let text = call.params.text("message").unwrap_or_default();
    if text.chars().count() > TEXT {
        return Err(ApiError::of(914));
    }
    Ok(text.trim().to_owned())
}

/// Whatever is not there, or is private and named without its key, is passed over without a word, as VK does.
pub(in crate::vk::api) fn attachments(call: &Call<'_>) -> Result<Vec<Attachment>, ApiError> {
    let owner = -call.group()?;
    let names = call.params.list("attachment").into_iter().take(MOST_ATTACHMENTS);
    Ok(names
        .filter_map(|name| call.state.library.named(name, owner).cloned())
        .collect())
}

fn geo(call: &Call<'_>) -> Result<Option<Geo>, ApiError> {
    let (latitude, longitude) = (call.params.number("lat")?, call.params.number("long")?);
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        return Ok(None);
    };
    if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
        return Err(ApiError::parameter("lat or long is out of range"));
    }
    Ok(Some(Geo {
        latitude,
        longitude,
        title: None,
    }))
}

/// A sticker stands alone: text and attachments beside it are dropped.
fn sticker(call: &mut Call<'_>, number: i64) -> Result<Body, ApiError> {
    if !STICKERS.contains(&number) {
        return Err(ApiError::parameter("sticker_id is invalid"));
    }
    let mut made = attach::of_file(call.state, 0, FileKind::Sticker, &attach::drawn_sticker(number));
    if let Some(fields) = made.object.as_object_mut() {
        fields.insert("sticker_id".into(), number.into());
    }
    Ok(Body {
        attachments: vec![made],
        ..Body::default()
    })
}
