//! Message and what hangs on it.

use crate::letter::Part;
use crate::telegram_bot::letters::own_card;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::chat::Kind;
use crate::telegram_bot::state::message::{Author, Body, MediaBody, Message, Origin, Reply};
use crate::telegram_bot::wire::{chat, file, put};
use serde_json::{Map, Value, json};

/// Message with the message it answers.
pub(crate) fn message(state: &State, message: &Message) -> Value {
    written(state, message, true)
}

fn written(state: &State, message: &Message, with_reply: bool) -> Value {
    let mut wire = json!({
        "message_id": message.id, "chat": chat::chat(state, message.chat), "date": message.at,
    });
    match (chat::author(state, message.author), in_channel(state, message)) {
        (Some(from), false) => put(&mut wire, "from", Some(from)),
        _ => put(&mut wire, "sender_chat", Some(chat::chat(state, message.chat))),
    }
    put(&mut wire, "edit_date", message.edited_at.map(Into::into));
    put_origin(state, &mut wire, message.origin.as_ref());
    put_reply(state, &mut wire, message, with_reply);
    put(&mut wire, "media_group_id", message.album.as_deref().map(Into::into));
    put_body(state, &mut wire, &message.body);
    if let (Some(owner), Some(card)) = (own_card(message), wire.get_mut("contact")) {
        put(card, "user_id", Some(owner));
    }
    put(&mut wire, "link_preview_options", message.preview.clone());
    put(&mut wire, "reply_markup", message.inline_markup().cloned());
    wire
}

fn in_channel(state: &State, message: &Message) -> bool {
    state
        .chats
        .get(&message.chat)
        .is_some_and(|chat| chat.kind == Kind::Channel)
}

fn put_origin(state: &State, wire: &mut Value, origin: Option<&Origin>) {
    let Some(origin) = origin else { return };
    let at = match origin {
        Origin::Hidden { name, at } => {
            let hidden = json!({"type": "hidden_user", "sender_user_name": name, "date": at});
            put(wire, "forward_origin", Some(hidden));
            put(wire, "forward_sender_name", Some(name.as_str().into()));
            at
        }
        Origin::Author { author, chat, at } => {
            match chat::author(state, *author) {
                Some(user) => {
                    let known = json!({"type": "user", "sender_user": user, "date": at});
                    put(wire, "forward_origin", Some(known));
                    put(wire, "forward_from", Some(user));
                }
                None => {
                    let channel = chat::chat(state, *chat);
                    let known = json!({"type": "channel", "chat": channel, "message_id": 1, "date": at});
                    put(wire, "forward_origin", Some(known));
                    put(wire, "forward_from_chat", Some(channel));
                }
            }
            at
        }
    };
    put(wire, "forward_date", Some((*at).into()));
}

fn put_reply(state: &State, wire: &mut Value, message: &Message, with_reply: bool) {
    let Some(Reply {
        chat,
        message: answered,
        quote,
    }) = &message.reply
    else {
        return;
    };
    let original = state.message(*chat, *answered);
    if let (true, Some(original)) = (with_reply, original) {
        if *chat == message.chat {
            put(wire, "reply_to_message", Some(written(state, original, false)));
        } else {
            put(wire, "external_reply", Some(external(state, original)));
        }
    }
    if let Some(quote) = quote {
        let mut told = json!({"text": quote.text.text, "position": quote.position, "is_manual": true});
        let entities = &quote.text.entities;
        put(
            &mut told,
            "entities",
            (!entities.is_empty()).then(|| quote.text.wire_entities()),
        );
        put(wire, "quote", Some(told));
    }
}

fn external(state: &State, original: &Message) -> Value {
    let mut wire = json!({"message_id": original.id, "chat": chat::chat(state, original.chat)});
    let origin = match chat::author(state, original.author) {
        Some(user) => json!({"type": "user", "sender_user": user, "date": original.at}),
        None => json!({
            "type": "channel", "chat": chat::chat(state, original.chat),
            "message_id": original.id, "date": original.at,
        }),
    };
    put(&mut wire, "origin", Some(origin));
    wire
}

