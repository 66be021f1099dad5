//! The feed of cards. <https://www.amocrm.ru/developers/content/crm_platform/events-and-notes>

use super::batch::checked;
use super::call::Call;
use super::entities::{kind, known};
use super::notes_params;
use super::page::{Answer, MOST, made, number, ok, page, request_id, text, to};
use super::problem::{Fault, Problem};
use crate::amocrm::state::State;
use crate::amocrm::state::entity::EntityId;
use crate::amocrm::state::feed::Note;
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn all(Path(named): Path<String>, call: Call) -> Answer {
    let kind = kind(&named)?;
    found(&call, |note| note.of.kind == kind)
}

pub(super) async fn list(Path((named, number)): Path<(String, i64)>, call: Call) -> Answer {
    let id = known(&call.state(), &named, number)?;
    found(&call, |note| note.of == id)
}

fn found(call: &Call, of: impl Fn(&Note) -> bool) -> Answer {
    call.needs("crm")?;
    let query = &call.query;
    let (numbers, kinds) = (query.numbers("filter[id]"), query.many("filter[note_type]"));
    let (owners, changed) = (query.numbers("filter[entity_id]"), query.range("filter[updated_at]"));
    let state = call.state();
    let wanted = |note: &&Note| {
        of(note)
            && state.entity(note.of).is_some()
            && numbers.as_ref().is_none_or(|some| some.contains(&note.id))
            && kinds.as_ref().is_none_or(|some| some.contains(&note.kind.as_str()))
            && owners.as_ref().is_none_or(|some| some.contains(&note.of.number))
            && changed.as_ref().is_none_or(|range| range.contains(&note.updated_at))
    };
    let mut notes: Vec<&Note> = state.notes.iter().filter(wanted).collect();
    match query.order() {
        Some(("updated_at", down)) => {
            notes.sort_by_key(|note| note.updated_at);
            if down {
                notes.reverse();
            }
        }
        Some((_, true)) => notes.reverse(),
        _ => {}
    }
    page(call, "notes", MOST, notes, |note| shown(&state, call, note))
}

pub(super) async fn one(Path((named, owner, id)): Path<(String, i64, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let of = known(&state, &named, owner)?;
    let note = state.notes.iter().find(|note| note.id == id && note.of == of);
    ok(shown(&state, &call, note.ok_or(Problem::NotFound)?))
}

pub(super) async fn by_number(Path((named, id)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let (kind, state) = (kind(&named)?, call.state());
    let note = state.notes.iter().find(|note| note.id == id && note.of.kind == kind);
    ok(shown(&state, &call, note.ok_or(Problem::NotFound)?))
}

pub(super) async fn create(Path(named): Path<String>, call: Call) -> Answer {
    let kind = kind(&named)?;
    write(&call, |state, item| {
        let id = number(item, "entity_id").ok_or_else(|| vec![Fault::missing("entity_id")])?;
        let id = EntityId::of(kind, id);
        let living = state.entity(id).map(|entity| entity.id);
        living.ok_or_else(|| vec![Fault::choice("entity_id")])
    })
}

pub(super) async fn create_one(Path((named, owner)): Path<(String, i64)>, call: Call) -> Answer {
    let of = known(&call.state(), &named, owner)?;
    write(&call, |_, _| Ok(of))
}

fn write(call: &Call, owner: impl Fn(&State, &Value) -> Result<EntityId, Vec<Fault>>) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let owners = checked(&items, |item| {
        notes_params::check(item)?;
        owner(&state, item)
    })?;
    let mut answers = Vec::new();
    for (place, (item, of)) in items.iter().zip(owners).enumerate() {
        let by = number(item, "created_by").unwrap_or(call.user);
        let params = item.get("params").cloned().unwrap_or_default();
        let id = state.note(of, text(item, "note_type").unwrap_or("common"), params, by);
        if let (Some(at), Some(note)) = (number(item, "created_at"), state.notes.last_mut()) {
            note.created_at = at;
        }
        answers.push(
            json!({"id": id, "entity_id": of.number, "request_id": request_id(item, place),
            "_links": to(place_of(call, of, id))}),
        );
    }
    made(call, "notes", answers)
}

pub(super) async fn change(Path((named, owner)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let of = known(&state, &named, owner)?;
    let mut answers = Vec::new();
    for item in &items {
        let id = number(item, "id").ok_or(Problem::NotFound)?;
        answers.push(changed(&mut state, &call, (of, id), item)?);
    }
    made(&call, "notes", answers)
}

pub(super) async fn change_one(Path((named, owner, id)): Path<(String, i64, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let item = call.json()?;
    let mut state = call.state();
    let of = known(&state, &named, owner)?;
    ok(changed(&mut state, &call, (of, id), &item)?)
}

fn changed(state: &mut State, call: &Call, (of, id): (EntityId, i64), item: &Value) -> Result<Value, Problem> {
    let now = state.now();
    let note = state.notes.iter_mut().find(|note| note.id == id && note.of == of);
    let note = note.ok_or(Problem::NotFound)?;
    if let Some(params) = item.get("params") {
        note.params = params.clone();
    }
    note.updated_at = now;
    Ok(json!({"id": id, "entity_id": of.number, "updated_at": now, "_links": to(place_of(call, of, id))}))
}

fn place_of(call: &Call, of: EntityId, id: i64) -> String {
    call.link(&format!("{}/{}/notes/{id}", of.kind.plural(), of.number))
}

fn shown(state: &State, call: &Call, note: &Note) -> Value {
    json!({
        "id": note.id, "entity_id": note.of.number, "created_by": note.created_by, "updated_by": note.created_by,
        "created_at": note.created_at, "updated_at": note.updated_at, "responsible_user_id": note.responsible,
        "group_id": 0, "note_type": note.kind, "params": note.params, "account_id": state.account.id,
        "_links": to(place_of(call, note.of, note.id)),
    })
}
