//! What goes out: words of operators and of the line, and their later changes.
//!
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/events/on-im-connector-message-add.html>

use super::tell_connector;
use crate::bitrix24::state::lines::{Connector, File, Message, Writer};
use crate::bitrix24::state::{Actor, State};
use crate::media::Media;
use serde_json::{Map, Value, json};

/// What an operator writes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) files: Vec<Media>,
}

/// An operator answers, and takes the session with it. None when there is no such chat.
pub(crate) fn operator_says(state: &mut State, actor: &Actor, chat: i64, employee: i64, draft: &Draft) -> Option<i64> {
    let fresh = !state.lines.is_open(chat);
    state.lines.chats.get(&chat)?;
    let session = if fresh {
        super::start(state, chat)
    } else {
        state.lines.session(chat)?.id
    };
    if let Some(session) = state.lines.sessions.get_mut(&session) {
        session.operator = Some(employee);
    }
    if fresh {
        super::tell_dialog(state, actor, chat, session, false);
    }
    let files = draft.files.iter().map(|file| stored(state, employee, file)).collect();
    let id = put(state, chat, session, Writer::Operator(employee), &draft.text, files)?;
    let (shown, connector) = (shown(state, chat, id)?, connector(state, chat)?);
    let text = signed(state, &connector, employee, &draft.text);
    tell_added(state, actor, chat, id, employee, &text, shown);
    Some(id)
}

/// The line says something by itself; the network hears it where the connector wants such words.
pub(super) fn system_says(state: &mut State, actor: &Actor, chat: i64, text: &str) {
    let session = state.lines.session(chat).map_or(0, |one| one.id);
    let Some(id) = put(state, chat, session, Writer::System, text, Vec::new()) else {
        return;
    };
    if connector(state, chat).is_some_and(|connector| connector.system) {
        tell_added(state, actor, chat, id, 0, &bb(text), Map::new());
    }
}

/// An operator changes a message; false when it is not theirs.
pub(crate) fn edit(state: &mut State, actor: &Actor, chat: i64, message: i64, employee: i64, text: &str) -> bool {
    let Some(found) = own(state, chat, message, employee) else {
        return false;
    };
    (found.text, found.edited) = (text.to_owned(), true);
    let (outside, id) = (found.outside.clone(), found.id);
    let Some(connector) = connector(state, chat).filter(|one| one.edits) else {
        return true;
    };
    let text = signed(state, &connector, employee, text);
    let message = json!({"im": im(chat, id), "message": {"id": outside, "text": text}, "chat": {"id": outside_chat(state, chat)}});
    tell_connector(state, actor, chat, "ONIMCONNECTORMESSAGEUPDATE", &message);
    true
}

/// An operator deletes a message; false when it is not theirs.
pub(crate) fn delete(state: &mut State, actor: &Actor, chat: i64, message: i64, employee: i64) -> bool {
    let Some(found) = own(state, chat, message, employee) else {
        return false;
    };
    found.deleted = true;
    let (outside, id) = (found.outside.first().cloned(), found.id);
    if connector(state, chat).is_some_and(|one| one.deletions) {
        let message =
            json!({"im": im(chat, id), "message": {"id": outside}, "chat": {"id": outside_chat(state, chat)}});
        tell_connector(state, actor, chat, "ONIMCONNECTORMESSAGEDELETE", &message);
    }
    true
}

fn own(state: &mut State, chat: i64, message: i64, employee: i64) -> Option<&mut Message> {
    let found = state.lines.chats.get_mut(&chat)?.message(message)?;
    Some(found).filter(|one| one.writer == Writer::Operator(employee) && !one.deleted)
}

fn put(state: &mut State, chat: i64, session: i64, writer: Writer, text: &str, files: Vec<File>) -> Option<i64> {
    state.lines.last.message += 1;
    let id = state.lines.last.message;
    let message = Message {
        id,
        session,
        writer,
        text: text.to_owned(),
        files,
        at: state.host.clock.now(),
        outside: Vec::new(),
        delivered: false,
        edited: false,
        deleted: false,
    };
    state.lines.chats.get_mut(&chat)?.messages.push(message);
    state.tell_business_wrote(chat, id);
    Some(id)
}

fn tell_added(state: &mut State, actor: &Actor, chat: i64, id: i64, user: i64, text: &str, files: Map<String, Value>) {
    let mut message = json!({"user_id": user, "text": text});
    if let Value::Object(message) = &mut message {
        message.extend(files);
    }
    let message = json!({"im": im(chat, id), "message": message, "chat": {"id": outside_chat(state, chat)}});
    tell_connector(state, actor, chat, "ONIMCONNECTORMESSAGEADD", &message);
}

fn im(chat: i64, message: i64) -> Value {
    json!({"chat_id": chat, "message_id": message})
}

fn outside_chat(state: &State, chat: i64) -> String {
    state
        .lines
        .chats
        .get(&chat)
        .map(|one| one.outside.clone())
        .unwrap_or_default()
}

fn connector(state: &State, chat: i64) -> Option<Connector> {
    let chat = state.lines.chats.get(&chat)?;
    state.lines.connectors.get(&chat.connector).cloned()
}

/// The operator's name stands before their words, unless the connector was registered without.
fn signed(state: &State, connector: &Connector, employee: i64, text: &str) -> String {
    match state.portal.employee(employee) {
        Some(employee) if connector.signature => format!("[b]{}:[/b] [br]{}", employee.full_name(), bb(text)),
        _ => bb(text),
    }
}

/// Line breaks of an event are marks.
fn bb(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "[br]")
}

/// A file that an operator attaches lies on the drive and has a short public link.
fn stored(state: &mut State, employee: i64, file: &Media) -> File {
    let created = state.date();
    let storage = state.disk.storage("common", "shared_files_s1", "Общий диск", &created);
    let object = state
        .disk
        .put(storage.root, &file.name, Some(file.clone()), employee, created);
    File {
        name: file.name.clone(),
        url: String::new(),
        media: Some(file.clone()),
        object,
    }
}

/// `files` of an event.
fn shown(state: &mut State, chat: i64, message: i64) -> Option<Map<String, Value>> {
    let files = state.lines.chats.get_mut(&chat)?.message(message)?.files.clone();
    let mut shown = Vec::new();
    for file in files {
        let (media, object) = (file.media?, file.object?);
        let link = state.short_link(object, false);
        let kind = media.mime.split('/').next();
        let kind = kind
            .filter(|kind| matches!(*kind, "image" | "video" | "audio"))
            .unwrap_or("file");
        let mut one = json!({"name": media.name, "type": kind, "link": link, "size": media.data.len()});
        if let (Value::Object(one), Some((width, height))) = (&mut one, crate::media::pixels(&media.data)) {
            one.insert("width".to_owned(), width.into());
            one.insert("height".to_owned(), height.into());
        }
        shown.push(one);
    }
    let mut files = Map::new();
    if !shown.is_empty() {
        files.insert("files".to_owned(), Value::Array(shown));
    }
    Some(files)
}
