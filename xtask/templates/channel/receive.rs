//! One session of receiving: who am I, then poll after poll; and sending.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicI64, Ordering},
};

use contracts::{
    Secret,
    channel::{Exit, OutgoingMessage, SendError, Sent, Sink},
};
use domain::{At, RemoteId};

use super::{
    client::Client,
    convert::{self, NEWEST},
    errors::{call_error, send_error},
};

/// One connected account.
pub(super) struct Account {
    client: Client,
    token: Secret<String>,
    /// The newest update that is committed.
    newest: AtomicI64,
}

impl Account {
    pub(super) fn new(client: Client, token: Secret<String>, cursors: &BTreeMap<String, String>) -> Self {
        let newest = cursors.get(NEWEST).and_then(|text| text.parse().ok()).unwrap_or(0);
        Self {
            client,
            token,
            newest: AtomicI64::new(newest),
        }
    }

    /// Receives until something breaks. Dropping it at any point loses nothing: the cursor moves with what is committed.
    pub(super) async fn session(&self, sink: &dyn Sink) -> Exit {
        if let Err(failure) = self.client.me(&self.token).await {
            return Exit::Broken(call_error(failure));
        }
        sink.online().await;
        loop {
            let after = self.newest.load(Ordering::Relaxed);
            let updates = match self.client.updates(&self.token, after).await {
                Ok(updates) => updates,
                Err(failure) => return Exit::Broken(call_error(failure)),
            };
            let newest = updates.newest;
            if newest == after {
                continue;
            }
            if sink.accept(convert::batch(updates)).await.is_err() {
                return Exit::Stopped;
            }
            self.newest.store(newest, Ordering::Relaxed);
        }
    }

    pub(super) async fn send_message(&self, message: &OutgoingMessage) -> Result<Sent, SendError> {
        let sent = self.client.send(&self.token, message.chat.as_str(), &message.text).await.map_err(send_error)?;
        Ok(Sent {
            remote_id: RemoteId::new(sent.id),
            sent_at: Some(At::from_secs(sent.date)),
        })
    }
}
