//! `crm.lead.*`, `crm.deal.*`, `crm.contact.*`, `crm.company.*`: the older methods, with fields in capitals.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/leads/index.html> and its neighbours.

use super::{Answer, ApiError, Call, For, Method, Reply, method, page};
use crate::bitrix24::crm::{Kind, MULTI, Record, change, filter};
use crate::bitrix24::php;
use crate::bitrix24::state::State;
use serde_json::{Map, Value, json};

macro_rules! of_kinds {
    ($($kind:literal)*) => {
        &[$(
            method(concat!("crm.", $kind, ".add"), "crm", For::All, add),
            method(concat!("crm.", $kind, ".get"), "crm", For::All, get),
            method(concat!("crm.", $kind, ".update"), "crm", For::All, update),
            method(concat!("crm.", $kind, ".delete"), "crm", For::All, delete),
            method(concat!("crm.", $kind, ".list"), "crm", For::All, list),
            method(concat!("crm.", $kind, ".fields"), "crm", For::All, fields),
        )*]
    };
}

pub(super) static METHODS: &[Method] = of_kinds!("lead" "deal" "contact" "company");

/// The kind that a method's name speaks of.
pub(super) fn kind(call: &Call<'_>) -> Result<Kind, ApiError> {
    call.name
        .split('.')
        .nth(1)
        .and_then(Kind::called)
        .ok_or_else(ApiError::no_method)
}

/// `id` of an existing card.
pub(super) fn card(call: &Call<'_>, kind: Kind) -> Result<i64, ApiError> {
    let id = call.params.int("id").filter(|id| *id > 0);
    let id = id.ok_or_else(|| ApiError::plain("ID is not defined or invalid."))?;
    match call.state.crm.get(kind, id) {
        Some(_) => Ok(id),
        None => Err(ApiError::plain("Not found")),
    }
}

fn given(call: &Call<'_>) -> Result<Map<String, Value>, ApiError> {
    let fields = call.params.map("fields");
    fields.ok_or_else(|| ApiError::plain("Parameter 'fields' must be array."))
}

fn add(call: &mut Call<'_>) -> Answer {
    let (kind, fields, actor) = (kind(call)?, given(call)?, call.actor());
    Ok(json!(change::add(call.state, &actor, kind, &fields)).into())
}

fn get(call: &mut Call<'_>) -> Answer {
    let kind = kind(call)?;
    let id = card(call, kind)?;
    let shown = call.state.crm.get(kind, id).map(Record::shown);
    Ok(shown.unwrap_or(Value::Null).into())
}

fn update(call: &mut Call<'_>) -> Answer {
    let (kind, actor) = (kind(call)?, call.actor());
    let (id, fields) = (card(call, kind)?, given(call)?);
    change::update(call.state, &actor, kind, id, &fields);
    Ok(json!(true).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let (kind, actor) = (kind(call)?, call.actor());
    let id = card(call, kind)?;
    change::delete(call.state, &actor, kind, id);
    Ok(json!(true).into())
}

fn list(call: &mut Call<'_>) -> Answer {
    let kind = kind(call)?;
    let wanted = capitals(filter::of_value(call.params.get("filter")));
    let order = capitals(call.params.map("order").unwrap_or_default());
    let mut rows: Vec<&Record> = call.state.crm.all(kind).collect();
    rows.retain(|record| filter::passes(&wanted, &|name| record.value(name)));
    filter::sort(&mut rows, &order, |record, name| record.value(name));
    let (rows, total, next) = page(rows, call.params.int("start"));
    let names = selected(call.state, kind, &call.params.list("select"));
    let shown = |record: &Record| Value::Object(names.iter().map(|name| (name.clone(), record.value(name))).collect());
    Ok(Reply {
        result: Value::Array(rows.into_iter().map(shown).collect()),
        total,
        next,
    })
}

/// Names in capitals, the prefixes of filters in place.
fn capitals(map: Map<String, Value>) -> Map<String, Value> {
    let raised = |(name, value): (String, Value)| match value {
        Value::Object(inner) => (name.to_uppercase(), Value::Object(capitals(inner))),
        other => (name.to_uppercase(), other),
    };
    map.into_iter().map(raised).collect()
}

/// `*` stands for every usual field, `UF_*` for every user field; phones and the like are named one by one.
fn selected(state: &State, kind: Kind, select: &[&Value]) -> Vec<String> {
    let asked: Vec<String> = select
        .iter()
        .map(|name| php::text(name).to_uppercase())
        .filter(|name| !name.is_empty())
        .collect();
    let every = asked.is_empty();
    let mut names: Vec<String> = vec!["ID".to_owned()];
    if every || asked.iter().any(|name| name == "*") {
        names.extend(kind.fields().map(|field| field.name.to_owned()));
    }
    let user_fields = state
        .crm
        .user_fields
        .iter()
        .filter(|field| field.of == kind)
        .map(|field| field.name.clone());
    if every || asked.iter().any(|name| name == "UF_*") {
        names.extend(user_fields.clone());
    }
    let known = |name: &&String| {
        kind.field(name).is_some() || MULTI.contains(&name.as_str()) || user_fields.clone().any(|one| one == **name)
    };
    names.extend(asked.iter().filter(known).cloned());
    let mut once = Vec::new();
    names.into_iter().for_each(|name| {
        if !once.contains(&name) {
            once.push(name)
        }
    });
    once
}

fn fields(call: &mut Call<'_>) -> Answer {
    Ok(Value::Object(described(call.state, kind(call)?)).into())
}

/// Every field of a kind with what it takes.
pub(super) fn described(state: &State, kind: Kind) -> Map<String, Value> {
    let mut fields = Map::new();
    for field in kind.fields() {
        let mut about = json!({
            "type": field.kind.word(), "isRequired": false, "isReadOnly": field.locked, "isImmutable": false,
            "isMultiple": false, "isDynamic": false, "title": field.name,
        });
        if let (Value::Object(about), crate::bitrix24::crm::Type::Status(of)) = (&mut about, field.kind) {
            about.insert("statusType".to_owned(), of.into());
        }
        fields.insert(field.name.to_owned(), about);
    }
    for name in MULTI.into_iter().filter(|_| kind.has_multi()) {
        fields.insert(
            name.to_owned(),
            json!({
                "type": "crm_multifield", "isRequired": false, "isReadOnly": false, "isImmutable": false,
                "isMultiple": true, "isDynamic": false, "title": name,
            }),
        );
    }
    for field in state.crm.user_fields.iter().filter(|field| field.of == kind) {
        let mut about = json!({
            "type": field.kind, "isRequired": field.mandatory, "isReadOnly": false, "isImmutable": false,
            "isMultiple": field.multiple, "isDynamic": true, "title": field.name, "listLabel": field.label,
            "formLabel": field.label, "filterLabel": field.label, "settings": {},
        });
        if let (Value::Object(about), false) = (&mut about, field.choices.is_empty()) {
            let items = field
                .choices
                .iter()
                .map(|(id, value)| json!({"ID": id.to_string(), "VALUE": value}));
            about.insert("items".to_owned(), items.collect());
        }
        fields.insert(field.name.clone(), about);
    }
    fields
}
