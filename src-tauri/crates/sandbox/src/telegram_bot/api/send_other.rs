//! `sendLocation`, `sendVenue`, `sendContact`, `sendPoll`, `sendDice`.

use crate::letter::Part;
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::send::send;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::Body;
use serde_json::{Map, Value};

fn place(call: &Request) -> Result<(f64, f64), ApiError> {
    let degrees = |name: &str, most: f64| {
        let text = call.text(name).trim();
        if text.is_empty() {
            return Err(ApiError::bad(&format!("{name} is empty")));
        }
        let degrees = text.parse::<f64>().unwrap_or(0.0);
        if degrees.abs() > most {
            Err(ApiError::bad("wrong location specified"))
        } else {
            Ok(degrees)
        }
    };
    Ok((degrees("latitude", 90.0)?, degrees("longitude", 180.0)?))
}

fn extra(call: &Request, names: &[&str]) -> Map<String, Value> {
    let given = names.iter().filter(|name| call.has(name));
    given
        .map(|name| ((*name).to_owned(), number_or_text(call.text(name))))
        .collect()
}

fn number_or_text(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_| text.into(), Into::into)
}

/// `sendLocation`.
pub(crate) fn send_location(state: &mut State, call: &Request) -> Answer {
    let (latitude, longitude) = place(call)?;
    let extra = extra(call, &["live_period", "heading", "proximity_alert_radius"]);
    send(
        state,
        call,
        "sendLocation",
        Body::Part {
            part: Part::Location { latitude, longitude },
            extra,
        },
    )
}

/// `sendVenue`.
pub(crate) fn send_venue(state: &mut State, call: &Request) -> Answer {
    let (latitude, longitude) = place(call)?;
    let (title, address) = (call.text("title").to_owned(), call.text("address").to_owned());
    let extra = extra(
        call,
        &[
            "foursquare_id",
            "foursquare_type",
            "google_place_id",
            "google_place_type",
        ],
    );
    let part = Part::Venue {
        latitude,
        longitude,
        title,
        address,
    };
    send(state, call, "sendVenue", Body::Part { part, extra })
}

/// `sendContact`.
pub(crate) fn send_contact(state: &mut State, call: &Request) -> Answer {
    let part = Part::Contact {
        phone: call.required("phone_number")?.to_owned(),
        first_name: call.required("first_name")?.to_owned(),
        last_name: call.text("last_name").to_owned(),
        own: false,
    };
    let mut card = Map::new();
    if call.has("vcard") {
        card.insert("vcard".to_owned(), call.text("vcard").into());
    }
    send(state, call, "sendContact", Body::Part { part, extra: card })
}

/// `sendPoll`.
pub(crate) fn send_poll(state: &mut State, call: &Request) -> Answer {
    let question = call.text("question").trim().to_owned();
    let options = call
        .json("options", "Can't parse options JSON object")?
        .unwrap_or_default();
    let options = options
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of String as options"))?;
    let text = |option: &Value| match option {
        Value::String(text) => Some(text.clone()),
        other => Some(other.get("text")?.as_str()?.to_owned()),
    };
    let options: Vec<String> = options
        .iter()
        .filter_map(text)
        .filter(|option| !option.is_empty())
        .collect();
    if question.is_empty() {
        return Err(ApiError::bad("poll question must be non-empty"));
    }
    // sendPoll: one to twelve options, a question of at most 300 characters.
    if options.is_empty() {
        return Err(ApiError::bad("poll must have at least one answer option"));
    }
    if options.len() > 12 {
        return Err(ApiError::bad("poll can't have more than 12 options"));
    }
    if question.chars().count() > 300 {
        return Err(ApiError::bad("poll question length must not exceed 300"));
    }
    let mut extra = Map::new();
    extra.insert("id".to_owned(), format!("5{:017}", state.serial()).into());
    for name in ["allows_multiple_answers", "is_closed"] {
        extra.insert(name.to_owned(), call.flag(name).into());
    }
    extra.insert(
        "is_anonymous".to_owned(),
        (!call.has("is_anonymous") || call.flag("is_anonymous")).into(),
    );
    send(
        state,
        call,
        "sendPoll",
        Body::Part {
            part: Part::Poll { question, options },
            extra,
        },
    )
}

/// How far each of the dice goes (sendDice).
pub(crate) fn faces(emoji: &str) -> Option<u64> {
    match emoji {
        "🎲" | "🎯" | "🎳" => Some(6),
        "🏀" | "⚽" | "⚽️" => Some(5),
        "🎰" => Some(64),
        _ => None,
    }
}

/// `sendDice`.
pub(crate) fn send_dice(state: &mut State, call: &Request) -> Answer {
    let emoji = if call.text("emoji").is_empty() {
        "🎲"
    } else {
        call.text("emoji")
    }
    .to_owned();
    let faces = faces(&emoji).ok_or_else(|| ApiError::bad("DICE_EMOJI_INVALID"))?;
    let value = u8::try_from(state.serial() * 7 % faces + 1).unwrap_or(1);
    send(
        state,
        call,
        "sendDice",
        Body::Part {
            part: Part::Dice { emoji, value },
            extra: Map::new(),
        },
    )
}
