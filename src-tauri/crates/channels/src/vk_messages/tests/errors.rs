//! VK's codes and what they make of a call.

use contracts::channel::{CallError, SendError};
use domain::Retry;

use crate::{
    shared::vk_api::{ApiError, VkError},
    vk_messages::errors::{call_error, send_error},
};

fn vk(code: i64) -> VkError {
    let message = "as VK words it".to_owned();
    VkError::Api(ApiError { code, message })
}

#[test]
fn trouble_of_vk_is_tried_again_and_nobody_knows_what_was_done() {
    for code in [1, 10, 13, 36] {
        let error = call_error(vk(code));
        assert_eq!((error.retry(), error.certain()), (Retry::Soon, false), "{code}");
    }
}

#[test]
fn too_fast_waits_as_long_as_the_limit_lasts() {
    let waits = [6, 9, 29].map(|code| match call_error(vk(code)) {
        CallError::TooFast { wait } => wait.as_secs(),
        other => panic!("{code}: {other}"),
    });
    assert_eq!(waits, [1, 300, 3600]);
}

#[test]
fn a_dead_key_asks_for_a_login_and_a_missing_right_for_a_setting() {
    for code in [5, 27, 28, 1116, 1117] {
        assert!(matches!(call_error(vk(code)), CallError::LoggedOut(_)), "{code}");
    }
    for code in [7, 14, 15, 17, 42, 203, 912, 3300] {
        assert!(matches!(call_error(vk(code)), CallError::Stuck { .. }), "{code}");
    }
}

#[test]
fn a_client_out_of_reach_closes_the_conversation_and_nothing_else_does() {
    for code in [18, 900, 901, 902, 950, 988] {
        assert!(matches!(send_error(vk(code), 77), SendError::Unreachable(_)), "{code}");
    }
    for code in [100, 909, 911, 914, 921, 984] {
        let error = send_error(vk(code), 77);
        assert!(matches!(error, SendError::Call(CallError::Refused(_))), "{code}");
        assert_eq!((error.retry(), error.certain()), (Retry::Never, true), "{code}");
    }
}

#[test]
fn who_never_allowed_messages_gets_the_link_by_which_to_do_so() {
    assert_eq!(send_error(vk(901), 77).reason().params["link"], "vk.me/club77");
}
