//! `POST /rpc/{name}`, and which status a refusal has.

use api::error::Code;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Reason;
use serde_json::Value;

use crate::{Backend, Refusal};

pub(crate) async fn rpc<B: Backend>(State(backend): State<B>, Path(name): Path<String>, body: Bytes) -> Response {
    let payload = match body.is_empty() {
        true => Value::Object(serde_json::Map::new()),
        false => match serde_json::from_slice(&body) {
            Ok(payload) => payload,
            Err(_) => return Refusal::invalid("payload", Reason::new("error.wrong_shape")).into_response(),
        },
    };
    match backend.call(&name, payload).await {
        Ok(answer) => ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::Locked => StatusCode::LOCKED,
            Self::Api(error) => status_of(error.code),
        };
        (status, [(header::CACHE_CONTROL, "no-store")], Json(self)).into_response()
    }
}

fn status_of(code: Code) -> StatusCode {
    match code {
        Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Refused => StatusCode::CONFLICT,
        Code::Network => StatusCode::BAD_GATEWAY,
        Code::Storage => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
