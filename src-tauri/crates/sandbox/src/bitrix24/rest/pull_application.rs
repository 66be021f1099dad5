//! The push server: where to listen, and speaking in an app's channel.
//!
//! <https://apidocs.bitrix24.com/settings/interactivity/push-and-pull/pull-application-config-get.html>

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::php;
use serde_json::{Value, json};

pub(super) static METHODS: &[Method] = &[
    method("pull.application.config.get", "pull", For::Apps, config),
    method("pull.application.event.add", "pull", For::Apps, event_add),
    method("pull.application.push.add", "pull", For::Apps, push_add),
];

fn config(call: &mut Call<'_>) -> Answer {
    let (app, user, now) = (call.app(), call.caller.user, call.state.host.clock.now());
    let (shared, private) = (call.state.channel(&app, None), call.state.channel(&app, Some(user)));
    let ends = |until: i64| jiff::Timestamp::from_second(until).map(php::date).unwrap_or_default();
    let (secure, plain) = (call.state.url("/sub/"), call.state.url("/sub/"));
    let socket = |address: &str| address.replacen("http", "ws", 1).replace("/sub/", "/subws/");
    Ok(json!({
        "server": {
            "version": 4, "server_enabled": call.state.portal.push, "mode": "personal", "hostname": call.state.domain(),
            "long_polling": plain, "long_pooling_secure": secure, "websocket_enabled": true, "websocket": socket(&plain),
            "websocket_secure": socket(&secure), "publish_enabled": false, "publish": "", "publish_secure": "",
            "config_timestamp": now.as_second(),
        },
        "api": {"revision_web": 19, "revision_mobile": 3},
        "channels": {
            "shared": {"id": shared.id, "start": php::date(shared.since), "end": ends(shared.until), "type": "shared"},
            "private": {
                "id": private.id, "public_id": private.public, "start": php::date(private.since),
                "end": ends(private.until), "type": "private",
            },
        },
        "exp": shared.until,
        "publicChannels": {},
    })
    .into())
}

fn event_add(call: &mut Call<'_>) -> Answer {
    let of = |name: &str, more: &'static str| {
        let fits = move |text: &String| {
            text.chars()
                .all(|one| one.is_ascii_alphanumeric() || more.contains(one))
        };
        call.params.text(name).filter(fits)
    };
    let command = of("COMMAND", "_:|.-").ok_or_else(|| ApiError::bad("COMMAND_ERROR", "Command format error"))?;
    let module = match call.params.get("MODULE_ID") {
        Value::Null => "application".to_owned(),
        _ => of("MODULE_ID", "._").ok_or_else(|| ApiError::bad("MODULE_ID_ERROR", "Module ID format error"))?,
    };
    let users: Vec<i64> = call.params.list("USER_ID").into_iter().filter_map(php::int).collect();
    if !call.is_admin() && users.iter().any(|user| *user != call.caller.user) {
        let told = "Only admin can send notifications to other channels";
        return Err(ApiError::bad("USER_ID_ACCESS_ERROR", told));
    }
    let (app, params) = (call.app(), call.params.get("PARAMS").clone());
    if users.is_empty() {
        call.state.pull_tell(&app, None, &module, &command, &params);
    }
    for user in users {
        call.state.pull_tell(&app, Some(user), &module, &command, &params);
    }
    Ok(json!(true).into())
}

fn push_add(call: &mut Call<'_>) -> Answer {
    if !call.is_admin() {
        return Err(ApiError::bad(
            "ACCESS_ERROR",
            "You do not have access to send push notifications",
        ));
    }
    let text = call
        .params
        .text("TEXT")
        .ok_or_else(|| ApiError::bad("TEXT_ERROR", "Text can't be empty"))?;
    let users: Vec<i64> = call.params.list("USER_ID").into_iter().filter_map(php::int).collect();
    call.state
        .portal
        .notified
        .extend(users.into_iter().map(|user| (user, text.clone())));
    Ok(json!(true).into())
}
