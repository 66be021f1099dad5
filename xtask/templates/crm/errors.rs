//! The vendor's refusals as what to do about them.

use domain::{Reason, Retry};
use net::Failure;

/// Why a call to the CRM failed.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum CrmError {
    /// The service no longer knows us: a person has to log in again.
    #[error("logged out: {0}")]
    LoggedOut(Reason),
    /// The call itself failed.
    #[error(transparent)]
    Call(Failure),
}

impl CrmError {
    /// Whether and when to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::LoggedOut(_) => Retry::Never,
            Self::Call(failure) => failure.retry(),
        }
    }

    /// Whether nothing was done on the other side, for sure.
    pub fn certain(&self) -> bool {
        match self {
            Self::LoggedOut(_) => true,
            Self::Call(failure) => failure.certain(),
        }
    }
}

impl From<Failure> for CrmError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Status { status: 401 } => Self::LoggedOut(Reason::new("__ID__.reason.logged_out")),
            other => Self::Call(other),
        }
    }
}
