//! One function per remote call.

use std::time::Duration;

use contracts::Secret;
use net::{BaseAddress, Failure};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::wire::{Me, SentMessage, Updates};

/// For how long the network holds a poll that has nothing to tell.
const POLL: Duration = Duration::from_secs(25);
/// Time for the answer to a poll to travel.
const GRACE: Duration = Duration::from_secs(10);

/// The network's API, for whoever has the token.
#[derive(Debug)]
pub(super) struct Client {
    http: net::Client,
    api: BaseAddress,
}

impl Client {
    pub(super) fn new(http: net::Client, api: BaseAddress) -> Self {
        Self { http, api }
    }

    /// Whose token it is.
    pub(super) async fn me(&self, token: &Secret<String>) -> Result<Me, Failure> {
        let request = self.http.get(self.url("me")?);
        answer(request.bearer(token.expose())).await
    }

    /// What happened after the update `after`; waits when nothing did.
    pub(super) async fn updates(&self, token: &Secret<String>, after: i64) -> Result<Updates, Failure> {
        let request = self.http.get(self.url("updates")?).timeout(POLL + GRACE);
        let query = [("after", after), ("wait", POLL.as_secs().cast_signed())];
        answer(request.query(&query).bearer(token.expose())).await
    }

    pub(super) async fn send(&self, token: &Secret<String>, chat: &str, text: &str) -> Result<SentMessage, Failure> {
        let request = self.http.post(self.url("messages")?).json(&json!({"chat": chat, "text": text}));
        answer(request.bearer(token.expose())).await
    }

    fn url(&self, path: &str) -> Result<url::Url, Failure> {
        self.api.join(path).map_err(|_| Failure::Invalid)
    }
}

async fn answer<T: DeserializeOwned>(request: net::Request) -> Result<T, Failure> {
    let answer = request.send().await?;
    match answer.failure() {
        Some(failure) => Err(failure),
        None => answer.json(),
    }
}
