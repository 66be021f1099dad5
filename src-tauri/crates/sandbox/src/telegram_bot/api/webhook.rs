//! The webhook as far as polling notices it: it is remembered, and nothing is ever delivered to it.

use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::{State, Webhook};
use crate::telegram_bot::wire::put;
use serde_json::{Value, json};

/// The server's own default.
const MAX_CONNECTIONS: i64 = 40;

/// `setWebhook`; an empty address deletes it.
pub(crate) fn set_webhook(state: &mut State, call: &Request) -> Answer {
    let url = call.text("url");
    if url.is_empty() {
        return delete_webhook(state, call);
    }
    if !url.starts_with("https://") {
        return Err(ApiError::bad("bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let max_connections = call.number("max_connections", MAX_CONNECTIONS).clamp(1, 100);
    state.webhook = Some(Webhook {
        url: url.to_owned(),
        max_connections,
    });
    state.updates.allow(call.text("allowed_updates"));
    forget_pending(state, call);
    state.updates.wake.notify_waiters();
    Ok(Value::Bool(true))
}

/// `deleteWebhook`.
pub(crate) fn delete_webhook(state: &mut State, call: &Request) -> Answer {
    state.webhook = None;
    forget_pending(state, call);
    Ok(Value::Bool(true))
}

fn forget_pending(state: &mut State, call: &Request) {
    if call.flag("drop_pending_updates") {
        state.updates.clear();
    }
}

/// `getWebhookInfo`.
pub(crate) fn get_webhook_info(state: &mut State, _: &Request) -> Answer {
    let url = state
        .webhook
        .as_ref()
        .map(|webhook| webhook.url.as_str())
        .unwrap_or_default();
    let mut info = json!({
        "url": url, "has_custom_certificate": false, "pending_update_count": state.updates.pending(),
    });
    let webhook = state.webhook.as_ref();
    put(
        &mut info,
        "max_connections",
        webhook.map(|webhook| webhook.max_connections.into()),
    );
    put(&mut info, "ip_address", webhook.map(|_| "127.0.0.1".into()));
    put(
        &mut info,
        "allowed_updates",
        state.updates.allowed_unless_default().map(Into::into),
    );
    Ok(info)
}
