//! `crm.item.*`: the universal methods, with fields in camel case, over the same cards.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/universal/index.html>

use super::crm_classic::described;
use super::{Answer, ApiError, Call, For, Method, Reply, method, page};
use crate::bitrix24::crm::record::Multi;
use crate::bitrix24::crm::{Kind, MULTI, Record, Type, change, filter};
use crate::bitrix24::php;
use crate::bitrix24::state::State;
use serde_json::{Map, Value, json};

pub(super) static METHODS: &[Method] = &[
    method("crm.item.add", "crm", For::All, add),
    method("crm.item.get", "crm", For::All, get),
    method("crm.item.update", "crm", For::All, update),
    method("crm.item.delete", "crm", For::All, delete),
    method("crm.item.list", "crm", For::All, list),
    method("crm.item.fields", "crm", For::All, fields),
];

/// Names that are more than another spelling.
static RENAMED: &[(&str, &str)] = &[
    ("DATE_CREATE", "createdTime"),
    ("DATE_MODIFY", "updatedTime"),
    ("CREATED_BY_ID", "createdBy"),
    ("MODIFY_BY_ID", "updatedBy"),
    ("MOVED_BY_ID", "movedBy"),
    ("STATUS_ID", "stageId"),
    ("STATUS_SEMANTIC_ID", "stageSemanticId"),
    ("DATE_CLOSED", "dateClosed"),
    ("COMPANY_TYPE", "typeId"),
];

/// `ASSIGNED_BY_ID` → `assignedById`, `UF_CRM_2_17` → `ufCrm2_17`.
fn camel(name: &str) -> String {
    if let Some((_, renamed)) = RENAMED.iter().find(|(one, _)| *one == name) {
        return (*renamed).to_owned();
    }
    let mut camel = String::new();
    for part in name.to_lowercase().split('_') {
        let digits = part.starts_with(|first: char| first.is_ascii_digit());
        let joined = camel.ends_with(|last: char| last.is_ascii_digit()) && digits;
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if !camel.is_empty() && !digits => camel.extend(first.to_uppercase().chain(letters)),
            _ => {
                camel.push_str(if joined { "_" } else { "" });
                camel.push_str(part);
            }
        }
    }
    camel
}

/// The other way, among the fields of a kind; original names are taken too.
fn capitals(state: &State, kind: Kind, name: &str) -> Option<String> {
    let user_fields = state
        .crm
        .user_fields
        .iter()
        .filter(|field| field.of == kind)
        .map(|field| field.name.as_str());
    let names = kind.fields().map(|field| field.name).chain(user_fields).chain(MULTI);
    names
        .into_iter()
        .find(|one| camel(one) == name || *one == name)
        .map(str::to_owned)
}

fn kind(call: &Call<'_>) -> Result<Kind, ApiError> {
    let number = call.params.int("entityTypeId");
    let number = number.ok_or_else(|| ApiError::bad("100", "Could not find value for parameter {entityTypeId}"))?;
    Kind::numbered(number).ok_or_else(|| ApiError::bad("NOT_FOUND", "Смарт-процесс не найден"))
}

fn card(call: &Call<'_>, kind: Kind) -> Result<i64, ApiError> {
    let id = call.params.int("id").unwrap_or(0);
    match call.state.crm.get(kind, id) {
        Some(_) => Ok(id),
        None => Err(ApiError::bad("NOT_FOUND", "Элемент не найден")),
    }
}

/// What a client gave, with the names of the older methods.
fn given(call: &Call<'_>, kind: Kind) -> Map<String, Value> {
    let mut known = Map::new();
    for (name, value) in call.params.map("fields").unwrap_or_default() {
        match name.as_str() {
            "fm" => multi(&mut known, &value),
            "contactIds" => drop(known.insert("CONTACT_IDS".to_owned(), value)),
            _ => {
                if let Some(name) = capitals(call.state, kind, &name) {
                    known.insert(name, value);
                }
            }
        }
    }
    known
}

fn multi(known: &mut Map<String, Value>, given: &Value) {
    for one in php::items(given) {
        let part = |name: &str| php::member(one, name).clone();
        let value = json!({"ID": part("id"), "VALUE": part("value"), "VALUE_TYPE": part("valueType"), "DELETE": part("delete")});
        let of = php::text(&part("typeId")).to_uppercase();
        if let Value::Array(list) = known.entry(of).or_insert_with(|| json!([])) {
            list.push(value);
        }
    }
}

