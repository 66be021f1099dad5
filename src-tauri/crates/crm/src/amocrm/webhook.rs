//! Managers' messages as the service tells them to the channel's address, for those who lead that address to this
//! computer through a tunnel of their own. <https://www.amocrm.ru/developers/content/chats/chat-webhooks>
//!
//! ```text
//!   tunnel ─► 127.0.0.1:port ─ signature ─► waiting ─► poll ─► rows ─► confirm ─► 200
//! ```
//!
//! The same door as for what is asked for by time: a message has one number in both, and is taken once. It is answered
//! with 200 only when it is a row; the service tells each once, and whatever is lost that way is asked for later.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use contracts::{
    Clock, Secret,
    channel::Certainty,
    crm::{Bell, CrmError, CrmEvent, Polled},
};
use domain::{CrmEntity, CrmRef};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{Mutex, Notify, oneshot},
    task::AbortHandle,
};
use tokio_util::sync::CancellationToken;

use super::{
    amojo::is_signed,
    errors::{ApiError, reason},
    link::AmoLink,
    replies::{Cursor, is_managers, of_history},
    wire::{AmojoMessage, Talk},
};

/// The service waits five seconds for the answer.
const PATIENCE: Duration = Duration::from_secs(4);
/// A message holds addresses of files, never their bytes.
const LARGEST: usize = 1 << 20;
const SIGNATURE: &str = "x-signature";

/// The listener of one link.
pub(super) struct Webhook {
    port: u16,
    door: Arc<Door>,
    /// Answers that are due when their message is a row.
    taken: Mutex<Vec<oneshot::Sender<()>>>,
    listening: Mutex<Option<Listening>>,
}

/// What requests and the link share.
struct Door {
    secret: Secret<String>,
    clock: Arc<dyn Clock>,
    waiting: Mutex<Vec<Told>>,
    news: Notify,
    /// Somebody who knows the secret has called: the way through the tunnel works.
    works: AtomicBool,
}

struct Told {
    said: Said,
    stored: oneshot::Sender<()>,
}

/// Ends with its owner.
struct Listening(AbortHandle);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What the service tells; all but messages (typing, reactions) is of no interest here.
#[derive(Deserialize)]
struct Hook {
    message: Option<Said>,
}

#[derive(Deserialize)]
struct Said {
    conversation: Conversation,
    #[serde(flatten)]
    message: AmojoMessage,
}

#[derive(Deserialize)]
struct Conversation {
    id: String,
}

impl Webhook {
    pub(super) fn new(port: u16, secret: Secret<String>, clock: Arc<dyn Clock>) -> Self {
        Self {
            port,
            door: Arc::new(Door {
                secret,
                clock,
                waiting: Mutex::default(),
                news: Notify::new(),
                works: AtomicBool::new(false),
            }),
            taken: Mutex::default(),
            listening: Mutex::default(),
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Whether asking by time may become rare.
    pub(super) fn works(&self) -> bool {
        self.door.works.load(Ordering::Relaxed)
    }

    /// Listens, on loopback alone. Harmless to repeat.
    ///
    /// # Errors
    /// Another program has the port.
    pub(super) async fn listen(&self) -> std::io::Result<()> {
        let mut listening = self.listening.lock().await;
        if listening.is_some() {
            return Ok(());
        }
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let routes = Router::new()
            .route("/", post(hear))
            .route("/{*path}", post(hear))
            .layer(DefaultBodyLimit::max(LARGEST))
            .with_state(self.door.clone());
        let served = tokio::spawn(async move {
            if let Err(error) = axum::serve(socket, routes).await {
                tracing::warn!(%error, "the listener for webhooks has ended");
            }
        });
        *listening = Some(Listening(served.abort_handle()));
        Ok(())
    }

    /// What has come since this was asked last. Whoever was not confirmed by then is not answered with 200.
    async fn take(&self) -> Vec<Said> {
        let told = std::mem::take(&mut *self.door.waiting.lock().await);
        let (said, stored) = told.into_iter().map(|told| (told.said, told.stored)).unzip();
        *self.taken.lock().await = stored;
        said
    }

    /// What was taken is rows now.
    pub(super) async fn confirm(&self) {
        for stored in self.taken.lock().await.drain(..) {
            // Whoever does not wait any longer will find it there.
            let _ = stored.send(());
        }
    }
}

/// A request from anybody.
async fn hear(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    if !signature.is_some_and(|signature| is_signed(door.secret.expose(), &body, signature)) {
        tracing::debug!("a webhook without a valid signature");
        return StatusCode::UNAUTHORIZED;
    }
    door.works.store(true, Ordering::Relaxed);
    let said = serde_json::from_slice::<Hook>(&body).map(|hook| hook.message);
    let Ok(Some(said)) = said else {
        // Signed and unreadable: what is asked for by time will show what it was.
        door.news.notify_one();
        return StatusCode::OK;
    };
    let (stored, is_stored) = oneshot::channel();
    door.waiting.lock().await.push(Told { said, stored });
    door.news.notify_one();
    tokio::select! {
        stored = is_stored => stored.map_or(StatusCode::SERVICE_UNAVAILABLE, |()| StatusCode::OK),
        () = door.clock.sleep(PATIENCE) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[async_trait]
impl Bell for Webhook {
    async fn ring(&self, stop: &CancellationToken) -> Result<(), CrmError> {
        if let Err(error) = self.listen().await {
            tracing::debug!(%error, port = self.port, "webhooks can't be heard");
            return Err(CrmError::Network {
                reason: reason("amocrm.reason.webhook_port").with("port", self.port),
                certainty: Certainty::NotDone,
            });
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.door.news.notified() => {}
        }
        Ok(())
    }
}

impl AmoLink {
    /// What was told since the last poll; `None` where nothing was. Chats that are not bound yet (a manager writes
    /// first) are left to the poll by time, which asks whose they are.
    pub(super) async fn told(&self, cursor: &Cursor) -> Result<Option<Polled>, ApiError> {
        let Some(webhook) = &self.webhook else { return Ok(None) };
        let told = webhook.take().await;
        if told.is_empty() {
            return Ok(None);
        }
        let mut events = Vec::new();
        for Said { conversation, message } in told {
            let chat = conversation.id;
            let own = self.own_messages(&chat).await?;
            let known = !self
                .deps
                .notebook
                .who(&CrmRef::new(CrmEntity::Chat, &chat))
                .await?
                .is_empty();
            if !known || !is_managers(&message, 0, &own) || cursor.holds_past(&message) {
                continue;
            }
            let talk = Talk {
                chat_id: chat,
                ..Talk::default()
            };
            let target = self.reply_target(&talk).await?;
            events.push(CrmEvent::Reply(Box::new(of_history(&message, &talk, target))));
        }
        Ok(Some(Polled {
            events,
            cursors: Vec::new(),
            more: true,
            confirm: Some(confirmation()),
        }))
    }

    /// See [`contracts::crm::CrmLink::confirm`].
    pub(super) async fn answer_webhook(&self, confirm: &Value) {
        if let Some(webhook) = self.webhook.as_ref().filter(|_| *confirm == confirmation()) {
            webhook.confirm().await;
        }
    }
}

fn confirmation() -> Value {
    json!("webhook")
}
