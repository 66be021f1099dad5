//! A message as the chats take it. <https://www.amocrm.ru/developers/content/chats/chat-api-reference>

use contracts::crm::{Author, CrmConversation, CrmFile, CrmMessage, CrmPerson, Work};
use domain::{AttachmentKind, ConversationKind, CrmEntity, CrmOperation, Direction, Extra};
use serde_json::{Value, json};

use super::{contacts::side, wire::User};
use crate::shared::{plain, quoted};

/// Parts of a message: each file is a message of its own there, the words are the caption of the first that takes one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// The same on every try.
    pub(super) msgid: String,
    pub(super) message: Value,
}

/// A file with the address under which the service can have it.
pub(super) type Linked<'a> = (&'a CrmFile, Option<String>);

/// The messages that a message becomes.
pub(super) fn parts(work: &Work, files: &[Linked<'_>]) -> Vec<Part> {
    let mut text = words(work);
    let mut messages = Vec::new();
    for (file, link) in files {
        let Some(link) = link else {
            let line = format!("📎 {}", file.name);
            text = if text.is_empty() {
                line
            } else {
                format!("{text}\n{line}")
            };
            continue;
        };
        let kind = kind(file.kind);
        // Stickers and sound have no caption there.
        let caption = match kind {
            "picture" | "video" | "file" if messages.is_empty() => std::mem::take(&mut text),
            _ => String::new(),
        };
        messages.push(media(file, kind, link, &caption));
    }
    let mut all = Vec::new();
    let extras = work.message.content.extras.iter().filter_map(structured);
    if !text.is_empty()
        || messages.is_empty()
            && work
                .message
                .content
                .extras
                .iter()
                .all(|extra| structured(extra).is_none())
    {
        all.push(json!({ "type": "text", "text": if text.is_empty() { "…" } else { &text } }));
    }
    all.extend(messages);
    all.extend(extras);
    let numbered = |(number, message)| Part {
        msgid: if number == 0 {
            work.marker.clone()
        } else {
            format!("{}:{number}", work.marker)
        },
        message,
    };
    all.into_iter().enumerate().map(numbered).collect()
}

/// The words: of a member of a group with the name in front, because the group is one contact (AMO-14).
fn words(work: &Work) -> String {
    let message = &work.message;
    let mut content = message.content.clone();
    content.extras.retain(|extra| structured(extra).is_none());
    let text = plain(&content);
    // What it answers is told to the service by its number where it has one.
    let quote = quoted(message).filter(|_| message.quote.is_none() || message.forwarded_from.is_some());
    let text = [quote.unwrap_or_default(), text].join("\n").trim().to_owned();
    match (&message.author, message.direction, work.operation) {
        (_, Direction::System, _) => format!("ℹ {text}"),
        (_, _, CrmOperation::Delete) => format!("🗑 {text}").trim().to_owned(),
        (Author::Member { name, .. }, _, _) => format!("{name}: {text}"),
        _ => text,
    }
}

fn kind(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Image => "picture",
        AttachmentKind::Video | AttachmentKind::Animation | AttachmentKind::VideoNote => "video",
        AttachmentKind::Audio => "audio",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Document => "file",
        AttachmentKind::Sticker => "sticker",
    }
}

fn media(file: &CrmFile, kind: &str, link: &str, caption: &str) -> Value {
    let mut message = json!({ "type": kind, "media": link, "file_name": file.name, "file_size": file.size });
    let Some(fields) = message.as_object_mut() else {
        return message;
    };
    if !caption.is_empty() {
        fields.insert("text".to_owned(), caption.into());
    }
    if let (true, Some(duration)) = (matches!(kind, "voice" | "audio"), file.duration_ms) {
        fields.insert("media_duration".to_owned(), (duration / 1000).into());
    }
    message
}

/// What the service has a form of its own for.
fn structured(extra: &Extra) -> Option<Value> {
    match extra {
        Extra::Location { lat, lon, .. } => Some(json!({ "type": "location", "location": { "lat": lat, "lon": lon } })),
        Extra::Contact {
            name,
            phone: Some(phone),
        } => Some(json!({ "type": "contact", "contact": { "name": name, "phone": phone } })),
        _ => None,
    }
}

