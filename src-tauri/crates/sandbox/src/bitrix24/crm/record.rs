//! One card: its fields as the portal keeps them, and the phones and addresses beside them.

use super::{Kind, MULTI, Type};
use crate::bitrix24::php;
use serde_json::{Map, Value, json};

/// A card. Values stand as the old methods give them: text, or null.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) fields: Map<String, Value>,
    pub(crate) multi: Vec<Multi>,
    /// Contacts of a lead or deal, companies of a contact; the first one is the main one.
    pub(crate) linked: Vec<i64>,
}

/// A phone, an address, a messenger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Multi {
    pub(crate) id: i64,
    /// `PHONE`
    pub(crate) of: String,
    /// `WORK`
    pub(crate) kind: String,
    pub(crate) value: String,
}

impl Multi {
    fn shown(&self) -> Value {
        json!({"ID": self.id.to_string(), "VALUE_TYPE": self.kind, "VALUE": self.value, "TYPE_ID": self.of})
    }

    /// As the universal methods write it.
    pub(crate) fn shown_universal(&self) -> Value {
        json!({"id": self.id, "valueType": self.kind, "value": self.value, "typeId": self.of})
    }
}

impl Record {
    pub(crate) fn text(&self, name: &str) -> String {
        self.fields.get(name).map(php::text).unwrap_or_default()
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.fields.get(name).and_then(php::int).filter(|number| *number != 0)
    }

    /// The name of the card on the screen.
    pub(crate) fn title(&self) -> String {
        match self.kind {
            Kind::Contact => {
                let name = format!("{} {}", self.text("NAME"), self.text("LAST_NAME"));
                match name.trim() {
                    "" => format!("Контакт #{}", self.id),
                    name => name.to_owned(),
                }
            }
            _ => self.text("TITLE"),
        }
    }

    /// Values of `PHONE` and the like.
    pub(crate) fn values<'a>(&'a self, of: &'a str) -> impl Iterator<Item = &'a Multi> {
        self.multi.iter().filter(move |one| one.of == of)
    }

    /// A field as lists compare and show it; several values for phones and the like.
    pub(crate) fn value(&self, name: &str) -> Value {
        if MULTI.contains(&name) {
            return Value::Array(self.values(name).map(Multi::shown).collect());
        }
        self.fields.get(name).cloned().unwrap_or(Value::Null)
    }

    /// The whole card, as `crm.*.get` gives it.
    pub(crate) fn shown(&self) -> Value {
        let mut shown = self.fields.clone();
        for name in MULTI {
            let values: Vec<Value> = self.values(name).map(Multi::shown).collect();
            if !values.is_empty() {
                shown.insert(name.to_owned(), Value::Array(values));
            }
        }
        Value::Object(shown)
    }

    /// Brings what depends on other fields up to date.
    pub(crate) fn settle(&mut self) {
        for (flag, of) in [("HAS_PHONE", "PHONE"), ("HAS_EMAIL", "EMAIL"), ("HAS_IMOL", "IM")] {
            if self.kind.field(flag).is_some() {
                let has = self.values(of).next().is_some();
                self.fields.insert(flag.to_owned(), yes(has));
            }
        }
        let main = self.linked.first().map_or(Value::Null, |id| json!(id.to_string()));
        match self.kind {
            Kind::Lead | Kind::Deal => self.fields.insert("CONTACT_ID".to_owned(), main),
            Kind::Contact => self.fields.insert("COMPANY_ID".to_owned(), main),
            Kind::Company => None,
        };
    }
}

pub(crate) fn yes(yes: bool) -> Value {
    Value::from(if yes { "Y" } else { "N" })
}

/// A value as the portal keeps it in a field of this type.
pub(crate) fn kept(kind: Type, value: &Value) -> Value {
    let text = php::text(value);
    match kind {
        Type::Char => yes(php::flag(value)),
        Type::Double => Value::from(format!("{:.2}", text.trim().parse::<f64>().unwrap_or(0.0))),
        Type::Integer | Type::User | Type::Link(_) => match php::int(value) {
            Some(number) => Value::from(number.to_string()),
            None => Value::Null,
        },
        Type::DateTime | Type::Date => match php::moment(value) {
            Some(at) => Value::from(php::date(at)),
            None => Value::from(text),
        },
        Type::Text | Type::Status(_) if text.is_empty() => Value::Null,
        Type::Text | Type::Status(_) => Value::from(text),
    }
}
