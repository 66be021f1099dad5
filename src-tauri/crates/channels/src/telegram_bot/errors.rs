//! The server's refusals as what to do about them. <https://core.telegram.org/bots/api#making-requests>
//!
//! The server tells kinds apart by words only; they are those of tdlib/telegram-bot-api, compared without letter case
//! because the server changes it.
//!
//! | code | what to do |
//! | --- | --- |
//! | 401, 404, 400 «logged out» | a person has to log in |
//! | 403 | this chat can't be written to |
//! | 409 | another program, or a webhook, takes the updates |
//! | 413, 400 | this call is refused for good, a few are cured in `send.rs` |
//! | 429 | wait as long as it says, and a second more |
//! | 500… | the server's own trouble; a message may have been sent |

use std::time::Duration;

use contracts::channel::{CallError, Certainty, SendError};
use domain::{Reason, UserAction};

use super::client::{ApiError, BotError};
use crate::shared::failure;

/// How long to wait when the server says «too many» without a number.
const SOME_TIME: u64 = 30;

impl ApiError {
    /// Whether the refusal has these words in it; `words` in small letters.
    pub(super) fn says(&self, words: &str) -> bool {
        self.description.to_lowercase().contains(words)
    }

    /// Another program polls with the same token.
    pub(super) fn is_other_poller(&self) -> bool {
        self.code == 409 && !self.says("webhook")
    }
}

/// What a failed call means; `own_server`: the address is the user's.
pub(super) fn call_error(error: BotError, own_server: bool) -> CallError {
    match error {
        BotError::Net(failure) if own_server => failure::call_error_at_own_address(failure),
        BotError::Net(failure) => failure::call_error(failure),
        BotError::Api(error) => of_api(&error),
    }
}

/// What a failed call means for the message that was to be sent.
pub(super) fn send_error(error: BotError, own_server: bool) -> SendError {
    match error {
        BotError::Api(error) if error.code == 403 => SendError::Unreachable(forbidden(&error)),
        other => SendError::Call(call_error(other, own_server)),
    }
}

/// Two programs take turns in throwing each other out, and each gets a part of the messages.
pub(super) fn other_poller() -> CallError {
    CallError::Stuck {
        reason: Reason::new("telegram_bot.reason.other_poller"),
        action: UserAction::StopOther,
    }
}

fn of_api(error: &ApiError) -> CallError {
    match error.code {
        401 | 404 => CallError::LoggedOut(Reason::new("telegram_bot.reason.token_refused")),
        400 if error.says("logged out") => CallError::LoggedOut(Reason::new("telegram_bot.reason.moved")),
        403 => CallError::Refused(forbidden(error)),
        409 if error.is_other_poller() => CallError::Network {
            reason: Reason::new("telegram_bot.reason.other_poller"),
            certainty: Certainty::NotDone,
        },
        409 => CallError::Stuck {
            reason: Reason::new("telegram_bot.reason.webhook"),
            action: UserAction::TakeOver,
        },
        429 => CallError::TooFast {
            // The second more is what the server's own rounding may hide.
            wait: Duration::from_secs(error.retry_after.unwrap_or(SOME_TIME).saturating_add(1)),
        },
        500.. => CallError::Network {
            reason: Reason::new("telegram_bot.reason.server_trouble"),
            certainty: Certainty::Unknown,
        },
        _ => CallError::Refused(refused(error)),
    }
}

/// Why a chat can't be written to.
fn forbidden(error: &ApiError) -> Reason {
    let known = [
        ("blocked by the user", "telegram_bot.reason.blocked"),
        ("deactivated", "telegram_bot.reason.deactivated"),
        ("initiate conversation", "telegram_bot.reason.not_started"),
        ("kicked", "telegram_bot.reason.not_in_group"),
        ("not a member", "telegram_bot.reason.not_in_group"),
        ("deleted", "telegram_bot.reason.not_in_group"),
    ];
    find(error, &known)
}

/// Why a call is refused.
fn refused(error: &ApiError) -> Reason {
    let known = [
        ("chat not found", "telegram_bot.reason.chat_not_found"),
        ("too big", "telegram_bot.reason.too_big"),
        ("entity too large", "telegram_bot.reason.too_big"),
        ("too long", "telegram_bot.reason.too_long"),
        ("file_id", "telegram_bot.reason.file_gone"),
        ("temporarily unavailable", "telegram_bot.reason.file_gone"),
        ("must be non-empty", "telegram_bot.reason.file_empty"),
        ("voice_messages_forbidden", "telegram_bot.reason.voice_forbidden"),
        ("not enough rights", "telegram_bot.reason.no_rights"),
        ("have no rights", "telegram_bot.reason.no_rights"),
        ("can't be deleted", "telegram_bot.reason.delete_late"),
        ("can't be edited", "telegram_bot.reason.edit_forbidden"),
        ("message to edit not found", "telegram_bot.reason.edit_gone"),
    ];
    find(error, &known)
}

fn find(error: &ApiError, known: &[(&str, &'static str)]) -> Reason {
    match known.iter().find(|(words, _)| error.says(words)) {
        Some((_, key)) => Reason::new(key),
        None => Reason::new("telegram_bot.reason.refused").with("answer", &error.description),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: u16, description: &str) -> BotError {
        BotError::Api(ApiError {
            code,
            description: description.to_owned(),
            ..ApiError::default()
        })
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        for (code, description, key) in [
            (401, "Unauthorized", "telegram_bot.reason.token_refused"),
            (400, "Logged out", "telegram_bot.reason.moved"),
            (
                403,
                "Forbidden: bot was blocked by the user",
                "telegram_bot.reason.blocked",
            ),
            (
                403,
                "Forbidden: the group chat was deleted",
                "telegram_bot.reason.not_in_group",
            ),
            (400, "Bad Request: chat not found", "telegram_bot.reason.chat_not_found"),
            (400, "Bad Request: something new", "telegram_bot.reason.refused"),
            (
                409,
                "Conflict: terminated by setWebhook request",
                "telegram_bot.reason.webhook",
            ),
        ] {
            assert_eq!(
                call_error(refusal(code, description), false).reason().key,
                key,
                "{description}"
            );
        }
    }

    #[test]
    fn only_the_servers_own_trouble_leaves_the_outcome_open() {
        assert!(!send_error(refusal(502, "Bad Gateway"), false).certain());
        assert!(send_error(refusal(400, "Bad Request: chat not found"), false).certain());
        let blocked = send_error(refusal(403, "Forbidden: bot was blocked by the user"), false);
        assert!(matches!(blocked, SendError::Unreachable(_)));
    }

    #[test]
    fn the_servers_wait_is_kept_and_a_second_more() {
        let error = BotError::Api(ApiError {
            code: 429,
            retry_after: Some(17),
            ..ApiError::default()
        });
        let wait = Duration::from_secs(18);
        assert_eq!(call_error(error, false), CallError::TooFast { wait });
    }
}
