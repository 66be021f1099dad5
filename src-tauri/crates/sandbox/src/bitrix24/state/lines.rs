//! Open lines, connectors, chats, sessions, messages.

use crate::bitrix24::courier;
use crate::bitrix24::crm::Kind;
use crate::media::Media;
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Everything of the open lines.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub(crate) lines: BTreeMap<i64, Line>,
    pub(crate) connectors: BTreeMap<String, Connector>,
    /// Connectors on lines.
    pub(crate) hookups: BTreeMap<(String, i64), Hookup>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) sessions: BTreeMap<i64, Session>,
    pub(crate) last: Numbers,
}

/// The last number given out of each kind.
#[derive(Debug)]
pub(crate) struct Numbers {
    pub(crate) line: i64,
    pub(crate) chat: i64,
    pub(crate) session: i64,
    pub(crate) message: i64,
    pub(crate) guest: i64,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            line: 0,
            chat: 1_760,
            session: 320,
            message: 86_300,
            guest: 580,
        }
    }
}

/// One open line. <https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/imopenlines-config-get.html>
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: i64,
    /// Settings by the vendor's names.
    pub(crate) config: Map<String, Value>,
    pub(crate) queue: Vec<i64>,
    /// Whose turn it is.
    pub(crate) turn: usize,
}

impl Line {
    pub(crate) fn setting(&self, name: &str) -> String {
        self.config
            .get(name)
            .map(crate::bitrix24::php::text)
            .unwrap_or_default()
    }

    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.setting(name) == "Y"
    }

    /// The next one of the queue.
    pub(crate) fn next_operator(&mut self) -> Option<i64> {
        let next = self.queue.get(self.turn % self.queue.len().max(1)).copied();
        self.turn = self.turn.wrapping_add(1);
        next
    }
}

/// A connector that an app registered.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    pub(crate) app: String,
    pub(crate) name: String,
    /// Chats are told apart by chat, not by user; no CRM then.
    pub(crate) group: bool,
    pub(crate) signature: bool,
    pub(crate) system: bool,
    pub(crate) edits: bool,
    pub(crate) deletions: bool,
    pub(crate) external_deletions: bool,
}

/// A connector on a line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hookup {
    pub(crate) active: bool,
    pub(crate) data: Option<Value>,
}

/// Who writes from outside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guest {
    /// The portal's own number of them.
    pub(crate) id: i64,
    /// The connector's.
    pub(crate) outside: String,
    pub(crate) name: String,
    pub(crate) last_name: String,
    pub(crate) phone: String,
    pub(crate) email: String,
}

impl Guest {
    pub(crate) fn full_name(&self) -> String {
        let name = format!("{} {}", self.name, self.last_name);
        match name.trim() {
            "" => "Гость".to_owned(),
            name => name.to_owned(),
        }
    }
}

/// A conversation.
#[derive(Debug, Clone)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) connector: String,
    pub(crate) line: i64,
    /// `chat.id` of the connector.
    pub(crate) outside: String,
    pub(crate) guest: Guest,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) cards: Vec<(Kind, i64)>,
    pub(crate) messages: Vec<Message>,
    pub(crate) created: Timestamp,
}

impl Chat {
    /// `connector|line|chat|user`
    pub(crate) fn code(&self) -> String {
        format!("{}|{}|{}|{}", self.connector, self.line, self.outside, self.guest.id)
    }

    pub(crate) fn message(&mut self, id: i64) -> Option<&mut Message> {
        self.messages.iter_mut().find(|one| one.id == id)
    }

    pub(crate) fn card(&self, kind: Kind) -> Option<i64> {
        self.cards.iter().find(|(one, _)| *one == kind).map(|(_, id)| *id)
    }
}

/// Who wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Somebody outside; their name as it came with the message.
    Guest(String),
    Operator(i64),
    System,
}

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) session: i64,
    pub(crate) writer: Writer,
    pub(crate) text: String,
    pub(crate) files: Vec<File>,
    pub(crate) at: Timestamp,
    /// Ids that the connector gave it.
    pub(crate) outside: Vec<String>,
    pub(crate) delivered: bool,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
}

/// A file of a message.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) name: String,
    /// Where it came from; empty when somebody here attached it.
    pub(crate) url: String,
    /// None until the portal has fetched it.
    pub(crate) media: Option<Media>,
    /// On the drive, once it is there.
    pub(crate) object: Option<i64>,
}

/// One round of a conversation, from the first word to its closing.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: i64,
    pub(crate) chat: i64,
    pub(crate) operator: Option<i64>,
    pub(crate) closed: bool,
    /// The client was asked to rate and may do so with the next word.
    pub(crate) asked: bool,
    pub(crate) liked: Option<bool>,
    pub(crate) parent: i64,
}

impl Lines {
    /// The session that is open in a chat, or the last one.
    pub(crate) fn session(&self, chat: i64) -> Option<&Session> {
        let newest = self.sessions.values().rev();
        newest.into_iter().find(|one| one.chat == chat)
    }

    pub(crate) fn is_open(&self, chat: i64) -> bool {
        self.session(chat).is_some_and(|session| !session.closed)
    }

    /// The connector is switched on there.
    pub(crate) fn is_active(&self, connector: &str, line: i64) -> bool {
        let line_on = self.lines.get(&line).is_some_and(|line| line.is_on("ACTIVE"));
        line_on
            && self
                .hookups
                .get(&(connector.to_owned(), line))
                .is_some_and(|one| one.active)
    }

    /// The conversation that a client's message belongs to.
    pub(crate) fn chat_of(&self, connector: &str, line: i64, group: bool, chat: &str, user: &str) -> Option<i64> {
        let same = |one: &&Chat| {
            let who = if group {
                one.outside == chat
            } else {
                one.guest.outside == user && one.outside == chat
            };
            one.connector == connector && one.line == line && who
        };
        self.chats.values().find(same).map(|chat| chat.id)
    }

    /// A conversation by `connector|line|chat|user`.
    pub(crate) fn by_code(&self, code: &str) -> Option<&Chat> {
        self.chats.values().find(|chat| chat.code() == code)
    }

    /// A file arrived.
    pub(crate) fn fetched(&mut self, chat: i64, message: i64, place: usize, data: Bytes) {
        let found = self.chats.get_mut(&chat).and_then(|chat| chat.message(message));
        if let Some(file) = found.and_then(|message| message.files.get_mut(place)) {
            file.media = Some(courier::file(&file.name, data));
        }
    }
}
