//! Activities of cards, things to do, tasks.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/timeline/activities/index.html>, `…/tasks/tasks-task-add.html`

use super::{Answer, ApiError, Call, For, Method, method, paged};
use crate::bitrix24::crm::feed::{Activity, Task};
use crate::bitrix24::crm::{Kind, filter};
use crate::bitrix24::php;
use crate::bitrix24::state::events::emit;
use serde_json::{Map, Value, json};

pub(super) static METHODS: &[Method] = &[
    method("crm.activity.add", "crm", For::All, add),
    method("crm.activity.get", "crm", For::All, get),
    method("crm.activity.list", "crm", For::All, list),
    method("crm.activity.update", "crm", For::All, update),
    method("crm.activity.delete", "crm", For::All, delete),
    method("crm.activity.todo.add", "crm", For::All, todo),
    method("tasks.task.add", "task", For::All, task_add),
    method("tasks.task.get", "task", For::All, task_get),
    method("tasks.task.list", "task", For::All, task_list),
    method("tasks.task.complete", "task", For::All, task_complete),
];

fn id(call: &Call<'_>) -> Result<i64, ApiError> {
    call.params
        .int("id")
        .filter(|id| *id > 0)
        .ok_or_else(|| ApiError::plain("ID is not defined or invalid."))
}

fn not_found() -> ApiError {
    ApiError::plain("Not found.")
}

/// The card that an activity belongs to.
fn owner(call: &Call<'_>, kind: Option<i64>, id: Option<i64>) -> Result<(Kind, i64), ApiError> {
    let missing = || ApiError::bad("NOT_FOUND", "Not found.");
    let owner = (
        kind.and_then(Kind::numbered).ok_or_else(missing)?,
        id.ok_or_else(missing)?,
    );
    call.state.crm.get(owner.0, owner.1).map(|_| owner).ok_or_else(missing)
}

fn put(call: &mut Call<'_>, owner: (Kind, i64), given: Map<String, Value>) -> i64 {
    let (id, now, by) = (
        call.state.crm.feed.number(),
        call.state.date(),
        call.caller.user.to_string(),
    );
    let mut fields = Map::new();
    for name in ["CREATED", "LAST_UPDATED", "START_TIME", "END_TIME", "DEADLINE"] {
        fields.insert(name.to_owned(), now.clone().into());
    }
    for name in ["RESPONSIBLE_ID", "AUTHOR_ID", "EDITOR_ID"] {
        fields.insert(name.to_owned(), by.clone().into());
    }
    let done = given.get("COMPLETED").is_some_and(php::flag);
    fields.extend(given.into_iter().map(|(name, value)| (name, kept(value))));
    call.state.crm.feed.activities.push(Activity {
        id,
        owner,
        done,
        fields,
    });
    told(call, id, "ADD");
    id
}

/// Numbers stand as text, the rest as it came.
fn kept(value: Value) -> Value {
    if value.is_number() {
        php::text(&value).into()
    } else {
        value
    }
}

fn told(call: &mut Call<'_>, id: i64, what: &str) {
    let (actor, event) = (call.actor(), format!("ONCRMACTIVITY{what}"));
    emit(call.state, &actor, &event, &json!({"FIELDS": {"ID": id}}), None);
}

fn add(call: &mut Call<'_>) -> Answer {
    let given = call.params.map("fields").unwrap_or_default();
    let given: Map<String, Value> = given
        .into_iter()
        .map(|(name, value)| (name.to_uppercase(), value))
        .collect();
    let number = |name: &str| given.get(name).and_then(php::int);
    let owner = owner(call, number("OWNER_TYPE_ID"), number("OWNER_ID"))?;
    if given.get("SUBJECT").map(php::text).unwrap_or_default().is_empty() {
        return Err(ApiError::plain("The field SUBJECT is required."));
    }
    Ok(json!(put(call, owner, given)).into())
}

fn todo(call: &mut Call<'_>) -> Answer {
    let owner = owner(call, call.params.int("ownerTypeId"), call.params.int("ownerId"))?;
    let deadline = php::moment(call.params.get("deadline"));
    let deadline = deadline.ok_or_else(|| ApiError::bad("WRONG_DATETIME_FORMAT", "Неверный формат срока"))?;
    let responsible = call.params.int("responsibleId").unwrap_or(call.caller.user).to_string();
    let title = call.params.text("title").unwrap_or_else(|| "Дело".to_owned());
    let given = json!({
        "PROVIDER_ID": "CRM_TODO", "PROVIDER_TYPE_ID": "TODO", "SUBJECT": title,
        "DESCRIPTION": call.params.text("description").unwrap_or_default(), "RESPONSIBLE_ID": responsible,
        "DEADLINE": php::date(deadline),
    });
    let id = put(call, owner, given.as_object().cloned().unwrap_or_default());
    Ok(json!({"id": id}).into())
}

