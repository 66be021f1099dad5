//! Wire → contracts, pure.

use contracts::channel::{Batch, ChatRef, ConnectorEvent, EventMessage, Malformed, PersonRef};
use domain::{At, Content, ConversationKind, Direction, RemoteId};
use serde::Deserialize;
use serde_json::Value;

use super::wire::{Message, Person, Updates};

/// The cursor: the number of the newest update that is committed.
pub(super) const NEWEST: &str = "newest";

/// The updates of one poll with the cursor that stands after them.
pub(super) fn batch(updates: Updates) -> Batch {
    Batch {
        events: updates.updates.into_iter().map(event).collect(),
        cursors: vec![(NEWEST, updates.newest.to_string())],
    }
}

fn event(raw: Value) -> ConnectorEvent {
    match Message::deserialize(&raw) {
        Ok(message) => ConnectorEvent::Message(Box::new(incoming(message))),
        // The kind of error only: its words may quote the message.
        Err(error) => ConnectorEvent::Malformed(Malformed {
            raw: raw.to_string(),
            problem: format!("not a message: {:?}", error.classify()),
        }),
    }
}

fn incoming(message: Message) -> EventMessage {
    let sender = person(message.sender);
    EventMessage {
        chat: ChatRef {
            remote_id: RemoteId::new(message.chat),
            kind: ConversationKind::Direct,
            title: None,
            contact: sender.clone(),
        },
        remote_id: RemoteId::new(message.id),
        direction: Direction::In,
        sender: Some(sender),
        author_name: None,
        sent_at: At::from_secs(message.date),
        content: Content::plain(message.text),
        system: None,
        files: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        album: None,
        echo_of: None,
        source: None,
        edited_at: None,
        catch_up: false,
        read: false,
        raw: None,
    }
}

fn person(person: Person) -> PersonRef {
    PersonRef {
        remote_id: person.id.to_string(),
        name: Some(person.name),
        ..PersonRef::default()
    }
}
