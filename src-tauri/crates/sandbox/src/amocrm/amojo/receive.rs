//! Messages of the program: new ones, changed ones.
//! <https://www.amocrm.ru/developers/content/chats/chat-api-reference#message-send>

use super::error::Refusal;
use super::signature::Signed;
use super::{content, people};
use crate::amocrm::rest::page::{number, text};
use crate::amocrm::state::State;
use crate::amocrm::state::chat::{Message, Participant, Writer};
use crate::media::Media;
use axum::Json;
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn event(Path(scope): Path<String>, signed: Signed) -> Result<Json<Value>, Refusal> {
    signed.within(&scope)?;
    let body = signed.json()?;
    let payload = body.get("payload").ok_or(Refusal::Invalid("payload is required"))?;
    match text(&body, "event_type") {
        Some("new_message") => {
            let said = payload
                .get("message")
                .ok_or(Refusal::Invalid("payload.message is required"))?;
            content::check(said)?;
            let file = content::fetch(said).await;
            let shared = signed.shared();
            new(&mut shared.lock(), payload, said, file)
        }
        Some("edit_message") => edited(&mut signed.state(), payload),
        _ => Err(Refusal::Invalid("event_type is not supported")),
    }
    .map(Json)
}

/// A repeated `msgid` makes a second message: nothing in the documents promises otherwise.
fn new(state: &mut State, payload: &Value, said: &Value, file: Option<Media>) -> Result<Value, Refusal> {
    let client_id = text(payload, "msgid")
        .ok_or(Refusal::Invalid("payload.msgid is required"))?
        .to_owned();
    let seconds = number(payload, "timestamp").ok_or(Refusal::Invalid("payload.timestamp is required"))?;
    let at_ms = number(payload, "msec_timestamp").unwrap_or(seconds * 1000);
    let sender = payload
        .get("sender")
        .ok_or(Refusal::Invalid("payload.sender is required"))?;
    let staff = people::staff(state, sender);
    let client = if staff.is_some() {
        payload.get("receiver")
    } else {
        Some(sender)
    };
    let client = client.and_then(|told| people::read(state, told));
    let client = client.ok_or(Refusal::Invalid("payload.sender.id is required"))?;
    let (person, chat) = (client.id.clone(), conversation(state, payload, client)?);
    let writer = staff.unwrap_or_else(|| Writer::Client(person.clone()));
    let reply_to = payload.get("reply_to").and_then(|reply| reply.get("message"));
    let reply_to = reply_to.and_then(|quoted| quoted_id(state, &chat, quoted));
    let mut message = Message::new(state.uuid(), writer.clone(), at_ms, said.clone());
    (message.client_id, message.file, message.reply_to) = (Some(client_id.clone()), file, reply_to);
    let (id, author) = (message.id.clone(), state.author(&chat, &message).0);
    let silent = payload.get("silent").and_then(Value::as_bool).unwrap_or(false);
    state.post(&chat, message, silent);
    let mut answer = json!({"conversation_id": chat, "sender_id": author, "msgid": id, "ref_id": client_id});
    if let (true, Some(fields)) = (!matches!(writer, Writer::Client(_)), answer.as_object_mut()) {
        fields.insert("receiver_id".to_owned(), person.into());
    }
    Ok(json!({"new_message": answer}))
}

fn quoted_id(state: &State, chat: &str, quoted: &Value) -> Option<String> {
    let name = text(quoted, "id").or_else(|| text(quoted, "msgid"))?;
    let mut messages = state.chat(chat)?.messages.iter();
    let found = messages.find(|one| one.id == name || one.client_id.as_deref() == Some(name));
    found.map(|message| message.id.clone())
}

/// The chat of a payload: by the service's name, which ties the program's name to it, else by the program's.
fn conversation(state: &mut State, payload: &Value, person: Participant) -> Result<String, Refusal> {
    let own = text(payload, "conversation_id").map(str::to_owned);
    let source = payload
        .get("source")
        .and_then(|source| text(source, "external_id"))
        .map(str::to_owned);
    let found = match (text(payload, "conversation_ref_id"), &own) {
        (Some(id), _) => Some(state.chat_mut(id).ok_or(Refusal::NotFound("conversation not found"))?),
        (None, Some(own)) => state.chats.iter_mut().find(|chat| chat.client_id.as_ref() == Some(own)),
        (None, None) => return Err(Refusal::Invalid("payload.conversation_id is required")),
    };
    let Some(chat) = found else {
        return Ok(state.open_chat(own, person, source));
    };
    chat.client_id = chat.client_id.take().or(own);
    chat.source = source.or(chat.source.take());
    if let Some(known) = chat.people.iter_mut().find(|one| one.client_id == person.client_id) {
        if !person.name.is_empty() {
            known.name = person.name;
        }
        known.avatar = person.avatar;
        known.phone = person.phone.or(known.phone.take());
    } else if chat.people.iter().all(|one| one.client_id.is_empty()) {
        // The first who answers in a chat that a manager began is the one it was begun with.
        chat.people = vec![person];
    } else {
        chat.people.push(person);
    }
    Ok(chat.id.clone())
}

fn edited(state: &mut State, payload: &Value) -> Result<Value, Refusal> {
    let said = payload
        .get("message")
        .ok_or(Refusal::Invalid("payload.message is required"))?;
    content::check(said)?;
    let name = text(payload, "msgid").or_else(|| text(payload, "id"));
    let name = name.ok_or(Refusal::Invalid("payload.msgid is required"))?;
    let conversation = text(payload, "conversation_ref_id").or_else(|| text(payload, "conversation_id"));
    let within = |id: &str, own: Option<&str>| conversation.is_none_or(|wanted| wanted == id || Some(wanted) == own);
    let mut chats = state
        .chats
        .iter_mut()
        .filter(|chat| within(&chat.id, chat.client_id.as_deref()));
    let message = chats.find_map(|chat| chat.named_mut(name));
    let message = message.ok_or(Refusal::NotFound("message not found"))?;
    (message.content, message.edited) = (said.clone(), true);
    Ok(json!({}))
}