fn get(call: &mut Call<'_>) -> Answer {
    let id = id(call)?;
    let found = call.state.crm.feed.activity(id).ok_or_else(not_found)?;
    Ok(found.shown().into())
}

fn list(call: &mut Call<'_>) -> Answer {
    let wanted = filter::of_value(call.params.get("filter"));
    let order = call.params.map("order").unwrap_or_default();
    let mut rows: Vec<Value> = call.state.crm.feed.activities.iter().map(Activity::shown).collect();
    rows.retain(|row| filter::passes(&wanted, &|name| php::member(row, name).clone()));
    filter::sort(&mut rows, &order, |row, name| php::member(row, name).clone());
    Ok(paged(rows, call.params.int("start")))
}

fn update(call: &mut Call<'_>) -> Answer {
    let (id, now) = (id(call)?, call.state.date());
    let given = call.params.map("fields").unwrap_or_default();
    let found = call.state.crm.feed.activity(id).ok_or_else(not_found)?;
    for (name, value) in given {
        match name.to_uppercase().as_str() {
            "COMPLETED" => found.done = php::flag(&value),
            name => drop(found.fields.insert(name.to_owned(), kept(value))),
        }
    }
    found.fields.insert("LAST_UPDATED".to_owned(), now.into());
    told(call, id, "UPDATE");
    Ok(json!(true).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let id = id(call)?;
    call.state.crm.feed.activity(id).ok_or_else(not_found)?;
    call.state.crm.feed.activities.retain(|one| one.id != id);
    told(call, id, "DELETE");
    Ok(json!(true).into())
}

/// `UF_CRM_TASK` of a task: `L_7`, `D_7`, `C_7`, `CO_7`.
fn bound(code: &str) -> Option<(Kind, i64)> {
    let (kind, id) = code.split_once('_')?;
    let kind = match kind {
        "L" => Kind::Lead,
        "D" => Kind::Deal,
        "C" => Kind::Contact,
        "CO" => Kind::Company,
        _ => return None,
    };
    Some((kind, id.parse().ok()?))
}

fn task_add(call: &mut Call<'_>) -> Answer {
    let given = call.params.get("fields").clone();
    let text = |name: &str| php::text(php::member(&given, name));
    if text("TITLE").is_empty() {
        return Err(ApiError::bad("ERROR_CORE", "Не указано название задачи<br>"));
    }
    let Some(responsible) = php::int(php::member(&given, "RESPONSIBLE_ID")) else {
        return Err(ApiError::bad("ERROR_CORE", "Не указан исполнитель<br>"));
    };
    let codes = php::items(php::member(&given, "UF_CRM_TASK"))
        .into_iter()
        .map(php::text);
    let task = Task {
        id: call.state.crm.feed.number(),
        title: text("TITLE"),
        description: text("DESCRIPTION"),
        by: call.caller.user,
        responsible,
        deadline: php::moment(php::member(&given, "DEADLINE")).map(php::date),
        created: call.state.date(),
        done: false,
        cards: codes.filter_map(|code| bound(&code)).collect(),
    };
    let (shown, id, actor) = (task_shown(&task), task.id, call.actor());
    call.state.crm.feed.tasks.push(task);
    let data = json!({"FIELDS_BEFORE": "undefined", "FIELDS_AFTER": {"ID": id}, "IS_ACCESSIBLE_BEFORE": "N"});
    emit(call.state, &actor, "ONTASKADD", &data, None);
    Ok(json!({"task": shown}).into())
}

fn task_shown(task: &Task) -> Value {
    let status = if task.done { "5" } else { "2" };
    json!({
        "id": task.id.to_string(), "parentId": null, "title": task.title, "description": task.description, "priority": "1",
        "createdBy": task.by.to_string(), "createdDate": task.created, "responsibleId": task.responsible.to_string(),
        "changedDate": task.created, "closedDate": null, "deadline": task.deadline, "status": status, "groupId": "0",
    })
}

fn task(call: &Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("taskId").unwrap_or(0);
    match call.state.crm.feed.tasks.iter().any(|one| one.id == id) {
        true => Ok(id),
        false => Err(ApiError::bad("1048582", "Задача не найдена или доступ запрещен")),
    }
}

fn task_get(call: &mut Call<'_>) -> Answer {
    let id = task(call)?;
    let shown = call.state.crm.feed.task(id).map(|one| task_shown(one));
    Ok(json!({"task": shown}).into())
}

fn task_list(call: &mut Call<'_>) -> Answer {
    let rows = call.state.crm.feed.tasks.iter().map(task_shown).collect();
    let mut reply = paged(rows, call.params.int("start"));
    reply.result = json!({"tasks": reply.result});
    Ok(reply)
}

fn task_complete(call: &mut Call<'_>) -> Answer {
    let id = task(call)?;
    let found = call.state.crm.feed.task(id).map(|one| {
        one.done = true;
        task_shown(one)
    });
    Ok(json!({"task": found}).into())
}
