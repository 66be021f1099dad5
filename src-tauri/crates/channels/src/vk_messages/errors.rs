//! VK's error codes as what to do about them. <https://dev.vk.com/reference/errors>
//!
//! | codes | what to do |
//! | --- | --- |
//! | 1, 10, 13, 22, 36, 43 | VK's own trouble: again, with the same `random_id` |
//! | 6, 9, 29 | wait: a second, minutes, hours |
//! | 5, 27, 28, 1114, 1116, 1117 | a person has to log in |
//! | 2, 7, 14, 15, 17, 20, 24, 25, 42, 203, 912, 3300–3304 | a person has to change something at VK |
//! | 18, 37, 3610, 900–902, 950, 985, 987, 988, 1021 | this client can't be written to |
//! | the rest | this call is refused for good |

use std::time::Duration;

use contracts::channel::{CallError, Certainty, SendError};
use domain::{Reason, UserAction};

use crate::shared::vk_api::VkError;

/// «Flood control»: VK publishes no length; a few minutes are what its support names.
const FLOOD: Duration = Duration::from_secs(5 * 60);
/// «Rate limit reached»: a limit of the method per day; nobody publishes when it ends.
const METHOD_LIMIT: Duration = Duration::from_secs(60 * 60);

/// A reason of this channel's texts.
pub(super) const fn reason(key: &'static str) -> Reason {
    Reason::new(key)
}

/// What a failed call means.
pub(super) fn call_error(error: VkError) -> CallError {
    match error {
        VkError::Call(error) => error,
        VkError::Api(error) => of_code(error.code),
    }
}

/// What a failed call means for the message that was to be sent to community `group`'s client.
pub(super) fn send_error(error: VkError, group: i64) -> SendError {
    match error {
        VkError::Call(error) => error.into(),
        VkError::Api(error) => refusal(error.code, group),
    }
}

/// The same for one recipient's part of an answer.
pub(super) fn refusal(code: i64, group: i64) -> SendError {
    match unreachable(code, group) {
        Some(reason) => SendError::Unreachable(reason),
        None => SendError::Call(of_code(code)),
    }
}

/// A failure in the preparation of a message: whatever became of it, no message was sent.
pub(super) fn before_sending(error: CallError) -> CallError {
    match error {
        CallError::Network { reason, .. } => CallError::Network {
            reason,
            certainty: Certainty::NotDone,
        },
        other => other,
    }
}

/// Why a client can't be written to.
fn unreachable(code: i64, group: i64) -> Option<Reason> {
    Some(match code {
        900 => reason("vk_messages.reason.blacklisted"),
        901 | 987 | 988 | 1021 => not_allowed(group),
        902 | 985 => reason("vk_messages.reason.privacy"),
        950 => reason("vk_messages.reason.too_late"),
        18 | 37 | 3610 => reason("vk_messages.reason.page_gone"),
        _ => return None,
    })
}

/// The client has never allowed it: with the link by which they can.
pub(super) fn not_allowed(group: i64) -> Reason {
    reason("vk_messages.reason.not_allowed").with("link", format!("vk.me/club{group}"))
}

fn of_code(code: i64) -> CallError {
    let stuck = |key| CallError::Stuck {
        reason: reason(key),
        action: UserAction::FixSettings,
    };
    let refused = |key| CallError::Refused(reason(key));
    match code {
        1 | 10 | 13 | 22 | 36 | 43 => CallError::Network {
            reason: reason("vk_messages.reason.server_trouble"),
            certainty: Certainty::Unknown,
        },
        6 => CallError::TooFast {
            wait: Duration::from_secs(1),
        },
        9 => CallError::TooFast { wait: FLOOD },
        29 => CallError::TooFast { wait: METHOD_LIMIT },
        5 | 27 | 28 | 1114 | 1116 | 1117 => CallError::LoggedOut(reason("vk_messages.reason.logged_out")),
        2 | 7 | 15 | 20 | 203 => stuck("vk_messages.reason.rights"),
        14 | 3300 => stuck("vk_messages.reason.captcha"),
        17 | 24 | 25 | 3301..=3304 => stuck("vk_messages.reason.validation"),
        42 => stuck("vk_messages.reason.address_limited"),
        912 => stuck("vk_messages.reason.bot_ability"),
        104 | 113 | 917 | 922 | 927 | 932 | 935 | 936 | 945 | 946 => refused("vk_messages.reason.no_such_chat"),
        909 => refused("vk_messages.reason.edit_late"),
        910 | 914 => refused("vk_messages.reason.too_long"),
        913 | 921 | 940 | 969 => refused("vk_messages.reason.quote_gone"),
        920 => refused("vk_messages.reason.edit_kind"),
        924 => refused("vk_messages.reason.delete_late"),
        984 => refused("vk_messages.reason.spam"),
        _ => unreachable(code, 0).map_or_else(
            || CallError::Refused(reason("vk_messages.reason.refused").with("code", code)),
            CallError::Refused,
        ),
    }
}
