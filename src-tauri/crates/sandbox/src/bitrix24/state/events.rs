//! Events: who wants which, and the queue of the offline ones.
//!
//! <https://apidocs.bitrix24.com/api-reference/events/offline-events.html>. What merges and what an app does not hear
//! about itself is read from the server's published modules (`rest/lib/eventoffline.php`, `…/event/provideroffline.php`).

use super::{Actor, State};
use crate::bitrix24::courier::Errand;
use crate::outward;
use jiff::Timestamp;
use md5::{Digest, Md5};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Bindings and the queue.
#[derive(Debug, Default)]
pub(crate) struct Events {
    pub(crate) bindings: Vec<Binding>,
    pub(crate) queue: Vec<Row>,
    last_binding: i64,
    last_row: i64,
    /// When `ONOFFLINEEVENT` was told last, by binding.
    told: BTreeMap<i64, i64>,
}

/// An app wants an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binding {
    pub(crate) id: i64,
    pub(crate) app: String,
    /// In capitals.
    pub(crate) event: String,
    /// Where to; none for an offline one.
    pub(crate) handler: Option<String>,
    /// In whose name; 0 for whoever made the change.
    pub(crate) user: i64,
    /// `auth_connector`.
    pub(crate) source: String,
    /// `minTimeout` of `ONOFFLINEEVENT`.
    pub(crate) pause: i64,
}

/// A row of the queue.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) at: Timestamp,
    pub(crate) app: String,
    pub(crate) source: String,
    pub(crate) event: String,
    pub(crate) data: Value,
    pub(crate) additional: Value,
    /// Equal for equal events: what merges rows.
    pub(crate) message_id: String,
    /// Who reserved it; empty while it is free.
    pub(crate) process_id: String,
    pub(crate) failed: bool,
}

impl Events {
    /// Adds a binding; false when it is there already.
    pub(crate) fn bind(&mut self, mut binding: Binding) -> bool {
        let same = |one: &Binding| {
            (&one.app, &one.event, &one.handler) == (&binding.app, &binding.event, &binding.handler)
                && (one.user, &one.source) == (binding.user, &binding.source)
        };
        if self.bindings.iter().any(same) {
            return false;
        }
        self.last_binding += 1;
        binding.id = self.last_binding;
        self.bindings.push(binding);
        true
    }

    /// Adds a row, or brings the equal one that is free up to date.
    fn push(&mut self, mut row: Row) {
        let equal = |one: &&mut Row| {
            one.message_id == row.message_id
                && (&one.app, &one.source, &one.process_id) == (&row.app, &row.source, &row.process_id)
        };
        if let Some(there) = self.queue.iter_mut().find(equal) {
            (there.at, there.additional, there.failed) = (row.at, row.additional, false);
            return;
        }
        self.last_row += 1;
        row.id = self.last_row;
        self.queue.push(row);
    }
}

/// `md5(EVENT_NAME|json(EVENT_DATA))`
fn message_id(event: &str, data: &Value) -> String {
    let digest = Md5::digest(format!("{event}|{data}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Tells everybody who wants `event`; only the app `to` when one is named (events of a connector are its owner's).
pub(crate) fn emit(state: &mut State, actor: &Actor, event: &str, data: &Value, to: Option<&str>) {
    let meant = |binding: &&Binding| binding.event == event && to.is_none_or(|app| app == binding.app);
    let bindings: Vec<Binding> = state.events.bindings.iter().filter(meant).cloned().collect();
    for binding in bindings {
        if state.access.app(&binding.app).is_none() {
            continue;
        }
        match &binding.handler {
            Some(handler) => call(state, actor, &binding, handler, data),
            None => enqueue(state, actor, &binding, data),
        }
    }
}

/// An app does not hear of what it did itself under the same source.
fn enqueue(state: &mut State, actor: &Actor, binding: &Binding, data: &Value) {
    if actor.app.as_deref() == Some(&binding.app) && actor.source == binding.source {
        return;
    }
    let row = Row {
        id: 0,
        at: state.host.clock.now(),
        app: binding.app.clone(),
        source: binding.source.clone(),
        event: binding.event.clone(),
        data: data.clone(),
        additional: json!({"user_id": actor.user}),
        message_id: message_id(&binding.event, data),
        process_id: String::new(),
        failed: false,
    };
    state.events.push(row);
    let params = json!([{"connector_id": binding.source, "count": 1}]);
    state.pull_tell(&binding.app, None, "rest", "event_offline", &params);
    bell(state, actor, &binding.app);
}

/// `ONOFFLINEEVENT`: the queue has something new. <https://apidocs.bitrix24.com/api-reference/events/on-offline-event.html>
fn bell(state: &mut State, actor: &Actor, app: &str) {
    let now = state.now();
    let meant = |binding: &&Binding| binding.event == "ONOFFLINEEVENT" && binding.app == app;
    let bindings: Vec<Binding> = state.events.bindings.iter().filter(meant).cloned().collect();
    for binding in bindings {
        let told = state.events.told.get(&binding.id).copied().unwrap_or(i64::MIN / 2);
        if let Some(handler) = binding.handler.as_deref().filter(|_| now - told >= binding.pause) {
            state.events.told.insert(binding.id, now);
            call(state, actor, &binding, handler, &json!({}));
        }
    }
}

/// An online event: one try, to an address of this machine.
fn call(state: &mut State, actor: &Actor, binding: &Binding, handler: &str, data: &Value) {
    let user = if binding.user == 0 { actor.user } else { binding.user };
    let auth = auth(state, &binding.app, user);
    let body = json!({
        "event": binding.event, "event_handler_id": binding.id, "data": data, "ts": state.now(), "auth": auth,
    });
    let form = outward::form(&body);
    let url = handler.to_owned();
    state.courier.send(Errand::Post { url, form });
}

/// What an event or a call of a handler brings along, so that the app can call back.
pub(crate) fn auth(state: &mut State, app: &str, user: i64) -> Value {
    let (scope, token) = match state.access.app(app) {
        Some(app) => (app.scopes.join(","), app.application_token.clone()),
        None => return Value::Null,
    };
    let pair = state.issue(app, user);
    json!({
        "access_token": pair.access, "expires": pair.expires, "expires_in": super::access::TOKEN_LIFE, "scope": scope,
        "domain": state.domain(), "server_endpoint": state.server_endpoint(), "status": "L",
        "client_endpoint": state.url("/rest/"), "member_id": state.portal.member_id, "user_id": user,
        "refresh_token": pair.refresh, "application_token": token,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_an_event_is_the_sum_over_name_and_data() {
        let first = message_id("ONCRMDEALUPDATE", &json!({"FIELDS": {"ID": 7}}));
        assert_eq!(first.len(), 32);
        assert_eq!(first, message_id("ONCRMDEALUPDATE", &json!({"FIELDS": {"ID": 7}})));
        assert_ne!(first, message_id("ONCRMDEALUPDATE", &json!({"FIELDS": {"ID": 8}})));
    }
}
