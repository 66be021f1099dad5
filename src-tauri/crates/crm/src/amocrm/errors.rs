//! Refusals of amoCRM as what to do about them. <https://www.amocrm.ru/developers/content/crm_platform/error-codes>,
//! <https://developers.kommo.com/docs/http-codes>
//!
//! | status | what to do |
//! | --- | --- |
//! | 401 | renew the token and repeat; where it can't be renewed, a person connects anew |
//! | 402 | the account is not paid: the link stops |
//! | 403 | one thing is forbidden; the account itself too: rights were lost, the link stops |
//! | 404 | the thing is gone |
//! | 400, 422 | this very call is refused for good |
//! | 429 | too fast |

use std::time::Duration;

use contracts::{channel::CallError, crm::CrmError};
use domain::Reason;
use net::Answer;
use serde::Deserialize;

/// amoCRM says «too fast» without a number at times; its documents count in seconds.
const BREATH: Duration = Duration::from_secs(1);

/// A reason of this CRM's texts.
pub(super) const fn reason(key: &'static str) -> Reason {
    Reason::new(key)
}

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub(super) enum ApiError {
    /// Whatever the call was about.
    #[error(transparent)]
    Crm(#[from] CrmError),
    /// amoCRM understood and refuses.
    #[error("refused: {0:?}")]
    Problem(Problem),
}

/// A refusal with its details.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Problem {
    /// HTTP status.
    pub(super) status: u16,
    /// What is wrong with which of the entities of an array: `request_id`, then `path: code`.
    pub(super) invalid: Vec<(String, String)>,
}

impl Problem {
    /// Whether a field that the call named does not exist any more.
    pub(super) fn names_a_field(&self) -> bool {
        let fields = |what: &str| what.contains("field_id") || what.contains("custom_fields_values");
        self.status == 400 && self.invalid.iter().any(|(_, what)| fields(what))
    }

    /// The reason for people; of `request` alone where it is one of several.
    pub(super) fn reason(&self, request: Option<&str>) -> Reason {
        let mut said = self.invalid.iter();
        let found = said.find(|(id, _)| request.is_none_or(|request| request == id));
        match (found, self.status) {
            (Some((_, what)), _) => reason("amocrm.reason.refused_value").with("what", what),
            (None, 403) => reason("amocrm.reason.forbidden"),
            (None, 404) => reason("amocrm.reason.gone"),
            (None, status) => reason("amocrm.reason.refused").with("status", status),
        }
    }
}

impl From<ApiError> for CrmError {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Crm(error) => error,
            ApiError::Problem(problem) if problem.status == 404 => Self::Gone(problem.reason(None)),
            ApiError::Problem(problem) => Self::Refused(problem.reason(None)),
        }
    }
}

impl From<ApiError> for contracts::crm::ApplyError {
    fn from(error: ApiError) -> Self {
        Self::Call(error.into())
    }
}

impl From<contracts::crm::PaceClosed> for ApiError {
    fn from(closed: contracts::crm::PaceClosed) -> Self {
        Self::Crm(closed.into())
    }
}

impl From<contracts::crm::NotebookClosed> for ApiError {
    fn from(closed: contracts::crm::NotebookClosed) -> Self {
        Self::Crm(closed.into())
    }
}

impl ApiError {
    /// amoCRM does not know the thing.
    pub(super) fn gone(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.status == 404)
    }

    /// Only this very call: nothing is wrong with the line, the account or the rights.
    pub(super) fn about_this_only(&self) -> bool {
        matches!(
            self,
            Self::Problem(_) | Self::Crm(CrmError::Refused(_) | CrmError::Gone(_))
        )
    }

    /// A field of the call is gone.
    pub(super) fn names_a_field(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.names_a_field())
    }

    /// amoCRM refused because of what was asked, and did nothing.
    pub(super) fn refused(&self) -> bool {
        matches!(self, Self::Problem(_))
    }
}

/// The body of a refusal, `application/problem+json`.
#[derive(Default, Deserialize)]
struct Body {
    #[serde(rename = "validation-errors", default)]
    validation: Vec<Invalid>,
    retry_after: Option<u64>,
}

#[derive(Deserialize)]
struct Invalid {
    #[serde(default)]
    request_id: serde_json::Value,
    #[serde(default)]
    errors: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Wrong {
    #[serde(default)]
    code: String,
    #[serde(default)]
    path: String,
}

/// What an answer that is no success means. 401 is for the caller, who may renew the token.
pub(super) fn of_answer(answer: &Answer, bucket: &'static str) -> Option<ApiError> {
    let failure = answer.failure()?;
    let body: Body = serde_json::from_slice(&answer.body).unwrap_or_default();
    Some(match answer.status {
        402 => CrmError::Unpaid(reason("amocrm.reason.unpaid")).into(),
        429 => {
            let told = answer.retry_after.or(body.retry_after.map(Duration::from_secs));
            let wait = told.unwrap_or(BREATH);
            CrmError::TooFast { bucket, wait }.into()
        }
        status @ (400 | 403 | 404 | 405..=428) if !matches!(failure, net::Failure::Blocked(_)) => {
            ApiError::Problem(Problem {
                status,
                invalid: body.validation.iter().flat_map(Invalid::told).collect(),
            })
        }
        _ => CrmError::of_call(net::connector::call_error(failure), bucket).into(),
    })
}

impl Invalid {
    fn told(&self) -> impl Iterator<Item = (String, String)> {
        let id = self
            .request_id
            .as_str()
            .map_or_else(|| self.request_id.to_string(), str::to_owned);
        // Names of fields and of rules, both of amoCRM's own making; what a person wrote is not among them.
        self.errors
            .iter()
            .map(move |wrong| (id.clone(), format!("{}: {}", wrong.path, wrong.code)))
    }
}

/// For login steps: what is wrong with the access that was entered.
pub(super) fn login_call(error: ApiError) -> CallError {
    CrmError::from(error).into()
}
