//! What only this network has: kinds of groups, channels, deleted accounts.

use crate::act::Refused;
use crate::ids::PersonId;
use crate::person;
use crate::telegram_bot::customers;
use crate::telegram_bot::state::chat::{Chat, Kind, Membership};
use crate::telegram_bot::state::message::{Author, Body};
use crate::telegram_bot::state::{Draft, MessageUpdate, State};
use crate::telegram_bot::wire;
use serde_json::{Value, json};

/// Supergroups and channels have ids below this (core.telegram.org/api/bots/ids).
const SUPERGROUPS: i64 = -1_000_000_000_000;
const FIRST_GROUP: i64 = 4_100_000_000;

/// A basic group with these people, opened by the first of them.
pub(crate) fn add_group(state: &mut State, title: &str, members: &[PersonId]) -> Result<person::Chat, Refused> {
    let members = members
        .iter()
        .map(|id| customers::user(state, id))
        .collect::<Result<Vec<_>, _>>()?;
    let id = -(FIRST_GROUP + i64::try_from(state.serial()).unwrap_or(0));
    Ok(open(state, Chat::new(id, Kind::Group, title, members)))
}

/// `add_supergroup`, `add_channel {title, members}` → `{chat}`; `upgrade_group {chat}` → `{chat}`;
/// `join`, `leave {chat, person}`; `rename {chat, title}`, `pin {chat, message}` by its founder; `kick_bot`, `return_bot {chat}`; `delete_account {person}`; `raw_update {…}`: an update with
/// these fields, however malformed.
pub(crate) fn special(state: &mut State, what: &str, arguments: &Value) -> Result<Value, Refused> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    match what {
        "add_supergroup" => add_large(state, Kind::Supergroup, arguments),
        "add_channel" => add_large(state, Kind::Channel, arguments),
        "upgrade_group" => upgrade(state, known_chat(state, text("chat"))?),
        "join" => join(state, known_chat(state, text("chat"))?, &PersonId::from(text("person"))),
        "leave" => leave(state, known_chat(state, text("chat"))?, &PersonId::from(text("person"))),
        "rename" => rename(state, known_chat(state, text("chat"))?, text("title")),
        "pin" => pin(state, known_chat(state, text("chat"))?, text("message")),
        "kick_bot" => membership(state, text("chat"), Membership::Kicked),
        "return_bot" => membership(state, text("chat"), Membership::Member),
        "delete_account" => {
            let person = customers::user(state, &PersonId::from(text("person")))?;
            if let Some(user) = state.users.get_mut(&person) {
                (user.deactivated, user.first_name) = (true, String::new());
            }
            Ok(Value::Null)
        }
        "raw_update" => {
            let fields = arguments.as_object().cloned().ok_or(Refused::Malformed)?;
            let now = state.clock.unix();
            state.updates.push_raw(now, fields);
            Ok(Value::Null)
        }
        _ => Err(Refused::NotOnThisNetwork),
    }
}

fn known_chat(state: &State, written: &str) -> Result<i64, Refused> {
    let id = written.parse().ok().filter(|id| state.chats.contains_key(id));
    id.ok_or(Refused::NoSuchChat)
}

fn add_large(state: &mut State, kind: Kind, arguments: &Value) -> Result<Value, Refused> {
    let title = arguments
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or("Без названия")
        .to_owned();
    let members = arguments.get("members").and_then(Value::as_array).into_iter().flatten();
    let members: Vec<PersonId> = members.filter_map(Value::as_str).map(PersonId::from).collect();
    let members = members
        .iter()
        .map(|id| customers::user(state, id))
        .collect::<Result<Vec<_>, _>>()?;
    let id = SUPERGROUPS - 2_000_000_000 - i64::try_from(state.serial()).unwrap_or(0);
    let chat = open(state, Chat::new(id, kind, &title, members));
    Ok(json!({"chat": chat.id.0}))
}

