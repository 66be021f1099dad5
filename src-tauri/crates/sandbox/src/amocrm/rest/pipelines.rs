//! Boards and their columns. <https://www.amocrm.ru/developers/content/crm_platform/leads_pipelines>

use super::call::Call;
use super::page::{Answer, MOST, made, nothing, ok, request_id, text, to, whole};
use super::problem::{Fault, Problem};
use crate::amocrm::state::State;
use crate::amocrm::state::entity::Kind;
use crate::amocrm::state::pipeline::{LOST, Pipeline, Status, WON};
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let shown = (1..)
        .zip(&state.pipelines)
        .map(|(sort, one)| shown(&state, &call, one, sort));
    whole(&call, "pipelines", shown.collect())
}

pub(super) async fn one(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    ok(shown(&state, &call, state.pipeline(id).ok_or(Problem::NotFound)?, 1))
}

pub(super) async fn statuses(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let pipeline = state.pipeline(id).ok_or(Problem::NotFound)?;
    whole(&call, "statuses", columns(&state, &call, pipeline))
}

pub(super) async fn status(Path((id, status)): Path<(i64, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let pipeline = state.pipeline(id).ok_or(Problem::NotFound)?;
    let found = columns(&state, &call, pipeline)
        .into_iter()
        .find(|column| column.get("id").and_then(Value::as_i64) == Some(status));
    ok(found.ok_or(Problem::NotFound)?)
}

pub(super) async fn create(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let mut answers = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let name = text(item, "name").ok_or_else(|| Problem::Invalid(vec![Fault::missing("name")]))?;
        let mut statuses = vec![column(&mut state, "Неразобранное", true)];
        let listed = item.get("_embedded").and_then(|inside| inside.get("statuses"));
        for one in listed.and_then(Value::as_array).into_iter().flatten() {
            let title = text(one, "name").unwrap_or("Новый этап");
            statuses.push(column(&mut state, title, false));
        }
        for (id, name) in [(WON, "Успешно реализовано"), (LOST, "Закрыто и не реализовано")]
        {
            statuses.push(Status {
                id,
                name: name.to_owned(),
                color: "#CCFF66",
                unsorted: false,
            });
        }
        let pipeline = Pipeline {
            id: state.number(),
            name: name.to_owned(),
            main: false,
            unsorted_on: item.get("is_unsorted_on").and_then(Value::as_bool).unwrap_or(true),
            statuses,
        };
        let mut answer = shown(&state, &call, &pipeline, 1);
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("request_id".to_owned(), request_id(item, place).into());
        }
        state.pipelines.push(pipeline);
        answers.push(answer);
    }
    made(&call, "pipelines", answers)
}

fn column(state: &mut State, name: &str, unsorted: bool) -> Status {
    Status {
        id: state.number(),
        name: name.to_owned(),
        color: "#99ccff",
        unsorted,
    }
}

pub(super) async fn add_statuses(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    for item in &items {
        let name = text(item, "name").ok_or_else(|| Problem::Invalid(vec![Fault::missing("name")]))?;
        let added = column(&mut state, name, false);
        let board = state
            .pipelines
            .iter_mut()
            .find(|one| one.id == id)
            .ok_or(Problem::NotFound)?;
        // The two closing columns stay last.
        board.statuses.insert(board.statuses.len().saturating_sub(2), added);
    }
    let pipeline = state.pipeline(id).ok_or(Problem::NotFound)?;
    made(&call, "statuses", columns(&state, &call, pipeline))
}

/// A board with leads on it stays.
pub(super) async fn remove(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let mut state = call.state();
    let board = state.pipeline(id).ok_or(Problem::NotFound)?;
    if board.main || state.of_kind(Kind::Lead).any(|lead| lead.pipeline == id) {
        return Err(Problem::Bad("Pipeline cannot be deleted"));
    }
    state.pipelines.retain(|one| one.id != id);
    nothing()
}

fn shown(state: &State, call: &Call, pipeline: &Pipeline, sort: i64) -> Value {
    json!({
        "id": pipeline.id, "name": pipeline.name, "sort": sort, "is_main": pipeline.main,
        "is_unsorted_on": pipeline.unsorted_on, "is_archive": false, "account_id": state.account.id,
        "_links": to(call.link(&format!("leads/pipelines/{}", pipeline.id))),
        "_embedded": {"statuses": columns(state, call, pipeline)},
    })
}

fn columns(state: &State, call: &Call, pipeline: &Pipeline) -> Vec<Value> {
    let shown = (1..).zip(&pipeline.statuses).map(|(sort, status)| {
        let closing = [WON, LOST].contains(&status.id);
        json!({
            "id": status.id, "name": status.name, "sort": if closing { 10_000 } else { sort * 10 },
            "is_editable": !status.unsorted && !closing, "pipeline_id": pipeline.id, "color": status.color,
            "type": i64::from(status.unsorted), "account_id": state.account.id,
            "_links": to(call.link(&format!("leads/pipelines/{}/statuses/{}", pipeline.id, status.id))),
        })
    });
    shown.collect()
}
