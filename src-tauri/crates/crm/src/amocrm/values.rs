//! What stands in fields of cards, in the form that each kind of field takes.
//! <https://www.amocrm.ru/developers/content/crm_platform/custom-fields>

use serde_json::{Value, json};

use super::wire::Field;

/// A field with its text, as amoCRM takes it; nothing where this kind of field can't hold the text.
pub(super) fn filled(field: &Field, text: &str) -> Option<Value> {
    let value = match field.kind.as_str() {
        "select" | "multiselect" | "radiobutton" => json!({ "enum_id": option(field, text)? }),
        "checkbox" => json!({ "value": switched(text)? }),
        "numeric" | "price" | "monetary" => json!({ "value": text.replace(',', ".").trim().parse::<f64>().ok()? }),
        "multitext" => json!({ "value": text, "enum_code": "WORK" }),
        // A moment has no substitution, a file and a firm's requisites neither.
        "date" | "date_time" | "birthday" | "file" | "legal_entity" | "smart_address" => return None,
        _ => json!({ "value": text }),
    };
    Some(json!({ "field_id": field.id, "values": [value] }))
}

/// A number of a card.
pub(super) fn phone(number: &str) -> Value {
    json!({ "field_code": "PHONE", "values": [{ "value": number, "enum_code": "WORK" }] })
}

/// Several numbers of a card: what stood there and one more. A field is always written as a whole.
pub(super) fn phones(numbers: &[String]) -> Value {
    let values: Vec<Value> = numbers
        .iter()
        .map(|number| json!({ "value": number, "enum_code": "WORK" }))
        .collect();
    json!({ "field_code": "PHONE", "values": values })
}

fn option(field: &Field, text: &str) -> Option<i64> {
    let wanted = domain::text::fold(text);
    let same = field
        .enums
        .iter()
        .find(|option| domain::text::fold(&option.value) == wanted);
    same.map(|option| option.id)
}

fn switched(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "true" | "yes" | "да" | "sí" | "si" => Some(true),
        "0" | "false" | "no" | "нет" => Some(false),
        _ => None,
    }
}
