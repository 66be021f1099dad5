//! The updates of one poll as events, without asking anybody: what has to be asked for comes between the two halves.

use std::collections::BTreeSet;

use contracts::channel::{ConnectorEvent, Malformed};
use domain::{At, Reachability, RemoteId};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    convert::{self, View},
    wire::{Consent, Message, MessageNew, Press, Reaction, Read, Typing, Update},
};

/// One update, understood.
#[derive(Debug)]
pub(super) enum Happened {
    /// Somebody wrote, we included.
    Message(Box<Message>, Value),
    /// Somebody changed a message.
    Edit(Box<Message>),
    /// Somebody read.
    Read(Read),
    /// Somebody types.
    Typing(Typing),
    /// A client allows or forbids our messages.
    Consent(Consent, Reachability),
    /// A client pressed a button.
    Press(Press),
    /// A client reacted.
    Reaction(Reaction),
    /// Could not be understood.
    Malformed(Malformed),
}

/// Understands an update; `None` for kinds that this channel has no use for.
pub(super) fn understand(update: &Value) -> Option<Happened> {
    match read(update) {
        Ok(happened) => happened,
        Err(problem) => Some(Happened::Malformed(Malformed {
            raw: update.to_string(),
            problem: problem.to_string(),
        })),
    }
}

fn read(update: &Value) -> Result<Option<Happened>, serde_json::Error> {
    let update = Update::deserialize(update)?;
    let object = update.object;
    Ok(Some(match update.kind.as_str() {
        "message_new" => message(MessageNew::deserialize(object)?.message)?,
        "message_reply" => message(object)?,
        "message_edit" => Happened::Edit(Box::new(of(object)?)),
        "message_read" => Happened::Read(of(object)?),
        "message_typing_state" => Happened::Typing(of(object)?),
        "message_allow" => Happened::Consent(of(object)?, Reachability::Open),
        "message_deny" => Happened::Consent(of(object)?, Reachability::Blocked),
        "message_event" => Happened::Press(of(object)?),
        "message_reaction_event" => Happened::Reaction(of(object)?),
        _ => return Ok(None),
    }))
}

fn of<T: DeserializeOwned>(object: Value) -> Result<T, serde_json::Error> {
    T::deserialize(object)
}

fn message(raw: Value) -> Result<Happened, serde_json::Error> {
    Ok(Happened::Message(Box::new(Message::deserialize(&raw)?), raw))
}

impl Happened {
    /// Whose names converting needs.
    pub(super) fn named(&self, into: &mut BTreeSet<i64>) {
        match self {
            Self::Message(message, _) | Self::Edit(message) => {
                into.extend(convert::named(message));
                into.insert(message.peer_id);
            }
            Self::Reaction(reaction) => into.extend([reaction.reacted_id]),
            _ => {}
        }
    }

    /// The event that it is for the app, if any.
    pub(super) fn event(self, view: &View<'_>, now: At) -> Option<ConnectorEvent> {
        match self {
            Self::Message(message, raw) => {
                let message = convert::message(&message, &raw, view);
                Some(ConnectorEvent::Message(Box::new(message)))
            }
            Self::Edit(message) => convert::edited(&message, view.names),
            Self::Read(read) => Some(convert::read(&read, view.group, now)),
            Self::Typing(typing) if typing.from_id == -view.group => None,
            Self::Typing(typing) => Some(ConnectorEvent::Typing {
                chat: RemoteId::new(typing.from_id),
            }),
            Self::Consent(consent, reachability) => Some(convert::reachable(consent.user_id, reachability, now)),
            Self::Reaction(reaction) => convert::reaction(&reaction, view, now),
            Self::Malformed(malformed) => Some(ConnectorEvent::Malformed(malformed)),
            Self::Press(_) => None,
        }
    }
}
