//! Logging in: with a long-lived token that is pasted, or through an integration that is signed in to.

use std::collections::BTreeMap;

use contracts::{
    channel::{Field, FieldKind},
    crm::{Inputs, LoggedIn, LoginError, Urgency},
};
use domain::RemoteId;
use serde_json::Value;

mod oauth;
pub(super) use oauth::LoginOauth;
mod token;
pub(super) use token::LoginToken;

use super::{
    access::{ChatChannel, Login},
    amojo::Amojo,
    client::Client,
    errors::{ApiError, login_call, reason},
    jwt, layout,
};
use crate::shared::optional;
use contracts::crm::CrmError;

const ADDRESS: &str = "address";
const CHANNEL_ID: &str = "channel_id";
const CHANNEL_SECRET: &str = "channel_secret";
/// Whose accounts these are.
const DOMAINS: [&str; 3] = [".amocrm.ru", ".kommo.com", ".amocrm.com"];

/// The account's own chat channel: both of its fields, or none.
fn channel_fields() -> [Field; 2] {
    [
        optional(CHANNEL_ID, FieldKind::Text),
        optional(CHANNEL_SECRET, FieldKind::Secret),
    ]
}

fn channel_in(inputs: &Inputs) -> Result<Option<ChatChannel>, LoginError> {
    let (id, secret) = (inputs.get(CHANNEL_ID), inputs.get(CHANNEL_SECRET));
    let wrong = |field, key| Err(LoginError::field(field, reason(key)));
    match (id.is_empty(), secret.is_empty()) {
        (true, true) => Ok(None),
        (true, false) => wrong(CHANNEL_ID, "amocrm.reason.channel_id_empty"),
        (false, true) => wrong(CHANNEL_SECRET, "amocrm.reason.channel_secret_empty"),
        (false, false) if !is_uuid(id) => wrong(CHANNEL_ID, "amocrm.reason.channel_id_form"),
        (false, false) => Ok(Some(ChatChannel {
            id: id.to_lowercase(),
            secret: secret.to_owned(),
        })),
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// `olga`, `olga.amocrm.ru`, `https://olga.kommo.com/leads`. `home` is where a bare name lives; with an address of the
/// user's own for the service any name will do.
fn domain_in(entered: &str, home: &str, own_address: bool) -> Result<String, LoginError> {
    let wrong = |key| Err(LoginError::field(ADDRESS, reason(key)));
    let text = entered.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = text
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches("www.");
    if host.is_empty() {
        return wrong("amocrm.reason.address_empty");
    }
    let named = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if named(host) {
        return Ok(format!("{host}.{home}"));
    }
    let known = DOMAINS
        .iter()
        .any(|domain| host.strip_suffix(domain).is_some_and(named));
    if known || own_address {
        Ok(host.to_owned())
    } else {
        wrong("amocrm.reason.address_form")
    }
}

/// Looks at the account that the access is for: is it an administrator's, may it do what is needed, does the channel
/// work. What is wrong with the token is said at `field`.
async fn check(client: &Client, amojo: Option<&Amojo>, field: &str) -> Result<LoggedIn, LoginError> {
    let login: Login = client.login().await;
    let claims = jwt::claims(&login.token).unwrap_or_default();
    let wrong = |reason| LoginError::field(field, reason);
    if !claims.allows("crm") {
        return Err(wrong(reason("amocrm.reason.scope").with("scope", "crm")));
    }
    let account = layout::account(client, Urgency::Reply)
        .await
        .map_err(|error| refused(error, field))?;
    let me = layout::user(client, account.current_user_id, Urgency::Reply).await;
    let me = me.map_err(|error| refused(error, field))?;
    if !me.is_some_and(|user| user.is_admin()) {
        return Err(wrong(reason("amocrm.reason.not_admin")));
    }
    if let Some(amojo) = amojo {
        let amojo_id = account.amojo_id.as_deref();
        let amojo_id = amojo_id.ok_or_else(|| LoginError::field(CHANNEL_ID, reason("amocrm.reason.no_chats")))?;
        let connected = amojo.connect(client, amojo_id, "Besedka").await;
        connected.map_err(channel_refused)?;
    }
    let mode = if amojo.is_some() { "chats" } else { "append" };
    Ok(LoggedIn {
        remote_id: RemoteId::new(account.id),
        name: account.name,
        handle: Some(login.domain.clone()),
        secret: login.write(),
        settings: BTreeMap::from([("mode".to_owned(), Value::from(mode))]),
    })
}

/// What amoCRM says to access that it does not take.
fn refused(error: ApiError, field: &str) -> LoginError {
    match error {
        ApiError::Crm(CrmError::LoggedOut(_)) => LoginError::field(field, reason("amocrm.reason.token_refused")),
        ApiError::Crm(CrmError::NoRights(reason) | CrmError::Unpaid(reason)) => LoginError::field(field, reason),
        ApiError::Problem(problem) if problem.status == 404 => {
            LoginError::field(ADDRESS, reason("amocrm.reason.address_unknown"))
        }
        ApiError::Problem(problem) => LoginError::field(field, problem.reason(None)),
        other => login_call(other).into(),
    }
}

fn channel_refused(error: ApiError) -> LoginError {
    match error {
        ApiError::Crm(CrmError::LoggedOut(reason)) => {
            let field = if reason.key.ends_with("channel_secret") {
                CHANNEL_SECRET
            } else {
                CHANNEL_ID
            };
            LoginError::field(field, reason)
        }
        ApiError::Problem(problem) => LoginError::field(CHANNEL_ID, problem.reason(None)),
        other => login_call(other).into(),
    }
}
