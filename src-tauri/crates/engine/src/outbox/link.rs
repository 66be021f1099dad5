use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use contracts::crm::{Crm, CrmError, CrmLink, Pace};
use domain::LinkId;
use tokio::sync::{Notify, watch};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::pace::Turns;

/// So many broken calls in a row, and the line itself is looked after: it may be the network, or an address that moved.
const BROKEN: u32 = 3;

/// A running link: what its tasks share.
pub(crate) struct RunningLink {
    pub(crate) id: LinkId,
    pub(crate) crm: &'static dyn Crm,
    /// Fires when this link is to stop.
    pub(crate) stop: CancellationToken,
    /// Something may be exported.
    pub(crate) pump: Notify,
    /// A reply may be made a message.
    pub(crate) answer: Notify,
    /// The fate of a reply may be told.
    pub(crate) tell: Notify,
    /// Try to connect now, do not wait.
    pub(crate) reconnect: Notify,
    /// Its tasks have left.
    ended: CancellationToken,
    /// The link of the present session, once it is ready.
    ready: watch::Sender<Option<Ready>>,
    session: Mutex<Session>,
}

/// A link that is ready.
#[derive(Clone)]
pub(crate) struct Ready {
    pub(crate) link: Arc<dyn CrmLink>,
    pub(crate) turns: Arc<Turns>,
}

#[derive(Default)]
struct Session {
    stop: CancellationToken,
    broken: Option<CrmError>,
    failures: u32,
}

impl RunningLink {
    pub(crate) fn new(id: LinkId, crm: &'static dyn Crm, stop: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            id,
            crm,
            stop,
            pump: Notify::new(),
            answer: Notify::new(),
            tell: Notify::new(),
            reconnect: Notify::new(),
            ended: CancellationToken::new(),
            ready: watch::Sender::new(None),
            session: Mutex::default(),
        })
    }

    /// Returns when its tasks have left: two of one link must never work side by side.
    pub(crate) async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Says that its tasks have left, however they do.
    pub(crate) fn ended_when_dropped(&self) -> DropGuard {
        self.ended.clone().drop_guard()
    }

    /// The link, while it is ready.
    pub(crate) fn ready(&self) -> Option<Ready> {
        self.ready.borrow().clone()
    }

    pub(crate) fn set_ready(&self, ready: Option<Ready>) {
        self.ready.send_replace(ready);
    }

    /// Begins a session; its token fires when the link stops or the session is broken off.
    pub(crate) fn begin_session(&self) -> CancellationToken {
        let stop = self.stop.child_token();
        *self.lock() = Session {
            stop: stop.clone(),
            ..Session::default()
        };
        stop
    }

    /// A call has failed. Answers how long to leave the link in peace; breaks the session off where the link itself is
    /// what has failed.
    pub(crate) fn hurt(&self, turns: &Turns, error: &CrmError, wait: impl Fn(u32) -> Duration) -> Duration {
        let mut session = self.lock();
        match error {
            CrmError::TooFast { bucket, wait } => {
                // Others use up the same account's rate, or the documented one has changed.
                tracing::warn!(link = %self.id, bucket, ?wait, "the CRM was called too fast");
                turns.rest(bucket, *wait);
                Duration::ZERO
            }
            CrmError::Network { .. } | CrmError::Blocked(_) => {
                session.failures = session.failures.saturating_add(1);
                if session.failures >= BROKEN {
                    session.breaks(error);
                }
                wait(session.failures)
            }
            error if error.fatal() => {
                session.breaks(error);
                Duration::ZERO
            }
            _ => Duration::ZERO,
        }
    }

    /// A call has succeeded.
    pub(crate) fn well(&self) {
        self.lock().failures = 0;
    }

    /// Why the session was broken off, if it was.
    pub(crate) fn take_broken(&self) -> Option<CrmError> {
        self.lock().broken.take()
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn breaks(&mut self, error: &CrmError) {
        self.broken.get_or_insert_with(|| error.clone());
        self.stop.cancel();
    }
}
