use domain::Reason;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a call did not do what was asked, for a person. The UI shows the reason (at the field, when one is named)
/// and keeps what was entered.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApiError {
    /// The class of it.
    pub code: Code,
    /// Text and its values.
    pub reason: Reason,
    /// The field to correct.
    pub field: Option<String>,
    /// More fields to correct.
    pub fields: Vec<FieldProblem>,
}

/// A field to correct.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldProblem {
    /// Which.
    pub field: String,
    /// What is wrong and what to do.
    pub reason: Reason,
}

/// What the UI tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Correct the input; nothing was changed.
    Invalid,
    /// It is not there (any more).
    NotFound,
    /// The network refuses it; nothing was changed.
    Refused,
    /// The network can't be reached: the same may be tried again.
    Network,
    /// The database could not do it; nothing was changed: the same may be tried again.
    Storage,
}
