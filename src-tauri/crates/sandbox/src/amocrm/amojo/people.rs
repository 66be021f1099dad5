//! People as the chats service shows them, and as programs tell of them.

use crate::amocrm::rest::page::text;
use crate::amocrm::state::State;
use crate::amocrm::state::chat::{Message, Participant, Writer};
use serde_json::{Value, json};

/// Reads `{"id", "name", "avatar", "profile": {"phone", "email"}}`.
pub(super) fn read(state: &mut State, told: &Value) -> Option<Participant> {
    let client_id = text(told, "id")?.to_owned();
    let profile = told.get("profile");
    let of_profile = |name: &str| profile.and_then(|about| text(about, name)).map(str::to_owned);
    let known = state.chats.iter().flat_map(|chat| &chat.people);
    let known = known
        .into_iter()
        .find(|one| one.client_id == client_id)
        .map(|one| one.id.clone());
    Some(Participant {
        id: known.unwrap_or_else(|| state.uuid()),
        client_id,
        name: text(told, "name").unwrap_or_default().to_owned(),
        avatar: text(told, "avatar").unwrap_or_default().to_owned(),
        phone: of_profile("phone"),
        email: of_profile("email"),
    })
}

/// Whoever `ref_id` names on the side of the account: staff, or the channel's bot.
pub(super) fn staff(state: &State, told: &Value) -> Option<Writer> {
    let id = text(told, "ref_id")?;
    if id == state.channel.bot {
        return Some(Writer::Bot);
    }
    let user = state.users.iter().find(|user| user.amojo_id == id)?;
    Some(Writer::User(user.id))
}

pub(in crate::amocrm) fn shown(person: &Participant) -> Value {
    let mut shown =
        json!({"id": person.id, "client_id": person.client_id, "name": person.name, "avatar": person.avatar});
    if let Some(fields) = shown.as_object_mut() {
        for (name, value) in [("phone", &person.phone), ("email", &person.email)] {
            if let Some(value) = value {
                fields.insert(name.to_owned(), json!(value));
            }
        }
    }
    shown
}

/// The author of a message: clients with their `client_id`, staff without.
pub(in crate::amocrm) fn sender(state: &State, chat: &str, message: &Message) -> Value {
    if let Writer::Client(id) = &message.writer {
        let person = state
            .chat(chat)
            .and_then(|chat| chat.people.iter().find(|one| one.id == *id));
        return person.map(shown).unwrap_or_default();
    }
    let (id, name) = state.author(chat, message);
    json!({"id": id, "name": name})
}
