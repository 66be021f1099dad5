use std::sync::{Arc, Mutex, PoisonError};

use contracts::channel::{CallError, Channel, Connector};
use domain::AccountId;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// A running account: what its tasks share.
pub(crate) struct Running {
    pub(crate) id: AccountId,
    pub(crate) channel: &'static dyn Channel,
    /// Fires when this account is to stop.
    pub(crate) stop: CancellationToken,
    /// The connector of the present session.
    connector: watch::Sender<Option<Arc<dyn Connector>>>,
    /// Whether messages flow.
    online: watch::Sender<bool>,
    /// Something may be sent.
    pub(crate) delivery: Notify,
    /// Something may be fetched.
    pub(crate) fetch: Notify,
    /// Try to connect now, do not wait.
    pub(crate) reconnect: Notify,
    /// The present session, and why it was broken off from outside.
    session: Mutex<Session>,
}

#[derive(Default)]
struct Session {
    stop: CancellationToken,
    broken: Option<CallError>,
}

impl Running {
    pub(crate) fn new(id: AccountId, channel: &'static dyn Channel, stop: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            id,
            channel,
            stop,
            connector: watch::Sender::new(None),
            online: watch::Sender::new(false),
            delivery: Notify::new(),
            fetch: Notify::new(),
            reconnect: Notify::new(),
            session: Mutex::default(),
        })
    }

    /// The connector, while there is one.
    pub(crate) fn connector(&self) -> Option<Arc<dyn Connector>> {
        self.connector.borrow().clone()
    }

    pub(crate) fn set_connector(&self, connector: Option<Arc<dyn Connector>>) {
        self.connector.send_replace(connector);
    }

    pub(crate) fn is_online(&self) -> bool {
        *self.online.borrow()
    }

    pub(crate) fn set_online(&self, online: bool) {
        self.online.send_replace(online);
        if online {
            self.delivery.notify_one();
            self.fetch.notify_one();
        }
    }

    /// Begins a session; its token fires when the account stops or the session is broken off.
    pub(crate) fn begin_session(&self) -> CancellationToken {
        let stop = self.stop.child_token();
        *self.lock() = Session {
            stop: stop.clone(),
            broken: None,
        };
        stop
    }

    /// A call outside of receiving has learnt that the session is over (logged out, stuck).
    pub(crate) fn break_session(&self, error: CallError) {
        let mut session = self.lock();
        session.broken.get_or_insert(error);
        session.stop.cancel();
    }

    /// Why the session was broken off from outside, if it was.
    pub(crate) fn take_broken(&self) -> Option<CallError> {
        self.lock().broken.take()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
