//! What people do in their Telegram apps, and what of it the bot is told.

use crate::act::{Act, Refused};
use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::{FileKind, Letter, Text};
use crate::media::Media;
use crate::person::{self, ChatKind, NewPerson, Person};
use crate::telegram_bot::api::react;
use crate::telegram_bot::letters;
use crate::telegram_bot::state::chat::{Chat, Kind, Membership};
use crate::telegram_bot::state::message::{Author, Body, Message};
use crate::telegram_bot::state::user::User;
use crate::telegram_bot::state::{MessageUpdate, State};
use crate::telegram_bot::text::Formatted;
use crate::telegram_bot::wire;
use serde_json::{Value, json};

/// First id of a person; real ones have nine or ten digits today.
const FIRST_PERSON: i64 = 410_000_001;
/// A reader of tests tells people apart more easily when their ids are far from each other.
const BETWEEN_PEOPLE: i64 = 1_237;

/// Takes somebody in.
pub(crate) fn add(state: &mut State, new: NewPerson) -> Person {
    let id = state
        .users
        .keys()
        .next_back()
        .map_or(FIRST_PERSON, |last| last + BETWEEN_PEOPLE);
    let avatar = new.avatar.map(|picture| {
        let mut media = Media::new("avatar.jpg", picture);
        if let Some((width, height)) = crate::media::pixels(&media.data) {
            media = media.sized(width, height);
        }
        state.files.store(FileKind::Photo, media)
    });
    let user = User {
        id,
        first_name: new.first_name,
        last_name: new.last_name,
        username: new.username,
        phone: new.phone,
        about: new.about,
        birthday: new.birthday,
        avatar,
        started: !new.stranger,
        met: !new.stranger,
        blocked: false,
        deactivated: false,
    };
    let shown = person(&user);
    state.users.insert(id, user);
    if !new.stranger {
        state.private_chat(id);
    }
    shown
}

/// A person in the core's words.
pub(crate) fn person(user: &User) -> Person {
    Person {
        id: PersonId::from(user.id),
        chat: ChatId::from(user.id),
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        username: user.username.clone(),
        phone: user.phone.clone(),
        closed: !user.started || user.blocked || user.deactivated,
    }
}

/// A chat in the core's words.
pub(crate) fn chat(chat: &Chat) -> person::Chat {
    let kind = match chat.kind {
        Kind::Private => ChatKind::Private,
        Kind::Group | Kind::Supergroup => ChatKind::Group,
        Kind::Channel => ChatKind::Broadcast,
    };
    let members = chat.members.iter().map(|id| PersonId::from(*id)).collect();
    person::Chat {
        id: ChatId::from(chat.id),
        kind,
        title: chat.title.clone(),
        members,
    }
}

/// A person does something.
pub(crate) fn act(
    state: &mut State,
    who: &PersonId,
    chat: Option<&ChatId>,
    act: Act,
) -> Result<Vec<MessageId>, Refused> {
    let user = user(state, who)?;
    let chat = chat.map_or(Ok(user), |chat| room(state, user, chat))?;
    match act {
        Act::Start { payload } => {
            let text = payload.map_or("/start".to_owned(), |payload| format!("/start {payload}"));
            unblock(state, user);
            letters::write(state, user, user, Letter::saying(&text))
        }
        Act::Write(letter) => letters::write(state, user, chat, letter),
        Act::Edit { message, text } => edit(state, user, chat, &message, &text),
        Act::Delete { message } => delete(state, user, chat, &message),
        Act::React { message, emoji } => react(state, user, chat, &message, emoji),
        Act::Press { message, button } => press(state, user, chat, &message, &button),
        Act::Block => block(state, user),
        Act::Unblock => {
            unblock(state, user);
            Ok(Vec::new())
        }
        // The network tells no bot that somebody read or types.
        Act::Read { .. } | Act::Type => Ok(Vec::new()),
    }
}

/// The person's number.
pub(crate) fn user(state: &State, who: &PersonId) -> Result<i64, Refused> {
    who.number()
        .filter(|id| state.users.contains_key(id))
        .ok_or(Refused::NoSuchPerson)
}

fn room(state: &State, user: i64, chat: &ChatId) -> Result<i64, Refused> {
    let id = chat.number().ok_or(Refused::NoSuchChat)?;
    let member = |chat: &Chat| chat.members.contains(&user);
    let there = id == user || state.chats.get(&id).is_some_and(member);
    if there { Ok(id) } else { Err(Refused::NoSuchChat) }
}

fn message<'a>(state: &'a State, chat: i64, message: &MessageId) -> Result<&'a Message, Refused> {
    message
        .number()
        .and_then(|message| state.message(chat, message))
        .ok_or(Refused::NoSuchMessage)
}

