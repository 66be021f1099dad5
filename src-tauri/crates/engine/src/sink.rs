use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use contracts::channel::{Batch, Sink, SinkClosed};
use domain::{Connection, ConnectionEvent};

use crate::{account::Running, engine::Shared, supervisor};

/// Where the events of one session go.
pub(crate) struct EngineSink {
    shared: Arc<Shared>,
    running: Arc<Running>,
    online: AtomicBool,
}

impl EngineSink {
    pub(crate) fn new(shared: Arc<Shared>, running: Arc<Running>) -> Self {
        Self {
            shared,
            running,
            online: AtomicBool::new(false),
        }
    }

    /// Whether the line ever stood in this session.
    pub(crate) fn was_online(&self) -> bool {
        self.online.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Sink for EngineSink {
    async fn accept(&self, batch: Batch) -> Result<(), SinkClosed> {
        // Whoever was stopped meanwhile confirms nothing: a successor may already read from the same cursor.
        if self.running.stop.is_cancelled() {
            return Err(SinkClosed);
        }
        self.shared.ingest.accept(&self.running, batch).await
    }

    async fn online(&self) {
        if self.online.swap(true, Ordering::Relaxed) {
            return;
        }
        self.running.set_online(true);
        let now = self.shared.clock.now();
        let line = Connection::off(now).next(ConnectionEvent::Established, now);
        if let Err(error) = supervisor::announce(&self.shared, &self.running, &line).await {
            tracing::error!(account = %self.running.id, %error, "state not stored");
        }
    }
}
