//! Refusals in the vendor's words. The texts are those of the public server's source (tdlib/telegram-bot-api).

use crate::telegram_bot::wire::put;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::borrow::Cow;

/// The answer of a method.
pub(crate) type Answer = Result<Value, ApiError>;

/// A refused call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) code: u16,
    pub(crate) description: Cow<'static, str>,
    pub(crate) retry_after: Option<u64>,
    pub(crate) migrate_to: Option<i64>,
}

impl ApiError {
    pub(crate) fn new(code: u16, description: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            description: description.into(),
            retry_after: None,
            migrate_to: None,
        }
    }

    /// 400 with the server's habit: the first letter goes small, unless the second is a capital or `_`.
    pub(crate) fn bad(reason: &str) -> Self {
        let keep = reason
            .chars()
            .nth(1)
            .is_some_and(|c| c == '_' || c.is_ascii_uppercase());
        let mut letters = reason.chars();
        let first = letters.next().unwrap_or_default();
        let first = if keep { first } else { first.to_ascii_lowercase() };
        Self::new(400, format!("Bad Request: {first}{}", letters.as_str()))
    }

    pub(crate) fn forbidden(reason: &str) -> Self {
        Self::new(403, format!("Forbidden: {reason}"))
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, "Not Found")
    }

    pub(crate) fn too_many_requests(retry_after: u64) -> Self {
        let description = format!("Too Many Requests: retry after {retry_after}");
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, description)
        }
    }

    pub(crate) fn migrated(to: i64) -> Self {
        let description = "Bad Request: group chat was upgraded to a supergroup chat";
        Self {
            migrate_to: Some(to),
            ..Self::new(400, description)
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        let parameters = match (self.retry_after, self.migrate_to) {
            (Some(seconds), _) => Some(json!({"retry_after": seconds})),
            (None, chat) => chat.map(|chat| json!({"migrate_to_chat_id": chat})),
        };
        put(&mut body, "parameters", parameters);
        let status = StatusCode::from_u16(self.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A success on the wire.
pub(crate) fn ok(result: Value) -> Response {
    Json(json!({"ok": true, "result": result})).into_response()
}
