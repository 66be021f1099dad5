//! Leads, contacts and companies: lists, single ones, making and changing.

use super::batch;
use super::call::Call;
use super::entity_json::{link, shown};
use super::page::{Answer, MOST, made, number, ok, page, request_id};
use super::problem::Problem;
use super::values::Filled;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{Entity, EntityId, Kind};
use axum::extract::Path;
use serde_json::{Value, json};

/// `leads`, `contacts` or `companies` of a path.
pub(super) fn kind(named: &str) -> Result<Kind, Problem> {
    Kind::named(named).ok_or(Problem::NotFound)
}

/// The living card of a path.
pub(super) fn known(state: &State, named: &str, number: i64) -> Result<EntityId, Problem> {
    let id = EntityId::of(kind(named)?, number);
    state.entity(id).map(|entity| entity.id).ok_or(Problem::NotFound)
}

pub(super) async fn list(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let state = call.state();
    let mut found: Vec<&Entity> = state.of_kind(kind).filter(|entity| matches(&call, entity)).collect();
    if let Some((field, down)) = call.query.order() {
        match field {
            "updated_at" => found.sort_by_key(|entity| entity.updated_at),
            "created_at" => found.sort_by_key(|entity| entity.created_at),
            _ => {}
        }
        if down {
            found.reverse();
        }
    }
    page(&call, kind.plural(), MOST, found, |entity| {
        shown(&state, entity, &call.here, &call.query.with())
    })
}

/// Whether a card is not hidden and passes every filter.
fn matches(call: &Call, entity: &Entity) -> bool {
    let query = &call.query;
    let among = |name: &str, value: i64| query.numbers(name).is_none_or(|wanted| wanted.contains(&value));
    let within = |name: &str, value: i64| query.range(name).is_none_or(|range| range.contains(&value));
    let named = query
        .many("filter[name]")
        .is_none_or(|names| names.contains(&entity.name.as_str()));
    let standing = query
        .statuses()
        .is_none_or(|columns| columns.contains(&(entity.pipeline, entity.status)));
    let searched = query.one("query").is_none_or(|words| contains(entity, words));
    // Leads nobody has accepted are not in the list; their contacts are.
    let hidden = entity.unsorted && entity.id.kind == Kind::Lead;
    !hidden
        && named
        && standing
        && searched
        && among("filter[id]", entity.id.number)
        && among("filter[responsible_user_id]", entity.responsible)
        && among("filter[created_by]", entity.created_by)
        && among("filter[pipeline_id]", entity.pipeline)
        && within("filter[created_at]", entity.created_at)
        && within("filter[updated_at]", entity.updated_at)
        && query
            .range("filter[closed_at]")
            .is_none_or(|range| entity.closed_at.is_some_and(|at| range.contains(&at)))
}

/// The vendor's search: words anywhere in the filled fields; phones by their digits.
fn contains(entity: &Entity, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let phone = digits(&wanted);
    let is_phone = phone.len() >= 5 && !wanted.chars().any(char::is_alphabetic);
    wanted.is_empty()
        || entity
            .words()
            .any(|word| word.to_lowercase().contains(&wanted) || (is_phone && digits(&word).contains(&phone)))
}

pub(super) async fn one(Path((named, number)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let id = known(&state, &named, number)?;
    let entity = state.entity(id).ok_or(Problem::NotFound)?;
    ok(shown(&state, entity, &call.here, &call.query.with()))
}

pub(super) async fn create(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let filled = batch::checked(&items, |item| batch::check(&state, kind, item))?;
    let mut answers = Vec::new();
    for (place, (item, filled)) in items.iter().zip(filled).enumerate() {
        let id = make(&mut state, kind, item, filled, call.user);
        answers.push(json!({"id": id.number, "request_id": request_id(item, place), "_links": link(&call.here, id)}));
    }
    made(&call, kind.plural(), answers)
}

/// A new card of a checked request.
pub(super) fn make(state: &mut State, kind: Kind, item: &Value, filled: Filled, by: i64) -> EntityId {
    let (id, now) = (EntityId::of(kind, state.number()), state.now());
    let mut entity = Entity::new(id, number(item, "created_by").unwrap_or(by), now);
    entity.responsible = number(item, "responsible_user_id").unwrap_or(by);
    entity.created_at = number(item, "created_at").unwrap_or(now);
    if kind == Kind::Lead {
        (entity.pipeline, entity.status) = batch::column(state, item, None);
        entity.name = format!("Сделка #{}", id.number);
        entity.closed_at = number(item, "closed_at");
    }
    batch::write(&mut entity, item, filled);
    state.add(entity);
    batch::tag(state, id, item);
    batch::tie(state, id, item);
    id
}

pub(super) async fn change(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let filled = batch::checked(&items, |item| batch::check(&state, kind, item))?;
    let mut answers = Vec::new();
    for (item, filled) in items.iter().zip(filled) {
        let id = number(item, "id").map(|number| EntityId::of(kind, number));
        let Some(id) = id.filter(|id| state.entity(*id).is_some()) else {
            return Err(Problem::NotFound);
        };
        answers.push(changed(&mut state, &call, id, item, filled));
    }
    made(&call, kind.plural(), answers)
}

pub(super) async fn change_one(Path((named, number)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let item = call.json()?;
    let mut state = call.state();
    let id = known(&state, &named, number)?;
    let filled = batch::checked(std::slice::from_ref(&item), |item| batch::check(&state, id.kind, item))?;
    let filled = filled.into_iter().next().unwrap_or_default();
    ok(changed(&mut state, &call, id, &item, filled))
}

fn changed(state: &mut State, call: &Call, id: EntityId, item: &Value, filled: Filled) -> Value {
    let column = state.entity(id).map(|entity| (entity.pipeline, entity.status));
    if id.kind == Kind::Lead {
        let (pipeline, status) = batch::column(state, item, column);
        state.move_lead(id, pipeline, status, call.user);
    }
    if let Some(to) = number(item, "responsible_user_id") {
        state.assign(id, to, call.user);
    }
    if let Some(entity) = state.entity_mut(id) {
        batch::write(entity, item, filled);
    }
    batch::tag(state, id, item);
    batch::tie(state, id, item);
    state.touched(id, call.user);
    let now = state.entity(id).map(|entity| entity.updated_at);
    json!({"id": id.number, "updated_at": now, "_links": link(&call.here, id)})
}
