//! Fields that the account invents. <https://www.amocrm.ru/developers/content/crm_platform/custom-fields>

use super::batch::checked;
use super::call::Call;
use super::entities::kind;
use super::page::{Answer, MOST, made, nothing, number, ok, page, request_id, text, to};
use super::problem::{Fault, Problem};
use crate::amocrm::state::State;
use crate::amocrm::state::entity::Kind;
use crate::amocrm::state::field::{Choice, CustomField, TYPES};
use axum::extract::Path;
use serde_json::{Value, json};

/// Fields on a page.
const ON_PAGE: usize = 50;

pub(super) async fn list(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let kinds = call.query.many("filter[type]");
    let state = call.state();
    let wanted = |field: &&CustomField| {
        field.of == kind && kinds.as_ref().is_none_or(|some| some.contains(&field.kind.as_str()))
    };
    let fields: Vec<&CustomField> = state.fields.iter().filter(wanted).collect();
    // The documents say 50, the official client asks for 250: more than 50 never come.
    let most = if call.query.number("limit").is_some_and(|limit| limit > 50) {
        MOST
    } else {
        ON_PAGE
    };
    page(&call, "custom_fields", most, fields, |field| {
        shown(&state, &call, field)
    })
}

pub(super) async fn one(Path((named, id)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    let kind = kind(&named)?;
    let state = call.state();
    let field = state.fields.iter().find(|field| field.of == kind && field.id == id);
    ok(shown(&state, &call, field.ok_or(Problem::NotFound)?))
}

pub(super) async fn create(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let kind = kind(&named)?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    checked(&items, |item| check(&state, kind, item))?;
    let mut answers = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let field = make(&mut state, kind, item);
        let mut answer = shown(&state, &call, &field);
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("request_id".to_owned(), request_id(item, place).into());
        }
        state.fields.push(field);
        answers.push(answer);
    }
    made(&call, "custom_fields", answers)
}

fn check(state: &State, kind: Kind, item: &Value) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    if text(item, "name").is_none_or(str::is_empty) {
        faults.push(Fault::missing("name"));
    }
    match text(item, "type") {
        None => faults.push(Fault::missing("type")),
        Some(word) if !TYPES.contains(&word) => faults.push(Fault::choice("type")),
        Some(_) => {}
    }
    let code = text(item, "code");
    let taken = |field: &CustomField| field.of == kind && field.code.as_deref() == code;
    if code.is_some() && state.fields.iter().any(taken) {
        faults.push(Fault::kind("code", "This value is already used."));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn make(state: &mut State, of: Kind, item: &Value) -> CustomField {
    let listed = item.get("enums").and_then(Value::as_array).cloned().unwrap_or_default();
    CustomField {
        id: state.number(),
        of,
        name: text(item, "name").unwrap_or_default().to_owned(),
        code: text(item, "code").map(str::to_owned),
        kind: text(item, "type").unwrap_or("text").to_owned(),
        sort: number(item, "sort").unwrap_or(500),
        api_only: item.get("is_api_only").and_then(Value::as_bool).unwrap_or(false),
        predefined: false,
        enums: choices(state, &listed),
    }
}

/// Choices of a request; known ones keep their number.
fn choices(state: &mut State, listed: &[Value]) -> Vec<Choice> {
    let read = (1..).zip(listed).map(|(place, one)| Choice {
        id: number(one, "id").unwrap_or_else(|| state.number()),
        value: text(one, "value").unwrap_or_default().to_owned(),
        code: text(one, "code").map(str::to_owned),
        sort: number(one, "sort").unwrap_or(place),
    });
    read.collect()
}

pub(super) async fn change(Path(named): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let kind = kind(&named)?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let mut answers = Vec::new();
    for item in &items {
        let id = number(item, "id").ok_or(Problem::NotFound)?;
        answers.push(changed(&mut state, &call, (kind, id), item)?);
    }
    made(&call, "custom_fields", answers)
}

pub(super) async fn change_one(Path((named, id)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let (kind, item) = (kind(&named)?, call.json()?);
    ok(changed(&mut call.state(), &call, (kind, id), &item)?)
}

fn changed(state: &mut State, call: &Call, (kind, id): (Kind, i64), item: &Value) -> Result<Value, Problem> {
    let listed = item.get("enums").and_then(Value::as_array).cloned();
    let enums = listed.map(|listed| choices(state, &listed));
    let field = state.fields.iter_mut().find(|field| field.of == kind && field.id == id);
    let field = field.ok_or(Problem::NotFound)?;
    if let Some(name) = text(item, "name") {
        name.clone_into(&mut field.name);
    }
    field.sort = number(item, "sort").unwrap_or(field.sort);
    if let Some(enums) = enums {
        field.enums = enums;
    }
    let field = field.clone();
    Ok(shown(state, call, &field))
}

pub(super) async fn remove(Path((named, id)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let kind = kind(&named)?;
    let mut state = call.state();
    let known = state.fields.iter().any(|field| field.of == kind && field.id == id);
    if !known || !state.delete_field(id) {
        return Err(Problem::NotFound);
    }
    nothing()
}

fn shown(state: &State, call: &Call, field: &CustomField) -> Value {
    let enums: Vec<Value> = field
        .enums
        .iter()
        .map(|choice| json!({"id": choice.id, "value": choice.value, "sort": choice.sort, "code": choice.code}))
        .collect();
    json!({
        "id": field.id, "name": field.name, "code": field.code, "sort": field.sort, "type": field.kind,
        "entity_type": field.of.plural(), "is_predefined": field.predefined, "is_deletable": !field.predefined,
        "remind": null, "is_api_only": field.api_only, "group_id": null, "required_statuses": [], "account_id": state.account.id,
        "enums": if enums.is_empty() { Value::Null } else { enums.into() },
        "_links": to(call.link(&format!("{}/custom_fields/{}", field.of.plural(), field.id))),
    })
}
