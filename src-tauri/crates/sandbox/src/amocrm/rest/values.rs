//! `custom_fields_values`: what stands in the fields of a card, in and out.

use super::page::{number, text};
use super::problem::Fault;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{Entity, Kind};
use crate::amocrm::state::field::CustomField;
use serde_json::{Value, json};

/// What a request asks to put into fields: pairs of field and values, none of them to empty it.
pub(super) type Filled = Vec<(i64, Vec<Value>)>;

/// Reads the fields of `item`; what is wrong with them is told by place.
pub(super) fn read(state: &State, kind: Kind, item: &Value) -> Result<Filled, Vec<Fault>> {
    let Some(listed) = item.get("custom_fields_values").and_then(Value::as_array) else {
        return Ok(Vec::new());
    };
    let (mut filled, mut faults) = (Vec::new(), Vec::new());
    for (place, entry) in listed.iter().enumerate() {
        let path = format!("custom_fields_values.{place}");
        match one(state, kind, entry, &path) {
            Ok(field) => filled.push(field),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(filled) } else { Err(faults) }
}

fn one(state: &State, kind: Kind, entry: &Value, path: &str) -> Result<(i64, Vec<Value>), Fault> {
    let (id, code) = (number(entry, "field_id"), text(entry, "field_code"));
    let named = |field: &&CustomField| match (id, code) {
        (Some(id), _) => field.id == id,
        (None, code) => code.is_some() && field.code.as_deref() == code,
    };
    let at = if id.is_some() { "field_id" } else { "field_code" };
    let mut known = state.fields.iter().filter(|field| field.of == kind);
    let field = known.find(named).ok_or_else(|| Fault::choice(format!("{path}.{at}")))?;
    let Some(listed) = entry.get("values").and_then(Value::as_array) else {
        return Ok((field.id, Vec::new()));
    };
    let read = listed
        .iter()
        .enumerate()
        .map(|(place, value)| value_of(field, value, &format!("{path}.values.{place}")));
    let values = read.collect::<Result<Vec<_>, _>>()?;
    Ok((field.id, values.into_iter().flatten().collect()))
}

/// A value as it is kept; an empty one empties the field.
fn value_of(field: &CustomField, value: &Value, path: &str) -> Result<Option<Value>, Fault> {
    let chosen = match (number(value, "enum_id"), text(value, "enum_code")) {
        (Some(id), _) => field.enums.iter().find(|choice| choice.id == id),
        (None, Some(code)) => field.enums.iter().find(|choice| choice.code.as_deref() == Some(code)),
        (None, None) => field
            .enums
            .iter()
            .find(|choice| Some(choice.value.as_str()) == text(value, "value")),
    };
    if field.is_choice() {
        let choice = chosen.ok_or_else(|| Fault::choice(format!("{path}.enum_id")))?;
        return Ok(Some(
            json!({"value": choice.value, "enum_id": choice.id, "enum_code": choice.code}),
        ));
    }
    let Some(written) = value.get("value").filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    fits(field, written).map_err(|detail| Fault::kind(format!("{path}.value"), detail))?;
    if field.kind != "multitext" {
        return Ok((written != "").then(|| json!({"value": written})));
    }
    let given = value.get("enum_id").is_some() || value.get("enum_code").is_some();
    if given && chosen.is_none() {
        return Err(Fault::choice(format!("{path}.enum_code")));
    }
    let choice = chosen.or(field.enums.first());
    Ok((written != "").then(|| {
        json!({"value": written, "enum_id": choice.map(|choice| choice.id),
        "enum_code": choice.and_then(|choice| choice.code.as_deref())})
    }))
}

/// Whether the type of a value is the field's.
fn fits(field: &CustomField, written: &Value) -> Result<(), &'static str> {
    match field.kind.as_str() {
        "numeric" | "monetary" | "price" => {
            let number = written.is_number() || written.as_str().is_some_and(|text| text.parse::<f64>().is_ok());
            number.then_some(()).ok_or("This value should be of type numeric.")
        }
        "checkbox" => written
            .is_boolean()
            .then_some(())
            .ok_or("This value should be of type bool."),
        "date" | "date_time" | "birthday" => {
            let time = written.is_i64() || written.is_string();
            time.then_some(()).ok_or("This value should be of type int.")
        }
        "text" | "textarea" | "url" | "multitext" | "streetaddress" | "tracking_data" => {
            let text = written.is_string() || written.is_number();
            text.then_some(()).ok_or("This value should be of type string.")
        }
        _ => Ok(()),
    }
}

/// Puts read values into a card.
pub(super) fn fill(entity: &mut Entity, filled: Filled) {
    for (field, values) in filled {
        if values.is_empty() {
            entity.values.remove(&field);
        } else {
            entity.values.insert(field, values);
        }
    }
}

/// As the vendor shows them; `null` when nothing is filled.
pub(super) fn shown(state: &State, entity: &Entity) -> Value {
    let fields = state.fields.iter().filter(|field| field.of == entity.id.kind);
    let shown: Vec<Value> = fields
        .filter_map(|field| {
            let values = entity.values.get(&field.id)?;
            Some(
                json!({"field_id": field.id, "field_name": field.name, "field_code": field.code,
                "field_type": field.kind, "values": values}),
            )
        })
        .collect();
    if shown.is_empty() { Value::Null } else { shown.into() }
}
