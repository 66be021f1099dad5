//! `/method/<name>` over HTTP: parameters from the address, from a form and from the `Authorization` header.

use super::Shared;
use super::api::{self, Params};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::Value;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/method/{name}", get(call).post(call))
}

async fn call(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Json<Value> {
    let mut pairs = pairs(query.unwrap_or_default().as_bytes());
    if header(&headers, CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
    {
        pairs.extend(self::pairs(&body));
    }
    if let Some(token) = header(&headers, AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer ")) {
        pairs.insert(0, ("access_token".to_owned(), token.trim().to_owned()));
    }
    Json(api::answer(&mut shared.lock(), &name, &Params::new(pairs)))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}
