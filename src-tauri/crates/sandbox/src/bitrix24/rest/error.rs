//! Refusals of REST, word for word.
//!
//! <https://apidocs.bitrix24.com/error-codes.html> and the pages of the methods.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// `{"error": "CODE", "error_description": "text"}` with a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) description: String,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: &str, description: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            description: description.to_owned(),
        }
    }

    /// 400 with a code of the method.
    pub(crate) fn bad(code: &str, description: &str) -> Self {
        Self::new(400, code, description)
    }

    /// 400 without a code, as the old methods of the CRM refuse.
    pub(crate) fn plain(description: &str) -> Self {
        Self::new(400, "", description)
    }

    pub(crate) fn argument(name: &str) -> Self {
        Self::bad("ERROR_ARGUMENT", &format!("Argument '{name}' is null or empty"))
    }

    pub(crate) fn denied(description: &str) -> Self {
        Self::new(403, "ACCESS_DENIED", description)
    }

    pub(crate) fn no_auth() -> Self {
        Self::new(401, "NO_AUTH_FOUND", "Wrong authorization data")
    }

    pub(crate) fn invalid_token() -> Self {
        Self::new(401, "invalid_token", "Unable to get application by token")
    }

    pub(crate) fn expired() -> Self {
        Self::new(401, "expired_token", "The access token provided has expired.")
    }

    pub(crate) fn scope(webhook: bool) -> Self {
        let by = if webhook { "webhook" } else { "access" };
        let told = format!("The request requires higher privileges than provided by the {by} token");
        Self::new(403, "insufficient_scope", &told)
    }

    pub(crate) fn application_only() -> Self {
        let told = "Current authorization type is denied for this method Application context required";
        Self::new(403, "WRONG_AUTH_TYPE", told)
    }

    pub(crate) fn no_method() -> Self {
        Self::new(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
    }

    pub(crate) fn too_many() -> Self {
        Self::new(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
    }

    pub(crate) fn too_long() -> Self {
        let told = "Method is blocked due to operation time limit.";
        Self::new(429, "OPERATION_TIME_LIMIT", told)
    }

    pub(crate) fn no_plan() -> Self {
        Self::denied("REST API is available only on commercial plans")
    }

    pub(crate) fn body(&self) -> Value {
        json!({"error": self.code, "error_description": self.description})
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(self.body())).into_response()
    }
}
