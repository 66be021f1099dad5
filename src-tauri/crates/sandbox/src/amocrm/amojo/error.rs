//! Refusals of the chats service.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is refused. The first two bodies are recorded from the live service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    Signature,
    /// No such channel, or it is not connected to the account.
    NotRegistered,
    NotFound(&'static str),
    Invalid(&'static str),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (code, kind, description) = match self {
            Self::Signature => (403, "ORIGIN_INVALID_SIGNATURE", "invalid signature"),
            Self::NotRegistered => (404, "ORIGIN_NOT_REGISTERED", "NOT_FOUND"),
            Self::NotFound(what) => (404, "NOT_FOUND", what),
            Self::Invalid(what) => (400, "VALIDATION_ERROR", what),
        };
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST);
        let body = json!({"status": 0, "error_code": code, "error_type": kind, "error_description": description});
        (status, Json(body)).into_response()
    }
}
