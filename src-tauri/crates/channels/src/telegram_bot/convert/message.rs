use contracts::channel::{ConnectorEvent, EventMessage, PersonRef, ReplyRef, Source};
use domain::{At, Content, Direction, Extra, RemoteId, text};
use serde_json::value::RawValue;

use super::{Reader, file, lines, people, raw_value, text::from_wire};
use crate::telegram_bot::wire::{ChatKind, Message};

/// Fields that are about a message and not in it.
const AROUND: &[&str] = &[
    "message_id",
    "message_thread_id",
    "direct_messages_topic",
    "from",
    "sender_chat",
    "sender_boost_count",
    "sender_business_bot",
    "sender_tag",
    "date",
    "business_connection_id",
    "chat",
    "forward_origin",
    "forward_from",
    "forward_from_chat",
    "forward_from_message_id",
    "forward_signature",
    "forward_sender_name",
    "forward_date",
    "is_topic_message",
    "is_automatic_forward",
    "reply_to_message",
    "external_reply",
    "quote",
    "reply_to_story",
    "reply_to_checklist_task_id",
    "reply_to_poll_option_id",
    "via_bot",
    "edit_date",
    "has_protected_content",
    "is_from_offline",
    "is_paid_post",
    "media_group_id",
    "author_signature",
    "paid_star_count",
    "entities",
    "link_preview_options",
    "suggested_post_info",
    "effect_id",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "reply_markup",
];

/// A new message: itself, and a phone number that its sender proves.
pub(super) fn events(reader: &Reader, raw: &RawValue) -> Result<Vec<ConnectorEvent>, serde_json::Error> {
    let message: Message = serde_json::from_str(raw.get())?;
    // Posts of a channel are no conversation; comments under them come as messages of its group.
    if message.chat.kind == ChatKind::Channel {
        return Ok(Vec::new());
    }
    let mut told: Vec<ConnectorEvent> = lines::moved(&message).into_iter().collect();
    let line = lines::line(&message);
    let Some((content, kept)) = content_or_unsupported(&message, line.is_some(), raw)? else {
        return Ok(told);
    };
    let ours = message.from.as_ref().is_some_and(|user| user.id == reader.own);
    let sender = people::author(&message);
    let sent_at = At::from_secs(message.date);
    let proven = sender.as_ref().and_then(|sender| proven_phone(&message, sender));
    let event = EventMessage {
        chat: people::chat_ref(&message.chat),
        remote_id: RemoteId::new(message.message_id),
        direction: match (&line, ours) {
            (Some(_), _) => Direction::System,
            (None, true) => Direction::Out,
            (None, false) => Direction::In,
        },
        sender: sender.filter(|_| !ours && line.is_none()),
        author_name: None,
        sent_at,
        source: source(&message),
        files: file::of(reader, &message).into_iter().collect(),
        reply_to: reply(&message),
        forwarded_from: message.forward_origin.as_ref().and_then(people::origin),
        album: message.media_group_id,
        echo_of: None,
        edited_at: message.edit_date.map(At::from_secs),
        catch_up: sent_at < reader.catch_up_before,
        read: false,
        system: line,
        content,
        raw: kept,
    };
    told.push(ConnectorEvent::Message(Box::new(event)));
    told.extend(proven.map(ConnectorEvent::ContactChanged));
    Ok(told)
}

/// A message whose text or caption was changed. What else may change (a live location moves) is the content too.
pub(super) fn edited(raw: &RawValue) -> Result<Option<ConnectorEvent>, serde_json::Error> {
    let message: Message = serde_json::from_str(raw.get())?;
    if message.chat.kind == ChatKind::Channel {
        return Ok(None);
    }
    Ok(Some(ConnectorEvent::Edited {
        chat: RemoteId::new(message.chat.id),
        message: RemoteId::new(message.message_id),
        at: At::from_secs(message.edit_date.unwrap_or(message.date)),
        content: content(&message),
    }))
}

fn content(message: &Message) -> Content {
    let (text, entities) = match (&message.text, &message.caption) {
        (Some(text), _) => (text.clone(), &message.entities),
        (None, Some(caption)) => (caption.clone(), &message.caption_entities),
        (None, None) => (String::new(), &message.entities),
    };
    Content {
        text,
        entities: from_wire(entities),
        extras: extra(message).into_iter().collect(),
    }
}

