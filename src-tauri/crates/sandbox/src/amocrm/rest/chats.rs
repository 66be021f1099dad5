//! Which contact a chat belongs to. <https://www.amocrm.ru/developers/content/crm_platform/contacts-api#contacts-chats-connect>

use super::batch::checked;
use super::call::Call;
use super::page::{Answer, MOST, number, request_id, text, whole};
use super::problem::Fault;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{EntityId, Kind};
use serde_json::{Value, json};

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let (contacts, chats) = (call.query.numbers("contact_id"), call.query.many("chat_id"));
    let state = call.state();
    let found = state.chats.iter().filter_map(|chat| {
        let contact = chat.contact?;
        let wanted = contacts.as_ref().is_none_or(|some| some.contains(&contact))
            && chats.as_ref().is_none_or(|some| some.contains(&chat.id.as_str()));
        wanted.then(|| json!({"chat_id": chat.id, "contact_id": contact, "id": contact}))
    });
    whole(&call, "chats", found.collect())
}

/// A chat that belonged to somebody else moves.
pub(super) async fn link(call: Call) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let pairs = checked(&items, |item| check(&state, item))?;
    let mut answers = Vec::new();
    for (place, (item, (contact, chat))) in items.iter().zip(pairs).enumerate() {
        if let Some(chat) = state.chat_mut(&chat) {
            chat.contact = Some(contact);
        }
        for talk in state.talks.iter_mut().filter(|talk| talk.chat == chat) {
            talk.contact = Some(contact);
        }
        answers.push(
            json!({"chat_id": chat, "contact_id": contact, "id": contact, "request_id": request_id(item, place)}),
        );
    }
    whole(&call, "chats", answers)
}

fn check(state: &State, item: &Value) -> Result<(i64, String), Vec<Fault>> {
    let contact = number(item, "contact_id");
    let living = contact.filter(|number| state.entity(EntityId::of(Kind::Contact, *number)).is_some());
    let chat = text(item, "chat_id").filter(|id| state.chat(id).is_some());
    match (living, chat) {
        (Some(contact), Some(chat)) => Ok((contact, chat.to_owned())),
        (None, _) => Err(vec![Fault::choice("contact_id")]),
        (_, None) => Err(vec![Fault::choice("chat_id")]),
    }
}