fn put_body(state: &State, wire: &mut Value, body: &Body) {
    match body {
        Body::Text(text) => {
            put(wire, "text", Some(text.text.as_str().into()));
            put(
                wire,
                "entities",
                (!text.entities.is_empty()).then(|| text.wire_entities()),
            );
        }
        Body::Media(media) => put_media(state, wire, media),
        Body::Part { part, extra } => put_part(wire, part, extra),
        Body::Story { title } => {
            // A story shows whose it is; its content is out of a bot's reach.
            put(
                wire,
                "story",
                Some(json!({"id": 1, "chat": {"id": 1, "type": "private", "first_name": title}})),
            );
        }
        Body::Joined(users) => {
            let users: Vec<Value> = users.iter().map(|id| chat::user(state, *id)).collect();
            put(wire, "new_chat_members", Some(users.into()));
        }
        Body::Left(user) => put(wire, "left_chat_member", Some(chat::user(state, *user))),
        Body::Titled(title) => put(wire, "new_chat_title", Some(title.as_str().into())),
        // What is pinned stands in the line whole, but for what it answers itself.
        Body::Pinned(id) => {
            let chat = wire.pointer("/chat/id").and_then(Value::as_i64);
            let pinned = chat.and_then(|chat| state.message(chat, *id));
            put(
                wire,
                "pinned_message",
                pinned.map(|pinned| written(state, pinned, false)),
            );
        }
        Body::MigratedTo(id) => put(wire, "migrate_to_chat_id", Some((*id).into())),
        Body::MigratedFrom(id) => put(wire, "migrate_from_chat_id", Some((*id).into())),
    }
}

fn put_media(state: &State, wire: &mut Value, media: &MediaBody) {
    let Some(stored) = state.files.get(media.file) else {
        return;
    };
    for (field, value) in file::fields(media, stored) {
        put(wire, field, Some(value));
    }
    let caption = &media.caption;
    put(
        wire,
        "caption",
        (!caption.is_empty()).then(|| caption.text.as_str().into()),
    );
    put(
        wire,
        "caption_entities",
        (!caption.entities.is_empty()).then(|| caption.wire_entities()),
    );
    put(
        wire,
        "show_caption_above_media",
        media.caption_above.then(|| true.into()),
    );
    put(wire, "has_media_spoiler", media.spoiler.then(|| true.into()));
}

fn put_part(wire: &mut Value, part: &Part, extra: &Map<String, Value>) {
    let point = |latitude: f64, longitude: f64| json!({"latitude": latitude, "longitude": longitude});
    let (field, mut value) = match part {
        Part::Location { latitude, longitude } => ("location", point(*latitude, *longitude)),
        Part::Venue {
            latitude,
            longitude,
            title,
            address,
        } => {
            let at = point(*latitude, *longitude);
            put(wire, "location", Some(at.clone()));
            ("venue", json!({"location": at, "title": title, "address": address}))
        }
        Part::Contact {
            phone,
            first_name,
            last_name,
            ..
        } => {
            let mut card = json!({"phone_number": phone, "first_name": first_name});
            put(
                &mut card,
                "last_name",
                (!last_name.is_empty()).then(|| last_name.as_str().into()),
            );
            ("contact", card)
        }
        Part::Poll { question, options } => ("poll", poll(question, options)),
        Part::Dice { emoji, value } => ("dice", json!({"emoji": emoji, "value": value})),
        Part::File { .. } | Part::Shared { .. } => return,
    };
    for (name, more) in extra {
        put(&mut value, name, Some(more.clone()));
    }
    put(wire, field, Some(value));
}

fn poll(question: &str, options: &[String]) -> Value {
    let options: Vec<Value> = (0..)
        .zip(options)
        .map(|(place, text)| json!({"persistent_id": format!("{place}"), "text": text, "voter_count": 0}))
        .collect();
    json!({
        "question": question, "options": options, "total_voter_count": 0, "is_closed": false, "is_anonymous": true,
        "type": "regular", "allows_multiple_answers": false, "allows_revoting": true, "members_only": false,
    })
}

/// MessageReactionUpdated.
pub(crate) fn reaction(state: &State, message: &Message, who: i64, old: Vec<Value>, new: Vec<Value>) -> Value {
    json!({
        "chat": chat::chat(state, message.chat), "message_id": message.id, "user": chat::user(state, who),
        "date": state.clock.unix(), "old_reaction": old, "new_reaction": new,
    })
}

/// ChatMemberUpdated about the bot.
pub(crate) fn my_chat_member(state: &State, chat: i64, by: i64, old: &str, new: &str) -> Value {
    json!({
        "chat": chat::chat(state, chat), "from": chat::user(state, by), "date": state.clock.unix(),
        "old_chat_member": chat::member(chat::bot(state), old), "new_chat_member": chat::member(chat::bot(state), new),
    })
}

/// CallbackQuery.
pub(crate) fn callback(state: &State, id: &str, who: i64, message: &Message, data: &str) -> Value {
    json!({
        "id": id, "from": chat::user(state, who), "message": written(state, message, true),
        "chat_instance": (message.chat.unsigned_abs() * 7919).to_string(), "data": data,
    })
}

/// Whether the author is the bot, for `from` checks elsewhere.
pub(crate) fn is_bots(message: &Message) -> bool {
    message.author == Author::Bot
}
