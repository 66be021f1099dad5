//! What a customer's phone shows.

use crate::act::Refused;
use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::{Part, SharedKind, Text};
use crate::phone::{PhoneChat, PhoneMessage, Reaction, count_copies};
use crate::telegram_bot::customers::user;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::chat::{Chat, Kind};
use crate::telegram_bot::state::message::{Author, Body, Message};
use jiff::Timestamp;
use serde_json::Value;

/// Every chat of a person, the one with the newest message last.
pub(crate) fn phone(state: &State, who: &PersonId) -> Result<Vec<PhoneChat>, Refused> {
    let who = user(state, who)?;
    let mut chats: Vec<&Chat> = state
        .chats
        .values()
        .filter(|chat| chat.members.contains(&who))
        .collect();
    chats.sort_by_key(|chat| chat.last_change);
    Ok(chats.into_iter().map(|chat| shown(state, chat)).collect())
}

fn shown(state: &State, chat: &Chat) -> PhoneChat {
    let mut messages: Vec<PhoneMessage> = chat.messages.values().map(|message| bubble(state, message)).collect();
    count_copies(&mut messages);
    let title = if chat.kind == Kind::Private {
        state.bot.first_name.clone()
    } else {
        chat.title.clone()
    };
    let business_types = chat.typing_until > state.clock.now().as_millisecond();
    PhoneChat {
        chat: ChatId::from(chat.id),
        title,
        business_types,
        business_read: None,
        messages,
    }
}

fn person(author: Author) -> Option<PersonId> {
    match author {
        Author::User(id) => Some(PersonId::from(id)),
        Author::Bot | Author::Channel => None,
    }
}

fn bubble(state: &State, message: &Message) -> PhoneMessage {
    let reaction = |(by, reaction): &(Author, Value)| {
        let emoji = reaction
            .get("emoji")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        Reaction { by: person(*by), emoji }
    };
    PhoneMessage {
        id: MessageId::from(message.id),
        author: person(message.author),
        at: Timestamp::from_second(message.at).unwrap_or(Timestamp::UNIX_EPOCH),
        text: message.words().map(Text::from).unwrap_or_default(),
        parts: parts(state, &message.body),
        reply_to: message.reply.as_ref().map(|reply| MessageId::from(reply.message)),
        quote: message
            .reply
            .as_ref()
            .and_then(|reply| Some(reply.quote.as_ref()?.text.text.clone())),
        edited: message.edited_at.is_some(),
        reactions: message.reactions.iter().map(reaction).collect(),
        buttons: buttons(message),
        copies: 1,
    }
}

fn parts(state: &State, body: &Body) -> Vec<Part> {
    match body {
        Body::Media(media) => {
            let file = state.files.get(media.file).map(|file| file.media.clone());
            file.into_iter()
                .map(|file| Part::File {
                    shown_as: media.kind,
                    file,
                })
                .collect()
        }
        Body::Part { part, .. } => vec![part.clone()],
        Body::Story { title } => {
            vec![Part::Shared {
                what: SharedKind::Story,
                title: title.clone(),
                url: String::new(),
            }]
        }
        Body::Text(_)
        | Body::Joined(_)
        | Body::Left(_)
        | Body::Titled(_)
        | Body::Pinned(_)
        | Body::MigratedTo(_)
        | Body::MigratedFrom(_) => Vec::new(),
    }
}

fn buttons(message: &Message) -> Vec<String> {
    let markup = message.markup.as_ref();
    let rows = markup.and_then(|markup| markup.get("inline_keyboard").or_else(|| markup.get("keyboard")));
    let buttons = rows
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten();
    let words = |button: &Value| {
        button
            .get("text")
            .or(Some(button))
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    buttons.filter_map(words).collect()
}
