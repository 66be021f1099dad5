//! The errors of the API: a code, the text that VK sends with it, and what some codes carry besides.
//!
//! Codes and texts: <https://dev.vk.com/reference/errors>; the details after the colon are the ones that people quote from the live service.

use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The body under `"error"`, without `request_params`, which the caller knows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) code: i64,
    pub(crate) message: Cow<'static, str>,
    /// Fields that only this code has, such as `captcha_sid`.
    pub(crate) extra: Map<String, Value>,
}

impl ApiError {
    /// The error with VK's own text and nothing added.
    pub(crate) fn of(code: i64) -> Self {
        Self {
            code,
            message: Cow::Borrowed(text(code)),
            extra: Map::new(),
        }
    }

    /// The error with VK's text, a colon and a detail.
    pub(crate) fn with(code: i64, detail: &str) -> Self {
        Self {
            code,
            message: Cow::Owned(format!("{}: {detail}", text(code))),
            extra: Map::new(),
        }
    }

    /// Error 100, the one for every bad parameter.
    pub(crate) fn parameter(detail: &str) -> Self {
        Self::with(100, detail)
    }

    /// Error 14 with the picture to look at. <https://dev.vk.com/api/captcha-error>
    pub(crate) fn captcha(sid: &str, picture: &str) -> Self {
        let mut error = Self::of(14);
        error.extra.insert("captcha_sid".into(), json!(sid));
        error.extra.insert("captcha_img".into(), json!(picture));
        error
    }

    /// The whole answer.
    pub(crate) fn envelope(&self, request_params: &[(String, String)]) -> Value {
        let mut error = Map::new();
        error.insert("error_code".into(), json!(self.code));
        error.insert("error_msg".into(), json!(self.message));
        let params: Vec<Value> = request_params
            .iter()
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        error.insert("request_params".into(), Value::Array(params));
        error.extend(self.extra.clone());
        json!({"error": error})
    }
}

/// What VK writes for a code; an unlisted one reads as VK's code 1.
fn text(code: i64) -> &'static str {
    match code {
        3 => "Unknown method passed",
        5 => "User authorization failed",
        6 => "Too many requests per second",
        7 => "Permission to perform this action is denied",
        8 => "Invalid request",
        9 => "Flood control",
        10 => "Internal server error",
        12 => "Unable to compile code",
        13 => "Runtime error occurred during code invocation",
        14 => "Captcha needed",
        15 => "Access denied",
        17 => "Validation required",
        18 => "User was deleted or banned",
        22 => "Upload error",
        27 => "Group authorization failed",
        28 => "Application authorization failed",
        29 => "Rate limit reached",
        100 => "One of the parameters specified was missing or invalid",
        104 => "Not found",
        105 => "Couldn't save file",
        113 => "Invalid user id",
        114 => "Invalid album id",
        118 => "Invalid server",
        121 => "Invalid hash",
        125 => "Invalid group id",
        129 => "Invalid photo",
        203 => "Access to group denied",
        900 => "Can't send messages for users from blacklist",
        901 => "Can't send messages for users without permission",
        902 => "Can't send messages to this user due to their privacy settings",
        909 => "Can't edit this message, because it's too old",
        910 => "Can't sent this message, because it's too big",
        911 => "Keyboard format is invalid",
        912 => "This is a chat bot feature, change this status in settings",
        913 => "Too many forwarded messages",
        914 => "Message is too long",
        917 => "You don't have access to this chat",
        920 => "Can't edit this kind of message",
        921 => "Can't forward these messages",
        924 => "Can't delete this message for everybody",
        932 => "Your community can't interact with this peer",
        936 => "Contact not found",
        950 => "Can't send message, reply timed out",
        1009 => "Unknown reaction passed",
        1117 => "Access token has expired",
        _ => "Unknown error occurred",
    }
}
