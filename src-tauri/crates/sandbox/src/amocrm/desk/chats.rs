//! Conversations as managers see them.

use crate::amocrm::state::State;
use crate::amocrm::state::chat::{Chat, Message, Status, Writer};
use crate::amocrm::state::entity::{EntityId, Kind};
use crate::crm::{Author, CardId, CardKind, CrmChat, CrmMessage, Fate, count_copies};
use crate::ids::{ChatId, ManagerId, MessageId};
use crate::letter::{FileKind, Part};
use jiff::Timestamp;
use serde_json::Value;

/// Chats that have a message, the one written in last first.
pub(in crate::amocrm) fn chats(state: &State) -> Vec<CrmChat> {
    let mut chats: Vec<&Chat> = state.chats.iter().filter(|chat| !chat.messages.is_empty()).collect();
    chats.sort_by_key(|chat| std::cmp::Reverse(chat.messages.last().map(|message| message.at_ms)));
    chats.into_iter().map(|chat| shown(state, chat)).collect()
}

fn shown(state: &State, chat: &Chat) -> CrmChat {
    let talk = state.talks.iter().rev().find(|talk| talk.chat == chat.id);
    let mut messages: Vec<CrmMessage> = chat.messages.iter().map(|message| said(state, chat, message)).collect();
    count_copies(&mut messages);
    let contact = chat
        .contact
        .filter(|number| state.entity(EntityId::of(Kind::Contact, *number)).is_some());
    CrmChat {
        id: ChatId::from(chat.id.as_str()),
        title: chat.title().to_owned(),
        channel: state
            .channel
            .connected
            .clone()
            .unwrap_or_else(|| state.channel.code.clone()),
        external_id: chat.client_id.clone(),
        contact: contact.map(|number| CardId::of(CardKind::Contact, number)),
        card: talk
            .and_then(|talk| talk.entity)
            .map(|id| CardId::of(CardKind::Lead, id.number)),
        open: talk.is_some_and(|talk| talk.open),
        client_types: chat.typing_until > state.host.clock.now().as_millisecond(),
        messages,
    }
}

fn said(state: &State, chat: &Chat, message: &Message) -> CrmMessage {
    let media = message.content.get("media").and_then(Value::as_str);
    CrmMessage {
        id: MessageId::from(message.id.as_str()),
        external_id: message.client_id.clone(),
        author: match &message.writer {
            Writer::Client(_) => Author::Client {
                name: state.author(&chat.id, message).1,
            },
            Writer::User(id) => Author::Manager {
                id: ManagerId::from(*id),
            },
            Writer::Bot => Author::System,
        },
        at: Timestamp::from_millisecond(message.at_ms).unwrap_or_default(),
        text: message.text().to_owned(),
        parts: part(message).into_iter().collect(),
        links: media
            .filter(|link| !link.is_empty())
            .map(str::to_owned)
            .into_iter()
            .collect(),
        reply_to: message.reply_to.as_deref().map(MessageId::from),
        edited: message.edited,
        deleted: message.deleted,
        reactions: message.reactions.iter().map(|(_, emoji)| emoji.clone()).collect(),
        fate: message.outgoing().then(|| match &message.status {
            Status::Sent => Fate::Sent,
            Status::Delivered => Fate::Delivered,
            Status::Read => Fate::Read,
            Status::Failed { code, reason } => Fate::Failed {
                reason: format!("{code}: {reason}"),
            },
        }),
        copies: 0,
    }
}

/// The file, the place or the card of a message.
fn part(message: &Message) -> Option<Part> {
    let content = &message.content;
    if let Some(file) = message.file.clone() {
        let shown_as = match message.kind() {
            "picture" => FileKind::Photo,
            "video" => FileKind::Video,
            "voice" => FileKind::Voice,
            "audio" => FileKind::Audio,
            "sticker" => FileKind::Sticker,
            _ => FileKind::Document,
        };
        return Some(Part::File { shown_as, file });
    }
    if let Some(point) = content.get("location") {
        return Some(Part::Location {
            latitude: point.get("lat")?.as_f64()?,
            longitude: point.get("lon")?.as_f64()?,
        });
    }
    let card = content.get("contact")?;
    Some(Part::Contact {
        phone: card.get("phone")?.as_str()?.to_owned(),
        first_name: card.get("name")?.as_str()?.to_owned(),
        last_name: String::new(),
        own: false,
    })
}
