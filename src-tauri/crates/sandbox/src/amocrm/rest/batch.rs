//! Cards of a request: what is wrong with them, and how they are written.

use super::page::{number, request_id, text};
use super::problem::{Fault, Problem};
use super::values::{self, Filled};
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{Entity, EntityId, Kind};
use serde_json::Value;

/// Reads something of every item; the faults of all of them make one refusal.
pub(super) fn checked<T>(
    items: &[Value],
    mut check: impl FnMut(&Value) -> Result<T, Vec<Fault>>,
) -> Result<Vec<T>, Problem> {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for (place, item) in items.iter().enumerate() {
        match check(item) {
            Ok(read) => good.push(read),
            Err(found) => faults.extend(found.into_iter().map(|fault| Fault {
                request: request_id(item, place),
                ..fault
            })),
        }
    }
    if faults.is_empty() {
        Ok(good)
    } else {
        Err(Problem::Invalid(faults))
    }
}

/// Checks one card of a request and reads its fields.
pub(super) fn check(state: &State, kind: Kind, item: &Value) -> Result<Filled, Vec<Fault>> {
    let mut faults = Vec::new();
    for name in ["responsible_user_id", "created_by"] {
        if number(item, name).is_some_and(|user| user != 0 && state.user(user).is_none()) {
            faults.push(Fault::choice(name));
        }
    }
    for name in ["name", "first_name", "last_name"] {
        if item
            .get(name)
            .is_some_and(|value| !value.is_string() && !value.is_null())
        {
            faults.push(Fault::kind(name, "This value should be of type string."));
        }
    }
    if item
        .get("price")
        .is_some_and(|price| !price.is_number() && !price.is_null())
    {
        faults.push(Fault::kind("price", "This value should be of type int."));
    }
    if kind == Kind::Lead {
        faults.extend(column_fault(state, item));
    }
    match values::read(state, kind, item) {
        Ok(filled) if faults.is_empty() => Ok(filled),
        Ok(_) => Err(faults),
        Err(more) => Err(faults.into_iter().chain(more).collect()),
    }
}

/// A column must be on its board.
fn column_fault(state: &State, item: &Value) -> Option<Fault> {
    let (pipeline, status) = (number(item, "pipeline_id"), number(item, "status_id"));
    if pipeline.is_some_and(|id| state.pipeline(id).is_none()) {
        return Some(Fault::choice("pipeline_id"));
    }
    let status = status?;
    let mut boards = state
        .pipelines
        .iter()
        .filter(|one| pipeline.is_none_or(|id| one.id == id));
    let known = boards.any(|board| board.status(status).is_some());
    (!known).then(|| Fault::choice("status_id"))
}

/// Where a lead of a request stands; `at` is where it stood.
pub(super) fn column(state: &State, item: &Value, at: Option<(i64, i64)>) -> (i64, i64) {
    let (pipeline, status) = (number(item, "pipeline_id"), number(item, "status_id"));
    let of_status = |status: i64| {
        let own = at.and_then(|(pipeline, _)| state.pipeline(pipeline));
        let mut boards = own.into_iter().chain(&state.pipelines);
        boards
            .find(|board| board.status(status).is_some())
            .map(|board| board.id)
    };
    let kept = at.map(|(pipeline, _)| pipeline);
    let target = pipeline.or_else(|| status.and_then(of_status)).or(kept);
    let target = target.unwrap_or_else(|| state.main_pipeline());
    let first = state.pipeline(target).map_or(0, |board| board.first_status());
    let stays = at.filter(|(pipeline, _)| *pipeline == target).map(|(_, status)| status);
    (target, status.or(stays).unwrap_or(first))
}

/// Writes the plain fields of a request into a card; column and responsible are changed with their events.
pub(super) fn write(entity: &mut Entity, item: &Value, filled: Filled) {
    for (name, place) in [
        ("name", &mut entity.name),
        ("first_name", &mut entity.first_name),
        ("last_name", &mut entity.last_name),
    ] {
        if let Some(words) = text(item, name) {
            words.clone_into(place);
        }
    }
    if entity.id.kind == Kind::Contact {
        name_contact(entity, item);
    }
    if let Some(price) = number(item, "price") {
        entity.price = price;
    }
    if item.get("loss_reason_id").is_some() {
        entity.loss_reason = number(item, "loss_reason_id");
    }
    values::fill(entity, filled);
}

/// A contact's name follows its two parts.
fn name_contact(entity: &mut Entity, item: &Value) {
    let parts = ["first_name", "last_name"]
        .iter()
        .any(|name| text(item, name).is_some());
    if parts && text(item, "name").is_none() {
        entity.name = format!("{} {}", entity.first_name, entity.last_name).trim().to_owned();
    }
}

/// Tags of a request replace those of the card.
pub(super) fn tag(state: &mut State, id: EntityId, item: &Value) {
    let wished = item.get("_embedded").and_then(|inside| inside.get("tags"));
    let add = item.get("tags_to_add");
    let read = |state: &mut State, listed: &Value| -> Vec<i64> {
        let listed = listed.as_array().cloned().unwrap_or_default();
        let one = |tag: &Value| match (number(tag, "id"), text(tag, "name")) {
            (Some(id), _) => Some(id),
            (None, name) => Some(state.tag(id.kind, name?)),
        };
        listed.iter().filter_map(one).collect()
    };
    let replaced = wished.map(|listed| read(state, listed));
    let added = add.map(|listed| read(state, listed)).unwrap_or_default();
    if let Some(entity) = state.entity_mut(id) {
        if let Some(tags) = replaced {
            entity.tags = tags;
        }
        for tag in added {
            if !entity.tags.contains(&tag) {
                entity.tags.push(tag);
            }
        }
    }
}

/// Ties a card of a request to what stands in its `_embedded`.
pub(super) fn tie(state: &mut State, id: EntityId, item: &Value) {
    let Some(inside) = item.get("_embedded") else { return };
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != id.kind) {
        let listed = inside.get(kind.plural()).and_then(Value::as_array);
        for one in listed.into_iter().flatten() {
            let Some(other) = number(one, "id").map(|number| EntityId::of(kind, number)) else {
                continue;
            };
            if state.entity(other).is_some() {
                state.link(id, other, one.get("is_main").and_then(Value::as_bool));
            }
        }
    }
}
