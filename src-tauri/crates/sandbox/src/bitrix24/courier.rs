//! What the portal does on its own: calls handlers of events, fetches files whose addresses clients gave.
//!
//! Only addresses of this machine are called: a simulator must not reach outside. Everything is tried once, as the
//! vendor's queue does.

use super::Shared;
use super::state::State;
use crate::media::Media;
use crate::outward;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use hyper::{Request, header};
use std::sync::{Mutex, Weak};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::Url;

/// How long a whole errand may take, a large file included.
const PATIENCE: Duration = Duration::from_secs(20);

/// Longest answer that is read.
const LARGEST: usize = 100 << 20;

/// Something to be done outside of the state.
#[derive(Debug, Clone)]
pub(crate) enum Errand {
    /// Calls a handler.
    Post {
        url: String,
        /// Encoded.
        form: String,
    },
    /// Fetches a file of a message.
    Fetch {
        url: String,
        chat: i64,
        message: i64,
        /// Its place among the files of the message.
        place: usize,
    },
}

/// Takes errands; they are done in the background.
#[derive(Debug, Clone)]
pub(crate) struct Courier(UnboundedSender<Errand>);

impl Courier {
    pub(crate) fn new() -> (Self, UnboundedReceiver<Errand>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    pub(crate) fn send(&self, errand: Errand) {
        // Nobody to do it any more: the world is ending.
        let _ = self.0.send(errand);
    }
}

/// Does errands until the portal is gone.
pub(crate) async fn run(mut errands: UnboundedReceiver<Errand>, portal: Weak<Mutex<State>>) {
    while let Some(errand) = errands.recv().await {
        tokio::spawn(tokio::time::timeout(PATIENCE, carry_out(errand, portal.clone())));
    }
}

async fn carry_out(errand: Errand, portal: Weak<Mutex<State>>) {
    match errand {
        Errand::Post { url, form } => drop(ask(&url, Some(form)).await),
        Errand::Fetch {
            url,
            chat,
            message,
            place,
        } => {
            let data = ask(&url, None).await;
            if let (Some(data), Some(portal)) = (data, portal.upgrade()) {
                Shared::of(portal).lock().lines.fetched(chat, message, place, data);
            }
        }
    }
}

/// POST with a form, or GET; none when there was no good answer.
async fn ask(address: &str, form: Option<String>) -> Option<Bytes> {
    let url = Url::parse(address).ok()?;
    let request = Request::builder()
        .method(if form.is_some() { "POST" } else { "GET" })
        .header(header::USER_AGENT, "Bitrix24 Webhook Engine")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    match outward::call(&url, request, form.unwrap_or_default().into()).await {
        Ok(answer) if answer.status().is_success() => to_bytes(Body::new(answer.into_body()), LARGEST).await.ok(),
        Ok(answer) => {
            tracing::debug!(status = %answer.status(), "an address did not want a call");
            None
        }
        Err(error) => {
            tracing::debug!(%error, "an address was not reached");
            None
        }
    }
}

/// A fetched file.
pub(crate) fn file(name: &str, data: Bytes) -> Media {
    let size = crate::media::pixels(&data);
    let media = Media::new(name, data);
    match size {
        Some((width, height)) => media.sized(width, height),
        None => media,
    }
}
