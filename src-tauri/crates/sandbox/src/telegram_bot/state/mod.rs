//! The network's memory.

pub(crate) mod chat;
pub(crate) mod file;
pub(crate) mod limits;
pub(crate) mod message;
pub(crate) mod updates;
pub(crate) mod user;

use crate::clock::Clock;
use crate::ids::ChatId;
use crate::news::{Happening, News, Newsroom};
use crate::phone::Sent;
use crate::telegram_bot::wire;
use chat::{Chat, Kind};
use file::Files;
use limits::Limits;
use message::{Author, Body, Message};
use serde_json::Value;
use std::collections::BTreeMap;
use updates::Updates;
use user::{Bot, User};

/// Everything one simulated Telegram with one bot knows.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) bot: Bot,
    /// By id; ids grow with appearance.
    pub(crate) users: BTreeMap<i64, User>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) files: Files,
    pub(crate) updates: Updates,
    pub(crate) limits: Limits,
    pub(crate) webhook: Option<Webhook>,
    /// Commands by scope and language.
    pub(crate) commands: BTreeMap<(String, String), Value>,
    /// Pressed buttons that were not answered yet.
    pub(crate) callbacks: Vec<String>,
    pub(crate) sent: Vec<Sent>,
    pub(crate) clock: Clock,
    news: Newsroom,
    /// Private chats and basic groups share one sequence of message ids; supergroups have their own.
    next_message: i64,
    next_serial: u64,
}

/// What `setWebhook` left.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) max_connections: i64,
}

/// A new message before it has an id and a time.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) chat: i64,
    pub(crate) author: Author,
    pub(crate) body: Body,
    pub(crate) reply: Option<message::Reply>,
    pub(crate) album: Option<String>,
    pub(crate) origin: Option<message::Origin>,
    pub(crate) markup: Option<Value>,
    pub(crate) preview: Option<Value>,
    /// Unix seconds; now when left out.
    pub(crate) at: Option<i64>,
}

impl Draft {
    pub(crate) fn new(chat: i64, author: Author, body: Body) -> Self {
        Self {
            chat,
            author,
            body,
            reply: None,
            album: None,
            origin: None,
            markup: None,
            preview: None,
            at: None,
        }
    }
}

impl State {
    pub(crate) fn new(bot: Bot, clock: Clock, news: Newsroom, limits: bool, first_update: i64) -> Self {
        Self {
            bot,
            users: BTreeMap::new(),
            chats: BTreeMap::new(),
            files: Files::default(),
            updates: Updates::starting_at(first_update),
            limits: Limits::new(limits),
            webhook: None,
            commands: BTreeMap::new(),
            callbacks: Vec::new(),
            sent: Vec::new(),
            clock,
            news,
            next_message: 1,
            next_serial: 1,
        }
    }

    /// A message of a chat.
    pub(crate) fn message(&self, chat: i64, message: i64) -> Option<&Message> {
        self.chats.get(&chat)?.messages.get(&message)
    }

    pub(crate) fn message_mut(&mut self, chat: i64, message: i64) -> Option<&mut Message> {
        self.chats.get_mut(&chat)?.messages.get_mut(&message)
    }

    /// The next number that is nobody else's: albums, polls, pressed buttons.
    pub(crate) fn serial(&mut self) -> u64 {
        self.next_serial += 1;
        self.next_serial
    }

    /// The private chat with a person, made when it is not there yet.
    pub(crate) fn private_chat(&mut self, user: i64) -> &mut Chat {
        let title = self.users.get(&user).map(full_name).unwrap_or_default();
        self.chats
            .entry(user)
            .or_insert_with(|| Chat::new(user, Kind::Private, &title, vec![user]))
    }

    /// Puts a message into its chat without telling anybody.
    pub(crate) fn place(&mut self, draft: Draft) -> Message {
        let now = self.clock.unix();
        let serial = self.serial();
        let shared = &mut self.next_message;
        let chat = match self.chats.entry(draft.chat) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert(Chat::new(draft.chat, Kind::Private, "", vec![draft.chat]))
            }
        };
        let id = match chat.kind {
            Kind::Private | Kind::Group => {
                *shared += 1;
                *shared - 1
            }
            Kind::Supergroup | Kind::Channel => chat.messages.keys().next_back().map_or(1, |last| last + 1),
        };
        let message = Message {
            id,
            chat: draft.chat,
            author: draft.author,
            at: draft.at.unwrap_or(now),
            edited_at: None,
            body: draft.body,
            reply: draft.reply,
            album: draft.album,
            origin: draft.origin,
            markup: draft.markup,
            preview: draft.preview,
            reactions: Vec::new(),
        };
        if message.author == Author::Bot {
            chat.typing_until = 0;
        }
        chat.last_change = serial;
        chat.messages.insert(id, message.clone());
        message
    }

    /// Queues the update about a message that somebody but the bot wrote or edited.
    pub(crate) fn announce(&mut self, kind: MessageUpdate, message: &Message) {
        let channel = self
            .chats
            .get(&message.chat)
            .is_some_and(|chat| chat.kind == Kind::Channel);
        let name = match (kind, channel) {
            (MessageUpdate::New, false) => "message",
            (MessageUpdate::New, true) => "channel_post",
            (MessageUpdate::Edited, false) => "edited_message",
            (MessageUpdate::Edited, true) => "edited_channel_post",
        };
        let value = wire::message::message(self, message);
        self.updates.push(name, message.edited_at.unwrap_or(message.at), value);
    }

    /// Tells the people and the control page.
    pub(crate) fn tell(&self, chat: i64, what: Happening) {
        self.news.tell(News {
            vendor: super::ID,
            chat: ChatId::from(chat),
            what,
        });
    }
}

/// Which update a message makes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum MessageUpdate {
    New,
    Edited,
}

/// First and last name.
pub(crate) fn full_name(user: &User) -> String {
    format!("{} {}", user.first_name, user.last_name).trim().to_owned()
}
