//! The vendor's refusals as what to do about them.

use contracts::crm::CrmError;
use domain::Reason;
use net::{Failure, connector};

/// The one rate of the service.
pub(super) const BUCKET: &str = "api";

/// Access that is over is told apart from everything else.
pub(super) fn crm_error(failure: Failure) -> CrmError {
    match failure {
        Failure::Status { status: 401 } => CrmError::LoggedOut(Reason::new("__ID__.reason.logged_out")),
        other => CrmError::of_call(connector::call_error(other), BUCKET),
    }
}
