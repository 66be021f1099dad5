//! Telegram with one bot on it, as the Bot API shows it (core.telegram.org/bots/api, version 10.1).
//!
//! ```text
//!   http://127.0.0.1:4801/bot<token>/sendMessage      api/   one file per group of methods
//!   http://127.0.0.1:4801/file/bot<token>/photos/…    state/ people, chats, messages, files, updates
//!                                                     wire/  state → the vendor's JSON
//!   Vendor trait                                      customers.rs, phone.rs, special.rs
//! ```
//!
//! What differs from the real server on purpose: photos are not encoded anew, files named by an HTTP address cannot be
//! fetched, groups have no public names, and nothing is ever delivered to a webhook.

mod api;
mod customers;
mod letters;
mod phone;
mod picture;
mod special;
mod state;
mod text;
mod wire;

use crate::act::{Abilities, AccountChange, Act, Past, Refused};
use crate::chaos::{Chaos, Failure};
use crate::ids::{ChatId, MessageId, PersonId};
use crate::person::{Chat, NewPerson, Person};
use crate::phone::{PhoneChat, Sent};
use crate::vendor::{Host, Vendor, Wire};
use api::error::ApiError;
use axum::Router;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use state::State;
use state::user::Bot;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The name in the registry.
pub(crate) const ID: &str = "telegram_bot";

/// Numbers of the seeded account; another seed gives another bot.
const FIRST_BOT: i64 = 7_100_000_000;
const FIRST_UPDATE: i64 = 512_000_000;

/// A running simulator.
#[derive(Debug)]
pub(crate) struct TelegramBot {
    state: Mutex<State>,
    pub(crate) chaos: Chaos,
    own: Weak<TelegramBot>,
}

/// Starts it with a bot of its own.
pub(crate) fn start(host: Host) -> Arc<dyn Vendor> {
    let number = FIRST_BOT + i64::try_from(host.seed % 1_000_000).unwrap_or(0);
    let bot = Bot {
        id: number,
        first_name: "Беседка".to_owned(),
        username: "besedka_demo_bot".to_owned(),
        token: token(number, 0),
        expired: false,
        banned: false,
        logged_out: false,
        closed: false,
        renewals: 0,
    };
    let state = State::new(bot, host.clock, host.news, host.limits, FIRST_UPDATE);
    Arc::new_cyclic(|own| TelegramBot {
        state: Mutex::new(state),
        chaos: host.chaos,
        own: own.clone(),
    })
}

/// `<id>:<35 characters>`, as BotFather hands out.
fn token(bot: i64, renewals: u32) -> String {
    let mut mixed = u64::from(renewals).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ bot.unsigned_abs();
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut letter = || {
        mixed = mixed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        letters.get((mixed >> 58) as usize).copied().map_or('A', char::from)
    };
    let secret: String = (0..33).map(|_| letter()).collect();
    format!("{bot}:AA{secret}")
}

impl TelegramBot {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wire for TelegramBot {
    fn id(&self) -> &'static str {
        ID
    }

    fn routes(&self) -> Router {
        self.own.upgrade().map(api::routes::routes).unwrap_or_default()
    }

    fn method(&self, path: &str, _query: Option<&str>) -> String {
        let name = if path.starts_with("/file/") {
            "file"
        } else {
            api::request::method_name(path)
        };
        name.to_owned()
    }

    fn fail(&self, failure: Failure) -> Response {
        match failure {
            Failure::TooManyRequests { retry_after } => ApiError::too_many_requests(retry_after),
            Failure::ExpiredToken => ApiError::unauthorized(),
            Failure::ServerError { status: 500 } => ApiError::new(500, "Internal Server Error: restart"),
            Failure::ServerError { status: 502 } => ApiError::new(502, "Bad Gateway"),
            Failure::ServerError { status: 504 } => ApiError::new(504, "Gateway Timeout"),
            Failure::ServerError { status } => ApiError::new(status, "Service Unavailable"),
        }
        .into_response()
    }

    fn credentials(&self) -> Map<String, Value> {
        Map::from_iter([("token".to_owned(), self.state().bot.token.clone().into())])
    }

    fn change(&self, change: AccountChange) -> Result<(), Refused> {
        let mut state = self.state();
        let bot = &mut state.bot;
        match change {
            AccountChange::ExpireToken => bot.expired = true,
            AccountChange::RestoreToken => bot.expired = false,
            AccountChange::RenewToken => {
                bot.renewals += 1;
                (bot.token, bot.expired) = (token(bot.id, bot.renewals), false);
            }
            AccountChange::Ban => bot.banned = true,
            AccountChange::Unban => bot.banned = false,
        }
        state.updates.wake.notify_waiters();
        Ok(())
    }

    fn special(&self, what: &str, arguments: &Value) -> Result<Value, Refused> {
        special::special(&mut self.state(), what, arguments)
    }
}

impl Vendor for TelegramBot {
    fn abilities(&self) -> Abilities {
        Abilities {
            reactions: true,
            edits: true,
            groups: true,
            ..Abilities::default()
        }
    }

    fn people(&self) -> Vec<Person> {
        let state = self.state();
        state.users.values().map(customers::person).collect()
    }

    fn add_person(&self, person: NewPerson) -> Person {
        customers::add(&mut self.state(), person)
    }

    fn chats(&self) -> Vec<Chat> {
        let state = self.state();
        state.chats.values().map(customers::chat).collect()
    }

    fn add_group(&self, title: &str, members: &[PersonId]) -> Result<Chat, Refused> {
        special::add_group(&mut self.state(), title, members)
    }

    fn act(&self, who: &PersonId, chat: Option<&ChatId>, act: Act) -> Result<Vec<MessageId>, Refused> {
        customers::act(&mut self.state(), who, chat, act)
    }

    fn remember(&self, who: &PersonId, past: Vec<Past>) -> Result<Vec<MessageId>, Refused> {
        letters::remember(&mut self.state(), who, past)
    }

    fn phone(&self, who: &PersonId) -> Result<Vec<PhoneChat>, Refused> {
        phone::phone(&self.state(), who)
    }

    fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }
}
