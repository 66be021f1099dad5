//! Signed requests. <https://www.amocrm.ru/developers/content/chats/chat-api-reference>
//!
//! `X-Signature` is HMAC-SHA1, in lower-case hex, of five lines: method, `Content-MD5`, `Content-Type`, `Date`, and the
//! path without its query. A signature is good for fifteen minutes.

use super::error::Refusal;
use crate::amocrm::Shared;
use crate::amocrm::rest::query::Query;
use crate::amocrm::state::State;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest, Md5};
use serde_json::Value;
use sha1::Sha1;
use std::sync::MutexGuard;

/// Seconds.
const LIFE: i64 = 15 * 60;

/// A request whose signature was right.
#[derive(Debug)]
pub(super) struct Signed {
    shared: Shared,
    pub(super) query: Query,
    bytes: Bytes,
}

impl Signed {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    pub(super) fn shared(&self) -> Shared {
        self.shared.clone()
    }

    pub(super) fn json(&self) -> Result<Value, Refusal> {
        serde_json::from_slice(&self.bytes).map_err(|_| Refusal::Invalid("body is not JSON"))
    }

    /// Nothing but the connection itself works before the channel is connected.
    pub(super) fn within(&self, scope: &str) -> Result<(), Refusal> {
        let state = self.state();
        let own = self::scope(&state);
        let connected = state.channel.connected.is_some() && own == scope;
        connected.then_some(()).ok_or(Refusal::NotRegistered)
    }
}

/// `{channel}_{account}`
pub(super) fn scope(state: &State) -> String {
    format!("{}_{}", state.channel.id, state.account.amojo_id)
}

impl FromRequest<Shared> for Signed {
    type Rejection = Refusal;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Refusal> {
        let (head, body) = request.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let state = shared.lock();
        // Nested routes see the rest of the path only; the signature is of the whole.
        let original = head.extensions.get::<axum::extract::OriginalUri>();
        let uri = original.map_or(&head.uri, |original| &original.0);
        let own = uri.path().contains(&state.channel.id);
        if !own {
            return Err(Refusal::NotRegistered);
        }
        let lines = Lines::of(head.method.as_str(), &head.headers, uri.path());
        let lines = lines.ok_or(Refusal::Signature)?;
        let sent = text(&head.headers, "x-signature").unwrap_or_default();
        let fresh = seconds(&lines.date).is_some_and(|at| (state.now() - at).abs() <= LIFE);
        if !fresh || lines.md5 != md5(&bytes) || sent != lines.signed(&state.channel.secret) {
            return Err(Refusal::Signature);
        }
        drop(state);
        Ok(Self {
            shared: shared.clone(),
            query: Query::parse(head.uri.query().unwrap_or_default()),
            bytes,
        })
    }
}

/// What is signed.
struct Lines {
    method: String,
    md5: String,
    kind: String,
    date: String,
    path: String,
}

impl Lines {
    fn of(method: &str, headers: &HeaderMap, path: &str) -> Option<Self> {
        Some(Self {
            method: method.to_owned(),
            md5: text(headers, "content-md5")?.to_owned(),
            kind: text(headers, "content-type")?.to_owned(),
            date: text(headers, "date")?.to_owned(),
            path: path.to_owned(),
        })
    }

    fn signed(&self, secret: &str) -> String {
        let Self {
            method,
            md5,
            kind,
            date,
            path,
        } = self;
        sign(secret, format!("{method}\n{md5}\n{kind}\n{date}\n{path}").as_bytes())
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn seconds(date: &str) -> Option<i64> {
    let zoned = jiff::fmt::rfc2822::parse(date).ok()?;
    Some(zoned.timestamp().as_second())
}

fn md5(bytes: &[u8]) -> String {
    hex(&Md5::digest(bytes))
}

/// HMAC-SHA1 in lower-case hex; the secret is taken as text. Hooks are signed over their body alone.
pub(super) fn sign(secret: &str, bytes: &[u8]) -> String {
    // A key of any length will do for HMAC.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(bytes);
    hex(&mac.finalize().into_bytes())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample of kommo.com/developers/content/chats/getting-chat-history
    #[test]
    fn the_documented_sample_has_the_documented_signature() {
        let lines = Lines {
            method: "GET".to_owned(),
            md5: md5(b""),
            kind: "application/json".to_owned(),
            date: "Tue, 13 Dec 2022 11:00:00 +0000".to_owned(),
            path: "/v2/origin/custom/f62a0162-46a7-430e-b06c-0ef798d76a21_52fd2a28-d2eb-4bd8-b862-a67934927b38\
                   /chats/30477717-9f3c-4d3f-8101-60327e14dc48/history"
                .to_owned(),
        };
        let signature = lines.signed("fb50586ff7b68cd831fe0ef356345903f644c0d2");
        assert_eq!(signature, "2a2593df86235c44943a40ce35409d18bda5778c");
    }
}
