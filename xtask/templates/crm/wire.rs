//! The vendor's JSON, nothing else.

use serde::{Deserialize, Serialize};

/// Our own account.
#[derive(Debug, Deserialize)]
pub(super) struct Account {
    pub(super) id: i64,
    pub(super) name: String,
}

/// A contact to add.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct NewContact {
    pub(super) external_id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone: Option<String>,
}

/// A contact as it is there.
#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    pub(super) id: i64,
}

/// A note to add.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct NewNote {
    pub(super) external_id: String,
    pub(super) contact_id: String,
    pub(super) text: String,
}

/// A note as it is there.
#[derive(Debug, Deserialize)]
pub(super) struct Note {
    pub(super) id: i64,
}
