//! The demo's accounts and its CRMs, through the same calls that the wizard makes.

use std::collections::BTreeMap;

use api::{App, error::ApiError};
use contracts::channel::Endpoint;
use sandbox::World;
use serde_json::{Value, json};

mod crms;

/// Which simulator speaks for which channel. Both ask for a token and nothing else.
const ACCOUNTS: &[Account] = &[
    Account {
        channel: "telegram_bot",
        vendor: "telegram_bot",
    },
    Account {
        channel: "vk_messages",
        vendor: "vk",
    },
];
const FLOW: &str = "token";

struct Account {
    channel: &'static str,
    vendor: &'static str,
}

/// Why an account was not connected.
#[derive(Debug, thiserror::Error)]
enum ConnectError {
    #[error("no simulator {0}")]
    NoSimulator(&'static str),
    #[error("{} {}", .0.reason, .0.fields.iter().map(|at| format!("{}: {}", at.field, at.reason)).collect::<String>())]
    Refused(ApiError),
    #[error("the login wants more than a token: {0}")]
    Unexpected(String),
}

/// Irina, who has been through the wizard already. What a kept demo changed is left as it is.
pub(super) async fn introduce(app: &App) {
    let known = app.call("boot", Value::Null).await;
    if known.is_ok_and(|boot| boot.pointer("/onboarding/step") == Some(&json!("done"))) {
        return;
    }
    let irina = json!({
        "name": "Ирина Белова", "email": "irina@lavka-dom.example", "phone": "",
        "language": "ru", "time_zone": "Europe/Moscow", "alert_email": "",
    });
    for (call, payload) in [("profile.save", irina), ("onboarding.save", json!({"step": "done"}))] {
        if let Err(error) = app.call(call, payload).await {
            tracing::error!(call, reason = %error.reason, "demo: Irina could not be introduced");
        }
    }
}

pub(super) async fn connect(app: &App, world: &World) {
    for account in ACCOUNTS {
        match account.connect(app, world).await {
            Ok(()) => tracing::info!(channel = account.channel, "demo: connected"),
            Err(error) => tracing::error!(channel = account.channel, %error, "demo: not connected"),
        }
    }
    crms::connect(app, world).await;
}

/// A login that asks for these forms, one after the other.
async fn log_in(app: &App, call: &str, begin: Value, forms: &[Value], end: &str) -> Result<(), ConnectError> {
    let begun = app.call(call, begin).await.map_err(ConnectError::Refused)?;
    let login = begun.get("login_id").cloned().unwrap_or_default();
    let mut last = "nothing".to_owned();
    for inputs in forms {
        let entered = json!({ "login_id": login, "inputs": inputs });
        let answer = app.call("login.next", entered).await.map_err(ConnectError::Refused)?;
        let step = answer.pointer("/step/kind").and_then(Value::as_str);
        last = step.unwrap_or("nothing").to_owned();
    }
    if last == end {
        Ok(())
    } else {
        Err(ConnectError::Unexpected(last))
    }
}

/// Every address of a service leads to the simulator; one on this machine is ours, not the service's.
fn leading_to(endpoints: Option<&[Endpoint]>, address: &str) -> BTreeMap<String, String> {
    let bare = address.trim_end_matches('/');
    let all = endpoints.unwrap_or_default().iter();
    all.filter(|endpoint| !endpoint.default.starts_with("http://127.0.0.1"))
        .map(|endpoint| (endpoint.key.to_owned(), bare.to_owned()))
        .collect()
}

impl Account {
    /// A simulator's port and token are new at each start. An account that a kept demo has is recognised by the
    /// network's own id and gets them.
    async fn connect(&self, app: &App, world: &World) -> Result<(), ConnectError> {
        let missing = || ConnectError::NoSimulator(self.vendor);
        let running = world.vendor(self.vendor).map_err(|_| missing())?;
        let credentials = running.vendor.credentials();
        let token = credentials.get("token").and_then(Value::as_str).ok_or_else(missing)?;
        let channel = app.engine().channel(self.channel);
        let endpoints = channel.map(|channel| channel.descriptor().endpoints);
        let begin = json!({
            "channel": self.channel, "flow": FLOW, "endpoints": leading_to(endpoints, running.base_url.as_str()),
        });
        log_in(app, "login.start", begin, &[json!({ "token": token })], "done").await
    }
}
