//! What is wrong, in the words of the vendor. <https://www.amocrm.ru/developers/content/crm_platform/error-codes>

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::amocrm) enum Problem {
    /// 400 with what is wrong in which entity.
    Invalid(Vec<Fault>),
    /// 400 with a sentence.
    Bad(&'static str),
    Unauthorized,
    /// 402
    Unpaid(&'static str),
    /// 403
    Forbidden(&'static str),
    NotFound,
    /// 422
    Unprocessable(&'static str),
    /// 429, with seconds to wait.
    TooMany(u64),
    /// 5xx
    Broken(u16),
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::amocrm) struct Fault {
    /// The entity's `request_id`, its place when it has none.
    pub(in crate::amocrm) request: String,
    pub(in crate::amocrm) code: &'static str,
    pub(in crate::amocrm) path: String,
    pub(in crate::amocrm) detail: &'static str,
}

impl Fault {
    pub(in crate::amocrm) fn missing(path: &str) -> Self {
        Self::of("FieldMissing", path, "This field is missing.")
    }

    pub(in crate::amocrm) fn choice(path: impl Into<String>) -> Self {
        Self::of(
            "NotSupportedChoice",
            path,
            "The value you selected is not a valid choice.",
        )
    }

    pub(in crate::amocrm) fn kind(path: impl Into<String>, detail: &'static str) -> Self {
        Self::of("InvalidType", path, detail)
    }

    fn of(code: &'static str, path: impl Into<String>, detail: &'static str) -> Self {
        Self {
            request: "0".to_owned(),
            code,
            path: path.into(),
            detail,
        }
    }
}

impl Problem {
    fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) | Self::Bad(_) => 400,
            Self::Unauthorized => 401,
            Self::Unpaid(_) => 402,
            Self::Forbidden(_) => 403,
            Self::NotFound => 404,
            Self::Unprocessable(_) => 422,
            Self::TooMany(_) => 429,
            Self::Broken(status) => *status,
        }
    }

    fn detail(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "Request validation failed",
            Self::Bad(detail) | Self::Unpaid(detail) | Self::Forbidden(detail) | Self::Unprocessable(detail) => detail,
            Self::Unauthorized => "Invalid user name or password",
            Self::NotFound => "Entity not found",
            Self::TooMany(_) => "Too many requests",
            Self::Broken(_) => "Internal Server Error",
        }
    }
}

/// Faults of the same entity stand together.
fn gathered(faults: &[Fault]) -> Vec<Value> {
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for fault in faults {
        let shown = json!({"code": fault.code, "path": fault.path, "detail": fault.detail});
        match groups.iter_mut().find(|(request, _)| *request == fault.request) {
            Some((_, errors)) => errors.push(shown),
            None => groups.push((&fault.request, vec![shown])),
        }
    }
    groups
        .into_iter()
        .map(|(request, errors)| json!({"request_id": request, "errors": errors}))
        .collect()
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = Map::new();
        if let Self::Invalid(faults) = &self {
            body.insert("validation-errors".to_owned(), gathered(faults).into());
        }
        body.insert("title".to_owned(), status.canonical_reason().unwrap_or_default().into());
        body.insert(
            "type".to_owned(),
            format!("https://httpstatus.es/{}", status.as_u16()).into(),
        );
        body.insert("status".to_owned(), status.as_u16().into());
        body.insert("detail".to_owned(), self.detail().into());
        if let Self::TooMany(seconds) = self {
            body.insert("retry_after".to_owned(), seconds.into());
        }
        (
            status,
            [(header::CONTENT_TYPE, "application/problem+json")],
            Json(Value::Object(body)).into_response().into_body(),
        )
            .into_response()
    }
}