fn extra(message: &Message) -> Option<Extra> {
    // A venue comes with its location as well.
    if let Some(venue) = &message.venue {
        return Some(Extra::Location {
            lat: venue.location.latitude,
            lon: venue.location.longitude,
            title: Some(venue.title.clone()),
            address: Some(venue.address.clone()),
        });
    }
    if let Some(location) = &message.location {
        return Some(Extra::Location {
            lat: location.latitude,
            lon: location.longitude,
            title: None,
            address: None,
        });
    }
    if let Some(contact) = &message.contact {
        return Some(Extra::Contact {
            name: people::name(&contact.first_name, &contact.last_name).unwrap_or_default(),
            // The server leaves the `+` out at times.
            phone: text::phone(&contact.phone_number).or_else(|| Some(contact.phone_number.clone())),
        });
    }
    if let Some(poll) = &message.poll {
        return Some(Extra::Poll {
            question: poll.question.clone(),
            options: poll.options.iter().map(|option| option.text.clone()).collect(),
        });
    }
    message.dice.as_ref().map(|dice| Extra::Dice {
        emoji: dice.emoji.clone(),
        value: dice.value,
    })
}

/// The content, or «unsupported» with the raw form; `None` for a line about the chat that tells an operator nothing.
fn content_or_unsupported(
    message: &Message,
    is_line: bool,
    raw: &RawValue,
) -> Result<Option<(Content, Option<serde_json::Value>)>, serde_json::Error> {
    let content = content(message);
    let has_file = !message.photo.is_empty()
        || message.animation.is_some()
        || message.video.is_some()
        || message.audio.is_some()
        || message.voice.is_some()
        || message.video_note.is_some()
        || message.sticker.is_some()
        || message.document.is_some();
    if is_line || has_file || message.text.is_some() || !content.extras.is_empty() {
        return Ok(Some((content, None)));
    }
    let raw = raw_value(raw)?;
    let fields = raw.as_object().into_iter().flat_map(|fields| fields.keys());
    let mut inside = fields.filter(|field| !AROUND.contains(&field.as_str()));
    let Some(what) = inside.next().cloned() else {
        return Ok(Some((unsupported(content, "empty"), Some(raw))));
    };
    if lines::SILENT.contains(&what.as_str()) {
        return Ok(None);
    }
    Ok(Some((unsupported(content, &what), Some(raw))))
}

fn unsupported(content: Content, what: &str) -> Content {
    Content {
        extras: vec![Extra::Unsupported { what: what.to_owned() }],
        ..content
    }
}

fn reply(message: &Message) -> Option<ReplyRef> {
    let quote = message.quote.as_ref().map(|quote| quote.text.clone());
    if let Some(answered) = &message.reply_to_message {
        let opens_topic = message.is_topic_message && answered.forum_topic_created.is_some();
        return (!opens_topic).then(|| ReplyRef {
            remote_id: Some(RemoteId::new(answered.message_id)),
            author: people::answered_author(answered),
            text: quote
                .or_else(|| answered.text.clone())
                .or_else(|| answered.caption.clone()),
        });
    }
    let elsewhere = message.external_reply.as_ref()?;
    Some(ReplyRef {
        remote_id: None,
        author: people::elsewhere_author(elsewhere),
        text: quote,
    })
}

/// `/start <payload>` from a link `t.me/<bot>?start=<payload>`.
fn source(message: &Message) -> Option<Source> {
    let payload = message.text.as_deref()?.strip_prefix("/start ")?.trim();
    (!payload.is_empty()).then(|| Source {
        reference: payload.to_owned(),
        detail: None,
    })
}

/// A person's own card proves the number.
fn proven_phone(message: &Message, sender: &PersonRef) -> Option<PersonRef> {
    let contact = message.contact.as_ref()?;
    let own = contact.user_id.is_some_and(|user| user.to_string() == sender.remote_id);
    let phone = text::phone(&contact.phone_number).filter(|_| own)?;
    Some(PersonRef {
        phone: Some(phone),
        ..sender.clone()
    })
}
