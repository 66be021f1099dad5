//! A manager writes to a client.

use crate::act::Refused;
use crate::amocrm::amojo::hook;
use crate::amocrm::state::State;
use crate::amocrm::state::chat::{Message, Participant, Writer};
use crate::amocrm::state::entity::{EntityId, Kind};
use crate::ids::MessageId;
use crate::letter::{FileKind, Letter, Part};
use crate::media::Media;
use serde_json::{Value, json};

/// Puts a message of the staff into a chat and tells the channel.
pub(in crate::amocrm) fn answer(
    state: &mut State,
    chat: &str,
    writer: Writer,
    mut content: Value,
    file: Option<Media>,
    reply_to: Option<String>,
) -> String {
    let id = state.uuid();
    if let (Some(file), Some(fields)) = (&file, content.as_object_mut()) {
        let base = state.host.base_url.as_str().trim_end_matches('/');
        let name: String = url::form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
        let name = name.replace('+', "%20");
        fields.insert(
            "media".to_owned(),
            format!("{base}/attachments/{chat}/{id}/{name}").into(),
        );
        fields.insert("file_name".to_owned(), file.name.clone().into());
        fields.insert("file_size".to_owned(), file.data.len().into());
        if let Some(seconds) = file.seconds {
            fields.insert("media_duration".to_owned(), seconds.into());
        }
    }
    let now = state.host.clock.now().as_millisecond();
    let mut message = Message::new(id.clone(), writer, now, content);
    (message.file, message.reply_to) = (file, reply_to);
    state.post(chat, message.clone(), false);
    hook::message(state, chat, &message);
    id
}

/// A letter: its files one by one, sharing a group, the words with the first of them.
pub(super) fn letter(state: &mut State, chat: &str, user: i64, letter: &Letter) -> Result<Vec<MessageId>, Refused> {
    let words = letter.text.text.as_str();
    let reply_to = match &letter.reply_to {
        None => None,
        Some(id) => Some(known(state, chat, id)?),
    };
    if letter.parts.is_empty() {
        if words.trim().is_empty() {
            return Err(Refused::Malformed);
        }
        let content = json!({"type": "text", "text": words});
        return Ok(vec![
            answer(state, chat, Writer::User(user), content, None, reply_to)
                .as_str()
                .into(),
        ]);
    }
    let group = (letter.parts.len() > 1).then(|| state.uuid());
    let mut sent = Vec::new();
    for (place, part) in letter.parts.iter().enumerate() {
        let (mut content, file) = of_part(part)?;
        if let Some(fields) = content.as_object_mut() {
            let caption = if place == 0 { words } else { "" };
            fields.insert("text".to_owned(), caption.into());
            if let Some(group) = &group {
                fields.insert("media_group_id".to_owned(), group.clone().into());
            }
        }
        let id = answer(state, chat, Writer::User(user), content, file, reply_to.clone());
        sent.push(id.as_str().into());
    }
    Ok(sent)
}

fn known(state: &State, chat: &str, id: &MessageId) -> Result<String, Refused> {
    let found = state.chat(chat).and_then(|chat| chat.message(&id.0));
    found.map(|message| message.id.clone()).ok_or(Refused::NoSuchMessage)
}

fn of_part(part: &Part) -> Result<(Value, Option<Media>), Refused> {
    match part {
        Part::File { shown_as, file } => Ok((json!({"type": kind(*shown_as)}), Some(file.clone()))),
        Part::Location { latitude, longitude } => Ok((
            json!({"type": "location", "location": {"lon": longitude, "lat": latitude}}),
            None,
        )),
        Part::Contact {
            phone,
            first_name,
            last_name,
            ..
        } => {
            let name = format!("{first_name} {last_name}").trim().to_owned();
            Ok((
                json!({"type": "contact", "contact": {"name": name, "phone": phone}}),
                None,
            ))
        }
        _ => Err(Refused::Malformed),
    }
}

fn kind(shown_as: FileKind) -> &'static str {
    match shown_as {
        FileKind::Photo | FileKind::Drawing => "picture",
        FileKind::Video | FileKind::Animation | FileKind::VideoNote => "video",
        FileKind::Voice => "voice",
        FileKind::Audio => "audio",
        FileKind::Sticker => "sticker",
        FileKind::Document => "file",
    }
}

/// The chat of a contact, a new one when there is none: its client has no name of the program yet.
pub(super) fn chat_with(state: &mut State, card: EntityId) -> Result<String, Refused> {
    let contact = match card.kind {
        Kind::Contact => Some(card.number),
        _ => state.linked(card, Kind::Contact).first().copied(),
    };
    let contact = contact.ok_or(Refused::NoSuchCard)?;
    if state.channel.connected.is_none() {
        return Err(Refused::NotOnThisNetwork);
    }
    let known = state.chats.iter().find(|chat| chat.contact == Some(contact));
    if let Some(chat) = known {
        return Ok(chat.id.clone());
    }
    let entity = state
        .entity(EntityId::of(Kind::Contact, contact))
        .ok_or(Refused::NoSuchCard)?;
    let phone = state
        .fields
        .iter()
        .find(|field| field.of == Kind::Contact && field.code.as_deref() == Some("PHONE"));
    let phone = phone.and_then(|field| entity.values.get(&field.id)?.first()?.get("value")?.as_str());
    let (name, phone) = (entity.name.clone(), phone.map(str::to_owned));
    let person = Participant {
        id: state.uuid(),
        client_id: String::new(),
        name,
        avatar: String::new(),
        phone,
        email: None,
    };
    let chat = state.open_chat(None, person, None);
    if let Some(found) = state.chat_mut(&chat) {
        found.contact = Some(contact);
    }
    Ok(chat)
}
