//! The push server: long polling and WebSocket over the same channels.
//!
//! <https://apidocs.bitrix24.com/settings/interactivity/custom-push-and-pull-client.html>

use super::Shared;
use super::state::pull::number;
use axum::extract::{Query, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Router, extract};
use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

/// How long a poll is held open before it ends with nothing.
const HELD: Duration = Duration::from_secs(40);

/// How often a silent socket is asked whether it still lives.
const PING: Duration = Duration::from_secs(30);

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/sub/", get(poll)).route("/subws/", any(socket))
}

/// The query of both.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Listening {
    /// Channels joined by `/`.
    #[serde(rename = "CHANNEL_ID")]
    channels: String,
    format: String,
    mid: Option<String>,
}

impl Listening {
    /// Commands after `mid`, or after now.
    fn from(&self, shared: &Shared) -> i64 {
        let asked = self.mid.as_deref().and_then(number);
        asked.unwrap_or_else(|| shared.lock().pull.last())
    }

    /// What was said in the channels meanwhile.
    fn look(&self, shared: &Shared, mid: i64) -> (i64, Vec<Value>) {
        let state = shared.lock();
        let channels: Vec<&str> = self.channels.split('/').collect();
        (state.pull.last(), state.pull.after(&channels, mid))
    }

    /// A channel that nobody opened, or whose time is over.
    fn is_known(&self, shared: &Shared) -> bool {
        let state = shared.lock();
        let now = state.now();
        let live = |id: &str| state.pull.channels.iter().any(|one| one.id == id && one.until > now);
        state.portal.push && self.channels.split('/').all(live)
    }

    /// JSON from version 4 on when asked for, else the frames of older servers.
    fn written(&self, frames: &[Value]) -> String {
        if self.format == "json" {
            return Value::Array(frames.to_vec()).to_string();
        }
        let framed = frames.iter().map(|frame| format!("#!NGINXNMS!#{frame}#!NGINXNME!#"));
        framed.collect::<Vec<_>>().join("\r\n")
    }
}

/// Answers when something is said; 304 when nothing was for a while.
async fn poll(extract::State(shared): extract::State<Shared>, Query(listening): Query<Listening>) -> Response {
    if !listening.is_known(&shared) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let (mid, until) = (listening.from(&shared), Instant::now() + HELD);
    loop {
        let arrived = shared.lock().pull.arrived.clone();
        let notified = arrived.notified();
        tokio::pin!(notified);
        // Listening starts before looking: what arrives in between is not missed.
        notified.as_mut().enable();
        let (_, frames) = listening.look(&shared, mid);
        if !frames.is_empty() {
            let body = listening.written(&frames);
            return ([(header::CONTENT_TYPE, "application/json")], body).into_response();
        }
        if tokio::time::timeout_at(until, notified).await.is_err() {
            return StatusCode::NOT_MODIFIED.into_response();
        }
    }
}

async fn socket(
    extract::State(shared): extract::State<Shared>,
    Query(listening): Query<Listening>,
    mut request: Request,
) -> Response {
    if !listening.is_known(&shared) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let key = request
        .headers()
        .get(header::SEC_WEBSOCKET_KEY)
        .map(|key| derive_accept_key(key.as_bytes()));
    let (Some(key), Some(upgrade)) = (key, request.extensions_mut().remove::<OnUpgrade>()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let gone = shared.lock().pull.gone.clone();
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, None).await;
            tokio::select! {
                () = speak(socket, shared, listening) => {}
                () = gone.cancelled() => {}
            }
        }
    });
    let told = [(header::CONNECTION, "upgrade"), (header::UPGRADE, "websocket")];
    (
        StatusCode::SWITCHING_PROTOCOLS,
        told,
        [(header::SEC_WEBSOCKET_ACCEPT, key)],
    )
        .into_response()
}

async fn speak(mut socket: WebSocketStream<TokioIo<Upgraded>>, shared: Shared, listening: Listening) {
    let mut mid = listening.from(&shared);
    loop {
        let arrived = shared.lock().pull.arrived.clone();
        let notified = arrived.notified();
        tokio::pin!(notified);
        notified.as_mut().enable();
        let (last, frames) = listening.look(&shared, mid);
        mid = last;
        if !frames.is_empty() && socket.send(Message::text(listening.written(&frames))).await.is_err() {
            return;
        }
        tokio::select! {
            () = notified => {}
            heard = socket.next() => match heard {
                Some(Ok(_)) => {}
                _ => return,
            },
            () = tokio::time::sleep(PING) => {
                if socket.send(Message::Ping(Bytes::new())).await.is_err() {
                    return;
                }
            }
        }
    }
}
