//! For tests: a session of receiving, and a sink that remembers what it was given.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use contracts::{
    Secret, SystemClock,
    channel::{
        AccountContext, Batch, Channel, Connector, ConnectorEvent, Deps, EventMessage, Exit, Inputs, Sink, SinkClosed,
    },
};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Real time.
pub(crate) fn deps() -> Deps {
    Deps {
        clock: Arc::new(SystemClock),
    }
}

/// What a person enters.
pub(crate) fn inputs<const N: usize>(entered: [(&str, &str); N]) -> Inputs {
    let entered = entered.map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())));
    Inputs(entered.into())
}

/// A running session.
pub(crate) struct Line {
    pub(crate) connector: Arc<dyn Connector>,
    pub(crate) given: Arc<Given>,
    stop: CancellationToken,
    task: JoinHandle<Exit>,
}

impl Line {
    /// Receives until it is stopped.
    pub(crate) fn start(channel: &dyn Channel, account: &AccountContext) -> Self {
        Self::start_with(channel, account, deps())
    }

    pub(crate) fn start_with(channel: &dyn Channel, account: &AccountContext, deps: Deps) -> Self {
        let connector = channel.connect(account.clone(), deps).unwrap();
        Self::again(connector, Arc::default())
    }

    /// One more session of the same connector, as after a lost network.
    pub(crate) fn again(connector: Arc<dyn Connector>, given: Arc<Given>) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn({
            let (connector, stop, given) = (connector.clone(), stop.clone(), given.clone());
            async move { connector.receive(&*given, &stop).await }
        });
        Self {
            connector,
            given,
            stop,
            task,
        }
    }

    /// Stops it, and gives the cursors that it leaves.
    pub(crate) async fn stop(self) -> BTreeMap<String, String> {
        self.stop.cancel();
        let exit = tokio::time::timeout(Duration::from_secs(1), self.task).await;
        assert_eq!(exit.expect("stops within a second").unwrap(), Exit::Stopped);
        self.given.cursors()
    }

    /// How it ends by itself.
    pub(crate) async fn ends(self) -> Exit {
        tokio::time::timeout(PATIENCE, self.task).await.expect("ends").unwrap()
    }
}

/// What the sink was given.
#[derive(Default)]
pub(crate) struct Given {
    batches: Mutex<Vec<Batch>>,
    changed: watch::Sender<usize>,
    online: AtomicBool,
    /// As an engine that can't write.
    pub(crate) closed: AtomicBool,
}

#[async_trait]
impl Sink for Given {
    async fn accept(&self, batch: Batch) -> Result<(), SinkClosed> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(SinkClosed);
        }
        self.batches.lock().unwrap().push(batch);
        self.changed.send_modify(|count| *count += 1);
        Ok(())
    }

    async fn online(&self) {
        self.online.store(true, Ordering::SeqCst);
        self.changed.send_modify(|count| *count += 1);
    }
}

impl Given {
    pub(crate) fn events(&self) -> Vec<ConnectorEvent> {
        let batches = self.batches.lock().unwrap();
        batches.iter().flat_map(|batch| batch.events.clone()).collect()
    }

    pub(crate) fn messages(&self) -> Vec<EventMessage> {
        let message = |event| match event {
            ConnectorEvent::Message(message) => Some(*message),
            _ => None,
        };
        self.events().into_iter().filter_map(message).collect()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        let messages = self.messages().into_iter();
        messages.map(|message| message.content.text).collect()
    }

    /// The cursors as a database would hold them.
    pub(crate) fn cursors(&self) -> BTreeMap<String, String> {
        let batches = self.batches.lock().unwrap();
        let all = batches.iter().flat_map(|batch| batch.cursors.clone());
        all.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Waits until the line stands.
    pub(crate) async fn until_online(&self) {
        self.until("line", |given| given.online.load(Ordering::SeqCst)).await;
    }

    /// Waits for a message with this text.
    pub(crate) async fn until_text(&self, text: &str) -> EventMessage {
        self.until(text, |given| given.texts().iter().any(|said| said == text))
            .await;
        let mut messages = self.messages().into_iter();
        messages.find(|message| message.content.text == text).unwrap()
    }

    /// Waits until something is true of what was given.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let mut changed = self.changed.subscribe();
        let waited = tokio::time::timeout(PATIENCE, async {
            while !holds(self) {
                changed.changed().await.unwrap();
            }
        });
        if waited.await.is_err() {
            panic!("no {what} in {:?}", self.events());
        }
    }
}
