//! What is to be done. <https://www.amocrm.ru/developers/content/crm_platform/tasks-api>

use super::batch::checked;
use super::call::Call;
use super::page::{Answer, MOST, made, number, ok, page, request_id, text, to};
use super::problem::{Fault, Problem};
use crate::amocrm::hooks;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{EntityId, Kind};
use crate::amocrm::state::feed::Task;
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let query = &call.query;
    let among = |name: &str, value: i64| query.numbers(name).is_none_or(|some| some.contains(&value));
    let state = call.state();
    let wanted = |task: &&Task| {
        let kind = task.of.map(|of| of.kind.plural());
        among("filter[id]", task.id)
            && among("filter[responsible_user_id]", task.responsible)
            && among("filter[task_type]", task.kind)
            && among("filter[entity_id]", task.of.map_or(0, |of| of.number))
            && among("filter[is_completed]", i64::from(task.completed))
            && query
                .many("filter[entity_type]")
                .is_none_or(|some| kind.is_some_and(|kind| some.contains(&kind)))
            && query
                .range("filter[updated_at]")
                .is_none_or(|range| range.contains(&task.updated_at))
    };
    let mut tasks: Vec<&Task> = state.tasks.iter().filter(wanted).collect();
    if query.order().is_some_and(|(_, down)| down) {
        tasks.reverse();
    }
    page(&call, "tasks", MOST, tasks, |task| shown(&state, &call, task))
}

pub(super) async fn one(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let task = state.tasks.iter().find(|task| task.id == id);
    ok(shown(&state, &call, task.ok_or(Problem::NotFound)?))
}

pub(super) async fn create(call: Call) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let owners = checked(&items, |item| check(&state, item))?;
    let mut answers = Vec::new();
    for (place, (item, of)) in items.iter().zip(owners).enumerate() {
        let (id, now) = (state.number(), state.now());
        state.tasks.push(Task {
            id,
            of,
            kind: number(item, "task_type_id").unwrap_or(1),
            text: text(item, "text").unwrap_or_default().to_owned(),
            responsible: number(item, "responsible_user_id").unwrap_or(call.user),
            created_by: number(item, "created_by").unwrap_or(call.user),
            created_at: now,
            updated_at: now,
            complete_till: number(item, "complete_till").unwrap_or(now),
            duration: number(item, "duration").unwrap_or(0),
            completed: item.get("is_completed").and_then(Value::as_bool).unwrap_or(false),
            result: None,
        });
        if let Some(of) = of {
            state.tell("task_added", of, call.user, (json!([]), json!([])));
        }
        announce(&state, id, "add");
        answers.push(json!({"id": id, "request_id": request_id(item, place), "_links": to(place_of(&call, id))}));
    }
    made(&call, "tasks", answers)
}

/// The card of a checked task.
fn check(state: &State, item: &Value) -> Result<Option<EntityId>, Vec<Fault>> {
    let mut faults = Vec::new();
    for name in ["text", "complete_till"] {
        if item.get(name).is_none() {
            faults.push(Fault::missing(name));
        }
    }
    if number(item, "responsible_user_id").is_some_and(|user| state.user(user).is_none()) {
        faults.push(Fault::choice("responsible_user_id"));
    }
    let kind = text(item, "entity_type").and_then(Kind::named);
    let of = kind
        .zip(number(item, "entity_id"))
        .map(|(kind, number)| EntityId::of(kind, number));
    if of.is_some_and(|id| state.entity(id).is_none()) || (of.is_none() && number(item, "entity_id").is_some()) {
        faults.push(Fault::choice("entity_id"));
    }
    if faults.is_empty() { Ok(of) } else { Err(faults) }
}

pub(super) async fn change(call: Call) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let mut answers = Vec::new();
    for item in &items {
        let id = number(item, "id").ok_or(Problem::NotFound)?;
        answers.push(changed(&mut state, &call, id, item)?);
    }
    made(&call, "tasks", answers)
}

pub(super) async fn change_one(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let item = call.json()?;
    ok(changed(&mut call.state(), &call, id, &item)?)
}

fn changed(state: &mut State, call: &Call, id: i64, item: &Value) -> Result<Value, Problem> {
    let now = state.now();
    let task = state
        .tasks
        .iter_mut()
        .find(|task| task.id == id)
        .ok_or(Problem::NotFound)?;
    if let Some(words) = text(item, "text") {
        words.clone_into(&mut task.text);
    }
    if let Some(till) = number(item, "complete_till") {
        task.complete_till = till;
    }
    if let Some(user) = number(item, "responsible_user_id") {
        task.responsible = user;
    }
    let done = item.get("is_completed").and_then(Value::as_bool) == Some(true) && !task.completed;
    task.completed |= done;
    if let Some(result) = item.get("result").and_then(|result| text(result, "text")) {
        task.result = Some(result.to_owned());
    }
    task.updated_at = now;
    let of = task.of;
    if let Some(of) = of.filter(|_| done) {
        state.tell("task_completed", of, call.user, (json!([]), json!([])));
    }
    announce(state, id, "update");
    Ok(json!({"id": id, "updated_at": now, "_links": to(place_of(call, id))}))
}

fn announce(state: &State, id: i64, action: &str) {
    let Some(task) = state.tasks.iter().find(|task| task.id == id) else {
        return;
    };
    let shown = json!({"id": task.id, "element_id": task.of.map(|of| of.number), "text": task.text,
        "element_type": task.of.map(|of| of.kind.element_type()), "responsible_user_id": task.responsible,
        "complete_till": task.complete_till, "status": i64::from(task.completed)});
    hooks::announce(state, &format!("{action}_task"), json!({"task": {action: [shown]}}));
}

fn place_of(call: &Call, id: i64) -> String {
    call.link(&format!("tasks/{id}"))
}

fn shown(state: &State, call: &Call, task: &Task) -> Value {
    let result = task.result.as_ref().map_or(json!([]), |text| json!({"text": text}));
    json!({
        "id": task.id, "created_by": task.created_by, "updated_by": task.created_by, "created_at": task.created_at,
        "updated_at": task.updated_at, "responsible_user_id": task.responsible, "group_id": 0,
        "entity_id": task.of.map(|of| of.number), "entity_type": task.of.map(|of| of.kind.plural()),
        "duration": task.duration, "is_completed": task.completed, "task_type_id": task.kind, "text": task.text,
        "result": result, "complete_till": task.complete_till, "account_id": state.account.id,
        "_links": to(place_of(call, task.id)),
    })
}
