//! Giving an app the key of a community: the consent page, the fragment with the keys, the code flow.
//!
//! <https://dev.vk.com/api/access-token/implicit-flow-community>, `…/authcode-flow-community`. The administrator is always
//! signed in; what the page asks is their consent. Without `group_ids` it gives a key of the person, with which
//! `groups.get(filter=admin)` lists the communities to choose from.

mod page;
mod token;

use super::Shared;
use super::state::token::{Owner, Rights};
use super::state::{State, Ticket};
use axum::Router;
use axum::extract::{self, Form, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

/// A person's key lives a day, in seconds; a community's key has no end.
const USER_TOKEN_LIFE: i64 = 86_400;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/authorize", get(ask))
        .route("/authorize/decide", post(decide))
        .route("/access_token", get(token::exchange).post(token::exchange))
        .route("/blank.html", get(blank))
}

/// What an app asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Request {
    client_id: String,
    group_ids: String,
    redirect_uri: String,
    scope: String,
    response_type: String,
    state: String,
    /// Filled in by the page: `allow` or `deny`.
    decision: String,
}

impl Request {
    fn groups(&self) -> Vec<i64> {
        self.group_ids
            .split(',')
            .filter_map(|id| id.trim().parse().ok())
            .collect()
    }

    fn wants_code(&self) -> bool {
        self.response_type == "code"
    }
}

/// Where the keys go when an app has no page of its own. <https://oauth.vk.com/blank.html>
async fn blank() -> Html<&'static str> {
    Html(
        "<!doctype html><title>OAuth Blank</title><p>Пожалуйста, не копируйте данные из адресной строки для сторонних сайтов.</p>",
    )
}

async fn ask(extract::State(shared): extract::State<Shared>, Query(request): Query<Request>) -> Response {
    let state = shared.lock();
    match refused(&state, &request) {
        Some((error, description)) => invalid(error, description),
        None => Html(page::consent(&state, &request, admin(&state))).into_response(),
    }
}

fn invalid(error: &str, description: &str) -> Response {
    (
        StatusCode::UNAUTHORIZED,
        axum::Json(json!({"error": error, "error_description": description})),
    )
        .into_response()
}

fn admin(state: &State) -> i64 {
    state
        .communities
        .get(&state.home)
        .and_then(|home| home.admins.first())
        .copied()
        .unwrap_or(0)
}

/// Why the page is not even shown.
fn refused(state: &State, request: &Request) -> Option<(&'static str, &'static str)> {
    if request.client_id.is_empty() {
        return Some(("invalid_client", "client_id is incorrect"));
    }
    if url::Url::parse(&request.redirect_uri).is_err() {
        return Some((
            "invalid_request",
            "redirect_uri is incorrect, check application redirect uri in the settings page",
        ));
    }
    let mine = |id: &i64| {
        state
            .communities
            .get(id)
            .is_some_and(|one| one.admins.contains(&admin(state)))
    };
    if !request.groups().iter().all(mine) {
        return Some(("invalid_request", "group_ids has groups you are not administrator of"));
    }
    None
}

/// Sends the browser back with keys, with a code, or with the refusal.
async fn decide(extract::State(shared): extract::State<Shared>, Form(request): Form<Request>) -> Response {
    let mut state = shared.lock();
    if let Some((error, description)) = refused(&state, &request) {
        return invalid(error, description);
    }
    let mut fields: Vec<(String, String)> = if request.decision == "allow" {
        granted(&mut state, &request)
    } else {
        let (reason, told) = ("user_denied", "User denied your request");
        [
            ("error", "access_denied"),
            ("error_reason", reason),
            ("error_description", told),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
    };
    if !request.state.is_empty() {
        fields.push(("state".to_owned(), request.state.clone()));
    }
    let joint = if request.wants_code() { '?' } else { '#' };
    let encoded = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    Redirect::to(&format!("{}{joint}{encoded}", request.redirect_uri)).into_response()
}

fn granted(state: &mut State, request: &Request) -> Vec<(String, String)> {
    let (groups, rights, user) = (request.groups(), Rights::from_scope(&request.scope), admin(state));
    if request.wants_code() {
        let code = state.secret(18);
        let (client_id, redirect_uri) = (request.client_id.clone(), request.redirect_uri.clone());
        state.tickets.insert(
            code.clone(),
            Ticket::Code {
                client_id,
                redirect_uri,
                groups,
                rights,
                user,
            },
        );
        return vec![("code".to_owned(), code)];
    }
    if groups.is_empty() {
        let key = state.issue_token(Owner::User(user), rights);
        return vec![
            ("access_token".to_owned(), key),
            ("expires_in".to_owned(), USER_TOKEN_LIFE.to_string()),
            ("user_id".to_owned(), user.to_string()),
        ];
    }
    let mut fields = vec![("expires_in".to_owned(), "0".to_owned())];
    for id in groups {
        fields.push((
            format!("access_token_{id}"),
            state.issue_token(Owner::Community(id), rights),
        ));
    }
    fields
}
