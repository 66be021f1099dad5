//! A whole VK on 127.0.0.1, our connector, and a sink that remembers what it was given.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use contracts::{
    Clock, Secret, SystemClock,
    channel::{
        AccountContext, Batch, Channel, Connector, ConnectorEvent, Deps, EventMessage, Exit, Inputs, LoggedIn,
        LoginError, LoginStep, Network, OutgoingMessage, Sink, SinkClosed,
    },
};
use domain::{AccountId, At, RemoteId};
use sandbox::{Customer, Options, Sandbox, chaos::Trouble};
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::vk_messages::CHANNEL;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) account: AccountContext,
}

pub(super) fn deps() -> Deps {
    let clock = Arc::new(SystemClock);
    Deps { clock }
}

pub(super) fn now() -> At {
    SystemClock.now()
}

impl World {
    /// VK with a seeded community, and that community logged in.
    pub(super) async fn new() -> Self {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let network = network(&sandbox);
        let token = said(&sandbox, "vk_token");
        let LoginStep::Done(done) = log_in(&sandbox, &token).await.unwrap() else {
            panic!("not done")
        };
        let account = AccountContext {
            id: AccountId(1),
            remote_id: done.remote_id,
            secret: done.secret,
            settings: BTreeMap::new(),
            cursors: BTreeMap::new(),
            network,
            connected_at: now(),
        };
        Self { sandbox, account }
    }

    pub(super) fn connector(&self) -> Arc<dyn Connector> {
        CHANNEL.connect(self.account.clone(), deps()).unwrap()
    }

    /// Receives until the line is stopped.
    pub(super) fn receiving(&self) -> Line {
        self.receiving_from(BTreeMap::new())
    }

    /// The same from cursors that an earlier run has left.
    pub(super) fn receiving_from(&self, cursors: BTreeMap<String, String>) -> Line {
        self.receiving_at(Arc::new(SystemClock), cursors)
    }

    /// The same by this clock.
    pub(super) fn receiving_at(&self, clock: Arc<dyn Clock>, cursors: BTreeMap<String, String>) -> Line {
        let account = AccountContext {
            cursors,
            ..self.account.clone()
        };
        let connector = CHANNEL.connect(account, Deps { clock }).unwrap();
        let (stop, given) = (CancellationToken::new(), Arc::new(Given::default()));
        let task = tokio::spawn({
            let (connector, stop, given) = (connector.clone(), stop.clone(), given.clone());
            async move { connector.receive(&*given, &stop).await }
        });
        Line {
            connector,
            given,
            stop,
            task,
        }
    }

    pub(super) fn customer(&self, name: &str) -> Customer {
        self.sandbox.customer("vk", name).unwrap()
    }

    pub(super) fn trouble(&self, trouble: Trouble) {
        self.sandbox.vendor("vk").unwrap().chaos.order(trouble);
    }

    /// Turns one of VK's own switches.
    pub(super) fn switch(&self, name: &str, body: &Value) {
        self.sandbox.vendor("vk").unwrap().vendor.special(name, body).unwrap();
    }
}

pub(super) fn said(sandbox: &Sandbox, field: &str) -> String {
    sandbox.directory()[field].as_str().unwrap().to_owned()
}

pub(super) fn network(sandbox: &Sandbox) -> Network {
    let base = said(sandbox, "vk");
    Network {
        proxy: None,
        endpoints: ["api", "oauth"].map(|key| (key.to_owned(), base.clone())).into(),
    }
}

pub(super) fn inputs<const N: usize>(entered: [(&str, &str); N]) -> Inputs {
    Inputs(
        entered
            .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())))
            .into(),
    )
}

/// Pastes a token.
pub(super) async fn log_in(sandbox: &Sandbox, token: &str) -> Result<LoginStep, LoginError> {
    let mut login = CHANNEL.login("token", network(sandbox), deps()).unwrap();
    login.next(inputs([("token", token)])).await
}

