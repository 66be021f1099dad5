//! What belongs to what. <https://www.amocrm.ru/developers/content/crm_platform/entity-links-api>

use super::call::Call;
use super::entities::{kind, known};
use super::page::{Answer, MOST, made, nothing, number, ok, text, to};
use super::problem::{Fault, Problem};
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{EntityId, Kind};
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn list(Path((named, number)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let id = known(&state, &named, number)?;
    let links: Vec<Value> = of(&state, id).into_iter().map(|(_, shown)| shown).collect();
    ok(json!({"_links": to(format!("{}{}", call.here, call.path)), "_embedded": {"links": links}}))
}

pub(super) async fn of_many(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let (kind, state) = (kind(&named)?, call.state());
    let wanted = call.query.numbers("filter[entity_id]").unwrap_or_default();
    let links: Vec<Value> = wanted
        .into_iter()
        .flat_map(|number| of(&state, EntityId::of(kind, number)))
        .map(|(from, mut shown)| {
            if let Some(fields) = shown.as_object_mut() {
                fields.insert("entity_id".to_owned(), from.number.into());
                fields.insert("entity_type".to_owned(), from.kind.plural().into());
            }
            shown
        })
        .collect();
    if links.is_empty() {
        nothing()
    } else {
        made(&call, "links", links)
    }
}

fn of(state: &State, id: EntityId) -> Vec<(EntityId, Value)> {
    let others = Kind::ALL.into_iter().flat_map(|kind| {
        let numbers = state.linked(id, kind);
        numbers.into_iter().map(move |number| EntityId::of(kind, number))
    });
    others
        .map(|other| {
            let main = state.links.iter().any(|link| link.main && link.ties(id, other));
            let metadata = (other.kind == Kind::Contact).then(|| json!({"main_contact": main}));
            let shown =
                json!({"to_entity_id": other.number, "to_entity_type": other.kind.plural(), "metadata": metadata});
            (id, shown)
        })
        .collect()
}

/// The other ends that a request names.
fn targets(call: &Call, state: &State) -> Result<Vec<(EntityId, Value)>, Problem> {
    let read = call.items(MOST)?.into_iter().map(|item| {
        let kind = text(&item, "to_entity_type").and_then(Kind::named);
        let id = kind
            .zip(number(&item, "to_entity_id"))
            .map(|(kind, number)| EntityId::of(kind, number));
        let id = id.filter(|id| state.entity(*id).is_some());
        let fault = || Problem::Invalid(vec![Fault::choice("to_entity_id")]);
        id.map(|id| (id, item)).ok_or_else(fault)
    });
    read.collect()
}

pub(super) async fn link(Path((named, from)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let mut state = call.state();
    let id = known(&state, &named, from)?;
    let mut shown = Vec::new();
    for (other, item) in targets(&call, &state)? {
        let metadata = item.get("metadata");
        let main = metadata.and_then(|about| about.get("is_main").or_else(|| about.get("main_contact")));
        state.link(id, other, main.and_then(Value::as_bool));
        shown.push(
            json!({"entity_id": id.number, "entity_type": id.kind.plural(), "to_entity_id": other.number,
            "to_entity_type": other.kind.plural(), "metadata": metadata}),
        );
    }
    state.touched(id, call.user);
    super::page::whole(&call, "links", shown)
}

pub(super) async fn unlink(Path((named, from)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let mut state = call.state();
    let id = known(&state, &named, from)?;
    for (other, _) in targets(&call, &state)? {
        state.unlink(id, other);
    }
    state.touched(id, call.user);
    nothing()
}
