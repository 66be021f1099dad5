//! `event.bind`, `event.unbind`, `event.get`. <https://apidocs.bitrix24.com/api-reference/events/event-bind.html>

use super::{Answer, ApiError, Call, For, Method, event_offline, method};
use crate::bitrix24::php;
use crate::bitrix24::state::events::Binding;
use serde_json::{Value, json};

pub(super) static METHODS: &[Method] = &[
    method("event.bind", "", For::Apps, bind),
    method("event.unbind", "", For::Apps, unbind),
    method("event.get", "", For::Apps, get),
    method("event.offline.get", "", For::AdminApps, event_offline::get),
    method("event.offline.list", "", For::AdminApps, event_offline::list),
    method("event.offline.clear", "", For::AdminApps, event_offline::clear),
    method("event.offline.error", "", For::AdminApps, event_offline::error),
];

/// Events that something here brings about.
pub(super) const KNOWN: [&str; 32] = [
    "ONAPPINSTALL",
    "ONAPPUNINSTALL",
    "ONAPPTEST",
    "ONOFFLINEEVENT",
    "ONCRMLEADADD",
    "ONCRMLEADUPDATE",
    "ONCRMLEADDELETE",
    "ONCRMDEALADD",
    "ONCRMDEALUPDATE",
    "ONCRMDEALDELETE",
    "ONCRMCONTACTADD",
    "ONCRMCONTACTUPDATE",
    "ONCRMCONTACTDELETE",
    "ONCRMCOMPANYADD",
    "ONCRMCOMPANYUPDATE",
    "ONCRMCOMPANYDELETE",
    "ONCRMTIMELINECOMMENTADD",
    "ONCRMTIMELINECOMMENTUPDATE",
    "ONCRMTIMELINECOMMENTDELETE",
    "ONCRMACTIVITYADD",
    "ONCRMACTIVITYUPDATE",
    "ONCRMACTIVITYDELETE",
    "ONIMCONNECTORLINEDELETE",
    "ONIMCONNECTORMESSAGEADD",
    "ONIMCONNECTORMESSAGEUPDATE",
    "ONIMCONNECTORMESSAGEDELETE",
    "ONIMCONNECTORSTATUSDELETE",
    "ONIMCONNECTORDIALOGSTART",
    "ONIMCONNECTORDIALOGFINISH",
    "ONSESSIONSTART",
    "ONSESSIONFINISH",
    "ONTASKADD",
];

fn bind(call: &mut Call<'_>) -> Answer {
    let event = call.required("event")?.to_uppercase();
    if !KNOWN.contains(&event.as_str()) {
        return Err(ApiError::bad("ERROR_EVENT_NOT_FOUND", "Event not found"));
    }
    let offline = is_offline(call);
    let user = call.params.int("auth_type").unwrap_or(0);
    let source = call.params.text("auth_connector").unwrap_or_default();
    if offline {
        offline_allowed(call, &event, &source)?;
    } else if user != 0 && user != call.caller.user && !call.is_admin() {
        let told = "Access denied! Event binding with AUTH_TYPE requires administrator access rights";
        return Err(ApiError::denied(told));
    }
    let handler = if offline { None } else { Some(handler(call)?) };
    let pause = php::int(php::member(call.params.get("options"), "minTimeout")).unwrap_or(1);
    let user = if call.is_admin() { user } else { call.caller.user };
    let binding = Binding {
        id: 0,
        app: call.app(),
        event,
        handler,
        user: if offline { 0 } else { user },
        source,
        pause,
    };
    match call.state.events.bind(binding) {
        true => Ok(json!(true).into()),
        false => Err(ApiError::bad(
            "ERROR_CORE",
            "Unable to set event handler: Handler already binded",
        )),
    }
}

fn is_offline(call: &Call<'_>) -> bool {
    call.params
        .text("event_type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("offline"))
}

fn offline_allowed(call: &Call<'_>, event: &str, source: &str) -> Result<(), ApiError> {
    if !call.is_admin() {
        let told = "Access denied! Offline events binding requires administrator access rights";
        return Err(ApiError::denied(told));
    }
    if event == "ONOFFLINEEVENT" {
        return Err(ApiError::bad(
            "ERROR_ARGUMENT",
            "Offline event cannot be registered for this event",
        ));
    }
    event_offline::source_allowed(call, source)
}

/// `http` or `https`, and a dot in the host (`rest/lib/handlerhelper.php`).
fn handler(call: &Call<'_>) -> Result<String, ApiError> {
    let handler = call.required("handler")?;
    let parsed = url::Url::parse(&handler)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    match parsed.and_then(|url| url.host_str().map(|host| host.contains('.'))) {
        Some(true) => Ok(handler),
        _ => Err(ApiError::bad(
            "ERROR_UNSUPPORTED_PROTOCOL",
            "Unsupported event handler protocol",
        )),
    }
}

fn unbind(call: &mut Call<'_>) -> Answer {
    let event = call.required("event")?.to_uppercase();
    let offline = is_offline(call);
    if offline && !call.is_admin() {
        let told = "Access denied! Offline events unbinding requires administrator access rights";
        return Err(ApiError::denied(told));
    }
    let (app, handler) = (call.app(), call.params.text("handler"));
    let user = call.params.int("auth_type");
    let own = (!call.is_admin()).then_some(call.caller.user);
    let gone = |one: &Binding| {
        let target = match &one.handler {
            None => offline,
            Some(there) => !offline && handler.as_ref().is_none_or(|handler| handler == there),
        };
        one.app == app && one.event == event && target && user.or(own).is_none_or(|user| one.user == user)
    };
    let before = call.state.events.bindings.len();
    call.state.events.bindings.retain(|one| !gone(one));
    Ok(json!({"count": before - call.state.events.bindings.len()}).into())
}

fn get(call: &mut Call<'_>) -> Answer {
    let (app, admin) = (call.app(), call.is_admin());
    let bindings = &call.state.events.bindings;
    let mine = |one: &&Binding| one.app == app && (admin || one.user == call.caller.user);
    let shown = |one: &Binding| match &one.handler {
        None => json!({"event": one.event, "connector_id": one.source, "offline": 1}),
        Some(handler) => {
            json!({"event": one.event, "handler": handler, "auth_type": one.user.to_string(), "offline": 0})
        }
    };
    Ok(Value::Array(bindings.iter().filter(mine).map(shown).collect()).into())
}
