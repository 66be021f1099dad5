use std::{future::Future, sync::Arc, time::Duration};

use tokio::task::{AbortHandle, JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long a task may take to leave after it was asked to; then it is aborted. Rows continue where it was.
const PATIENCE: Duration = Duration::from_secs(4);

/// Named tasks that are never lost from sight: a panic is reported, a stop waits for all of them.
#[derive(Debug, Clone)]
pub(crate) struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
    aborts: Arc<std::sync::Mutex<Vec<AbortHandle>>>,
}

impl Tasks {
    pub(crate) fn new() -> Self {
        Self {
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
            aborts: Arc::default(),
        }
    }

    /// Fires when everything is to stop.
    pub(crate) fn stop_token(&self) -> &CancellationToken {
        &self.stop
    }

    /// Runs `work` until it ends. A panic in it is an error in the log, not a silence.
    pub(crate) fn spawn(&self, name: &'static str, work: impl Future<Output = ()> + Send + 'static) {
        let inner = self.tracker.spawn(work);
        let mut aborts = self.aborts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        aborts.retain(|task| !task.is_finished());
        aborts.push(inner.abort_handle());
        self.tracker.spawn(report(name, inner));
    }

    /// Signals, waits, aborts what is still there, waits for that too.
    pub(crate) async fn stop(&self) {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(PATIENCE, self.tracker.wait()).await.is_err() {
            tracing::warn!("tasks did not leave in time and are aborted");
            for task in self
                .aborts
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .drain(..)
            {
                task.abort();
            }
            self.tracker.wait().await;
        }
    }
}

async fn report(name: &'static str, task: JoinHandle<()>) {
    if let Err(error) = task.await
        && error.is_panic()
    {
        tracing::error!(task = name, "panicked");
    }
}
