//! A request to the account: who calls, what they may, what they ask.

use super::problem::Problem;
use super::query::Query;
use crate::amocrm::Shared;
use crate::amocrm::state::State;
use crate::chaos::Encrypted;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::{HeaderMap, header};
use serde_json::Value;
use std::sync::MutexGuard;

/// Seven calls a second of one integration.
const CALLS: usize = 7;
/// So many calls beyond that close the door for the address. The number is a guess: the documents say "repeatedly".
const PATIENCE: u32 = 300;

/// An admitted request.
#[derive(Debug)]
pub(in crate::amocrm) struct Call {
    shared: Shared,
    /// On whose behalf.
    pub(in crate::amocrm) user: i64,
    /// Whether they are an administrator.
    administrator: bool,
    scopes: Vec<String>,
    /// How this server was addressed: links in answers begin with it.
    pub(in crate::amocrm) here: String,
    pub(in crate::amocrm) path: String,
    pub(in crate::amocrm) query: Query,
    pub(in crate::amocrm) bytes: Bytes,
}

impl Call {
    pub(in crate::amocrm) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    pub(in crate::amocrm) fn needs(&self, scope: &str) -> Result<(), Problem> {
        let has = self.scopes.iter().any(|one| one == scope);
        has.then_some(()).ok_or(Problem::Forbidden("Invalid scope"))
    }

    pub(in crate::amocrm) fn needs_administrator(&self) -> Result<(), Problem> {
        self.administrator
            .then_some(())
            .ok_or(Problem::Forbidden("Access denied"))
    }

    pub(in crate::amocrm) fn json(&self) -> Result<Value, Problem> {
        serde_json::from_slice(&self.bytes).map_err(|_| Problem::Bad("Cannot decode request body"))
    }

    /// The body when there may be none.
    pub(in crate::amocrm) fn optional(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// The entities of the body: `most` at once.
    pub(in crate::amocrm) fn items(&self, most: usize) -> Result<Vec<Value>, Problem> {
        let Value::Array(items) = self.json()? else {
            return Err(Problem::Bad("Request body must be an array"));
        };
        if items.len() > most {
            return Err(Problem::Bad("Too many entities in request"));
        }
        Ok(items)
    }

    /// `{here}/api/v4/{path}`
    pub(in crate::amocrm) fn link(&self, path: &str) -> String {
        format!("{}/api/v4/{path}", self.here)
    }
}

/// How the server was addressed.
pub(in crate::amocrm) fn here(request_headers: &HeaderMap, encrypted: bool, state: &State) -> String {
    let asked = request_headers.get(header::HOST).and_then(|host| host.to_str().ok());
    match asked {
        Some(host) => format!("{}://{host}", if encrypted { "https" } else { "http" }),
        None => state.host.base_url.as_str().trim_end_matches('/').to_owned(),
    }
}

impl FromRequest<Shared> for Call {
    type Rejection = Problem;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Problem> {
        let (head, body) = request.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let encrypted = head.extensions.get::<Encrypted>().is_some();
        let mut state = shared.lock();
        let token = bearer(&head.headers).ok_or(Problem::Unauthorized)?;
        let user = admitted(&mut state, &token)?;
        let user = acting(&state, user, &head.headers);
        let administrator = state.user(user).is_some_and(|user| user.administrator);
        let (scopes, here) = (state.integration.scopes.clone(), here(&head.headers, encrypted, &state));
        drop(state);
        // Nested routes see the rest of the path only.
        let uri = head
            .extensions
            .get::<OriginalUri>()
            .map_or(&head.uri, |original| &original.0);
        Ok(Self {
            shared: shared.clone(),
            user,
            administrator,
            scopes,
            here,
            path: uri.path().to_owned(),
            query: Query::parse(head.uri.query().unwrap_or_default()),
            bytes,
        })
    }
}

pub(in crate::amocrm) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    Some(value.strip_prefix("Bearer ")?.trim().to_owned())
}

/// The user of a good token, when there is room for a call.
fn admitted(state: &mut State, token: &str) -> Result<i64, Problem> {
    if state.host.limits {
        if state.excess > PATIENCE {
            return Err(Problem::Forbidden("Forbidden"));
        }
        if !state.throttle.admit("integration", CALLS) {
            state.excess += 1;
            return Err(Problem::TooMany(1));
        }
    }
    let now = state.now();
    let access = state.keys.access.get(token).ok_or(Problem::Unauthorized)?;
    if access.revoked || access.expires_at <= now {
        return Err(Problem::Unauthorized);
    }
    if state.account.unpaid {
        return Err(Problem::Unpaid("Account is not paid"));
    }
    Ok(access.user)
}

/// `X-Context-User-ID`: an administrator's token acts as somebody else.
fn acting(state: &State, user: i64, headers: &HeaderMap) -> i64 {
    let wished = headers
        .get("x-context-user-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    wished.filter(|id| state.user(*id).is_some()).unwrap_or(user)
}
