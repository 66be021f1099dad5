use contracts::{
    channel::{CallError, FieldError, SendError},
    crm::CrmError,
};
use domain::Reason;
use engine::{CrmCallError, EngineError, HistoryError, OpenError, SubmitError};
use serde::{Deserialize, Serialize};
use store::StoreError;
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

impl ApiError {
    /// An error with a text.
    pub fn of(code: Code, key: &'static str) -> Self {
        Self::with(code, Reason::new(key))
    }

    /// An error with a text that has values.
    pub fn with(code: Code, reason: Reason) -> Self {
        Self {
            code,
            reason,
            field: None,
            fields: Vec::new(),
        }
    }

    /// Fields to correct; the first one speaks for all.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let fields: Vec<FieldProblem> = errors.into_iter().map(FieldProblem::from).collect();
        let first = fields.first();
        Self {
            code: Code::Invalid,
            reason: first.map_or_else(|| Reason::new("error.fields"), |first| first.reason.clone()),
            field: first.map(|first| first.field.clone()),
            fields,
        }
    }

    /// A field to correct.
    pub fn field(field: &str, reason: Reason) -> Self {
        Self {
            code: Code::Invalid,
            reason,
            field: Some(field.to_owned()),
            fields: Vec::new(),
        }
    }
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        Self {
            field: error.field,
            reason: error.reason,
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::of(Code::NotFound, "error.not_found"),
            StoreError::NameTaken => Self::field("name", Reason::new("error.name_taken")),
            error => {
                tracing::error!(%error, "database");
                Self::of(Code::Storage, "error.storage")
            }
        }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Store(error) => error.into(),
            EngineError::UnknownChannel(_) => Self::of(Code::NotFound, "error.unknown_channel"),
            EngineError::UnknownCrm(_) => Self::of(Code::NotFound, "error.unknown_crm"),
        }
    }
}

impl From<SubmitError> for ApiError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Store(error) => error.into(),
            SubmitError::Empty => Self::field("text", Reason::new("error.empty_message")),
            SubmitError::NoChannel => Self::of(Code::Refused, "error.no_channel"),
            SubmitError::Unreachable => Self::of(Code::Refused, "error.client_unreachable"),
            SubmitError::FileTooLarge { name, max_bytes } => {
                let megabytes = max_bytes / (1024 * 1024);
                let reason = Reason::new("error.file_too_large")
                    .with("name", name)
                    .with("megabytes", megabytes);
                Self::field("uploads", reason)
            }
        }
    }
}

impl From<HistoryError> for ApiError {
    fn from(error: HistoryError) -> Self {
        match error {
            HistoryError::Store(error) => error.into(),
            HistoryError::Call(error) => error.into(),
            HistoryError::Unsupported => Self::of(Code::Refused, "error.no_history"),
        }
    }
}

impl From<CallError> for ApiError {
    fn from(error: CallError) -> Self {
        let code = match error.retry() {
            domain::Retry::Never => Code::Refused,
            domain::Retry::Soon | domain::Retry::After(_) => Code::Network,
        };
        Self::with(code, error.reason())
    }
}

impl From<SendError> for ApiError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Call(error) => error.into(),
            SendError::Unreachable(reason) => Self::with(Code::Refused, reason),
        }
    }
}

impl From<OpenError> for ApiError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Store(error) => error.into(),
            OpenError::UnknownChannel => Self::of(Code::NotFound, "error.unknown_channel"),
            OpenError::OnlyAnswers => Self::of(Code::Refused, "write_first.only_answers"),
            OpenError::Forbidden(reason) => Self::with(Code::Refused, reason),
            OpenError::Call(error) => error.into(),
        }
    }
}

impl From<CrmError> for ApiError {
    fn from(error: CrmError) -> Self {
        CallError::from(error).into()
    }
}

impl From<CrmCallError> for ApiError {
    fn from(error: CrmCallError) -> Self {
        match error {
            CrmCallError::Store(error) => error.into(),
            CrmCallError::NotReady => Self::of(Code::Network, "error.link_not_ready"),
            CrmCallError::Call(error) => error.into(),
            CrmCallError::Open(error) => error.into(),
        }
    }
}
