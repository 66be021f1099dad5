//! Connecting the channel to the account. <https://www.amocrm.ru/developers/content/chats/chat-start>

use super::error::Refusal;
use super::signature::{Signed, scope};
use crate::amocrm::rest::page::text;
use axum::Json;
use axum::extract::Path;
use serde_json::{Value, json};

/// Connected again changes the title.
pub(super) async fn connect(Path(channel): Path<String>, signed: Signed) -> Result<Json<Value>, Refusal> {
    let wish = signed.json()?;
    let mut state = signed.state();
    if channel != state.channel.id {
        return Err(Refusal::NotRegistered);
    }
    let account = text(&wish, "account_id").ok_or(Refusal::Invalid("account_id is required"))?;
    if account != state.account.amojo_id {
        return Err(Refusal::NotFound("account not found"));
    }
    let title = text(&wish, "title").unwrap_or("Чат").to_owned();
    state.channel.connected = Some(title.clone());
    let version = text(&wish, "hook_api_version").unwrap_or("v1");
    let window = wish.get("is_time_window_disabled").and_then(Value::as_bool);
    Ok(Json(
        json!({"account_id": account, "scope_id": scope(&state), "title": title, "hook_api_version": version,
        "is_time_window_disabled": window.unwrap_or(false)}),
    ))
}

pub(super) async fn disconnect(Path(channel): Path<String>, signed: Signed) -> Result<Json<Value>, Refusal> {
    let mut state = signed.state();
    if channel != state.channel.id {
        return Err(Refusal::NotRegistered);
    }
    state.channel.connected = None;
    Ok(Json(json!({})))
}
