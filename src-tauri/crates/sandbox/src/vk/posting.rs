//! What happens when somebody writes, changes or deletes: the dialog, the event queue and the news, in one place for
//! people, administrators and the API.

use super::state::State;
use super::state::dialog::Consent;
use super::state::message::{Arrival, Body, Gone, Message};
use super::wire;
use crate::ids::{ChatId, MessageId, PersonId};
use crate::news::{Happening, News};
use crate::phone::Sent;
use serde_json::{Value, json};

/// A message before it has a number.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) body: Body,
    pub(crate) payload: Option<String>,
    pub(crate) keyboard: Option<Value>,
    pub(crate) arrival: Option<Arrival>,
    pub(crate) admin_author_id: Option<i64>,
    pub(crate) random_id: i64,
    /// When it was written, unix seconds; now when left out.
    pub(crate) at: Option<i64>,
}

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author {
    Person,
    /// The community through the API: counts as sent by the business.
    Api,
    /// An administrator in VK itself.
    Admin,
}

/// Puts a message into a dialog and tells nobody.
pub(crate) fn place(state: &mut State, group: i64, peer: i64, author: Author, draft: Draft) -> Option<Message> {
    let now = state.now();
    let community = state.community(group)?;
    let id = community.next_message_id();
    let dialog = community.dialog(peer);
    let message = Message {
        id,
        cmid: dialog.next_cmid(),
        peer_id: peer,
        from_id: if author == Author::Person { peer } else { -group },
        date: draft.at.unwrap_or(now),
        body: draft.body,
        payload: draft.payload,
        keyboard: draft.keyboard,
        arrival: draft.arrival,
        admin_author_id: draft.admin_author_id,
        random_id: draft.random_id,
        version: id * 10,
        ..Message::default()
    };
    dialog.answered = author != Author::Person;
    dialog.archived = false;
    if author == Author::Person && dialog.consent == Consent::Never {
        dialog.consent = Consent::Given;
    }
    dialog.push(message.clone());
    Some(message)
}

/// Puts a message into a dialog and tells everybody concerned.
pub(crate) fn post(state: &mut State, group: i64, peer: i64, author: Author, draft: Draft) -> Option<Message> {
    let message = place(state, group, peer, author, draft)?;
    if author == Author::Person {
        let crop = state.orders.crops_next();
        let object =
            json!({"message": wire::message::in_event(&message, crop), "client_info": wire::message::client_info()});
        event(state, group, "message_new", object);
        let what = Happening::CustomerWrote {
            person: PersonId::from(peer),
            message: MessageId::from(message.cmid),
        };
        tell(state, peer, what);
    } else {
        event(state, group, "message_reply", wire::message::in_event(&message, false));
        if author == Author::Api {
            record(state, group, &message);
        }
        if let Some(community) = state.community(group) {
            community.typing_until.remove(&peer);
        }
        tell(
            state,
            peer,
            Happening::BusinessWrote {
                message: MessageId::from(message.cmid),
            },
        );
    }
    Some(message)
}

fn record(state: &mut State, group: i64, message: &Message) {
    let sent = Sent {
        method: "messages.send".to_owned(),
        chat: ChatId::from(message.peer_id),
        message: MessageId::from(message.cmid),
        text: message.body.text.clone(),
        at: state.host.clock.now(),
    };
    if let Some(community) = state.community(group) {
        community.sent.push(sent);
    }
}

/// Changes a message by `change` and announces it.
pub(crate) fn amend(
    state: &mut State,
    group: i64,
    peer: i64,
    cmid: i64,
    change: impl FnOnce(&mut Message),
) -> Option<Message> {
    let now = state.now();
    let message = state.community(group)?.dialog(peer).by_cmid_mut(cmid)?;
    change(message);
    message.update_time = Some(now);
    message.version += 1;
    let message = message.clone();
    event(state, group, "message_edit", wire::message::in_event(&message, false));
    if message.is_outgoing() {
        tell(
            state,
            peer,
            Happening::BusinessEdited {
                message: MessageId::from(cmid),
            },
        );
    }
    Some(message)
}

/// Deletes a message. VK has no event for it: `groups.setLongPollSettings` knows none.
pub(crate) fn remove(state: &mut State, group: i64, peer: i64, cmid: i64, gone: Gone) -> bool {
    let Some(message) = state
        .community(group)
        .and_then(|one| one.dialog(peer).by_cmid_mut(cmid))
    else {
        return false;
    };
    message.gone = gone;
    if message.is_outgoing() && gone == Gone::ForAll {
        tell(
            state,
            peer,
            Happening::BusinessDeleted {
                message: MessageId::from(cmid),
            },
        );
    }
    true
}

/// Adds an event to the queue of a community.
pub(crate) fn event(state: &mut State, group: i64, kind: &str, object: Value) {
    if let Some(community) = state.community(group) {
        community.long_poll.push(group, kind, object);
    }
}

/// Tells the living people and whoever else listens.
pub(crate) fn tell(state: &State, peer: i64, what: Happening) {
    state.host.news.tell(News {
        vendor: super::ID,
        chat: ChatId::from(peer),
        what,
    });
}
