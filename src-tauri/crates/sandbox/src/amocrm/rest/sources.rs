//! Where leads come from. <https://www.amocrm.ru/developers/content/crm_platform/sources-api>

use super::batch::checked;
use super::call::Call;
use super::page::{Answer, made, nothing, number, ok, request_id, text, to, whole};
use super::problem::{Fault, Problem};
use crate::amocrm::state::State;
use crate::amocrm::state::pipeline::Source;
use axum::extract::Path;
use serde_json::{Value, json};

/// Sources of one program: the documents say 50 and 100.
const MOST: usize = 50;
/// Characters of an external id.
const LONGEST: usize = 40;

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let wanted = call.query.many("filter[external_id]");
    let state = call.state();
    let found = state.sources.iter().filter(|one| {
        let id = one.external_id.as_str();
        wanted.as_ref().is_none_or(|some| some.contains(&id))
    });
    whole(&call, "sources", found.map(|one| shown(&call, one)).collect())
}

pub(super) async fn one(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let found = state.sources.iter().find(|one| one.id == id);
    ok(shown(&call, found.ok_or(Problem::NotFound)?))
}

pub(super) async fn create(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    checked(&items, |item| check(&state, item))?;
    if state.sources.len() + items.len() > MOST {
        return Err(Problem::Bad("Sources limit exceeded"));
    }
    let mut answers = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let source = Source {
            id: state.number(),
            name: text(item, "name").unwrap_or_default().to_owned(),
            external_id: text(item, "external_id").unwrap_or_default().to_owned(),
            pipeline: number(item, "pipeline_id").unwrap_or_else(|| state.main_pipeline()),
            default: item.get("default").and_then(Value::as_bool).unwrap_or(false),
            services: item.get("services").cloned().unwrap_or_else(|| json!([])),
        };
        let mut answer = shown(&call, &source);
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("request_id".to_owned(), request_id(item, place).into());
        }
        state.sources.push(source);
        answers.push(answer);
    }
    made(&call, "sources", answers)
}

fn check(state: &State, item: &Value) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    if text(item, "name").is_none() {
        faults.push(Fault::missing("name"));
    }
    match text(item, "external_id") {
        None => faults.push(Fault::missing("external_id")),
        Some(id) if id.len() > LONGEST || !id.chars().all(|one| one.is_ascii_graphic() || one == ' ') => {
            faults.push(Fault::kind("external_id", "This value is not valid."));
        }
        Some(id) if state.sources.iter().any(|one| one.external_id == id) => {
            faults.push(Fault::kind("external_id", "This value is already used."));
        }
        Some(_) => {}
    }
    if number(item, "pipeline_id").is_some_and(|id| state.pipeline(id).is_none()) {
        faults.push(Fault::choice("pipeline_id"));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

pub(super) async fn change(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let item = call.json()?;
    let mut state = call.state();
    let source = state
        .sources
        .iter_mut()
        .find(|one| one.id == id)
        .ok_or(Problem::NotFound)?;
    if let Some(name) = text(&item, "name") {
        name.clone_into(&mut source.name);
    }
    source.pipeline = number(&item, "pipeline_id").unwrap_or(source.pipeline);
    if let Some(services) = item.get("services") {
        source.services = services.clone();
    }
    ok(shown(&call, source))
}

pub(super) async fn remove(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let gone: Vec<i64> = call.items(MOST)?.iter().filter_map(|item| number(item, "id")).collect();
    call.state().sources.retain(|one| !gone.contains(&one.id));
    nothing()
}

pub(super) async fn remove_one(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let mut state = call.state();
    let before = state.sources.len();
    state.sources.retain(|one| one.id != id);
    if before == state.sources.len() {
        Err(Problem::NotFound)
    } else {
        nothing()
    }
}

fn shown(call: &Call, source: &Source) -> Value {
    json!({"id": source.id, "name": source.name, "pipeline_id": source.pipeline, "external_id": source.external_id,
        "default": source.default, "origin_code": null, "services": source.services,
        "_links": to(call.link(&format!("sources/{}", source.id)))})
}
