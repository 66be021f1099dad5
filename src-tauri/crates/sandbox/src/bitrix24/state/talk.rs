//! Conversations on open lines: what comes in, what operators and the line itself say, how a session ends.
//!
//! Written from <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/index.html> and the settings of a
//! line. What the line says by itself while an app's own call is handled has that app as its author: see
//! [`super::events::emit`] for what this does to the queue of offline events.

mod arrival;
mod outgoing;
mod tracker;

pub(crate) use outgoing::{Draft, delete, edit, operator_says};

use super::events::emit;
use super::lines::{Guest, Session};
use super::{Actor, State};
use arrival::{chat, put};
use jiff::Timestamp;
use outgoing::system_says;
use serde_json::{Value, json};

/// A message from outside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Incoming {
    pub(crate) connector: String,
    pub(crate) line: i64,
    pub(crate) guest: Guest,
    /// `chat.id`, `chat.name`, `chat.url` of the connector.
    pub(crate) chat: String,
    pub(crate) chat_name: String,
    pub(crate) chat_url: String,
    pub(crate) outside: String,
    pub(crate) text: String,
    /// Address and name.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) at: Timestamp,
    pub(crate) without_crm: bool,
    /// Written by this employee in the network's own app.
    pub(crate) manager: Option<i64>,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Received {
    pub(crate) chat: i64,
    pub(crate) guest: i64,
    pub(crate) session: i64,
}

/// Takes a message in; the line may answer by itself.
pub(crate) fn receive(state: &mut State, actor: &Actor, incoming: &Incoming) -> Received {
    let chat = chat(state, incoming);
    let guest = state.lines.chats.get(&chat).map_or(0, |chat| chat.guest.id);
    if let Some(session) = rated(state, actor, chat, incoming) {
        return Received { chat, guest, session };
    }
    let fresh = !state.lines.is_open(chat);
    let session = if fresh {
        start(state, chat)
    } else {
        state.lines.session(chat).map_or(0, |one| one.id)
    };
    put(state, chat, session, incoming);
    if fresh {
        if !incoming.without_crm {
            tracker::track(state, actor, chat);
        }
        tell_dialog(state, actor, chat, session, false);
        greet(state, actor, chat);
    } else if !incoming.without_crm {
        tracker::fill_phone(state, actor, chat);
    }
    Received { chat, guest, session }
}

/// A new session with the operator whose turn it is.
fn start(state: &mut State, chat: i64) -> i64 {
    let parent = state.lines.session(chat).map_or(0, |last| last.id);
    let line = state.lines.chats.get(&chat).map_or(0, |chat| chat.line);
    let operator = state
        .lines
        .lines
        .get_mut(&line)
        .and_then(super::lines::Line::next_operator);
    state.lines.last.session += 1;
    let id = state.lines.last.session;
    let session = Session {
        id,
        chat,
        operator,
        closed: false,
        asked: false,
        liked: None,
        parent,
    };
    state.lines.sessions.insert(id, session);
    id
}

/// The first word of the line.
fn greet(state: &mut State, actor: &Actor, chat: i64) {
    let Some(line) = line_of(state, chat) else { return };
    let (on, text) = (line.is_on("WELCOME_MESSAGE"), line.setting("WELCOME_MESSAGE_TEXT"));
    let first = state.lines.sessions.values().filter(|one| one.chat == chat).count() == 1;
    if on && (first || line.is_on("SEND_WELCOME_EACH_SESSION")) {
        system_says(state, actor, chat, &text);
    }
}

/// A word of the client that rates the session which has just ended.
fn rated(state: &mut State, actor: &Actor, chat: i64, incoming: &Incoming) -> Option<i64> {
    let session = state
        .lines
        .session(chat)
        .filter(|one| one.asked && one.closed && incoming.manager.is_none())?
        .id;
    let liked = match incoming.text.trim() {
        "1" => true,
        "0" => false,
        _ => return None,
    };
    put(state, chat, session, incoming);
    let found = state.lines.sessions.get_mut(&session)?;
    (found.asked, found.liked) = (false, Some(liked));
    let name = if liked {
        "VOTE_MESSAGE_2_LIKE"
    } else {
        "VOTE_MESSAGE_2_DISLIKE"
    };
    let thanks = line_of(state, chat)?.setting(name);
    system_says(state, actor, chat, &thanks);
    Some(session)
}

/// Ends the session: the last words of the line, and the question for a rating. False when none is open.
pub(crate) fn finish(state: &mut State, actor: &Actor, chat: i64) -> bool {
    let Some(session) = state.lines.session(chat).filter(|one| !one.closed).map(|one| one.id) else {
        return false;
    };
    let Some(line) = line_of(state, chat) else { return false };
    let (rule, text, asks) = (
        line.setting("CLOSE_RULE"),
        line.setting("CLOSE_TEXT"),
        line.is_on("VOTE_MESSAGE"),
    );
    let question = line.setting("VOTE_MESSAGE_2_TEXT");
    if rule == "text" {
        system_says(state, actor, chat, &text);
    }
    if asks {
        system_says(state, actor, chat, &question);
    }
    if let Some(session) = state.lines.sessions.get_mut(&session) {
        (session.closed, session.asked) = (true, asks);
    }
    tell_dialog(state, actor, chat, session, true);
    true
}

/// `OnImConnectorDialogStart` and `…Finish` for the owner of the connector, `OnSessionStart` and `…Finish` for all.
fn tell_dialog(state: &mut State, actor: &Actor, chat: i64, session: i64, closed: bool) {
    let Some(chat) = state.lines.chats.get(&chat) else {
        return;
    };
    let parent = state.lines.sessions.get(&session).map_or(0, |one| one.parent);
    let data = json!([{
        "connector": {"connector_id": chat.connector, "line_id": chat.line, "chat_id": chat.outside, "user_id": chat.guest.outside},
        "session": {"id": session, "closed": if closed { "Y" } else { "N" }, "parent_id": parent, "close_term": 10},
        "chat": {"id": chat.id},
        "user": {"id": chat.guest.id},
    }]);
    let line = chat.line.to_string();
    let owner = state.lines.connectors.get(&chat.connector).map(|one| one.app.clone());
    let of_connector = json!({"CONNECTOR": chat.connector, "LINE": line, "DATA": data});
    let (dialog, session) = match closed {
        false => ("ONIMCONNECTORDIALOGSTART", "ONSESSIONSTART"),
        true => ("ONIMCONNECTORDIALOGFINISH", "ONSESSIONFINISH"),
    };
    emit(state, actor, dialog, &of_connector, owner.as_deref());
    emit(state, actor, session, &json!({"DATA": data}), None);
}

fn line_of(state: &State, chat: i64) -> Option<super::lines::Line> {
    let line = state.lines.chats.get(&chat)?.line;
    state.lines.lines.get(&line).cloned()
}

/// An event of a connector goes to the app that owns it.
fn tell_connector(state: &mut State, actor: &Actor, chat: i64, event: &str, message: &Value) {
    let Some(chat) = state.lines.chats.get(&chat) else {
        return;
    };
    let owner = state.lines.connectors.get(&chat.connector).map(|one| one.app.clone());
    let data = json!({"CONNECTOR": chat.connector, "LINE": chat.line, "MESSAGES": [message]});
    emit(state, actor, event, &data, owner.as_deref());
}