fn add(call: &mut Call<'_>) -> Answer {
    let (kind, actor) = (kind(call)?, call.actor());
    let fields = given(call, kind);
    let id = change::add(call.state, &actor, kind, &fields);
    Ok(json!({"item": one(call, kind, id)}).into())
}

fn get(call: &mut Call<'_>) -> Answer {
    let kind = kind(call)?;
    let id = card(call, kind)?;
    Ok(json!({"item": one(call, kind, id)}).into())
}

fn update(call: &mut Call<'_>) -> Answer {
    let (kind, actor) = (kind(call)?, call.actor());
    let (id, fields) = (card(call, kind)?, given(call, kind));
    change::update(call.state, &actor, kind, id, &fields);
    Ok(json!({"item": one(call, kind, id)}).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let (kind, actor) = (kind(call)?, call.actor());
    let id = card(call, kind)?;
    change::delete(call.state, &actor, kind, id);
    Ok(json!([]).into())
}

fn list(call: &mut Call<'_>) -> Answer {
    let kind = kind(call)?;
    let wanted = filter::of_value(call.params.get("filter"));
    let order = call.params.map("order").unwrap_or_default();
    let value_of = |record: &Record, name: &str| match capitals(call.state, kind, name) {
        Some(name) => record.value(&name),
        None => Value::Null,
    };
    let mut rows: Vec<&Record> = call.state.crm.all(kind).collect();
    rows.retain(|record| filter::passes(&wanted, &|name| value_of(record, name)));
    filter::sort(&mut rows, &order, |record, name| value_of(record, name));
    let (rows, total, next) = page(rows, call.params.int("start"));
    let select: Vec<String> = call.params.list("select").into_iter().map(php::text).collect();
    let every = select.is_empty() || select.iter().any(|name| name == "*");
    let shown = |record: &Record| {
        let mut item = item(record);
        item.retain(|name, _| every || name == "id" || select.contains(name));
        Value::Object(item)
    };
    let items: Vec<Value> = rows.into_iter().map(shown).collect();
    Ok(Reply {
        result: json!({"items": items}),
        total,
        next,
    })
}

fn one(call: &Call<'_>, kind: Kind, id: i64) -> Value {
    let Some(record) = call.state.crm.get(kind, id) else {
        return Value::Null;
    };
    let mut item = item(record);
    if call.params.flag("useOriginalUfNames") {
        let original = record.fields.iter().filter(|(name, _)| name.starts_with("UF_"));
        for (name, value) in original {
            item.remove(&camel(name));
            item.insert(name.clone(), value.clone());
        }
    }
    Value::Object(item)
}

/// Numbers are numbers here.
fn item(record: &Record) -> Map<String, Value> {
    let mut item = Map::new();
    for (name, value) in &record.fields {
        let kind = record.kind.field(name).map(|field| field.kind);
        let value = match kind {
            Some(Type::Integer | Type::User) => php::int(value).into(),
            Some(Type::Link(_)) => php::int(value).unwrap_or(0).into(),
            Some(Type::Double) => php::text(value).parse::<f64>().unwrap_or(0.0).into(),
            _ => value.clone(),
        };
        item.insert(camel(name), value);
    }
    item.insert("entityTypeId".to_owned(), record.kind.number().into());
    if matches!(record.kind, Kind::Lead | Kind::Deal) {
        item.insert("contactIds".to_owned(), json!(record.linked));
    }
    if record.kind.has_multi() {
        let multi: Vec<Value> = record.multi.iter().map(Multi::shown_universal).collect();
        item.insert("fm".to_owned(), Value::Array(multi));
    }
    item
}

fn fields(call: &mut Call<'_>) -> Answer {
    let described = described(call.state, kind(call)?);
    let fields = described.into_iter().map(|(name, mut about)| {
        if let Value::Object(about) = &mut about {
            about.insert("upperName".to_owned(), name.clone().into());
        }
        (camel(&name), about)
    });
    Ok(json!({"fields": fields.collect::<Map<_, _>>()}).into())
}

#[cfg(test)]
mod tests {
    use super::camel;

    #[test]
    fn names_are_written_as_the_universal_methods_do() {
        assert_eq!(camel("ASSIGNED_BY_ID"), "assignedById");
        assert_eq!(camel("UF_CRM_1617027453943"), "ufCrm1617027453943");
        assert_eq!(camel("UF_CRM_44_1721812760630"), "ufCrm44_1721812760630");
        assert_eq!(camel("STATUS_ID"), "stageId");
    }
}