/// The bot is added, and meets everybody in it.
fn open(state: &mut State, chat: Chat) -> person::Chat {
    let (id, founder) = (chat.id, chat.members.first().copied());
    for member in &chat.members {
        if let Some(user) = state.users.get_mut(member) {
            user.met = true;
        }
    }
    let shown = customers::chat(&chat);
    let status = if chat.kind == Kind::Channel {
        "administrator"
    } else {
        "member"
    };
    state.chats.insert(id, chat);
    if let Some(founder) = founder {
        let value = wire::message::my_chat_member(state, id, founder, "left", status);
        let now = state.clock.unix();
        state.updates.push("my_chat_member", now, value);
    }
    shown
}

fn join(state: &mut State, chat: i64, who: &PersonId) -> Result<Value, Refused> {
    let who = customers::user(state, who)?;
    if let Some(user) = state.users.get_mut(&who) {
        user.met = true;
    }
    if let Some(chat) = state.chats.get_mut(&chat).filter(|chat| !chat.members.contains(&who)) {
        chat.members.push(who);
    }
    say(state, chat, Author::User(who), Body::Joined(vec![who]))
}

fn leave(state: &mut State, chat: i64, who: &PersonId) -> Result<Value, Refused> {
    let who = customers::user(state, who)?;
    let Some(there) = state.chats.get_mut(&chat).filter(|chat| chat.members.contains(&who)) else {
        return Err(Refused::NoSuchChat);
    };
    there.members.retain(|member| *member != who);
    say(state, chat, Author::User(who), Body::Left(who))
}

fn rename(state: &mut State, chat: i64, title: &str) -> Result<Value, Refused> {
    if let Some(chat) = state.chats.get_mut(&chat) {
        title.clone_into(&mut chat.title);
    }
    let founder = founder(state, chat)?;
    say(state, chat, founder, Body::Titled(title.to_owned()))
}

fn pin(state: &mut State, chat: i64, message: &str) -> Result<Value, Refused> {
    let message = message.parse().ok().filter(|id| state.message(chat, *id).is_some());
    let message = message.ok_or(Refused::NoSuchMessage)?;
    let founder = founder(state, chat)?;
    say(state, chat, founder, Body::Pinned(message))
}

fn founder(state: &State, chat: i64) -> Result<Author, Refused> {
    let first = state.chats.get(&chat).and_then(|chat| chat.members.first());
    first.map(|id| Author::User(*id)).ok_or(Refused::NoSuchChat)
}

/// A line about the chat.
fn say(state: &mut State, chat: i64, author: Author, body: Body) -> Result<Value, Refused> {
    let message = state.place(Draft::new(chat, author, body));
    state.announce(MessageUpdate::New, &message);
    Ok(Value::Null)
}

fn membership(state: &mut State, written: &str, new: Membership) -> Result<Value, Refused> {
    let id = known_chat(state, written)?;
    let Some(chat) = state.chats.get_mut(&id) else {
        return Err(Refused::NoSuchChat);
    };
    let old = std::mem::replace(&mut chat.bot, new);
    let founder = chat.members.first().copied();
    let word = |membership| match membership {
        Membership::Member => "member",
        Membership::Left => "left",
        Membership::Kicked => "kicked",
    };
    if let Some(founder) = founder.filter(|_| old != new) {
        let value = wire::message::my_chat_member(state, id, founder, word(old), word(new));
        let now = state.clock.unix();
        state.updates.push("my_chat_member", now, value);
    }
    Ok(Value::Null)
}

/// A basic group becomes a supergroup with another id; both ends get a service message.
fn upgrade(state: &mut State, group: i64) -> Result<Value, Refused> {
    let new = SUPERGROUPS - 2_000_000_000 - i64::try_from(state.serial()).unwrap_or(0);
    let Some(chat) = state.chats.get_mut(&group).filter(|chat| chat.kind == Kind::Group) else {
        return Err(Refused::NotOnThisNetwork);
    };
    chat.upgraded_to = Some(new);
    let author = chat.members.first().map_or(Author::Bot, |id| Author::User(*id));
    let large = Chat::new(new, Kind::Supergroup, &chat.title, chat.members.clone());
    state.chats.insert(new, large);
    for (chat, body) in [(group, Body::MigratedTo(new)), (new, Body::MigratedFrom(group))] {
        let message = state.place(Draft::new(chat, author, body));
        state.announce(MessageUpdate::New, &message);
    }
    Ok(json!({"chat": new.to_string()}))
}