pub(super) fn done(step: LoginStep) -> LoggedIn {
    match step {
        LoginStep::Done(done) => done,
        other => panic!("not logged in: {other:?}"),
    }
}

/// The reason at the first field to correct.
pub(super) fn wrong_field(error: LoginError) -> (String, String) {
    match error {
        LoginError::Fields(fields) => (fields[0].field.clone(), fields[0].reason.to_string()),
        other => panic!("no field: {other:?}"),
    }
}

/// A running session.
pub(super) struct Line {
    pub(super) connector: Arc<dyn Connector>,
    pub(super) given: Arc<Given>,
    stop: CancellationToken,
    task: JoinHandle<Exit>,
}

impl Line {
    pub(super) async fn stop(self) -> BTreeMap<String, String> {
        self.stop.cancel();
        let exit = tokio::time::timeout(Duration::from_secs(1), self.task).await;
        assert_eq!(exit.expect("stops within a second").unwrap(), Exit::Stopped);
        self.given.cursors()
    }

    /// How it ends by itself.
    pub(super) async fn ends(self) -> Exit {
        tokio::time::timeout(PATIENCE, self.task).await.expect("ends").unwrap()
    }
}

/// What the sink was given.
#[derive(Default)]
pub(super) struct Given {
    batches: Mutex<Vec<Batch>>,
    online: watch::Sender<bool>,
    count: watch::Sender<usize>,
}

#[async_trait]
impl Sink for Given {
    async fn accept(&self, batch: Batch) -> Result<(), SinkClosed> {
        self.batches.lock().unwrap().push(batch);
        self.count.send_modify(|count| *count += 1);
        Ok(())
    }

    async fn online(&self) {
        self.online.send_replace(true);
    }
}

impl Given {
    pub(super) fn events(&self) -> Vec<ConnectorEvent> {
        let batches = self.batches.lock().unwrap();
        batches.iter().flat_map(|batch| batch.events.clone()).collect()
    }

    pub(super) fn messages(&self) -> Vec<EventMessage> {
        let message = |event| match event {
            ConnectorEvent::Message(message) => Some(*message),
            _ => None,
        };
        self.events().into_iter().filter_map(message).collect()
    }

    pub(super) fn texts(&self) -> Vec<String> {
        self.messages()
            .into_iter()
            .map(|message| message.content.text)
            .collect()
    }

    /// The cursors as a database would hold them.
    pub(super) fn cursors(&self) -> BTreeMap<String, String> {
        let batches = self.batches.lock().unwrap();
        let all = batches.iter().flat_map(|batch| batch.cursors.clone());
        all.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Waits until the line stands and the first history is in.
    pub(super) async fn ready(&self) {
        self.until("ready", |given| given.cursors().contains_key("ts")).await;
    }

    pub(super) async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let mut count = self.count.subscribe();
        let waited = tokio::time::timeout(PATIENCE, async {
            while !holds(self) {
                count.changed().await.unwrap();
            }
        });
        waited
            .await
            .unwrap_or_else(|_| panic!("no {what} in {:?}", self.events()));
    }

    pub(super) async fn until_text(&self, text: &str) -> EventMessage {
        self.until(text, |given| given.texts().iter().any(|said| said == text))
            .await;
        self.messages()
            .into_iter()
            .find(|message| message.content.text == text)
            .unwrap()
    }
}

/// A plain text of ours.
pub(super) fn saying(chat: &str, text: &str) -> OutgoingMessage {
    OutgoingMessage {
        key: i64::from(
            text.bytes()
                .fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte)),
        ) + (1 << 40),
        chat: RemoteId::new(chat),
        text: text.to_owned(),
        entities: Vec::new(),
        files: Vec::new(),
        reply_to: None,
    }
}

pub(super) fn error(code: i64, method: &str) -> Value {
    json!({"code": code, "method": method, "times": 1})
}
