//! Talks, and on Kommo what was said in them.
//! <https://www.amocrm.ru/developers/content/crm_platform/talks-api>, <https://developers.kommo.com/reference/chats-api-add-on>

use super::call::Call;
use super::entity_json::named;
use super::page::{Answer, MOST, hal, ok, page, text, to};
use super::problem::{Fault, Problem};
use crate::amocrm::desk;
use crate::amocrm::hooks;
use crate::amocrm::state::State;
use crate::amocrm::state::chat::{Message, Status, Talk, Writer};
use crate::amocrm::state::entity::{EntityId, Kind};
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let query = &call.query;
    let among = |name: &str, value: i64| query.numbers(name).is_none_or(|some| some.contains(&value));
    let state = call.state();
    let wanted = |talk: &&Talk| {
        among("filter[contact_id]", talk.contact.unwrap_or(0))
            && among("filter[entity_id]", talk.entity.map_or(0, |id| id.number))
            && among("filter[talk_id]", talk.id)
            && (query.one("only_in_work") != Some("1") || talk.open)
    };
    let mut talks: Vec<&Talk> = state.talks.iter().filter(wanted).collect();
    talks.sort_by_key(|talk| std::cmp::Reverse(talk.updated_at));
    page(&call, "talks", MOST, talks, |talk| shown(&state, &call, talk))
}

pub(super) async fn one(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    ok(shown(&state, &call, known(&state, id)?))
}

fn known(state: &State, id: i64) -> Result<&Talk, Problem> {
    state.talks.iter().find(|talk| talk.id == id).ok_or(Problem::NotFound)
}

pub(super) async fn close(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let mut state = call.state();
    known(&state, id)?;
    state.close_talk(id, call.user);
    Ok(hal(StatusCode::ACCEPTED, Value::Null))
}

impl State {
    pub(crate) fn close_talk(&mut self, id: i64, by: i64) {
        let now = self.now();
        let Some(talk) = self.talks.iter_mut().find(|talk| talk.id == id && talk.open) else {
            return;
        };
        (talk.open, talk.read, talk.updated_at) = (false, true, now);
        let (contact, chat) = (talk.contact, talk.chat.clone());
        let of = talk
            .entity
            .or(contact.map(|number| EntityId::of(Kind::Contact, number)));
        if let Some(of) = of {
            self.tell("talk_closed", of, by, (json!([]), json!([{"talk": {"id": id}}])));
        }
        let shown = json!({"talk_id": id, "chat_id": chat, "contact_id": contact, "is_in_work": 0, "is_read": 1});
        hooks::announce(self, "update_talk", json!({"talk": {"update": [shown]}}));
    }
}

/// The add-on is there on Kommo, on paid plans, for programs with the scope.
fn add_on(call: &Call, scope: &str) -> Result<(), Problem> {
    call.needs(scope)?;
    let kommo = call.state().account.kommo;
    kommo
        .then_some(())
        .ok_or(Problem::Unpaid("Endpoint not available for current account tariff"))
}

pub(super) async fn messages(Path(id): Path<i64>, call: Call) -> Answer {
    add_on(&call, "list_external_messages")?;
    let state = call.state();
    let talk = known(&state, id)?;
    let range = call.query.range("filter[created_at]");
    let chat = state.chat(&talk.chat).ok_or(Problem::NotFound)?;
    let within = |message: &&Message| {
        range
            .as_ref()
            .is_none_or(|range| range.contains(&(message.at_ms / 1000)))
    };
    let found: Vec<&Message> = chat.messages.iter().rev().filter(within).collect();
    page(&call, "messages", MOST, found, |message| {
        said(&state, &talk.chat, message)
    })
}

fn said(state: &State, chat: &str, message: &Message) -> Value {
    let (author, name) = state.author(chat, message);
    let content = |name: &str| message.content.get(name).cloned().unwrap_or_default();
    let link = content("media");
    let attachment = link.as_str().is_some_and(|link| !link.is_empty());
    let attachment =
        attachment.then(|| json!({"type": message.kind(), "link": link, "file_name": content("file_name")}));
    json!({
        "id": message.id, "type": if message.outgoing() { "outgoing" } else { "incoming" },
        "message_type": message.kind(), "origin": state.channel.code, "text": message.text(),
        "created_at": message.at_ms / 1000, "attachment": attachment,
        "delivery_status": message.outgoing().then_some(match message.status {
            Status::Sent => "sent",
            Status::Delivered => "delivered",
            Status::Read => "read",
            Status::Failed { .. } => "error",
        }),
        "author": {"id": author, "type": if message.outgoing() { "internal" } else { "external" }, "name": name, "avatar_url": ""},
    })
}

pub(super) async fn send(Path(id): Path<i64>, call: Call) -> Answer {
    add_on(&call, "send_external_messages")?;
    let wish = call.json()?;
    let words = text(&wish, "text").filter(|text| !text.is_empty());
    let words = words.ok_or_else(|| Problem::Invalid(vec![Fault::missing("text")]))?;
    let mut state = call.state();
    let (chat, open) = known(&state, id).map(|talk| (talk.chat.clone(), talk.open))?;
    if !open {
        return Err(Problem::Unprocessable("Talk is closed"));
    }
    if state.account.quota == 0 {
        return Err(Problem::Unpaid("Over chat API limit"));
    }
    state.account.quota -= 1;
    let content = json!({"type": "text", "text": words});
    let message = desk::answers::answer(&mut state, &chat, Writer::User(call.user), content, None, None);
    Ok(hal(StatusCode::ACCEPTED, json!({"id": message})))
}

fn shown(state: &State, call: &Call, talk: &Talk) -> Value {
    let list = |id: Option<EntityId>| -> Value { id.map(|id| named(&call.here, id)).into_iter().collect() };
    let contact = talk.contact.map(|number| EntityId::of(Kind::Contact, number));
    json!({
        "talk_id": talk.id, "created_at": talk.created_at, "updated_at": talk.updated_at, "rate": 0,
        "contact_id": talk.contact, "chat_id": talk.chat, "entity_id": talk.entity.map(|id| id.number),
        "entity_type": talk.entity.map(|id| id.kind.singular()), "status": if talk.open { "in_work" } else { "closed" },
        "is_in_work": talk.open, "is_read": talk.read, "origin": state.channel.code, "source_id": null, "missed_at": null,
        "account_id": state.account.id, "_links": to(call.link(&format!("talks/{}", talk.id))),
        "_embedded": {"contacts": list(contact), "leads": list(talk.entity), "customers": []},
    })
}
