//! Refusals of the control server.

use crate::act::Refused;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What handlers answer with.
pub(super) type Answer<T> = Result<Json<T>, Refused>;

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NoSuchPerson | Self::NoSuchChat | Self::NoSuchMessage | Self::NoSuchVendor => StatusCode::NOT_FOUND,
            Self::NoSuchCard | Self::NoSuchManager => StatusCode::NOT_FOUND,
            Self::NotTheirs | Self::NoSuchButton | Self::Blocked | Self::NotAllowed => StatusCode::CONFLICT,
            Self::NotOnThisNetwork | Self::Malformed => StatusCode::BAD_REQUEST,
        };
        (status, Json(json!({"error": self.to_string()}))).into_response()
    }
}
