//! Fields of cards that the account invents.

use super::entity::Kind;

/// A field.
#[derive(Debug, Clone)]
pub(crate) struct CustomField {
    pub(crate) id: i64,
    pub(crate) of: Kind,
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    /// `text`, `multitext`, `select`…
    pub(crate) kind: String,
    pub(crate) sort: i64,
    pub(crate) api_only: bool,
    /// Phone and e-mail are there from the start and stay.
    pub(crate) predefined: bool,
    pub(crate) enums: Vec<Choice>,
}

/// One of the values to choose from.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) id: i64,
    pub(crate) value: String,
    pub(crate) code: Option<String>,
    pub(crate) sort: i64,
}

/// Types of fields. <https://www.amocrm.ru/developers/content/crm_platform/custom-fields>
pub(crate) const TYPES: &[&str] = &[
    "text",
    "numeric",
    "checkbox",
    "select",
    "multiselect",
    "date",
    "url",
    "textarea",
    "radiobutton",
    "streetaddress",
    "smart_address",
    "birthday",
    "legal_entity",
    "date_time",
    "price",
    "category",
    "items",
    "tracking_data",
    "linked_entity",
    "chained_list",
    "monetary",
    "file",
    "payer",
    "supplier",
    "multitext",
];

impl CustomField {
    /// Its values are chosen, not written.
    pub(crate) fn is_choice(&self) -> bool {
        matches!(self.kind.as_str(), "select" | "multiselect" | "radiobutton")
    }
}
