//! Connectors: registering, switching on lines. <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/index.html>

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::php;
use crate::bitrix24::state::lines::Connector;
use serde_json::{Map, Value, json};

const SCOPE: &str = "imconnector";

pub(super) static METHODS: &[Method] = &[
    method("imconnector.register", SCOPE, For::Apps, register),
    method("imconnector.unregister", SCOPE, For::Apps, unregister),
    method("imconnector.activate", SCOPE, For::Apps, activate),
    method("imconnector.status", SCOPE, For::Apps, status),
    method("imconnector.list", SCOPE, For::Apps, list),
    method("imconnector.connector.data.set", SCOPE, For::Apps, data_set),
];

/// These methods say what is wrong inside a good answer.
fn soft(error: &str, description: &str) -> Answer {
    Ok(json!({"result": false, "error": error, "error_description": description}).into())
}

fn register(call: &mut Call<'_>) -> Answer {
    let text = |name: &str| {
        call.params
            .get(name)
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_lowercase)
    };
    let Some(id) = text("ID") else {
        return soft("CONNECTOR_ID_REQUIRED", "Не указан ID коннектора");
    };
    if text("NAME").is_none() {
        return soft("NAME_REQUIRED", "Не указано название коннектора");
    }
    if !php::member(call.params.get("ICON"), "DATA_IMAGE").is_string() {
        return soft("ICON_REQUIRED", "Не указана иконка коннектора");
    }
    if text("PLACEMENT_HANDLER").is_none() {
        return soft("NO_PLACEMENT_HANDLER", "Не удалось получить адрес обработчика встройки");
    }
    if id.contains('.') {
        let told = "Ошибка регистрации приложения. Недопустимо использовать точку в идентификаторе коннектора";
        return soft("APPLICATION_REGISTRATION_ERROR_POINT", told);
    }
    let app = call.app();
    if call
        .state
        .lines
        .connectors
        .get(&id)
        .is_some_and(|there| there.app != app)
    {
        return soft("APPLICATION_REGISTRATION_ERROR", "Ошибка регистрации приложения");
    }
    let usual = |name: &str, usual: bool| match call.params.get(name) {
        Value::Null => usual,
        given => php::flag(given),
    };
    let connector = Connector {
        app,
        name: call.params.text("NAME").unwrap_or_default(),
        group: usual("CHAT_GROUP", false),
        signature: usual("NEED_SIGNATURE", true),
        system: usual("NEED_SYSTEM_MESSAGES", true),
        edits: usual("EDIT_INTERNAL_MESSAGES", true),
        deletions: usual("DEL_INTERNAL_MESSAGES", true),
        external_deletions: usual("DEL_EXTERNAL_MESSAGES", true),
    };
    call.state.lines.connectors.insert(id, connector);
    Ok(json!({"result": true}).into())
}

fn unregister(call: &mut Call<'_>) -> Answer {
    let (id, app) = (call.params.text("ID").unwrap_or_default().to_lowercase(), call.app());
    if call
        .state
        .lines
        .connectors
        .get(&id)
        .is_none_or(|there| there.app != app)
    {
        return soft(
            "APPLICATION_UNREGISTRATION_ERROR",
            "Ошибка удаления регистрации приложения",
        );
    }
    call.state.lines.connectors.remove(&id);
    call.state.lines.hookups.retain(|(connector, _), _| *connector != id);
    Ok(json!({"result": true}).into())
}

/// A connector by the `CONNECTOR` of a call, which must be the calling app's own.
pub(super) fn own(call: &Call<'_>) -> Result<String, ApiError> {
    let id = call.required("CONNECTOR")?.to_lowercase();
    match call.state.lines.connectors.get(&id) {
        Some(connector) if connector.app == call.app() => Ok(id),
        _ => Err(ApiError::bad(
            "IMCONNECTOR_NO_CORRECT_PROVIDER",
            "Could not find a suitable provider for the connector",
        )),
    }
}

fn activate(call: &mut Call<'_>) -> Answer {
    let connector = call.required("CONNECTOR")?.to_lowercase();
    let line = call.required_int("LINE")?;
    if call.params.get("ACTIVE").is_null() {
        return Err(ApiError::argument("ACTIVE"));
    }
    let there = call.state.lines.lines.contains_key(&line) && own(call).is_ok();
    if !there {
        return Ok(json!(false).into());
    }
    let active = php::flag(call.params.get("ACTIVE"));
    call.state.lines.hookups.entry((connector, line)).or_default().active = active;
    Ok(json!(true).into())
}

fn status(call: &mut Call<'_>) -> Answer {
    let connector = call.required("CONNECTOR")?.to_lowercase();
    let line = call.params.int("LINE").unwrap_or(0);
    let active = call.state.lines.is_active(&connector, line) && own(call).is_ok();
    Ok(json!({"LINE": line, "CONNECTOR": connector, "ERROR": false, "CONFIGURED": active, "STATUS": active}).into())
}

fn list(call: &mut Call<'_>) -> Answer {
    if !call.is_admin() {
        return Err(ApiError::bad("ACCESS_DENIED", "You don't have access to this action"));
    }
    let mut names = Map::new();
    for (id, name) in [
        ("livechat", "Онлайн-чат"),
        ("telegrambot", "Telegram"),
        ("network", "Битрикс24.Network"),
    ] {
        names.insert(id.to_owned(), name.into());
    }
    names.extend(
        call.state
            .lines
            .connectors
            .iter()
            .map(|(id, one)| (id.clone(), one.name.clone().into())),
    );
    Ok(Value::Object(names).into())
}

fn data_set(call: &mut Call<'_>) -> Answer {
    let connector = call.required("CONNECTOR")?.to_lowercase();
    let line = call.required_int("LINE")?;
    let data = call.params.map("DATA").filter(|data| !data.is_empty());
    let data = data.ok_or_else(|| ApiError::argument("DATA"))?;
    own(call)?;
    call.state.lines.hookups.entry((connector, line)).or_default().data = Some(Value::Object(data));
    Ok(json!(true).into())
}
