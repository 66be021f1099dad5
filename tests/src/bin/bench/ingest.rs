//! A million messages through the whole pipeline, beside the same rows written raw by one prepared statement.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use api::App;
use async_trait::async_trait;
use contracts::{
    SystemClock,
    channel::{
        AccountContext, Batch, Capabilities, Channel, ConnectError, Connector, Deps, Descriptor, Exit, Login,
        LoginError, Mark, Network, OutgoingMessage, SendError, Sent, Sink, Texts,
    },
};
use domain::{ChannelId, RemoteId, Uid};
use store::{NewAccount, Store};
use tests::Place;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    figure::{Figure, Goal, Report},
    people,
};

/// Messages in one batch: what one answer of a network brings.
const BATCH: usize = 100;
/// What the flood comes through: the window that opens this workspace later has to know the channel.
const CHANNEL: &str = "telegram_bot";
/// Accounts that deliver at the same time.
const ACCOUNTS: usize = 4;

/// What is set for each account, by key.
pub(crate) type Rules = BTreeMap<String, serde_json::Value>;

/// What comes in, and through what.
#[derive(Clone, Default)]
pub(crate) struct Load {
    pub(crate) total: usize,
    pub(crate) conversations: usize,
    /// They deliver at the same time.
    pub(crate) accounts: usize,
    pub(crate) rules: Rules,
    /// Where their network is, for whoever opens the workspace later.
    pub(crate) endpoints: BTreeMap<String, String>,
}

impl Load {
    pub(crate) fn of(total: usize, conversations: usize) -> Self {
        Self {
            total,
            conversations,
            accounts: ACCOUNTS,
            ..Self::default()
        }
    }
}

/// The large workspace, open.
pub(crate) struct Full {
    pub(crate) app: App,
    pub(crate) place: Place,
}

pub(crate) async fn measure(report: &mut Report, place: Place) -> Full {
    let (total, conversations) = (crate::messages(), crate::conversations());
    let raw = raw_rate(total, conversations).await;
    let (rate, burst, app) = pipeline(&place, &Load::of(total, conversations)).await;
    let what = format!("ingest, {total} messages, {conversations} conversations, batches of {BATCH}");
    report.add(Figure {
        name: format!("{what}: all of it"),
        value: rate,
        unit: "msg/s",
        against: Some(("raw rows, one prepared statement".to_owned(), raw)),
        goal: Some(Goal::RatioAtLeast(0.5)),
    });
    report.add(Figure {
        name: format!("{what}: best second"),
        value: burst,
        unit: "msg/s",
        against: None,
        goal: Some(Goal::AtLeast(10_000.0)),
    });
    sizes(report, &app, total).await;
    Full { app, place }
}

