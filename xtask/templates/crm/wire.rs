//! The vendor's JSON, nothing else.

use serde::{Deserialize, Serialize};

/// Our own account.
#[derive(Debug, Deserialize)]
pub struct Account {
    pub id: i64,
    pub name: String,
}

/// A contact to add.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct NewContact {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A contact as it is there.
#[derive(Debug, Deserialize)]
pub struct Contact {
    pub id: i64,
}