/// The client as the service knows people. Comments are somebody else where they stand apart (AMO-9).
pub(super) fn client(conversation: &CrmConversation, split: bool) -> Value {
    let person = &conversation.contact;
    let group = conversation.kind == ConversationKind::Group;
    let name = conversation.title.as_ref().filter(|_| group).unwrap_or(&person.name);
    let mut client = json!({ "id": format!("{}{}", person.uid, side(split, conversation)), "name": name });
    let Some(fields) = client.as_object_mut() else {
        return client;
    };
    if let Some(phone) = phone(person, group) {
        fields.insert("profile".to_owned(), json!({ "phone": phone }));
    }
    if let Some(link) = person.identities.first().and_then(|one| one.link.as_ref()) {
        fields.insert("profile_link".to_owned(), json!(link));
    }
    client
}

fn phone(person: &CrmPerson, group: bool) -> Option<String> {
    if group {
        return person.identities.first().map(|one| one.remote_id.clone());
    }
    let phone = person.identities.iter().find_map(|one| one.phone.as_ref())?;
    Some(phone.trim_start_matches('+').to_owned())
}

/// What of a message does not depend on its parts.
pub(super) struct Frame<'a> {
    pub(super) conversation: &'a CrmConversation,
    pub(super) split: bool,
    /// The user of the CRM in whose name ours are.
    pub(super) user: Option<&'a User>,
    /// Nobody is to be told of it.
    pub(super) silent: bool,
    /// The source that leads the chat into a pipeline.
    pub(super) source: Option<&'a str>,
    /// The chat's own name, where a manager has opened it: this first answer ties our name to it.
    pub(super) opened: Option<&'a str>,
}

/// A new message.
pub(super) fn new_message(message: &CrmMessage, part: &Part, frame: &Frame<'_>) -> Value {
    let at = message.written_at;
    let mut payload = json!({
        "timestamp": at.secs(),
        "msec_timestamp": at.millis(),
        "msgid": part.msgid,
        "conversation_id": frame.conversation.uid.to_string(),
        "message": part.message,
        "silent": frame.silent,
    });
    let client = client(frame.conversation, frame.split);
    let Some(fields) = payload.as_object_mut() else {
        return payload;
    };
    match (message.direction, frame.user) {
        (Direction::Out, Some(user)) => {
            fields.insert("sender".to_owned(), operator(message, user));
            fields.insert("receiver".to_owned(), client);
        }
        _ => {
            fields.insert("sender".to_owned(), client);
        }
    }
    if let Some(source) = frame.source {
        fields.insert("source".to_owned(), json!({ "external_id": source }));
    }
    if let Some(opened) = frame.opened {
        fields.insert("conversation_ref_id".to_owned(), opened.into());
    }
    if let Some(quote) = quote(message) {
        fields.insert("reply_to".to_owned(), quote);
    }
    json!({ "event_type": "new_message", "payload": payload })
}

fn operator(message: &CrmMessage, user: &User) -> Value {
    let name = match &message.author {
        Author::Operator(Some(name)) => name,
        _ => &user.name,
    };
    json!({ "id": format!("user-{}", user.id), "ref_id": user.amojo_id, "name": name })
}

/// What it answers, by the service's number or by ours.
fn quote(message: &CrmMessage) -> Option<Value> {
    let quote = message.quote.as_ref()?;
    let theirs = quote.refs.iter().find(|one| one.entity == CrmEntity::Message);
    if let Some(theirs) = theirs {
        return Some(json!({ "message": { "id": theirs.id } }));
    }
    let ours = quote.marker.as_ref()?;
    Some(json!({ "message": { "msgid": ours } }))
}

/// A change of the words of a message.
pub(super) fn edited(work: &Work, part: &Part) -> Value {
    let at = work.message.written_at;
    json!({
        "event_type": "edit_message",
        "payload": {
            "timestamp": at.secs(),
            "msec_timestamp": at.millis(),
            "msgid": part.msgid,
            "conversation_id": work.conversation.uid.to_string(),
            "message": part.message,
        },
    })
}
