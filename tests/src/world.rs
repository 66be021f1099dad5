use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use api::{App, AppDeps, WorkspaceInfo};
use contracts::{Clock, SystemClock, crm::Crm, testkit::FakeCrm};
use sandbox::{Customer, Options, Sandbox, chaos::Trouble};
use serde_json::{Value, json};
use store::{OpenOptions, Store};
use tempfile::TempDir;

use crate::{HastyClock, Log, Operator, QuickClock};

/// A network under test: our channel and its simulator.
#[derive(Clone, Copy, Debug)]
pub struct Network {
    /// Id of our channel.
    pub channel: &'static str,
    /// Id of the simulator.
    pub vendor: &'static str,
    /// Replaced base addresses.
    pub endpoints: &'static [&'static str],
}

/// Every network that has both.
pub const NETWORKS: &[Network] = &[
    Network {
        channel: "telegram_bot",
        vendor: "telegram_bot",
        endpoints: &["api"],
    },
    Network {
        channel: "vk_messages",
        vendor: "vk",
        endpoints: &["api", "oauth"],
    },
];

/// Where a workspace lives.
#[derive(Debug)]
pub struct Place {
    folder: TempDir,
    key: [u8; 32],
}

impl Default for Place {
    fn default() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            key: Self::KEY,
        }
    }
}

impl Place {
    /// Its key, the same each time.
    pub const KEY: [u8; 32] = [7; 32];

    /// The same place under a key of its own.
    #[must_use]
    pub fn with_key(self, key: [u8; 32]) -> Self {
        Self { key, ..self }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("besedka.db")
    }

    /// Where ordered files are put.
    pub fn exports(&self) -> PathBuf {
        self.folder.path().join("exports")
    }

    /// How to open it.
    pub fn options(&self) -> OpenOptions {
        OpenOptions {
            file: self.file(),
            key: self.key,
            program: "test".to_owned(),
        }
    }
}

/// An application with its networks and people.
#[derive(Debug)]
pub struct World {
    /// The networks.
    pub sandbox: Arc<Sandbox>,
    /// The application.
    pub app: App,
    /// Where its workspace lives.
    pub place: Place,
    pace: Pace,
    /// A CRM that every workspace may connect to.
    pub crm: &'static FakeCrm,
    log: Log,
}

/// How time goes by in a story.
#[derive(Debug, Clone, Copy)]
enum Pace {
    /// Waits for a retry are over at once; our clock runs ahead of the networks'.
    Quick,
    /// As on the networks, so that what is said now is no news of the past.
    Theirs,
    /// The same, and theirs goes as fast as ours.
    Hasty(HastyClock),
}

impl Pace {
    fn clock(self) -> Arc<dyn Clock> {
        match self {
            Self::Quick => QuickClock::start(),
            Self::Theirs => Arc::new(SystemClock),
            Self::Hasty(clock) => Arc::new(clock),
        }
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Log")
    }
}

impl World {
    /// All networks, all connected and online.
    pub async fn start() -> Self {
        Self::start_connected(Pace::Quick).await
    }

    /// The same with one clock for us and the networks: for stories in which it matters that somebody writes now.
    pub async fn start_live() -> Self {
        Self::start_connected(Pace::Theirs).await
    }

    async fn start_connected(pace: Pace) -> Self {
        let options = Options {
            limits: false,
            ..Options::default()
        };
        let world = Self::start_paced(options, pace).await;
        for network in NETWORKS {
            world.connect(network).await;
            world.operator().sees_line(network.channel, "online").await;
        }
        world
    }

    /// All networks, nothing connected yet.
    pub async fn start_with(options: Options) -> Self {
        Self::start_paced(options, Pace::Quick).await
    }

    /// One network connected, for stories about what a CRM makes of its messages: VK, which recognises a repeated send.
    pub async fn start_for_crm(limits: bool) -> Self {
        let hasty = HastyClock::start();
        let (pace, clock) = if limits {
            (Pace::Theirs, sandbox::Clock::wall())
        } else {
            (Pace::Hasty(hasty), hasty.theirs())
        };
        let options = Options {
            limits,
            clock,
            ..Options::default()
        };
        let world = Self::start_paced(options, pace).await;
        let network = NETWORKS.iter().find(|network| network.vendor == "vk").unwrap();
        world.connect(network).await;
        world.operator().sees_line(network.channel, "online").await;
        world
    }

    async fn start_paced(options: Options, pace: Pace) -> Self {
        let sandbox = Arc::new(Sandbox::start(options).await.unwrap());
        let place = Place::default();
        let crm = FakeCrm::living_in(place.folder());
        Self {
            app: open(&place, pace, crm).await,
            sandbox,
            place,
            crm,
            pace,
            log: Log::listen(),
        }
    }

    /// When its time began to run, in milliseconds, where it runs faster than the wall's for all.
    pub fn began(&self) -> Option<i64> {
        match self.pace {
            Pace::Hasty(clock) => Some(clock.beginning()),
            Pace::Quick | Pace::Theirs => None,
        }
    }

