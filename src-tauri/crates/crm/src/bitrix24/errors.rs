//! Refusals of Bitrix24 as what to do about them. <https://apidocs.bitrix24.com/error-codes.html>
//!
//! | answer | what to do |
//! | --- | --- |
//! | 401 `expired_token` | renew the token and repeat; any other 401: a person connects anew |
//! | 402, `PAYMENT_REQUIRED`, «only on commercial plans» | the portal is not paid: the link stops |
//! | 403 `insufficient_scope`, `user_access_error`, `INVALID_CREDENTIALS` | rights are missing: the link stops |
//! | 503 `QUERY_LIMIT_EXCEEDED`, 429 `OPERATION_TIME_LIMIT` | too fast |
//! | other 4xx | this very call is refused for good |

use std::time::Duration;

use contracts::{
    channel::{CallError, Certainty},
    crm::{ApplyError, CrmError, NotebookClosed, PaceClosed},
};
use domain::Reason;
use net::Answer;
use serde::Deserialize;

use super::client::REST;

/// The bucket leaks two calls a second: by then there is room again.
const BUCKET_FULL: Duration = Duration::from_secs(2);
/// Running time is counted in minutes.
const RAN_TOO_LONG: Duration = Duration::from_secs(60);
/// «Blocked due to overload» is lifted by the vendor's support.
const OVERLOADED: Duration = Duration::from_secs(300);
/// Of what Bitrix24 says in words, so much is shown.
const SHOWN: usize = 160;

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
    /// The portal understood and refuses.
    #[error("refused: {0:?}")]
    Problem(Problem),
}

/// A refusal with its details.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Problem {
    /// The vendor's word; empty for the older methods of the CRM.
    #[serde(rename = "error", default, deserialize_with = "any_text")]
    pub(super) code: String,
    /// In words.
    #[serde(rename = "error_description", default)]
    pub(super) description: String,
}

/// Some refusals number themselves.
fn any_text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

impl Problem {
    pub(super) fn is(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code)
    }

    /// The thing that the call was about is not there. The older methods say so in words only.
    pub(super) fn is_gone(&self) -> bool {
        let said = self.description.trim_end_matches('.');
        self.is("NOT_FOUND") || self.is("ERROR_NOT_FOUND") || said.eq_ignore_ascii_case("not found")
    }

    /// The reason for people: the vendor's own words.
    pub(super) fn reason(&self) -> Reason {
        if self.is_gone() {
            return reason("bitrix24.reason.gone");
        }
        if self.is("ACCESS_DENIED") {
            return reason("bitrix24.reason.forbidden");
        }
        let said = if self.description.is_empty() {
            &self.code
        } else {
            &self.description
        };
        let what: String = said.chars().take(SHOWN).collect();
        reason("bitrix24.reason.refused").with("what", what)
    }
}

impl From<Problem> for CrmError {
    fn from(problem: Problem) -> Self {
        if problem.is_gone() {
            Self::Gone(problem.reason())
        } else {
            Self::Refused(problem.reason())
        }
    }
}

impl From<ApiError> for CrmError {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Crm(error) => error,
            ApiError::Problem(problem) => problem.into(),
        }
    }
}

impl From<ApiError> for ApplyError {
    fn from(error: ApiError) -> Self {
        Self::Call(error.into())
    }
}

impl From<PaceClosed> for ApiError {
    fn from(closed: PaceClosed) -> Self {
        Self::Crm(closed.into())
    }
}

impl From<NotebookClosed> for ApiError {
    fn from(closed: NotebookClosed) -> Self {
        Self::Crm(closed.into())
    }
}

impl ApiError {
    /// The thing is not there.
    pub(super) fn gone(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.is_gone())
    }

    /// The portal refused because of what was asked, and did nothing.
    pub(super) fn refused(&self) -> bool {
        matches!(self, Self::Problem(_))
    }

    pub(super) fn is(&self, code: &str) -> bool {
        matches!(self, Self::Problem(problem) if problem.is(code))
    }

    /// Only this very call: nothing is wrong with the line, the portal or the rights.
    pub(super) fn about_this_only(&self) -> bool {
        matches!(
            self,
            Self::Problem(_) | Self::Crm(CrmError::Refused(_) | CrmError::Gone(_))
        )
    }
}

/// The portal said «done» and not what: what it made is looked for by the next try.
pub(super) fn nothing_came() -> ApiError {
    CrmError::Network {
        reason: Reason::new("reason.answer_unreadable"),
        certainty: Certainty::Unknown,
    }
    .into()
}

/// Access is over.
pub(super) fn logged_out() -> CrmError {
    CrmError::LoggedOut(reason("bitrix24.reason.logged_out"))
}

/// What an answer that is no success means. `expired_token` is for the caller, who may renew it.
pub(super) fn of_answer(answer: &Answer) -> Option<ApiError> {
    let failure = answer.failure();
    let problem: Option<Problem> = serde_json::from_slice(&answer.body).ok();
    let problem = problem.filter(|problem| !problem.code.is_empty() || !problem.description.is_empty());
    match (failure, problem) {
        (None, None) => None,
        (_, Some(problem)) => Some(of_problem(answer.status, problem)),
        (Some(failure), None) => Some(CrmError::of_call(net::connector::call_error(failure), REST).into()),
    }
}

/// A refusal by its word. Inside a batch there is no status beside it.
pub(super) fn of_problem(status: u16, problem: Problem) -> ApiError {
    let too_fast = |wait| CrmError::TooFast { bucket: REST, wait };
    let unpaid = problem.description.contains("commercial plan");
    let error = match problem.code.as_str() {
        "QUERY_LIMIT_EXCEEDED" => too_fast(BUCKET_FULL),
        "OPERATION_TIME_LIMIT" => too_fast(RAN_TOO_LONG),
        "OVERLOAD_LIMIT" => too_fast(OVERLOADED),
        "PAYMENT_REQUIRED" => CrmError::Unpaid(reason("bitrix24.reason.unpaid")),
        "ACCESS_DENIED" if unpaid => CrmError::Unpaid(reason("bitrix24.reason.unpaid")),
        "insufficient_scope" => CrmError::NoRights(reason("bitrix24.reason.no_scope")),
        "user_access_error" | "INVALID_CREDENTIALS" => CrmError::NoRights(reason("bitrix24.reason.no_rights")),
        "PORTAL_DELETED" | "APPLICATION_NOT_FOUND" | "invalid_grant" | "invalid_client" => logged_out(),
        "INTERNAL_SERVER_ERROR" | "ERROR_UNEXPECTED_ANSWER" => CrmError::Network {
            reason: Reason::new("reason.server_trouble").with("status", status),
            certainty: Certainty::Unknown,
        },
        _ if status == 401 => logged_out(),
        _ => return ApiError::Problem(problem),
    };
    error.into()
}

/// For login steps: what is wrong with the access that was entered.
pub(super) fn login_call(error: ApiError) -> CallError {
    CrmError::from(error).into()
}
