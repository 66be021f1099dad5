//! The dialog as the person's phone shows it.

use super::emoji;
use super::state::community::Community;
use super::state::dialog::Dialog;
use super::state::message::{Body, Geo, Message};
use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::{Part, Text};
use crate::phone::{PhoneChat, PhoneMessage, Reaction, count_copies};
use jiff::Timestamp;
use serde_json::Value;

/// The chat with the community; `now` in unix seconds.
pub(super) fn chat(community: &Community, dialog: &Dialog, now: i64) -> PhoneChat {
    let mut messages: Vec<PhoneMessage> = dialog.seen_by_person().map(message).collect();
    count_copies(&mut messages);
    let until = community.typing_until.get(&dialog.peer_id).copied().unwrap_or(0);
    PhoneChat {
        chat: ChatId::from(dialog.peer_id),
        title: community.name.clone(),
        business_types: until > now * 1000,
        business_read: (dialog.in_read > 0).then(|| MessageId::from(dialog.cmid_of(dialog.in_read))),
        messages,
    }
}

fn message(one: &Message) -> PhoneMessage {
    let reaction = |(who, number): (&i64, &i64)| Reaction {
        by: (*who > 0).then(|| PersonId::from(*who)),
        emoji: emoji::picture(*number).to_owned(),
    };
    PhoneMessage {
        id: MessageId::from(one.cmid),
        author: (!one.is_outgoing()).then(|| PersonId::from(one.from_id)),
        at: Timestamp::from_second(one.date).unwrap_or_default(),
        text: Text::from(words(&one.body).as_str()),
        parts: parts(&one.body),
        reply_to: one.body.reply.as_ref().map(|reply| MessageId::from(reply.cmid)),
        quote: None,
        edited: one.update_time.is_some(),
        reactions: one.reactions.iter().map(reaction).collect(),
        buttons: one.keyboard.as_ref().map(labels).unwrap_or_default(),
        copies: 1,
    }
}

/// The text, or the texts of what it passes on.
fn words(body: &Body) -> String {
    if !body.text.is_empty() || body.forwarded.is_empty() {
        return body.text.clone();
    }
    body.forwarded
        .iter()
        .map(|one| words(&one.body))
        .collect::<Vec<_>>()
        .join("\n")
}

fn parts(body: &Body) -> Vec<Part> {
    let own = body
        .attachments
        .iter()
        .map(|one| one.shown.clone())
        .chain(body.geo.as_ref().map(point));
    own.chain(body.forwarded.iter().flat_map(|one| parts(&one.body)))
        .collect()
}

fn point(geo: &Geo) -> Part {
    let (latitude, longitude) = (geo.latitude, geo.longitude);
    match &geo.title {
        None => Part::Location { latitude, longitude },
        Some(title) => Part::Venue {
            latitude,
            longitude,
            title: title.clone(),
            address: String::new(),
        },
    }
}

fn labels(keyboard: &Value) -> Vec<String> {
    let rows = keyboard.get("buttons").and_then(Value::as_array);
    let buttons = rows.into_iter().flatten().filter_map(Value::as_array).flatten();
    buttons
        .filter_map(|button| button.pointer("/action/label")?.as_str().map(str::to_owned))
        .collect()
}
