//! Telling addresses what happened: hooks of the account and of the chat channel. Once, without repetition.
//!
//! <https://www.amocrm.ru/developers/content/crm_platform/webhooks-api>. Only loopback addresses are told, because the
//! sandbox never reaches outside.

use super::rest::entity_json;
use super::state::State;
use super::state::entity::EntityId;
use crate::clock::Clock;
use axum::http::header::{CONTENT_TYPE, HOST};
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use url::Url;
use url::form_urlencoded::Serializer;

/// A listener has five seconds for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a call to an address failed.
#[derive(Debug, Error)]
pub(super) enum CallError {
    /// The sandbox stays inside.
    #[error("the address is not on this machine")]
    Outside,
    /// Nobody there, or a line that broke.
    #[error("nobody answered: {0}")]
    Line(#[from] std::io::Error),
    /// Not HTTP.
    #[error("no HTTP there: {0}")]
    Wire(#[from] hyper::Error),
    /// The request cannot be written.
    #[error("the request cannot be written: {0}")]
    Request(#[from] axum::http::Error),
    /// No answer in time.
    #[error("no answer in time")]
    Late,
}

/// `add`, `update`, `status`, `responsible` or `delete` of a card.
pub(super) fn about_card(state: &State, id: EntityId, action: &str) {
    let Some(entity) = state.entity(id) else { return };
    let setting = format!("{action}_{}", id.kind.singular());
    let mut shown = entity_json::shown(state, entity, "", &[]);
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("_links");
        fields.remove("_embedded");
        fields.retain(|_, value| !value.is_null());
    }
    let group = if id.kind == super::state::entity::Kind::Lead {
        "leads"
    } else {
        "contacts"
    };
    announce(state, &setting, json!({group: {action: [shown]}}));
}

pub(super) fn about_note(state: &State, id: i64) {
    let Some(note) = state.notes.iter().find(|note| note.id == id) else {
        return;
    };
    let kind = note.of.kind;
    let text = note.params.get("text").cloned().unwrap_or_default();
    let shown = json!({"note": {
        "id": note.id, "element_id": note.of.number, "element_type": kind.element_type(), "text": text,
        "note_type": note.kind, "created_by": note.created_by, "date_create": note.created_at,
    }});
    let body = json!({kind.plural(): {"note": [shown]}});
    announce(state, &format!("note_{}", kind.singular()), body);
}

/// Tells everybody who asked for `setting`.
pub(super) fn announce(state: &State, setting: &str, mut body: Value) {
    let listening = state
        .hooks
        .iter()
        .filter(|hook| hook.settings.iter().any(|one| one == setting));
    let mut destinations = listening
        .filter_map(|hook| Url::parse(&hook.destination).ok())
        .peekable();
    if destinations.peek().is_none() {
        return;
    }
    if let Some(fields) = body.as_object_mut() {
        let account = &state.account;
        let home = format!("https://{}", account.domain());
        fields.insert(
            "account".to_owned(),
            json!({"id": account.id, "subdomain": account.subdomain, "_links": {"self": home}}),
        );
    }
    let mut form = Serializer::new(String::new());
    flatten(&mut form, String::new(), &body);
    let form = form.finish();
    for destination in destinations {
        let request = Request::post(destination.as_str()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        send(destination, request, form.clone().into());
    }
}

/// PHP's way to write nested values in a form.
fn flatten(form: &mut Serializer<'_, String>, path: String, value: &Value) {
    let step = |key: &str| match path.as_str() {
        "" => key.to_owned(),
        path => format!("{path}[{key}]"),
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inside)| flatten(form, step(key), inside)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(place, inside)| flatten(form, step(&place.to_string()), inside)),
        Value::String(text) => {
            form.append_pair(&path, text);
        }
        Value::Bool(yes) => {
            form.append_pair(&path, if *yes { "1" } else { "0" });
        }
        Value::Null => {}
        Value::Number(number) => {
            form.append_pair(&path, &number.to_string());
        }
    }
}

/// Sends in the background; what comes of it is of no interest.
pub(super) fn send(to: Url, request: axum::http::request::Builder, body: Bytes) {
    let Ok(runtime) = Handle::try_current() else { return };
    runtime.spawn(async move {
        if let Err(error) = call(&to, request, body).await {
            tracing::debug!(%error, "a hook was not delivered");
        }
    });
}

/// Calls an address of this machine and waits for the head of its answer.
pub(super) async fn call(
    to: &Url,
    request: axum::http::request::Builder,
    body: Bytes,
) -> Result<Response<Incoming>, CallError> {
    let inside = matches!(to.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) && to.scheme() == "http";
    let port = to
        .port_or_known_default()
        .filter(|_| inside)
        .ok_or(CallError::Outside)?;
    let exchange = async {
        let line = TcpStream::connect(("127.0.0.1", port)).await?;
        let (mut sender, connection) = handshake(TokioIo::new(line)).await?;
        tokio::spawn(connection);
        let path = format!(
            "{}{}",
            to.path(),
            to.query().map(|query| format!("?{query}")).unwrap_or_default()
        );
        let request = request
            .uri(path)
            .header(HOST, to.authority())
            .body(axum::body::Body::from(body))?;
        Ok(sender.send_request(request).await?)
    };
    tokio::time::timeout(PATIENCE, exchange)
        .await
        .map_err(|_| CallError::Late)?
}

/// `Tue, 13 Dec 2022 11:00:00 +0000`
pub(super) fn date(clock: &Clock) -> String {
    jiff::fmt::rfc2822::to_string(&clock.now().to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default()
}
