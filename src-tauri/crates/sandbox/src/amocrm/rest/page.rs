//! Lists: pages, links between them, and the empty answer.

use super::call::Call;
use super::problem::Problem;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What handlers answer with.
pub(in crate::amocrm) type Answer = Result<Response, Problem>;

/// Entities on a page when the caller does not say.
const USUAL: usize = 50;
/// And at most. <https://www.amocrm.ru/developers/content/crm_platform/api-reference>
pub(in crate::amocrm) const MOST: usize = 250;

/// `application/hal+json`, as the vendor sends it.
pub(in crate::amocrm) fn hal(status: StatusCode, body: Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/hal+json")],
        Json(body).into_response().into_body(),
    )
        .into_response()
}

pub(in crate::amocrm) fn ok(body: Value) -> Answer {
    Ok(hal(StatusCode::OK, body))
}

pub(in crate::amocrm) fn nothing() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(in crate::amocrm) fn to(href: impl Into<String>) -> Value {
    json!({"self": {"href": href.into()}})
}

/// A page of `all` under `name`, `most` at once; 204 when nothing is on it.
pub(in crate::amocrm) fn page<T>(
    call: &Call,
    name: &str,
    most: usize,
    all: Vec<T>,
    show: impl Fn(&T) -> Value,
) -> Answer {
    let limit = call.query.number("limit").map_or(Ok(USUAL), usize::try_from);
    let limit = limit.ok().filter(|limit| (1..=most).contains(limit));
    let limit = limit.ok_or(Problem::Unprocessable("Limit 250 per page"))?;
    let number = call.query.number("page").and_then(|page| usize::try_from(page).ok());
    let number = number.unwrap_or(1).max(1);
    let shown: Vec<Value> = all.iter().skip((number - 1) * limit).take(limit).map(show).collect();
    if shown.is_empty() {
        return nothing();
    }
    let href = |page| json!({"href": format!("{}{}?{}", call.here, call.path, call.query.with_page(page))});
    let mut links = json!({"self": href(number)});
    if let Some(fields) = links.as_object_mut() {
        if all.len() > number * limit {
            fields.insert("next".to_owned(), href(number + 1));
        }
        if number > 1 {
            fields.insert("first".to_owned(), href(1));
            fields.insert("prev".to_owned(), href(number - 1));
        }
    }
    ok(json!({"_page": number, "_links": links, "_embedded": {name: shown}}))
}

/// A whole list that the vendor never cuts.
pub(in crate::amocrm) fn whole(call: &Call, name: &str, shown: Vec<Value>) -> Answer {
    if shown.is_empty() {
        return nothing();
    }
    let links = to(format!("{}{}", call.here, call.path));
    ok(json!({"_total_items": shown.len(), "_links": links, "_embedded": {name: shown}}))
}

/// The answer to entities that were made or changed.
pub(in crate::amocrm) fn made(call: &Call, name: &str, shown: Vec<Value>) -> Answer {
    let links = to(format!("{}{}", call.here, call.path));
    ok(json!({"_links": links, "_embedded": {name: shown}}))
}

/// The entity's own `request_id`, or its place in the request.
pub(in crate::amocrm) fn request_id(item: &Value, place: usize) -> String {
    match item.get("request_id") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => place.to_string(),
    }
}

/// The number under a name, written as a number or as text.
pub(in crate::amocrm) fn number(item: &Value, name: &str) -> Option<i64> {
    let value = item.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

pub(in crate::amocrm) fn text<'a>(item: &'a Value, name: &str) -> Option<&'a str> {
    item.get(name)?.as_str()
}
