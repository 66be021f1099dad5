//! A message from outside finds its conversation and takes its place there.

use super::Incoming;
use crate::bitrix24::courier::Errand;
use crate::bitrix24::state::State;
use crate::bitrix24::state::lines::{Chat, File, Guest, Message, Writer};

/// The conversation of a message, made when it is the first one.
pub(super) fn chat(state: &mut State, incoming: &Incoming) -> i64 {
    let group = state
        .lines
        .connectors
        .get(&incoming.connector)
        .is_some_and(|one| one.group);
    let user = &incoming.guest.outside;
    if let Some(id) = state
        .lines
        .chat_of(&incoming.connector, incoming.line, group, &incoming.chat, user)
    {
        if let Some(chat) = state.lines.chats.get_mut(&id) {
            refresh(&mut chat.guest, &incoming.guest);
        }
        return id;
    }
    state.lines.last.chat += 1;
    state.lines.last.guest += 1;
    let (id, number) = (state.lines.last.chat, state.lines.last.guest);
    let guest = Guest {
        id: number,
        ..incoming.guest.clone()
    };
    let line = state
        .lines
        .lines
        .get(&incoming.line)
        .map(|line| line.setting("LINE_NAME"))
        .unwrap_or_default();
    let name = if group && !incoming.chat_name.is_empty() {
        incoming.chat_name.clone()
    } else {
        guest.full_name()
    };
    let description = match incoming.chat_url.as_str() {
        "" => String::new(),
        url => format!("Ссылка на исходную публикацию: {url}"),
    };
    let chat = Chat {
        id,
        connector: incoming.connector.clone(),
        line: incoming.line,
        outside: incoming.chat.clone(),
        guest,
        title: format!("{name} - {line}"),
        description,
        cards: Vec::new(),
        messages: Vec::new(),
        created: state.host.clock.now(),
    };
    state.lines.chats.insert(id, chat);
    id
}

/// What a message tells newly about who wrote it.
fn refresh(known: &mut Guest, told: &Guest) {
    for (old, new) in [
        (&mut known.name, &told.name),
        (&mut known.last_name, &told.last_name),
        (&mut known.phone, &told.phone),
        (&mut known.email, &told.email),
    ] {
        if !new.is_empty() {
            old.clone_from(new);
        }
    }
}

/// Puts the message into the chat and fetches its files.
pub(super) fn put(state: &mut State, chat: i64, session: i64, incoming: &Incoming) -> i64 {
    state.lines.last.message += 1;
    let id = state.lines.last.message;
    let writer = match incoming.manager {
        Some(employee) => Writer::Operator(employee),
        None => Writer::Guest(incoming.guest.full_name()),
    };
    let mut files = Vec::new();
    for (place, (url, name)) in incoming.files.iter().enumerate() {
        let (url, media) = (url.clone(), state.own_file(url));
        if media.is_none() {
            state.courier.send(Errand::Fetch {
                url: url.clone(),
                chat,
                message: id,
                place,
            });
        }
        files.push(File {
            name: name.clone(),
            url,
            media,
            object: None,
        });
    }
    let message = Message {
        id,
        session,
        writer,
        text: incoming.text.clone(),
        files,
        at: incoming.at,
        outside: vec![incoming.outside.clone()],
        delivered: false,
        edited: false,
        deleted: false,
    };
    let guest = state.lines.chats.get_mut(&chat).map_or(0, |chat| {
        chat.messages.push(message);
        chat.guest.id
    });
    if incoming.manager.is_some() {
        state.tell_business_wrote(chat, id);
    } else {
        state.tell_client_wrote(chat, guest, id);
    }
    id
}
