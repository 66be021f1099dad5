//! Telling the channel's address what the staff did. <https://www.amocrm.ru/developers/content/chats/chat-webhooks>
//!
//! Once, without repetition; signed over the body with the channel's secret.

use super::signature::{scope, sign};
use super::{history, people};
use crate::amocrm::hooks;
use crate::amocrm::state::State;
use crate::amocrm::state::chat::Message;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, DATE};
use serde_json::{Value, json};
use url::Url;

/// A message that somebody of the staff wrote.
pub(in crate::amocrm) fn message(state: &State, chat: &str, message: &Message) {
    let Some(found) = state.chat(chat) else { return };
    let mut inside = history::content(message);
    if let (Some(quoted), Some(fields)) = (&message.reply_to, inside.as_object_mut()) {
        let msgid = found.message(quoted).and_then(|one| one.client_id.clone());
        fields.insert(
            "reply_to".to_owned(),
            json!({"message": {"id": quoted, "msgid": msgid}}),
        );
    }
    let receiver = found.people.first().map(people::shown).unwrap_or_default();
    tell(
        state,
        json!({"message": {
            "receiver": receiver, "sender": people::sender(state, chat, message), "source": {"external_id": found.source},
            "conversation": conversation(state, chat), "timestamp": message.at_ms / 1000, "msec_timestamp": message.at_ms,
            "message": inside,
        }}),
    );
}

/// Somebody of the staff types.
pub(in crate::amocrm) fn typing(state: &State, chat: &str, user: &str) {
    let expired_at = state.now() + 5;
    let typing = json!({"user": {"id": user}, "conversation": conversation(state, chat), "expired_at": expired_at});
    tell(state, json!({"action": {"typing": typing}}));
}

/// Somebody of the staff reacted, or took it back.
pub(in crate::amocrm) fn reaction(state: &State, chat: &str, message: &Message, (user, emoji): (&str, Option<&str>)) {
    let shown = json!({"id": message.id, "client_id": message.client_id, "timestamp": message.at_ms / 1000,
        "msec_timestamp": message.at_ms});
    let kind = if emoji.is_some() { "react" } else { "unreact" };
    let reaction = json!({"message": shown, "user": {"id": user}, "conversation": conversation(state, chat),
        "type": kind, "emoji": emoji});
    tell(state, json!({"action": {"reaction": reaction}}));
}

fn conversation(state: &State, chat: &str) -> Value {
    let own = state.chat(chat).and_then(|chat| chat.client_id.clone());
    match own {
        Some(own) => json!({"id": chat, "client_id": own}),
        None => json!({"id": chat}),
    }
}

fn tell(state: &State, mut body: Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("account_id".to_owned(), state.account.amojo_id.clone().into());
        fields.insert("time".to_owned(), state.now().into());
    }
    let address = state.channel.hook.replace(":scope_id", &scope(state));
    let Ok(address) = Url::parse(&address) else { return };
    let body = body.to_string();
    let request = Request::post("/")
        .header(CONTENT_TYPE, "application/json")
        .header(DATE, hooks::date(&state.host.clock))
        .header("X-Signature", sign(&state.channel.secret, body.as_bytes()));
    hooks::send(address, request, body.into());
}
