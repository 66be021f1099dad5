//! Giving an app its tokens: the portal's consent page, and the authorization server beside it.
//!
//! <https://apidocs.bitrix24.com/settings/oauth/index.html>, `…/auto-renewal.html`, `…/error-codes.html`. The real server
//! is `oauth.bitrix.info`; here it answers under `/oauth/` and, for whoever follows `server_endpoint`, under
//! `/oauth.bitrix.info/`.

mod page;

use super::Shared;
use super::door::{origin, params};
use super::php;
use super::rest::Params;
use super::state::State;
use super::state::access::{App, CODE_LIFE, Grant, Pair, TOKEN_LIFE};
use axum::extract::{Form, Query, Request};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use axum::{Json, Router, extract};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/oauth/authorize/", get(ask).post(allow))
        .route("/oauth/token/", any(token))
        .route("/oauth.bitrix.info/oauth/token/", any(token))
        .route("/oauth.bitrix.info/rest/app.info/", any(app_info))
        .route("/oauth.bitrix.info/rest/app.info.json", any(app_info))
}

/// What an app asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    client_id: String,
    state: String,
    /// Filled in by the page: who signs in.
    user: i64,
}

/// A refusal of the authorization server.
struct Refused(u16, &'static str, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(json!({"error": self.1, "error_description": self.2}))).into_response()
    }
}

const NO_CLIENT: Refused = Refused(400, "invalid_client", "Client not found");

/// The portal tells a person what is wrong and sends nobody back.
async fn ask(extract::State(shared): extract::State<Shared>, Query(asked): Query<Asked>, request: Request) -> Response {
    let mut state = shared.lock();
    if let Some(origin) = origin(&request) {
        state.origin = origin;
    }
    match state.access.app(&asked.client_id) {
        Some(app) => Html(page::consent(&state, app, &asked.state)).into_response(),
        None => (StatusCode::BAD_REQUEST, Html(page::unknown())).into_response(),
    }
}

/// Signs in as whoever was chosen and goes back to the app with a code; shows it when the app has no address.
async fn allow(extract::State(shared): extract::State<Shared>, Form(asked): Form<Asked>) -> Response {
    let mut state = shared.lock();
    let Some(app) = state.access.app(&asked.client_id).cloned() else {
        return (StatusCode::BAD_REQUEST, Html(page::unknown())).into_response();
    };
    if state.portal.employee(asked.user).is_none() {
        return (StatusCode::BAD_REQUEST, Html(page::unknown())).into_response();
    }
    let code = code(&mut state, &app, asked.user);
    if app.handler.is_empty() {
        return Html(page::code(&code)).into_response();
    }
    let (domain, member) = (state.domain(), state.portal.member_id.clone());
    let scope = app.scopes.join(",");
    let mut fields = vec![("code", code.as_str())];
    if !asked.state.is_empty() {
        fields.push(("state", &asked.state));
    }
    fields.extend([
        ("domain", domain.as_str()),
        ("member_id", &member),
        ("scope", &scope),
        ("server_domain", &domain),
    ]);
    let joint = if app.handler.contains('?') { '&' } else { '?' };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    Redirect::to(&format!("{}{joint}{query}", app.handler)).into_response()
}

/// A code that can be changed into tokens for half a minute.
pub(super) fn code(state: &mut State, app: &App, user: i64) -> String {
    let (code, expires) = (state.secret(32), state.now() + CODE_LIFE);
    let grant = Grant {
        app: app.client_id.clone(),
        user,
        expires,
    };
    state.access.codes.insert(code.clone(), grant);
    code
}

async fn token(extract::State(shared): extract::State<Shared>, request: Request) -> Response {
    let origin = origin(&request);
    let params = params(request).await;
    let mut state = shared.lock();
    if let Some(origin) = origin {
        state.origin = origin;
    }
    exchange(&mut state, &params).map_or_else(IntoResponse::into_response, |body| Json(body).into_response())
}

fn exchange(state: &mut State, params: &Params) -> Result<Value, Refused> {
    let given = |name: &str| params.text(name).unwrap_or_default();
    let app = state.access.app(&given("client_id")).cloned().ok_or(NO_CLIENT)?;
    if app.client_secret != given("client_secret") {
        return Err(Refused(400, "invalid_client", "Invalid client secret"));
    }
    if app.unpaid {
        return Err(Refused(401, "PAYMENT_REQUIRED", "Payment required"));
    }
    let now = state.now();
    let grant = match given("grant_type").as_str() {
        // Either works once: whoever loses the answer has to begin anew.
        "authorization_code" => state.access.codes.remove(&given("code")),
        "refresh_token" => state.access.refreshes.remove(&given("refresh_token")),
        _ => return Err(Refused(400, "invalid_request", "Unsupported grant_type")),
    };
    let grant = grant.filter(|grant| grant.app == app.client_id && grant.expires > now);
    let grant = grant.ok_or(Refused(400, "invalid_grant", "Invalid or expired authorization data"))?;
    let pair = state.issue(&app.client_id, grant.user);
    Ok(told(state, &app, grant.user, &pair))
}

fn told(state: &State, app: &App, user: i64, pair: &Pair) -> Value {
    json!({
        "access_token": pair.access, "expires": pair.expires, "expires_in": TOKEN_LIFE, "scope": app.scopes.join(","),
        "domain": "oauth.bitrix.info", "server_endpoint": state.server_endpoint(), "status": "L",
        "client_endpoint": state.url("/rest/"), "member_id": state.portal.member_id, "user_id": user,
        "refresh_token": pair.refresh,
    })
}

/// What the authorization server knows of a token.
/// <https://apidocs.bitrix24.com/settings/oauth/simple-way.html>
pub(super) async fn app_info(extract::State(shared): extract::State<Shared>, request: Request) -> Response {
    let token = params(request).await.text("auth").unwrap_or_default();
    let state = shared.lock();
    let Some(grant) = state.access.tokens.get(&token) else {
        return Refused(401, "NO_AUTH_FOUND", "Wrong authorization data").into_response();
    };
    if grant.expires <= state.now() {
        return Refused(401, "expired_token", "The access token provided has expired.").into_response();
    }
    let Some(app) = state.access.app(&grant.app) else {
        return Refused(401, "NOT_INSTALLED", "Application not installed").into_response();
    };
    let expires = jiff::Timestamp::from_second(grant.expires)
        .map(php::date)
        .unwrap_or_default();
    let (scope, now, domain) = (app.scopes.join(","), state.host.clock.now(), state.domain());
    let host = domain.split(':').next().unwrap_or_default();
    let seconds = now.as_duration().as_secs_f64();
    Json(json!({
        "result": {
            "client_id": app.client_id, "scope": scope, "expires": expires, "user_id": grant.user,
            "install": {
                "installed": true, "version": "1", "status": "L", "scope": scope, "domain": host, "uri": app.handler,
                "client_endpoint": state.url("/rest/"), "member_id": state.portal.member_id, "member_type": "main",
            },
        },
        "time": {
            "start": seconds, "finish": seconds, "duration": 0.01, "processing": 0.01, "date_start": php::date(now),
            "date_finish": php::date(now),
        },
    }))
    .into_response()
}
