//! Letters of customers as messages: one letter may make several.

use crate::act::{Past, Refused};
use crate::ids::{MessageId, PersonId};
use crate::letter::{FileKind, Letter, Part, SharedKind};
use crate::media::{Media, pixels};
use crate::news::Happening;
use crate::telegram_bot::customers::{listens, user};
use crate::telegram_bot::state::message::{Author, Body, MediaBody, Message, Origin, Quote, Reply};
use crate::telegram_bot::state::updates::KEPT_SECONDS;
use crate::telegram_bot::state::{Draft, MessageUpdate, State};
use crate::telegram_bot::text::{Formatted, utf16};
use serde_json::{Map, Value, json};

/// A person writes; the first letter opens the private chat.
pub(crate) fn write(state: &mut State, who: i64, chat: i64, letter: Letter) -> Result<Vec<MessageId>, Refused> {
    let Some(person) = state.users.get_mut(&who) else {
        return Err(Refused::NoSuchPerson);
    };
    if chat == who {
        if person.blocked {
            return Err(Refused::Blocked);
        }
        (person.started, person.met) = (true, true);
        state.private_chat(who);
    }
    let drafts = drafts(state, Author::User(who), chat, letter)?;
    let heard = listens(state, chat);
    let messages: Vec<Message> = drafts.into_iter().map(|draft| state.place(draft)).collect();
    for message in &messages {
        if heard {
            state.announce(MessageUpdate::New, message);
        }
        let (person, message_id) = (PersonId::from(who), MessageId::from(message.id));
        state.tell(
            chat,
            Happening::CustomerWrote {
                person,
                message: message_id,
            },
        );
    }
    Ok(messages.iter().map(|message| MessageId::from(message.id)).collect())
}

/// Past messages. A bot has no history: it finds the last day's letters of the customer in its queue, and never
/// learns of the rest.
pub(crate) fn remember(state: &mut State, who: &PersonId, past: Vec<Past>) -> Result<Vec<MessageId>, Refused> {
    let who = user(state, who)?;
    let oldest = state.clock.unix() - KEPT_SECONDS;
    state.private_chat(who);
    let mut placed = Vec::new();
    for Past {
        at,
        by_customer,
        letter,
    } in past
    {
        let author = if by_customer { Author::User(who) } else { Author::Bot };
        for draft in drafts(state, author, who, letter)? {
            let message = state.place(Draft {
                at: Some(at.as_second()),
                ..draft
            });
            if by_customer && message.at > oldest {
                state.announce(MessageUpdate::New, &message);
            }
            placed.push(MessageId::from(message.id));
        }
    }
    Ok(placed)
}

fn drafts(state: &mut State, author: Author, chat: i64, letter: Letter) -> Result<Vec<Draft>, Refused> {
    let reply = reply(state, chat, &letter)?;
    let origin = letter.forwarded_from.clone().map(|name| Origin::Hidden {
        name,
        at: state.clock.unix(),
    });
    let files = letter
        .parts
        .iter()
        .filter(|part| matches!(part, Part::File { .. }))
        .count();
    let album = (files > 1 && files == letter.parts.len()).then(|| format!("1{:016}", state.serial()));
    let bodies = bodies(state, letter)?;
    let author = match state.chats.get(&chat) {
        Some(room) if room.kind == crate::telegram_bot::state::chat::Kind::Channel => Author::Channel,
        _ => author,
    };
    let draft = |body| Draft {
        reply: reply.clone(),
        origin: origin.clone(),
        album: album.clone(),
        ..Draft::new(chat, author, body)
    };
    Ok(bodies.into_iter().map(draft).collect())
}

fn reply(state: &State, chat: i64, letter: &Letter) -> Result<Option<Reply>, Refused> {
    let Some(answered) = &letter.reply_to else {
        return Ok(None);
    };
    let original = answered.number().and_then(|message| state.message(chat, message));
    let original = original.ok_or(Refused::NoSuchMessage)?;
    let quote = letter.quote.as_deref().map(|quote| {
        let position = original
            .words()
            .and_then(|words| words.find(quote, None))
            .ok_or(Refused::Malformed)?;
        Ok(Quote {
            text: Formatted::plain(quote),
            position,
        })
    });
    Ok(Some(Reply {
        chat,
        message: original.id,
        quote: quote.transpose()?,
    }))
}

/// Text is a message of its own, unless a file can carry it as its caption.
fn bodies(state: &mut State, letter: Letter) -> Result<Vec<Body>, Refused> {
    let mut words = Some(Formatted::from(&letter.text)).filter(|words| !words.is_empty());
    let mut bodies = Vec::new();
    for part in letter.parts {
        bodies.push(match part {
            Part::File { shown_as, file } => media(state, shown_as, file, &mut words),
            Part::Shared { what, title, url } => shared(what, title, &url)?,
            Part::Poll { .. } => {
                let extra = Map::from_iter([("id".to_owned(), format!("5{:017}", state.serial()).into())]);
                Body::Part { part, extra }
            }
            part => Body::Part {
                part,
                extra: Map::new(),
            },
        });
    }
    if let Some(text) = words {
        bodies.insert(0, Body::Text(text));
    }
    if bodies.is_empty() {
        Err(Refused::Malformed)
    } else {
        Ok(bodies)
    }
}

fn media(state: &mut State, kind: FileKind, file: Media, words: &mut Option<Formatted>) -> Body {
    let captioned = !matches!(kind, FileKind::Sticker | FileKind::Drawing | FileKind::VideoNote);
    let mut file = file;
    if let (None, Some((width, height))) = (file.width, pixels(&file.data)) {
        file = file.sized(width, height);
    }
    let extra = match kind {
        FileKind::Sticker => Map::from_iter([("emoji".to_owned(), Value::from("👍"))]),
        _ => Map::new(),
    };
    let caption = if captioned {
        words.take().unwrap_or_default()
    } else {
        Formatted::default()
    };
    let file = state.files.store(kind, file);
    Body::Media(MediaBody {
        kind,
        file,
        caption,
        caption_above: false,
        spoiler: false,
        extra,
    })
}

fn shared(what: SharedKind, title: String, url: &str) -> Result<Body, Refused> {
    match what {
        SharedKind::Link => {
            let text = format!("{title}\n{url}");
            let mut text = Formatted::plain(text.trim()).finished();
            let length = utf16(url);
            text.entities.retain(|entity| entity.kind != "url");
            let link = crate::telegram_bot::text::Entity::new("url", utf16(&text.text) - length, length);
            text.entities.push(link);
            Ok(Body::Text(text))
        }
        SharedKind::Story => Ok(Body::Story { title }),
        SharedKind::Post | SharedKind::Goods | SharedKind::Gift => Err(Refused::NotOnThisNetwork),
    }
}

/// The contact card of somebody's own proves the number: the wire shows whose it is.
pub(crate) fn own_card(message: &Message) -> Option<Value> {
    match (&message.body, message.author) {
        (
            Body::Part {
                part: Part::Contact { own: true, .. },
                ..
            },
            Author::User(id),
        ) => Some(json!(id)),
        _ => None,
    }
}
