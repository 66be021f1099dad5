//! `/rest/…` over HTTP: who calls, with what, and how often; the answer in the vendor's envelope.
//!
//! <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/general-principles.html>

use super::Shared;
use super::rest::{self, ApiError, Caller, Params};
use super::state::State;
use crate::chaos::Encrypted;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router, extract};
use bytes::Bytes;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/rest/{*path}", any(call))
}

/// The path of a call: the webhook in it, if there is one, and the method.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) webhook: Option<(i64, String)>,
    pub(super) method: String,
}

/// `crm.lead.add.json`, or `1/secret/crm.lead.add/`.
pub(super) fn target(path: &str) -> Target {
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let plain = |name: &str| name.trim_end_matches(".json").trim_end_matches(".xml").to_owned();
    let (webhook, method) = match steps.as_slice() {
        [user, code, method] => (user.parse().ok().map(|user| (user, (*code).to_owned())), *method),
        [user, code] if user.parse::<i64>().is_ok() => (user.parse().ok().map(|user| (user, (*code).to_owned())), ""),
        [method] => (None, *method),
        _ => (None, ""),
    };
    Target {
        webhook,
        method: plain(method),
    }
}

async fn call(extract::State(shared): extract::State<Shared>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches("/rest/").to_owned();
    let origin = origin(&request);
    if is_authority(&request) && target(&path).method == "app.info" {
        return super::oauth::app_info(extract::State(shared), request).await;
    }
    let bearer = bearer(request.headers());
    let mut params = params(request).await;
    if let Some(token) = bearer.filter(|_| params.get("auth").is_null()) {
        params.tree_mut().insert("auth".to_owned(), token.into());
    }
    let mut state = shared.lock();
    if let Some(origin) = origin {
        state.origin = origin;
    }
    answer(&mut state, &target(&path), &params).unwrap_or_else(IntoResponse::into_response)
}

/// The client speaks to the authorization server by its own name (`oauth.bitrix.info`, `oauth.bitrix24.tech`).
fn is_authority(request: &Request) -> bool {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| host.starts_with("oauth.bitrix"))
}

/// The address under which the client knows the portal.
pub(super) fn origin(request: &Request) -> Option<String> {
    let host = request
        .headers()
        .get(HOST)?
        .to_str()
        .ok()
        .filter(|_| !is_authority(request))?;
    let scheme = if request.extensions().get::<Encrypted>().is_some() {
        "https"
    } else {
        "http"
    };
    Some(format!("{scheme}://{host}"))
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    Some(value.strip_prefix("Bearer ")?.trim().to_owned())
}

/// Query and body together; the body wins.
pub(super) async fn params(request: Request) -> Params {
    let mut params = Params::form(request.uri().query().unwrap_or_default().as_bytes());
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if request.method() == Method::GET && kind.is_empty() {
        return params;
    }
    if kind.starts_with("multipart/form-data") {
        params.merge(multipart(request).await);
        return params;
    }
    let body = axum::body::to_bytes(request.into_body(), usize::MAX)
        .await
        .unwrap_or_default();
    params.merge(body_params(&kind, &body));
    params
}

/// JSON by its content type, or by its first letter: some clients send no type at all.
fn body_params(kind: &str, body: &Bytes) -> Params {
    match kind.starts_with("application/json") || body.first() == Some(&b'{') {
        true => Params::json(body),
        false => Params::form(body),
    }
}

async fn multipart(request: Request) -> Params {
    let mut pairs = Vec::new();
    if let Ok(mut form) = Multipart::from_request(request, &()).await {
        while let Ok(Some(field)) = form.next_field().await {
            let name = field.name().unwrap_or_default().to_owned();
            pairs.push((name, field.text().await.unwrap_or_default()));
        }
    }
    Params::pairs(pairs)
}

fn answer(state: &mut State, target: &Target, params: &Params) -> Result<Response, ApiError> {
    if state.host.limits && !state.portal.boxed && !state.bucket.admit() {
        return Err(ApiError::too_many());
    }
    if state.portal.overloaded {
        return Err(ApiError::new(
            503,
            "OVERLOAD_LIMIT",
            "REST API is blocked due to overload",
        ));
    }
    if !state.portal.rest {
        return Err(ApiError::no_plan());
    }
    let caller = caller(state, target, params)?;
    match target.method.to_ascii_lowercase().as_str() {
        "batch" => {
            let body = rest::batch(state, params, &caller);
            Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response())
        }
        "download" => super::files::download(state, params),
        method => {
            let reply = rest::run(state, method, params, &caller)?;
            let time = rest::time(state, &caller, method);
            Ok(Json(rest::envelope(reply, time)).into_response())
        }
    }
}

fn caller(state: &State, target: &Target, params: &Params) -> Result<Caller, ApiError> {
    if let Some((user, code)) = &target.webhook {
        let webhook = state.access.webhook(*user, code).ok_or_else(ApiError::no_auth)?;
        return Ok(Caller {
            user: *user,
            app: None,
            name: format!("{user}/{code}"),
            scopes: webhook.scopes.clone(),
        });
    }
    let token = params
        .text("auth")
        .or_else(|| params.text("access_token"))
        .ok_or_else(ApiError::no_auth)?;
    let grant = state.access.tokens.get(&token).ok_or_else(ApiError::invalid_token)?;
    let app = state.access.apps.get(&grant.app).ok_or_else(ApiError::invalid_token)?;
    if !app.installed {
        return Err(ApiError::new(401, "APPLICATION_NOT_FOUND", "Application not found"));
    }
    if grant.expires <= state.now() {
        return Err(ApiError::expired());
    }
    Ok(Caller {
        user: grant.user,
        app: Some(grant.app.clone()),
        name: grant.app.clone(),
        scopes: app.scopes.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_tokens_and_webhooks_are_told_apart() {
        let of = |path: &str| target(path);
        assert_eq!(of("crm.lead.add.json").method, "crm.lead.add");
        assert_eq!(of("app.info/").webhook, None);
        let webhook = of("1/s3cret/crm.lead.add/");
        assert_eq!(
            (webhook.method.as_str(), webhook.webhook),
            ("crm.lead.add", Some((1, "s3cret".to_owned())))
        );
    }
}
