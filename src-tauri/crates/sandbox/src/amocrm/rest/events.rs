//! What happened. <https://www.amocrm.ru/developers/content/crm_platform/events-and-notes>
//!
//! Newest first. Texts of messages are not in here, only their numbers.

use super::call::Call;
use super::entity_json::link;
use super::page::{Answer, MOST, made, page, to};
use crate::amocrm::state::State;
use crate::amocrm::state::feed::Event;
use serde_json::{Value, json};

/// Types that this simulator tells of. The account's own list is longer.
const TYPES: &[&str] = &[
    "lead_added",
    "lead_deleted",
    "lead_status_changed",
    "contact_added",
    "contact_deleted",
    "company_added",
    "company_deleted",
    "entity_responsible_changed",
    "entity_merged",
    "task_added",
    "task_completed",
    "common_note_added",
    "service_note_added",
    "attachment_note_added",
    "geo_note_added",
    "message_to_cashier_note_added",
    "incoming_sms",
    "outgoing_sms",
    "incoming_call",
    "outgoing_call",
    "incoming_chat_message",
    "outgoing_chat_message",
    "talk_created",
    "talk_closed",
];

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let mut found: Vec<&Event> = state
        .events
        .iter()
        .rev()
        .filter(|event| matches(&call, event))
        .collect();
    state.host.chaos.batch("events", &mut found);
    page(&call, "events", MOST, found, |event| shown(&state, &call, event))
}

fn matches(call: &Call, event: &Event) -> bool {
    let query = &call.query;
    let word = |name: &str, value: &str| query.many(name).is_none_or(|some| some.contains(&value));
    let number = |name: &str, value: i64| query.numbers(name).is_none_or(|some| some.contains(&value));
    word("filter[id]", &event.id)
        && word("filter[type]", event.kind)
        && word("filter[entity]", event.of.kind.singular())
        && number("filter[entity_id]", event.of.number)
        && number("filter[created_by]", event.created_by)
        && query
            .range("filter[created_at]")
            .is_none_or(|range| range.contains(&event.created_at))
}

pub(super) async fn types(call: Call) -> Answer {
    call.needs("crm")?;
    let shown = TYPES.iter().map(|kind| json!({"key": kind, "type": 1, "lang": kind}));
    made(&call, "events_types", shown.collect())
}

fn shown(state: &State, call: &Call, event: &Event) -> Value {
    let mut entity = json!({"id": event.of.number, "_links": link(&call.here, event.of)});
    let named = format!("{}_name", event.of.kind.singular());
    if let (true, Some(fields)) = (call.query.with().contains(&named.as_str()), entity.as_object_mut()) {
        let name = state.entity(event.of).map(|one| one.name.clone());
        fields.insert("name".to_owned(), json!(name));
    }
    json!({
        "id": event.id, "type": event.kind, "entity_id": event.of.number, "entity_type": event.of.kind.singular(),
        "created_by": event.created_by, "created_at": event.created_at, "value_after": event.after,
        "value_before": event.before, "account_id": state.account.id,
        "_links": to(call.link(&format!("events/{}", event.id))), "_embedded": {"entity": entity},
    })
}
