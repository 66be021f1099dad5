use serde::Deserialize;
use serde_json::Value;

use super::card::Linked;

/// What was made, with the word by which it was asked for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Made {
    pub(in super::super) id: i64,
    #[serde(default)]
    request_id: Value,
}

impl Made {
    /// The word it was asked for with.
    pub(in super::super) fn is(&self, request: &str) -> bool {
        match &self.request_id {
            Value::String(id) => id == request,
            Value::Number(id) => id.to_string() == request,
            _ => false,
        }
    }
}

/// A note.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Note {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) entity_id: i64,
    #[serde(default)]
    pub(in super::super) note_type: String,
    #[serde(default)]
    params: Value,
}

impl Note {
    pub(in super::super) fn text(&self) -> &str {
        self.params.get("text").and_then(Value::as_str).unwrap_or_default()
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Task {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) text: String,
    #[serde(default)]
    pub(in super::super) is_completed: bool,
    #[serde(default)]
    pub(in super::super) entity_id: i64,
    #[serde(default)]
    pub(in super::super) created_at: i64,
}

/// A request that nobody has taken yet. <https://www.amocrm.ru/developers/content/crm_platform/unsorted-api>
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in super::super) struct Unsorted {
    #[serde(default)]
    metadata: Value,
    #[serde(rename = "_embedded", default)]
    embedded: Inside,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Inside {
    #[serde(default)]
    leads: Vec<Linked>,
    #[serde(default)]
    contacts: Vec<Linked>,
}

impl Unsorted {
    /// The form that it came from, as we named it.
    pub(in super::super) fn form(&self) -> &str {
        self.metadata.get("form_id").and_then(Value::as_str).unwrap_or_default()
    }

    pub(in super::super) fn lead(&self) -> Option<i64> {
        self.embedded.leads.first().map(|one| one.id)
    }

    pub(in super::super) fn contact(&self) -> Option<i64> {
        self.embedded.contacts.first().map(|one| one.id)
    }
}

/// A chat of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct ChatLink {
    pub(in super::super) chat_id: String,
    pub(in super::super) contact_id: i64,
}

/// A source of leads.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in super::super) struct Source {
    pub(in super::super) id: i64,
    #[serde(default)]
    pub(in super::super) external_id: Option<String>,
}
