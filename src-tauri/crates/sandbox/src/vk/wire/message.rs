//! Messages as JSON. <https://dev.vk.com/reference/objects/message>

use crate::vk::state::message::{Attachment, Foreign, Geo, Message};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An event carries at most this many inner messages; a fuller one arrives cropped. VK publishes no number.
pub(crate) const EVENT_FOREIGN: usize = 50;

/// A message as methods return it.
pub(crate) fn message(message: &Message) -> Value {
    let mut fields = Map::new();
    fields.insert("id".into(), json!(message.id));
    fields.insert("date".into(), json!(message.date));
    fields.insert("peer_id".into(), json!(message.peer_id));
    fields.insert("from_id".into(), json!(message.from_id));
    fields.insert("out".into(), json!(i64::from(message.is_outgoing())));
    fields.insert("version".into(), json!(message.version));
    fields.insert("conversation_message_id".into(), json!(message.cmid));
    fields.insert("text".into(), json!(message.body.text));
    fields.insert("attachments".into(), attachments(&message.body.attachments));
    fields.insert("fwd_messages".into(), forwarded(&message.body.forwarded));
    fields.insert("important".into(), json!(message.important));
    fields.insert("is_hidden".into(), json!(false));
    fields.insert("random_id".into(), json!(message.random_id));
    put(&mut fields, "reply_message", message.body.reply.as_deref().map(foreign));
    put(&mut fields, "geo", message.body.geo.as_ref().map(geo));
    put(
        &mut fields,
        "payload",
        message.payload.as_ref().map(|payload| json!(payload)),
    );
    put(&mut fields, "keyboard", message.keyboard.clone());
    put(
        &mut fields,
        "admin_author_id",
        message.admin_author_id.map(|id| json!(id)),
    );
    put(&mut fields, "update_time", message.update_time.map(|at| json!(at)));
    if let Some(arrival) = &message.arrival {
        fields.insert("ref".into(), json!(arrival.reference));
        put(
            &mut fields,
            "ref_source",
            Some(json!(arrival.source)).filter(|_| !arrival.source.is_empty()),
        );
    }
    reactions(&mut fields, message);
    if !message.gone.community_sees() {
        fields.insert("deleted".into(), json!(1));
    }
    Value::Object(fields)
}

/// A message as an event carries it: too many inner messages are left out, with a mark.
pub(crate) fn in_event(one: &Message, crop: bool) -> Value {
    let mut value = message(one);
    if (crop || one.body.foreign_count() > EVENT_FOREIGN)
        && let Some(fields) = value.as_object_mut()
    {
        fields.insert("fwd_messages".into(), json!([]));
        fields.insert("attachments".into(), json!([]));
        fields.insert("is_cropped".into(), json!(true));
    }
    value
}

/// What the bot may use in its answer. <https://dev.vk.com/api/community-events/json-schema>
pub(crate) fn client_info() -> Value {
    json!({
        "button_actions": ["text", "vkpay", "open_app", "location", "open_link", "open_photo", "callback",
            "intent_subscribe", "intent_unsubscribe"],
        "keyboard": true, "inline_keyboard": true, "carousel": true, "lang_id": 0,
    })
}

fn foreign(one: &Foreign) -> Value {
    let mut fields = Map::new();
    fields.insert("id".into(), json!(one.id));
    fields.insert("conversation_message_id".into(), json!(one.cmid));
    fields.insert("date".into(), json!(one.date));
    fields.insert("from_id".into(), json!(one.from_id));
    fields.insert("peer_id".into(), json!(one.peer_id));
    fields.insert("text".into(), json!(one.body.text));
    fields.insert("attachments".into(), attachments(&one.body.attachments));
    put(&mut fields, "update_time", one.update_time.map(|at| json!(at)));
    put(&mut fields, "geo", one.body.geo.as_ref().map(geo));
    put(&mut fields, "reply_message", one.body.reply.as_deref().map(foreign));
    put(
        &mut fields,
        "fwd_messages",
        Some(forwarded(&one.body.forwarded)).filter(|_| !one.body.forwarded.is_empty()),
    );
    Value::Object(fields)
}

fn forwarded(all: &[Foreign]) -> Value {
    Value::Array(all.iter().map(foreign).collect())
}

fn attachments(all: &[Attachment]) -> Value {
    all.iter().map(attachment).collect()
}

/// `{"type": "photo", "photo": {…}}`
pub(crate) fn attachment(one: &Attachment) -> Value {
    json!({"type": one.kind, (one.kind): one.object})
}

fn geo(geo: &Geo) -> Value {
    let mut value =
        json!({"type": "point", "coordinates": {"latitude": geo.latitude, "longitude": geo.longitude}, "showmap": 1});
    if let (Some(title), Some(fields)) = (&geo.title, value.as_object_mut()) {
        let place = json!({"title": title, "latitude": geo.latitude, "longitude": geo.longitude});
        fields.insert("place".into(), place);
    }
    value
}

fn reactions(fields: &mut Map<String, Value>, message: &Message) {
    let mut by_kind: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (who, reaction) in &message.reactions {
        by_kind.entry(*reaction).or_default().push(*who);
    }
    if by_kind.is_empty() {
        return;
    }
    fields.insert("reactions".into(), counters(&by_kind));
    let ours = message
        .reactions
        .iter()
        .find(|(who, _)| **who < 0)
        .map(|(_, reaction)| json!(reaction));
    put(fields, "reaction_id", ours);
    put(
        fields,
        "last_reaction_id",
        message.reactions.values().next_back().map(|reaction| json!(reaction)),
    );
}

fn counters(by_kind: &BTreeMap<i64, Vec<i64>>) -> Value {
    by_kind
        .iter()
        .map(|(reaction, who)| json!({"reaction_id": reaction, "count": who.len(), "user_ids": who}))
        .collect()
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(name.into(), value);
    }
}