    /// Another application beside this one, on the same networks.
    pub async fn beside(&self) -> Self {
        let place = Place::default();
        let crm = FakeCrm::living_in(place.folder());
        Self {
            app: open(&place, self.pace, crm).await,
            sandbox: self.sandbox.clone(),
            place,
            crm,
            pace: self.pace,
            log: self.log.clone(),
        }
    }

    /// Connects a network with the simulator's seeded account, the way a person does.
    pub async fn connect(&self, network: &Network) {
        let token = self.said(&format!("{}_token", network.vendor));
        let step = self.log_in(network, &token).await;
        assert_eq!(step["step"]["kind"], "done", "{step}");
    }

    /// Pastes a token into the first form of the channel's first login.
    pub async fn log_in(&self, network: &Network, token: &str) -> Value {
        let operator = self.operator();
        let start = json!({ "channel": network.channel, "flow": "token", "endpoints": self.endpoints(network) });
        let login = operator.does("login.start", start).await;
        let inputs = json!({ "login_id": login["login_id"], "inputs": { "token": token } });
        operator.does("login.next", inputs).await
    }

    /// Connects the CRM, the way a person does, and waits until it works.
    pub async fn connect_crm(&self) -> Value {
        let operator = self.operator();
        let login = operator
            .does("links.login", json!({ "crm": "fake", "flow": "token" }))
            .await;
        let inputs = json!({ "login_id": login["login_id"], "inputs": { "token": "a-token" } });
        let step = operator.does("login.next", inputs).await["step"].clone();
        assert_eq!(step["kind"], "linked", "{step}");
        self.sees_link("online").await;
        step["link_id"].clone()
    }

    /// Waits until the only link stands so.
    pub async fn sees_link(&self, status: &str) {
        let operator = self.operator();
        crate::eventually(&format!("link {status}"), || async {
            let links = operator.does("links.list", json!({})).await;
            (links[0]["state"]["status"] == status).then_some(())
        })
        .await;
    }

    /// Waits until nothing is on its way to the CRM.
    pub async fn queue_is_empty(&self) {
        let operator = self.operator();
        crate::eventually("empty queue", || async {
            let links = operator.does("links.list", json!({})).await;
            (links[0]["queued"] == 0).then_some(())
        })
        .await;
    }

    /// The simulator's addresses for a channel.
    pub fn endpoints(&self, network: &Network) -> Value {
        let base = self.said(network.vendor);
        network
            .endpoints
            .iter()
            .map(|key| ((*key).to_owned(), Value::from(base.clone())))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    /// What the sandbox says about itself.
    pub fn said(&self, field: &str) -> String {
        self.sandbox.directory()[field]
            .as_str()
            .unwrap_or_else(|| panic!("no {field}"))
            .to_owned()
    }

    /// Somebody at the window.
    pub fn operator(&self) -> Operator {
        Operator::at(&self.app)
    }

    /// Somebody on a network, who appears when nobody has the name.
    pub fn customer(&self, vendor: &str, name: &str) -> Customer {
        self.sandbox.customer(vendor, name).unwrap()
    }

    /// Orders trouble on a network's line.
    pub fn trouble(&self, vendor: &str, trouble: Trouble) {
        self.sandbox.vendor(vendor).unwrap().chaos.order(trouble);
    }

    /// The program ends and starts again on the same files.
    pub async fn restart(&mut self) {
        self.app.stop().await;
        self.app = open(&self.place, self.pace, self.crm).await;
    }

    /// The end of a story: everything stops in time, and nothing strange was said.
    pub async fn stop(self) {
        self.stop_expecting(&[]).await;
    }

    /// The same where warnings are part of the story.
    pub async fn stop_expecting(self, expected: &[&str]) {
        self.app.stop().await;
        let secrets: Vec<String> = self
            .sandbox
            .directory()
            .iter()
            .filter(|(name, _)| name.ends_with("_token") || name.ends_with("_secret"))
            .filter_map(|(_, value)| value.as_str().map(str::to_owned))
            .collect();
        self.log.nothing_strange(expected, &secrets);
    }
}

/// Opens the workspace and starts the application on it.
async fn open(place: &Place, pace: Pace, crm: &'static FakeCrm) -> App {
    let store = Store::open(&place.options()).await.unwrap();
    start(store, pace.clock(), place.file(), crm).await
}

/// Starts the application on an open workspace.
pub async fn start(store: Store, clock: Arc<dyn Clock>, folder: PathBuf, fake: &'static FakeCrm) -> App {
    let workspace = WorkspaceInfo {
        demo: false,
        exports: folder.with_file_name("exports"),
        folder,
        passphrase: false,
        recovered: None,
    };
    let channels = channels::CHANNELS.to_vec();
    App::start(AppDeps {
        store,
        channels,
        crms: crm::CRMS.iter().copied().chain([fake as &dyn Crm]).collect(),
        clock,
        workspace,
        version: "0.0.0-test",
    })
    .await
    .unwrap()
}
