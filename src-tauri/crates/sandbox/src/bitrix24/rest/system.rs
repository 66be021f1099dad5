//! Who am I, what may I, what is there. <https://apidocs.bitrix24.com/api-reference/common/system/index.html>

use super::event::KNOWN;
use super::{Answer, ApiError, Call, For, Method, method, table};
use crate::bitrix24::php;
use serde_json::{Value, json};

pub(super) static METHODS: &[Method] = &[
    method("profile", "", For::All, profile),
    method("user.admin", "", For::All, admin),
    method("app.info", "", For::Apps, app_info),
    method("scope", "", For::All, scope),
    method("methods", "", For::All, methods),
    method("method.get", "", For::All, method_get),
    method("events", "", For::All, events),
    method("feature.get", "", For::All, feature),
    method("server.time", "", For::All, time),
];

fn profile(call: &mut Call<'_>) -> Answer {
    let employee = call.state.portal.employee(call.caller.user);
    Ok(employee
        .map_or_else(|| json!([]), super::super::state::portal::Employee::profile)
        .into())
}

fn admin(call: &mut Call<'_>) -> Answer {
    Ok(json!(call.is_admin()).into())
}

fn app_info(call: &mut Call<'_>) -> Answer {
    let Some(app) = call.state.access.app(&call.app()) else {
        return Err(ApiError::bad(
            "ACCESS_DENIED",
            "Access denied! Application context required",
        ));
    };
    let plan = if call.state.portal.boxed {
        "ru_selfhosted"
    } else {
        "ru_pro100"
    };
    Ok(json!({
        "ID": app.id, "CODE": app.client_id, "VERSION": 1, "STATUS": "L", "INSTALLED": true, "PAYMENT_EXPIRED": "N",
        "DAYS": null, "LANGUAGE_ID": "ru", "LICENSE": plan, "LICENSE_TYPE": "pro100", "LICENSE_FAMILY": "pro",
    })
    .into())
}

/// Everything that the simulated methods ask for.
pub(crate) const SCOPES: [&str; 9] = [
    "crm",
    "disk",
    "im",
    "imconnector",
    "imopenlines",
    "messageservice",
    "pull",
    "task",
    "user",
];

fn scope(call: &mut Call<'_>) -> Answer {
    if call.params.flag("full") {
        return Ok(json!(SCOPES).into());
    }
    Ok(json!(call.caller.scopes).into())
}

fn methods(call: &mut Call<'_>) -> Answer {
    let wanted = call.params.get("scope");
    let full = call.params.flag("full");
    let meant = |one: &&Method| match wanted {
        Value::Null => full || one.scope.is_empty() || call.caller.has(one.scope),
        scope => one.scope == php::text(scope),
    };
    let names: Vec<&str> = table().filter(meant).map(|one| one.name).collect();
    Ok(json!(names).into())
}

fn method_get(call: &mut Call<'_>) -> Answer {
    let name = call.params.text("name").unwrap_or_default();
    let found = table().find(|one| one.name == name);
    let available = found.is_some_and(|one| one.scope.is_empty() || call.caller.has(one.scope));
    Ok(json!({"isExisting": found.is_some(), "isAvailable": available}).into())
}

fn events(_call: &mut Call<'_>) -> Answer {
    Ok(json!(KNOWN).into())
}

fn feature(call: &mut Call<'_>) -> Answer {
    let Some(code) = call.params.text("CODE") else {
        return Err(ApiError::bad("CODE_EMPTY", "CODE can't be empty"));
    };
    let there = match code.as_str() {
        "rest_offline_extended" => call.state.portal.reserving,
        "rest_auth_connector" => call.state.portal.sources,
        _ => false,
    };
    Ok(json!({"value": if there { "Y" } else { "N" }}).into())
}

fn time(call: &mut Call<'_>) -> Answer {
    Ok(json!(call.state.date()).into())
}
