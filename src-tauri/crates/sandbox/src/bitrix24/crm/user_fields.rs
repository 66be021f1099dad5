//! Fields that people or apps added. <https://apidocs.bitrix24.com/api-reference/crm/leads/userfield/crm-lead-userfield-add.html>

use super::{Crm, Kind};
use crate::bitrix24::php;
use serde_json::{Map, Value, json};

/// A user field.
#[derive(Debug, Clone)]
pub(crate) struct UserField {
    pub(crate) id: i64,
    pub(crate) of: Kind,
    /// `UF_CRM_…`
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) label: String,
    pub(crate) multiple: bool,
    pub(crate) mandatory: bool,
    pub(crate) xml_id: String,
    pub(crate) sort: i64,
    pub(crate) choices: Vec<(i64, String)>,
}

const KINDS: [&str; 13] = [
    "string",
    "integer",
    "double",
    "boolean",
    "date",
    "datetime",
    "money",
    "url",
    "address",
    "enumeration",
    "file",
    "employee",
    "crm",
];

impl UserField {
    pub(crate) fn shown(&self) -> Value {
        let mut shown = json!({
            "ID": self.id.to_string(), "ENTITY_ID": format!("CRM_{}", self.of.word()), "FIELD_NAME": self.name,
            "USER_TYPE_ID": self.kind, "XML_ID": self.xml_id, "SORT": self.sort.to_string(), "MULTIPLE": yes(self.multiple),
            "MANDATORY": yes(self.mandatory), "SHOW_FILTER": "E", "SHOW_IN_LIST": "Y", "EDIT_IN_LIST": "Y",
            "IS_SEARCHABLE": "N", "SETTINGS": {}, "EDIT_FORM_LABEL": self.label, "LIST_COLUMN_LABEL": self.label,
            "LIST_FILTER_LABEL": self.label, "ERROR_MESSAGE": null, "HELP_MESSAGE": null,
        });
        if let (Value::Object(shown), "enumeration") = (&mut shown, self.kind.as_str()) {
            let list = self.choices.iter().zip(1..).map(|((id, value), place)| {
                json!({"ID": id.to_string(), "SORT": (place * 10).to_string(), "VALUE": value, "DEF": "N", "XML_ID": ""})
            });
            shown.insert("LIST".to_owned(), list.collect());
        }
        shown
    }

    /// A value as a card keeps it.
    pub(crate) fn kept(&self, value: &Value) -> Value {
        let single = |value: &Value| match self.kind.as_str() {
            "boolean" => Value::from(if php::flag(value) { "1" } else { "0" }),
            "datetime" | "date" => {
                php::moment(value).map_or_else(|| Value::from(php::text(value)), |at| php::date(at).into())
            }
            _ => Value::from(php::text(value)),
        };
        match (self.multiple, php::items(value)) {
            (true, values) => Value::Array(values.into_iter().map(single).collect()),
            (false, values) => values.first().map_or(Value::Null, |value| single(value)),
        }
    }
}

fn yes(yes: bool) -> &'static str {
    if yes { "Y" } else { "N" }
}

impl Crm {
    /// Adds a field; the words of the refusal otherwise.
    pub(crate) fn add_field(&mut self, of: Kind, fields: &Map<String, Value>) -> Result<i64, String> {
        let get = |name: &str| php::field(fields, name).map(php::text).unwrap_or_default();
        let kind = get("USER_TYPE_ID");
        if kind.is_empty() {
            return Err("The 'USER_TYPE_ID' field is not found.".to_owned());
        }
        if !KINDS.contains(&kind.as_str()) {
            return Err(format!("The 'USER_TYPE_ID' = '{kind}' is not registered user type."));
        }
        let id = self.field_number();
        let name = match get("FIELD_NAME").to_uppercase() {
            empty if empty.is_empty() => format!("UF_CRM_{id}"),
            full if full.starts_with("UF_CRM_") => full,
            short => format!("UF_CRM_{short}"),
        };
        if self.user_fields.iter().any(|one| one.of == of && one.name == name) {
            return Err(format!("Поле {name} для объекта CRM_{} уже существует.", of.word()));
        }
        let choices = php::items(php::field(fields, "LIST").unwrap_or(&Value::Null))
            .into_iter()
            .map(|choice| php::text(php::member(choice, "VALUE")))
            .collect::<Vec<_>>();
        let choices = choices.into_iter().map(|value| (self.field_number(), value)).collect();
        let label = label(fields).unwrap_or_else(|| name.clone());
        self.user_fields.push(UserField {
            id,
            of,
            name,
            kind,
            label,
            multiple: php::field(fields, "MULTIPLE").is_some_and(php::flag),
            mandatory: php::field(fields, "MANDATORY").is_some_and(php::flag),
            xml_id: get("XML_ID"),
            sort: get("SORT").parse().unwrap_or(100),
            choices,
        });
        Ok(id)
    }

    /// Deletes a field with everything that stood in it.
    pub(crate) fn delete_field(&mut self, of: Kind, id: i64) -> bool {
        let Some(place) = self.user_fields.iter().position(|one| one.of == of && one.id == id) else {
            return false;
        };
        let gone = self.user_fields.remove(place);
        for record in self.records.values_mut().filter(|record| record.kind == of) {
            record.fields.remove(&gone.name);
        }
        true
    }

    pub(crate) fn user_field(&self, of: Kind, name: &str) -> Option<&UserField> {
        self.user_fields.iter().find(|one| one.of == of && one.name == name)
    }
}

/// What people read: a label, or one by language.
fn label(fields: &Map<String, Value>) -> Option<String> {
    ["EDIT_FORM_LABEL", "LABEL", "LIST_COLUMN_LABEL"]
        .iter()
        .filter_map(|name| php::field(fields, name))
        .map(|value| match value {
            Value::Object(by_language) => by_language
                .get("ru")
                .or_else(|| by_language.values().next())
                .map(php::text)
                .unwrap_or_default(),
            single => php::text(single),
        })
        .find(|label| !label.is_empty())
}