fn own(state: &State, user: i64, chat: i64, id: &MessageId) -> Result<Message, Refused> {
    let message = message(state, chat, id)?;
    if message.author == Author::User(user) {
        Ok(message.clone())
    } else {
        Err(Refused::NotTheirs)
    }
}

fn edit(state: &mut State, user: i64, chat: i64, id: &MessageId, text: &Text) -> Result<Vec<MessageId>, Refused> {
    let mut message = own(state, user, chat, id)?;
    let words = Formatted::from(text);
    match &mut message.body {
        Body::Text(text) => *text = words,
        Body::Media(media) => media.caption = words,
        _ => return Err(Refused::Malformed),
    }
    message.edited_at = Some(state.clock.unix());
    if let Some(place) = state.message_mut(chat, message.id) {
        *place = message.clone();
    }
    if listens(state, chat) {
        state.announce(MessageUpdate::Edited, &message);
    }
    Ok(vec![id.clone()])
}

/// The bot is not told of deletions; the message is gone from the phone.
fn delete(state: &mut State, user: i64, chat: i64, id: &MessageId) -> Result<Vec<MessageId>, Refused> {
    let message = own(state, user, chat, id)?;
    if let Some(chat) = state.chats.get_mut(&chat) {
        chat.messages.remove(&message.id);
    }
    Ok(vec![id.clone()])
}

fn react(
    state: &mut State,
    user: i64,
    chat: i64,
    id: &MessageId,
    emoji: Option<String>,
) -> Result<Vec<MessageId>, Refused> {
    if emoji.as_deref().is_some_and(|emoji| !react::allowed(emoji)) {
        return Err(Refused::NotOnThisNetwork);
    }
    let number = message(state, chat, id)?.id;
    let Some(message) = state.message_mut(chat, number) else {
        return Err(Refused::NoSuchMessage);
    };
    let mine = |(by, _): &&(Author, Value)| *by == Author::User(user);
    let old: Vec<Value> = message
        .reactions
        .iter()
        .filter(mine)
        .map(|(_, reaction)| reaction.clone())
        .collect();
    let new: Vec<Value> = emoji
        .iter()
        .map(|emoji| json!({"type": "emoji", "emoji": emoji}))
        .collect();
    message.reactions.retain(|(by, _)| *by != Author::User(user));
    message
        .reactions
        .extend(new.iter().cloned().map(|reaction| (Author::User(user), reaction)));
    let message = message.clone();
    if listens(state, chat) {
        let value = wire::message::reaction(state, &message, user, old, new);
        let now = state.clock.unix();
        state.updates.push("message_reaction", now, value);
    }
    Ok(vec![id.clone()])
}

fn press(state: &mut State, user: i64, chat: i64, id: &MessageId, words: &str) -> Result<Vec<MessageId>, Refused> {
    let message = message(state, chat, id)?.clone();
    let markup = message.markup.as_ref().ok_or(Refused::NoSuchButton)?;
    let rows = markup.get("inline_keyboard").or_else(|| markup.get("keyboard"));
    let buttons = rows
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten();
    let said = |button: &&Value| button.get("text").or(Some(button)).and_then(Value::as_str) == Some(words);
    let button = buttons.into_iter().find(said).ok_or(Refused::NoSuchButton)?;
    if markup.get("keyboard").is_some() {
        return letters::write(state, user, chat, Letter::saying(words));
    }
    if let Some(data) = button.get("callback_data").and_then(Value::as_str) {
        let query = format!("{}{:010}", user, state.serial());
        let value = wire::message::callback(state, &query, user, &message, data);
        state.callbacks.push(query);
        let now = state.clock.unix();
        state.updates.push("callback_query", now, value);
    }
    Ok(vec![id.clone()])
}

fn block(state: &mut State, user: i64) -> Result<Vec<MessageId>, Refused> {
    let Some(person) = state.users.get_mut(&user) else {
        return Err(Refused::NoSuchPerson);
    };
    if !std::mem::replace(&mut person.blocked, true) && person.started {
        membership(state, user, "member", "kicked");
    }
    Ok(Vec::new())
}

fn unblock(state: &mut State, user: i64) {
    let Some(person) = state.users.get_mut(&user) else {
        return;
    };
    if std::mem::replace(&mut person.blocked, false) && person.started {
        membership(state, user, "kicked", "member");
    }
}

fn membership(state: &mut State, user: i64, old: &str, new: &str) {
    let value = wire::message::my_chat_member(state, user, user, old, new);
    let now = state.clock.unix();
    state.updates.push("my_chat_member", now, value);
}

/// Whether the bot hears what happens in the chat.
pub(crate) fn listens(state: &State, chat: i64) -> bool {
    state
        .chats
        .get(&chat)
        .is_some_and(|chat| chat.bot == Membership::Member && chat.upgraded_to.is_none())
}
