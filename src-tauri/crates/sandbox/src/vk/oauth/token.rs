//! `/access_token`: a code and the app's secret for keys. <https://dev.vk.com/api/access-token/authcode-flow-community>

use super::{USER_TOKEN_LIFE, invalid};
use crate::vk::Shared;
use crate::vk::state::Ticket;
use crate::vk::state::token::Owner;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Exchange {
    client_id: String,
    client_secret: String,
    redirect_uri: String,
    code: String,
}

/// A code works once, for the app and the address that it was made for. Any secret but an empty one is right.
pub(super) async fn exchange(State(shared): State<Shared>, Query(exchange): Query<Exchange>) -> Response {
    if exchange.client_secret.is_empty() {
        return invalid("invalid_client", "client_secret is undefined");
    }
    let mut state = shared.lock();
    let Some(Ticket::Code {
        client_id,
        redirect_uri,
        groups,
        rights,
        user,
    }) = state.tickets.remove(&exchange.code)
    else {
        return invalid("invalid_grant", "Code is invalid or expired.");
    };
    if client_id != exchange.client_id || redirect_uri != exchange.redirect_uri {
        return invalid("invalid_grant", "Code is invalid or expired.");
    }
    if groups.is_empty() {
        let key = state.issue_token(Owner::User(user), rights);
        return Json(json!({"access_token": key, "expires_in": USER_TOKEN_LIFE, "user_id": user})).into_response();
    }
    let given: Vec<Value> = groups
        .into_iter()
        .map(|id| json!({"group_id": id, "access_token": state.issue_token(Owner::Community(id), rights)}))
        .collect();
    Json(json!({"groups": given, "expires_in": 0})).into_response()
}
