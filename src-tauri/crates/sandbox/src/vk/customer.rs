//! What a person does in the dialog with the community.

use super::letter;
use super::posting::{self, Author, Draft};
use super::state::State;
use super::state::community::Press;
use super::state::dialog::Consent;
use super::state::message::{Body, Gone, Message};
use super::{emoji, state::dialog::Dialog};
use crate::act::{Act, Refused};
use crate::ids::MessageId;
use serde_json::{Value, json};

/// Carries out an act of `peer` towards the home community; gives the numbers of messages that came of it.
pub(super) fn act(state: &mut State, peer: i64, act: Act) -> Result<Vec<MessageId>, Refused> {
    let group = state.home;
    let now = state.now();
    if let Some(user) = state.users.get_mut(&peer) {
        user.last_seen = now;
    }
    match act {
        Act::Start { payload } => {
            let came_by = payload.as_deref().map(letter::arrival);
            dialog(state, peer).came_by = came_by;
            allow(state, peer, payload.as_deref().unwrap_or_default());
        }
        Act::Write(letter) => return write(state, peer, &letter),
        Act::Edit { message, text } => {
            let cmid = theirs(state, peer, &message)?;
            posting::amend(state, group, peer, cmid, |message| message.body.text = text.text);
        }
        Act::Delete { message } => {
            let cmid = theirs(state, peer, &message)?;
            posting::remove(state, group, peer, cmid, Gone::ForAll);
        }
        Act::React { message, emoji } => react(state, peer, &message, emoji.as_deref())?,
        Act::Read { up_to } => read(state, peer, up_to.as_ref())?,
        Act::Type => {
            posting::event(
                state,
                group,
                "message_typing_state",
                json!({"state": "typing", "from_id": peer, "to_id": -group}),
            );
        }
        Act::Press { message, button } => return press(state, peer, &message, &button),
        Act::Block => {
            dialog(state, peer).consent = Consent::Withdrawn;
            posting::event(state, group, "message_deny", json!({"user_id": peer}));
        }
        Act::Unblock => allow(state, peer, ""),
    }
    Ok(Vec::new())
}

fn dialog(state: &mut State, peer: i64) -> &mut Dialog {
    state.home().dialog(peer)
}

fn allow(state: &mut State, peer: i64, key: &str) {
    dialog(state, peer).consent = Consent::Given;
    let group = state.home;
    posting::event(state, group, "message_allow", json!({"user_id": peer, "key": key}));
}

fn write(state: &mut State, peer: i64, letter: &crate::letter::Letter) -> Result<Vec<MessageId>, Refused> {
    let group = state.home;
    if dialog(state, peer).consent == Consent::Withdrawn {
        return Err(Refused::Blocked);
    }
    let mut draft = letter::draft(state, group, peer, peer, letter)?;
    let came_by = dialog(state, peer).came_by.take();
    draft.arrival = draft.arrival.or(came_by);
    let message = posting::post(state, group, peer, Author::Person, draft).ok_or(Refused::NoSuchChat)?;
    Ok(vec![MessageId::from(message.cmid)])
}

/// The message, if the person can see it.
fn visible<'a>(state: &'a mut State, peer: i64, id: &MessageId) -> Result<&'a mut Message, Refused> {
    let cmid = id.number().ok_or(Refused::NoSuchMessage)?;
    let message = state.home().dialog(peer).by_cmid_mut(cmid);
    message
        .filter(|message| message.gone.person_sees())
        .ok_or(Refused::NoSuchMessage)
}

/// The number of a message of their own.
fn theirs(state: &mut State, peer: i64, id: &MessageId) -> Result<i64, Refused> {
    let message = visible(state, peer, id)?;
    if message.is_outgoing() {
        Err(Refused::NotTheirs)
    } else {
        Ok(message.cmid)
    }
}

/// An event without `reaction_id` says that the reaction was taken away.
fn react(state: &mut State, peer: i64, id: &MessageId, picture: Option<&str>) -> Result<(), Refused> {
    let number = picture
        .map(|picture| emoji::number(picture).ok_or(Refused::NotOnThisNetwork))
        .transpose()?;
    let message = visible(state, peer, id)?;
    let mut object = json!({"reacted_id": peer, "peer_id": peer, "cmid": message.cmid});
    match number {
        Some(number) => message.reactions.insert(peer, number),
        None => message.reactions.remove(&peer),
    };
    if let (Some(number), Some(fields)) = (number, object.as_object_mut()) {
        fields.insert("reaction_id".into(), json!(number));
    }
    let group = state.home;
    posting::event(state, group, "message_reaction_event", object);
    Ok(())
}

/// Reads the community's messages up to one of them; says so once.
fn read(state: &mut State, peer: i64, up_to: Option<&MessageId>) -> Result<(), Refused> {
    let until = up_to
        .map(|id| visible(state, peer, id).map(|message| message.id))
        .transpose()?;
    let group = state.home;
    let dialog = dialog(state, peer);
    let ours = |message: &&Message| message.is_outgoing() && until.is_none_or(|until| message.id <= until);
    let Some((id, cmid)) = dialog
        .seen_by_person()
        .rfind(ours)
        .map(|message| (message.id, message.cmid))
    else {
        return Ok(());
    };
    if id <= dialog.out_read {
        return Ok(());
    }
    dialog.out_read = id;
    let object = json!({"from_id": peer, "peer_id": peer, "read_message_id": id, "conversation_message_id": cmid});
    posting::event(state, group, "message_read", object);
    Ok(())
}

/// A text button writes its label with its payload; a callback button makes an event; the others stay on the phone.
fn press(state: &mut State, peer: i64, id: &MessageId, label: &str) -> Result<Vec<MessageId>, Refused> {
    let message = visible(state, peer, id)?;
    let cmid = message.cmid;
    let action = message
        .keyboard
        .as_ref()
        .and_then(|keyboard| labelled(keyboard, label))
        .ok_or(Refused::NoSuchButton)?;
    let payload = action
        .get("payload")
        .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let group = state.home;
    match action.get("type").and_then(Value::as_str) {
        Some("text") => {
            let draft = Draft {
                body: Body::says(label),
                payload,
                ..Draft::default()
            };
            let message = posting::post(state, group, peer, Author::Person, draft).ok_or(Refused::NoSuchChat)?;
            Ok(vec![MessageId::from(message.cmid)])
        }
        Some("callback") => {
            let (event_id, at) = (state.secret(12), state.now());
            let press = Press {
                peer_id: peer,
                user_id: peer,
                at,
                answer: None,
            };
            state.home().presses.insert(event_id.clone(), press);
            let object = json!({
                "user_id": peer, "peer_id": peer, "event_id": event_id, "conversation_message_id": cmid,
                "payload": payload.as_deref().map_or_else(|| json!({}), parsed),
            });
            posting::event(state, group, "message_event", object);
            Ok(Vec::new())
        }
        _ => Ok(Vec::new()),
    }
}

/// The event carries the payload as the object that its text spells; the schema says text, the live service and the
/// SDKs' examples say object.
fn parsed(payload: &str) -> Value {
    serde_json::from_str(payload).unwrap_or_else(|_source| json!(payload))
}

/// The action of the button with this label.
fn labelled(keyboard: &Value, label: &str) -> Option<Value> {
    let rows = keyboard.get("buttons")?.as_array()?;
    let actions = rows
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|button| button.get("action"));
    actions
        .into_iter()
        .find(|action| action.get("label").and_then(Value::as_str) == Some(label))
        .cloned()
}