/// The limit: one transaction per batch, one prepared statement per row, into the same encrypted schema, each row in
/// the conversation that it has in the pipeline.
async fn raw_rate(rows: usize, conversations: usize) -> f64 {
    let place = Place::default();
    let store = Store::open(&place.options()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    store::testkit::raw_conversations(&mut tx, conversations as i64)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let began = Instant::now();
    for batch in 0..rows / BATCH {
        let mut tx = store.write().await.unwrap();
        for n in batch * BATCH..(batch + 1) * BATCH {
            let conversation = people::conversation(n, conversations) as i64 + 1;
            store::testkit::raw_message(&mut tx, n as i64, conversation, &people::text(n))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }
    let rate = rows as f64 / began.elapsed().as_secs_f64();
    store.close().await;
    rate
}

/// Everything through supervisor, sink, ingest, commit and announcement; messages per second and the best second.
pub(crate) async fn pipeline(place: &Place, load: &Load) -> (f64, f64, App) {
    let store = Store::open(&place.options()).await.unwrap();
    let total = load.total;
    let flood = Arc::new(Flood {
        total,
        conversations: load.conversations,
        ..Flood::default()
    });
    accounts(&store, load).await;
    let began = Instant::now();
    let workspace = api::WorkspaceInfo {
        demo: false,
        folder: place.file(),
        exports: place.exports(),
        passphrase: false,
        recovered: None,
    };
    let deps = api::AppDeps {
        store,
        channels: vec![Box::leak(Box::new(FloodChannel(flood.clone())))],
        crms: Vec::new(),
        clock: Arc::new(SystemClock),
        workspace,
        version: "bench",
    };
    let app = App::start(deps).await.unwrap();
    let mut best: f64 = 0.0;
    let mut before = (Instant::now(), 0);
    while flood.done.load(Ordering::Relaxed) < total {
        let _ = tokio::time::timeout(Duration::from_secs(1), flood.finished.notified()).await;
        let done = flood.done.load(Ordering::Relaxed);
        let seconds = before.0.elapsed().as_secs_f64();
        if seconds > 0.5 {
            best = best.max((done - before.1) as f64 / seconds);
            before = (Instant::now(), done);
        }
    }
    (total as f64 / began.elapsed().as_secs_f64(), best, app)
}

async fn accounts(store: &Store, load: &Load) {
    let mut tx = store.write().await.unwrap();
    for n in 0..load.accounts {
        let new = NewAccount {
            uid: Uid::from_parts(domain::At(n as i64), [n as u8; 10]),
            channel: CHANNEL.to_owned(),
            name: format!("Поток {n}"),
            handle: None,
            remote_id: RemoteId::new(n),
            secret: "none".to_owned(),
            settings: [].into(),
            endpoints: load.endpoints.clone(),
            proxy: None,
        };
        let id = store::accounts::upsert(&mut tx, &new, domain::At(0)).await.unwrap();
        if !load.rules.is_empty() {
            store::rules::set(&mut tx, id, &load.rules, domain::At(0))
                .await
                .unwrap();
        }
    }
    tx.commit().await.unwrap();
}

async fn sizes(report: &mut Report, app: &App, total: usize) {
    let store = app.engine().store();
    store::testkit::checkpoint(store).await.unwrap();
    let file = std::fs::metadata(store.file()).unwrap().len() as f64;
    let index = store::testkit::search_index_bytes(store).await.unwrap() as f64;
    let mut add = |name: &str, bytes: f64| {
        let name = format!("database size, {total} messages, {name}");
        report.add(Figure {
            name,
            value: bytes / total as f64,
            unit: "B/msg",
            against: None,
            goal: None,
        });
    };
    add("with the search index", file);
    add("without it", file - index);
}

#[derive(Default)]
struct Flood {
    total: usize,
    conversations: usize,
    next: AtomicUsize,
    done: AtomicUsize,
    finished: Notify,
}

/// A channel that says everything it has as fast as it is taken.
struct FloodChannel(Arc<Flood>);
struct FloodConnector(Arc<Flood>);

static DESCRIPTOR: Descriptor = Descriptor {
    id: ChannelId::fixed(CHANNEL),
    people: CHANNEL,
    mark: Mark {
        letter: "F",
        colour: "#000000",
        icon: "",
    },
    capabilities: Capabilities {
        text_limit: 4096,
        caption_limit: 1024,
        files_per_message: 1,
        media: &[],
        replies: true,
        formatting: false,
        edit_window_secs: 0,
        delete_window_secs: 0,
        idempotent_send: true,
        read_receipts: false,
        typing_in: false,
        history: false,
        write_first: &[],
        comments: false,
    },
    logins: &[],
    endpoints: &[],
    settings: &[],
    texts: Texts {
        ru: "{}",
        en: "{}",
        es: "{}",
    },
};

#[async_trait]
impl Channel for FloodChannel {
    fn descriptor(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    fn login(&self, _: &str, _: Network, _: Deps) -> Result<Box<dyn Login>, LoginError> {
        Err(LoginError::Ended(domain::Reason::new("reason.none")))
    }

    fn connect(&self, _: AccountContext, _: Deps) -> Result<Arc<dyn Connector>, ConnectError> {
        Ok(Arc::new(FloodConnector(self.0.clone())))
    }
}

#[async_trait]
impl Connector for FloodConnector {
    async fn receive(&self, sink: &dyn Sink, stop: &CancellationToken) -> Exit {
        let flood = &self.0;
        sink.online().await;
        loop {
            let from = flood.next.fetch_add(BATCH, Ordering::Relaxed);
            if from >= flood.total {
                flood.finished.notify_one();
                stop.cancelled().await;
                return Exit::Stopped;
            }
            let events = (from..from + BATCH)
                .map(|n| people::event(n, flood.conversations))
                .collect();
            if sink
                .accept(Batch {
                    events,
                    cursors: vec![("at", from.to_string())],
                })
                .await
                .is_err()
            {
                return Exit::Stopped;
            }
            flood.done.fetch_add(BATCH, Ordering::Relaxed);
        }
    }

    async fn send(&self, _: &OutgoingMessage) -> Result<Sent, SendError> {
        Err(SendError::Unreachable(domain::Reason::new("reason.none")))
    }
}
