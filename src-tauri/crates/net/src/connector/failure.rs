//! What `net` calls a failure, in the words of the contracts. The reasons' texts are the app's, not a connector's.

use std::time::Duration;

use crate::{Failure, Sign, Trouble};
use contracts::channel::{CallError, Certainty};
use domain::Reason;

/// How long to wait when a service says «too fast» without a number.
const SOME_TIME: Duration = Duration::from_secs(30);

/// A failed call to the network's own address.
pub fn call_error(failure: Failure) -> CallError {
    let certainty = if failure.certain() {
        Certainty::NotDone
    } else {
        Certainty::Unknown
    };
    let network = |reason| CallError::Network { reason, certainty };
    match failure {
        Failure::NotConnected(trouble) | Failure::NoAnswer(trouble) => network(Reason::new(of_trouble(trouble))),
        Failure::Blocked(sign) => CallError::Blocked(Reason::new(of_sign(sign))),
        Failure::TooFast { wait } => CallError::TooFast {
            wait: wait.unwrap_or(SOME_TIME),
        },
        Failure::Server { status } => network(Reason::new("reason.server_trouble").with("status", status)),
        Failure::Unreadable { .. } => network(Reason::new("reason.answer_unreadable")),
        Failure::Status { status } => CallError::Refused(Reason::new("reason.status").with("status", status)),
        Failure::TooBig { limit } => {
            CallError::Refused(Reason::new("reason.file_too_big").with("megabytes", limit / (1024 * 1024)))
        }
        Failure::Local(_) => CallError::Local(Reason::new("reason.file_unreadable")),
        Failure::Invalid => CallError::Refused(Reason::new("reason.request_invalid")),
    }
}

/// A failed call to an address that the user has set: where nothing answers, that address is what to look at.
pub fn call_error_at_own_address(failure: Failure) -> CallError {
    match failure {
        Failure::Blocked(Sign::NameHidden | Sign::NamePoisoned | Sign::Silence) => CallError::Network {
            reason: Reason::new("reason.endpoint_silent"),
            certainty: Certainty::NotDone,
        },
        other => call_error(other),
    }
}

fn of_trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Offline => "reason.offline",
        Trouble::Refused => "reason.connection_refused",
        Trouble::Timeout => "reason.timeout",
        Trouble::Lost => "reason.connection_lost",
        Trouble::Proxy => "reason.proxy_silent",
        Trouble::ProxyLogin => "reason.proxy_login",
        Trouble::Clock => "reason.clock_wrong",
        Trouble::Tls => "reason.tls",
    }
}

fn of_sign(sign: Sign) -> &'static str {
    match sign {
        Sign::ForeignCertificate => "reason.certificate_foreign",
        Sign::NameHidden | Sign::NamePoisoned | Sign::Silence | Sign::HandshakeCut | Sign::Page => "reason.blocked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_certainly_did_not_leave_may_be_repeated() {
        assert!(call_error(Failure::NotConnected(Trouble::Refused)).certain());
        assert!(call_error(Failure::Blocked(Sign::HandshakeCut)).certain());
        for unknown in [Failure::NoAnswer(Trouble::Timeout), Failure::Server { status: 502 }] {
            assert!(!call_error(unknown.clone()).certain(), "{unknown}");
        }
    }

    #[test]
    fn a_server_of_ones_own_is_looked_for_before_a_block() {
        let silent = call_error_at_own_address(Failure::Blocked(Sign::Silence));
        assert_eq!(silent.reason(), Reason::new("reason.endpoint_silent"));
        assert!(silent.certain());
        let page = call_error_at_own_address(Failure::Blocked(Sign::Page));
        assert!(matches!(page, CallError::Blocked(_)), "somebody else does answer");
    }
}
