//! Telling addresses what happened: hooks of the account and of the chat channel. Once, without repetition.
//!
//! <https://www.amocrm.ru/developers/content/crm_platform/webhooks-api>. Only loopback addresses are told, because the
//! sandbox never reaches outside.

use super::rest::entity_json;
use super::state::State;
use super::state::entity::EntityId;
use crate::clock::Clock;
use crate::outward;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use hyper::Request;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use url::Url;

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
    let form = outward::form(&body);
    for destination in destinations {
        let request = Request::post(destination.as_str()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        send(destination, request, form.clone().into());
    }
}

/// Sends in the background; what comes of it is of no interest.
pub(super) fn send(to: Url, request: axum::http::request::Builder, body: Bytes) {
    let Ok(runtime) = Handle::try_current() else { return };
    runtime.spawn(async move {
        if let Err(error) = outward::call(&to, request, body).await {
            tracing::debug!(%error, "a hook was not delivered");
        }
    });
}

/// `Tue, 13 Dec 2022 11:00:00 +0000`
pub(super) fn date(clock: &Clock) -> String {
    jiff::fmt::rfc2822::to_string(&clock.now().to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default()
}
