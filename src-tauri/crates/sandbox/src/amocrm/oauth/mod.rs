//! Giving a program access: the consent page, codes, tokens. <https://www.amocrm.ru/developers/content/oauth/oauth>
//!
//! A code lives twenty minutes, an access token a day, a refresh token three months; a refresh token is good once.
//! Error bodies are those that users of the official library reported (github.com/amocrm/amocrm-api-php, issues 123, 235).

mod page;

use super::Shared;
use super::rest::call::bearer;
use super::rest::problem::Problem;
use super::seed::administrator;
use super::state::State;
use super::state::token::{Access, Once};
use axum::Router;
use axum::extract::{self, Form, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, body::Bytes};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};

/// Seconds of life.
const CODE: i64 = 20 * 60;
const ACCESS: i64 = 86_400;
const REFRESH: i64 = 90 * 86_400;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/oauth", get(ask))
        .route("/oauth/", get(ask))
        .route("/oauth/decide", post(decide))
        .route("/oauth2/access_token", post(exchange))
        .route("/oauth2/account/subdomain", get(subdomain))
        .route("/oauth2/account/current/subdomain", get(subdomain))
}

/// What the consent page is opened with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Request {
    client_id: String,
    state: String,
    mode: String,
    /// Filled in by the page: `allow` or `deny`.
    decision: String,
}

async fn ask(extract::State(shared): extract::State<Shared>, Query(request): Query<Request>) -> Response {
    let state = shared.lock();
    if request.client_id != state.integration.client_id {
        return (StatusCode::NOT_FOUND, Html("<!doctype html><p>Интеграция не найдена")).into_response();
    }
    Html(page::consent(&state, &request)).into_response()
}

/// Sends the browser to the address in the integration's card; only there the account's domain is told.
async fn decide(extract::State(shared): extract::State<Shared>, Form(request): Form<Request>) -> Response {
    let mut state = shared.lock();
    let mut fields = if request.decision == "allow" {
        vec![("code", code(&mut state))]
    } else {
        vec![("error", "access_denied".to_owned())]
    };
    fields.extend([
        ("state", request.state),
        ("referer", state.account.domain()),
        ("platform", if state.account.kommo { "2" } else { "1" }.to_owned()),
        ("client_id", request.client_id),
    ]);
    let Ok(mut to) = url::Url::parse(&state.integration.redirect_uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    to.query_pairs_mut().extend_pairs(fields);
    Redirect::to(to.as_str()).into_response()
}

/// A fresh code, as the card of the integration shows it too.
pub(super) fn code(state: &mut State) -> String {
    let (user, expires_at) = (administrator(state), state.now() + CODE);
    let code = format!("def502{}", state.hex(120));
    state.keys.codes.insert(code.clone(), once(user, expires_at, None));
    code
}

fn once(user: i64, expires_at: i64, access: Option<String>) -> Once {
    Once {
        user,
        expires_at,
        used: false,
        access,
    }
}

/// What is asked of the token endpoint, as JSON or as a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Exchange {
    client_id: String,
    client_secret: String,
    grant_type: String,
    code: String,
    refresh_token: String,
    redirect_uri: String,
}

async fn exchange(extract::State(shared): extract::State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let form = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let asked: Exchange = if form {
        let pairs: serde_json::Map<String, Value> = url::form_urlencoded::parse(&body)
            .map(|(key, value)| (key.into_owned(), value.into_owned().into()))
            .collect();
        serde_json::from_value(pairs.into()).unwrap_or_default()
    } else {
        serde_json::from_slice(&body).unwrap_or_default()
    };
    let mut state = shared.lock();
    match granted(&mut state, &asked) {
        Ok(user) => pair(&mut state, user),
        Err(refusal) => refused(refusal),
    }
}

