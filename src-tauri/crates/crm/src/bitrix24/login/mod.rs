//! Logging in: with a local application that is signed in to, or with an incoming webhook that is pasted.

use std::collections::BTreeMap;

use contracts::{
    channel::FieldKind,
    crm::{CrmError, Inputs, LoggedIn, LoginError, LoginStep, Urgency},
};
use domain::RemoteId;
use net::{Failure, SetupError, Sign, Trouble, connector};
use serde_json::{Value, json};

mod app;
pub(super) use app::LoginApp;
mod webhook;
pub(super) use webhook::LoginWebhook;

use super::{
    Doors,
    access::Login,
    client::Client,
    errors::{ApiError, login_call, reason},
    layout::text,
};
use crate::shared::{field, form_with};

const PORTAL: &str = "portal";
const CERTIFICATE: &str = "certificate";
/// The handler of the application, on this machine. Bitrix24 asks for a dot in its host: `localhost` has none.
/// <https://training.bitrix24.com/rest_help/oauth/app_authentication.php>
pub(super) const RETURN: &str = "http://127.0.0.1:37124/";
/// What open lines, cards and their people need.
/// <https://apidocs.bitrix24.com/api-reference/scopes/permissions.html>
pub(super) const SCOPES: [&str; 6] = ["crm", "imopenlines", "imconnector", "im", "user", "disk"];

/// `olga.bitrix24.ru`, `https://crm.example.com:8443/company/`. A bare name lives in the Russian cloud.
fn portal_in(inputs: &Inputs) -> Result<String, LoginError> {
    let wrong = |key| Err(LoginError::field(PORTAL, reason(key)));
    let text = inputs.get(PORTAL).to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() {
        return wrong("bitrix24.reason.portal_empty");
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':');
    if !host.chars().all(plain) || host.starts_with(['.', ':']) {
        return wrong("bitrix24.reason.portal_form");
    }
    if host.contains(['.', ':']) {
        Ok(host.to_owned())
    } else {
        Ok(format!("{host}.bitrix24.ru"))
    }
}

/// An option that makes no sense, at its field.
pub(super) fn setup_error(error: SetupError) -> LoginError {
    match error {
        SetupError::Certificate => LoginError::field(CERTIFICATE, reason("bitrix24.reason.certificate_form")),
        other => connector::login_error(other),
    }
}

/// Whether the portal answers at all; if not, its address at the field `at` is to be corrected. `false`: it shows a
/// certificate of its own, which the person has to give.
async fn answers(doors: &Doors, login: &Login, at: &str) -> Result<bool, LoginError> {
    match doors.open(login.clone())?.reach.knock().await {
        Ok(()) => Ok(true),
        Err(Failure::Blocked(Sign::ForeignCertificate)) if !login.is_in_cloud() => match login.certificate {
            None => Ok(false),
            Some(_) => Err(LoginError::field(
                CERTIFICATE,
                reason("bitrix24.reason.certificate_other"),
            )),
        },
        Err(
            Failure::NotConnected(Trouble::Refused)
            | Failure::Blocked(Sign::NameHidden | Sign::NamePoisoned | Sign::Silence),
        ) => Err(LoginError::field(at, reason("bitrix24.reason.portal_silent"))),
        Err(failure) => Err(connector::call_error(failure).into()),
    }
}

/// Asks for the certificate of a portal of one's own.
fn ask_certificate(login: &Login) -> LoginStep {
    form_with(
        "login.certificate",
        [("portal", login.domain.clone())],
        vec![field(CERTIFICATE, FieldKind::Lines)],
    )
}

fn with_certificate(login: &Login, inputs: &Inputs) -> Result<Login, LoginError> {
    match inputs.get(CERTIFICATE) {
        "" => Err(LoginError::field(
            CERTIFICATE,
            reason("bitrix24.reason.certificate_form"),
        )),
        text => Ok(Login {
            certificate: Some(text.to_owned()),
            ..login.clone()
        }),
    }
}

/// Which of the wanted rights are missing.
pub(super) async fn missing(client: &Client, wanted: &[&str]) -> Result<Vec<String>, ApiError> {
    let told = client.ask("scope", json!({}), Urgency::Reply).await?;
    let given: Vec<&str> = told
        .result
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    // Each of the two opens the methods of both.
    let has = |scope: &str| match scope {
        "imconnector" | "imopenlines" => given.iter().any(|one| matches!(*one, "imconnector" | "imopenlines")),
        scope => given.contains(&scope),
    };
    Ok(wanted
        .iter()
        .filter(|scope| !has(scope))
        .map(|scope| (*scope).to_owned())
        .collect())
}

/// Looks at the portal: whose access it is, whether it may do what is needed. What is wrong is said at the field `at`.
async fn check(client: &Client, id: String, at: &str) -> Result<LoggedIn, LoginError> {
    let login = client.login().await;
    let wanted: &[&str] = if login.is_app() { &SCOPES } else { &["crm"] };
    let missing = missing(client, wanted).await.map_err(|error| refused(error, at))?;
    if !missing.is_empty() {
        let scopes = reason("bitrix24.reason.scopes").with("scopes", missing.join(", "));
        return Err(LoginError::field(at, scopes));
    }
    let admin = client.ask("user.admin", json!({}), Urgency::Reply).await;
    let admin = admin.map_err(|error| refused(error, at))?.result == json!(true);
    if login.is_app() && !admin {
        return Err(LoginError::field(at, reason("bitrix24.reason.not_admin")));
    }
    let me = client.ask("profile", json!({}), Urgency::Reply).await;
    let me = me.map_err(|error| refused(error, at))?.result;
    let part = |key: &str| text(&me, key).unwrap_or_default();
    let name = format!("{} {}", part("NAME"), part("LAST_NAME")).trim().to_owned();
    let mode = if login.is_app() { "lines" } else { "append" };
    Ok(LoggedIn {
        remote_id: RemoteId::new(id),
        name: login.domain.clone(),
        handle: (!name.is_empty()).then_some(name),
        secret: login.write(),
        settings: BTreeMap::from([("mode".to_owned(), Value::from(mode))]),
    })
}

/// What the portal says to access that it does not take.
fn refused(error: ApiError, at: &str) -> LoginError {
    match error {
        ApiError::Crm(CrmError::LoggedOut(_)) => LoginError::field(at, reason("bitrix24.reason.access_refused")),
        ApiError::Crm(CrmError::NoRights(reason) | CrmError::Unpaid(reason)) => LoginError::field(at, reason),
        ApiError::Problem(problem) => LoginError::field(at, problem.reason()),
        other => login_call(other).into(),
    }
}
