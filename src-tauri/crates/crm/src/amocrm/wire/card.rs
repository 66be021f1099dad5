use serde::Deserialize;
use serde_json::Value;

use super::account::or_default;

/// A person. <https://www.amocrm.ru/developers/content/crm_platform/contacts-api>
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Contact {
    pub(in super::super) id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) is_deleted: bool,
    #[serde(default)]
    pub(in super::super) created_at: i64,
    #[serde(default)]
    pub(in super::super) updated_at: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) custom_fields_values: Vec<FieldValues>,
    #[serde(rename = "_embedded", default)]
    embedded: Embedded,
}

/// A lead. <https://www.amocrm.ru/developers/content/crm_platform/leads-api>
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Lead {
    pub(in super::super) id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) name: String,
    #[serde(default)]
    pub(in super::super) price: Option<i64>,
    #[serde(default)]
    pub(in super::super) responsible_user_id: i64,
    #[serde(default)]
    pub(in super::super) status_id: i64,
    #[serde(default)]
    pub(in super::super) pipeline_id: i64,
    #[serde(default)]
    pub(in super::super) is_deleted: bool,
    #[serde(default)]
    pub(in super::super) created_at: i64,
    #[serde(default)]
    pub(in super::super) updated_at: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) custom_fields_values: Vec<FieldValues>,
    #[serde(rename = "_embedded", default)]
    embedded: Embedded,
}

/// A firm.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Company {
    pub(in super::super) id: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(in super::super) custom_fields_values: Vec<FieldValues>,
}

/// What hangs on a card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Embedded {
    #[serde(default)]
    contacts: Vec<Linked>,
    #[serde(default)]
    leads: Vec<Linked>,
    #[serde(default)]
    companies: Vec<Linked>,
}

/// Another card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Linked {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) is_main: bool,
}

/// A field of a card with what stands in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct FieldValues {
    #[serde(default)]
    pub(in super::super) field_id: i64,
    #[serde(default)]
    pub(in super::super) field_code: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    values: Vec<OneValue>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct OneValue {
    #[serde(default)]
    value: Value,
}

impl FieldValues {
    /// What stands in it, as texts.
    pub(in super::super) fn texts(&self) -> impl Iterator<Item = String> {
        self.values.iter().filter_map(|one| match &one.value {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }
}

impl Contact {
    pub(in super::super) fn leads(&self) -> impl Iterator<Item = i64> {
        self.embedded.leads.iter().map(|lead| lead.id)
    }

    pub(in super::super) fn company(&self) -> Option<i64> {
        self.embedded.companies.first().map(|one| one.id)
    }

    pub(in super::super) fn phones(&self) -> Vec<String> {
        phones(&self.custom_fields_values)
    }

    /// What stands in the field with this number.
    pub(in super::super) fn texts_of(&self, field: i64) -> Vec<String> {
        let same = self.custom_fields_values.iter().filter(|one| one.field_id == field);
        same.flat_map(FieldValues::texts).collect()
    }
}

impl Lead {
    pub(in super::super) fn contacts(&self) -> impl Iterator<Item = i64> {
        self.embedded.contacts.iter().map(|one| one.id)
    }

    /// The contact in front, else any.
    pub(in super::super) fn main_contact(&self) -> Option<i64> {
        let contacts = &self.embedded.contacts;
        let main = contacts.iter().find(|one| one.is_main).or(contacts.first());
        main.map(|one| one.id)
    }

    pub(in super::super) fn company(&self) -> Option<i64> {
        self.embedded.companies.first().map(|one| one.id)
    }
}

impl Company {
    pub(in super::super) fn phones(&self) -> Vec<String> {
        phones(&self.custom_fields_values)
    }
}

fn phones(fields: &[FieldValues]) -> Vec<String> {
    let phones = fields.iter().filter(|one| one.field_code.as_deref() == Some("PHONE"));
    phones.flat_map(FieldValues::texts).collect()
}