/// Why no pair is given: the status, and a hint; without one the program itself is not known.
type Refusal = (u16, Option<&'static str>);

/// Whose pair is given, after the code or the old refresh token is used up.
fn granted(state: &mut State, asked: &Exchange) -> Result<i64, Refusal> {
    let own = &state.integration;
    if asked.client_id.is_empty() {
        return Err((400, Some("Check the `client_id` parameter")));
    }
    if asked.client_id != own.client_id || asked.client_secret != own.client_secret {
        return Err((401, None));
    }
    if asked.redirect_uri != own.redirect_uri {
        return Err((400, Some("Invalid redirect URI")));
    }
    let now = state.now();
    match asked.grant_type.as_str() {
        "authorization_code" => {
            let found = state.keys.codes.get_mut(&asked.code);
            let code = found.ok_or((400, Some("Cannot decrypt the authorization code")))?;
            if code.used {
                return Err((400, Some("Authorization code has been revoked")));
            }
            if code.expires_at <= now {
                return Err((400, Some("Authorization code has expired")));
            }
            code.used = true;
            Ok(code.user)
        }
        "refresh_token" => {
            let found = state.keys.refresh.get_mut(&asked.refresh_token);
            let refresh = found.ok_or((401, Some("Cannot decrypt the refresh token")))?;
            if refresh.used {
                return Err((401, Some("Token has been revoked")));
            }
            if refresh.expires_at <= now {
                return Err((401, Some("Token has expired")));
            }
            refresh.used = true;
            let (user, old) = (refresh.user, refresh.access.clone());
            if let Some(access) = old.and_then(|old| state.keys.access.get_mut(&old)) {
                access.revoked = true;
            }
            Ok(user)
        }
        _ => Err((400, Some("Check that all required parameters have been provided"))),
    }
}

fn pair(state: &mut State, user: i64) -> Response {
    let now = state.now();
    let access = jwt(state, user, now + ACCESS);
    let refresh = format!("def502{}", state.hex(200));
    let open = Access {
        user,
        expires_at: now + ACCESS,
        revoked: false,
    };
    state.keys.access.insert(access.clone(), open);
    let kept = once(user, now + REFRESH, Some(access.clone()));
    state.keys.refresh.insert(refresh.clone(), kept);
    Json(
        json!({"token_type": "Bearer", "expires_in": ACCESS, "server_time": now, "access_token": access,
        "refresh_token": refresh}),
    )
    .into_response()
}

const KIND: &str = "https://developers.amocrm.ru/v3/errors/OAuthProblemJson";

fn refused((status, hint): Refusal) -> Response {
    let detail = "В запросе отсутствует ряд параметров или параметры невалидны";
    let body = match hint {
        Some(hint) => {
            json!({"hint": hint, "title": "Некорректный запрос", "type": KIND, "status": status, "detail": detail})
        }
        None => {
            json!({"title": "Некорректный клиент", "type": KIND, "status": status, "detail": "Авторизация клиента не прошла"})
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let head = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, head, body.to_string()).into_response()
}

/// The account's present sub-domain, for programs that kept an old one.
async fn subdomain(extract::State(shared): extract::State<Shared>, headers: HeaderMap) -> Result<Response, Problem> {
    let state = shared.lock();
    let now = state.now();
    let token = bearer(&headers).and_then(|token| state.keys.access.get(&token));
    let good = token.is_some_and(|token| !token.revoked && token.expires_at > now);
    if !good {
        return Err(Problem::Unauthorized);
    }
    let account = &state.account;
    Ok(Json(
        json!({"id": account.id, "subdomain": account.subdomain, "domain": account.domain(),
        "top_level_domain": account.base_domain().rsplit('.').next()}),
    )
    .into_response())
}

/// A token in the form of a JWT. Clients read `exp` and `scopes` of it, and nobody can check its signature.
pub(super) fn jwt(state: &mut State, user: i64, expires_at: i64) -> String {
    let now = state.now();
    let claims = json!({
        "aud": state.integration.client_id, "jti": state.hex(80), "iat": now, "nbf": now, "exp": expires_at,
        "sub": user.to_string(), "grant_type": "", "account_id": state.account.id,
        "base_domain": state.account.base_domain(), "version": 2, "scopes": state.integration.scopes,
        "hash_uuid": state.uuid(), "api_domain": format!("api-b.{}", state.account.base_domain()),
    });
    let head = json!({"typ": "JWT", "alg": "RS256", "jti": state.hex(80)});
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = URL_SAFE_NO_PAD.encode(state.hex(256));
    format!("{}.{}.{signature}", encoded(&head), encoded(&claims))
}
