//! The vendor's refusals as what to do about them; what `net` calls a failure is the same for every network.

use contracts::channel::{CallError, SendError};
use domain::Reason;
use net::Failure;

use crate::shared::failure;

/// What a failed call means.
pub(super) fn call_error(failure: Failure) -> CallError {
    match failure {
        Failure::Status { status: 401 } => CallError::LoggedOut(Reason::new("__ID__.reason.logged_out")),
        other => failure::call_error(other),
    }
}

/// What a failed call means for the message that was to be sent.
pub(super) fn send_error(failure: Failure) -> SendError {
    match failure {
        Failure::Status { status: 403 } => SendError::Unreachable(Reason::new("__ID__.reason.not_allowed")),
        other => call_error(other).into(),
    }
}
