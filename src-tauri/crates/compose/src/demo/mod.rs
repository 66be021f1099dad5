//! The demo workspace: simulated networks with people on them, and accounts connected to them by the same login that
//! people use. Nothing leaves this machine.
//!
//! The simulated world lives in memory and begins anew at each start, so the demo's folder does too: it is emptied
//! first, and its database is encrypted with a key that exists only in memory. Nobody can read a demo of yesterday,
//! and nobody needs to. With [`Options::keep`] the folder stays and the key is kept like a real one.

mod connect;
mod folder;

use std::{fs, io, path::PathBuf};

use api::App;
use contracts::Secret;
use sandbox::{People, Sandbox};
use secrets::{Found, KeptBy};

use crate::Paths;

/// Where the addresses of the simulators and their control interface stand while a demo runs, for those who want to
/// play the clients. The tokens in it open nothing else.
const DIRECTORY: &str = "sandbox.json";

/// How a demo starts.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Keep what the last demo left.
    pub keep: bool,
    /// The people in it.
    pub people: People,
}

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The simulators did not start.
    #[error("simulators: {0}")]
    Sandbox(#[from] sandbox::StartError),
    /// The folder can't be emptied.
    #[error("{}: {source}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The folder holds things, and none of them says that a demo put them there.
    #[error("{} is not empty and holds no demo", .0.display())]
    NotADemo(PathBuf),
}

/// A running demo.
pub(crate) struct Demo {
    sandbox: Sandbox,
    key: Option<Found>,
}

impl Demo {
    /// Empties the folder, which must be locked by us, and starts the world.
    pub(crate) async fn start(paths: &Paths, options: &Options) -> Result<Self, DemoError> {
        folder::prepare(&paths.data, options.keep)?;
        let sandbox = Sandbox::start(sandbox::Options {
            people: Some(options.people),
            ..sandbox::Options::default()
        })
        .await?;
        let directory = paths.data.join(DIRECTORY);
        fs::write(&directory, serde_json::Value::Object(sandbox.directory()).to_string()).map_err(|source| {
            DemoError::Folder {
                folder: directory,
                source,
            }
        })?;
        tracing::info!(control = %sandbox.control_url(), "demo: play the clients here");
        let key = (!options.keep).then(|| Found {
            key: Secret::new(rand::random()),
            kept_by: KeptBy::Keyring,
        });
        Ok(Self { sandbox, key })
    }

    /// The key of a database that nobody will open again; `None`: kept like a real one.
    pub(crate) fn key(&self) -> Option<Found> {
        self.key.clone()
    }

    /// Who sits in front of it. Before the window may ask.
    pub(crate) async fn introduce(&self, app: &App) {
        connect::introduce(app).await;
    }

    /// Connects the accounts, in the background: the window shows how they come.
    pub(crate) fn connect(&self, app: App) {
        let world = self.sandbox.world().clone();
        tokio::spawn(async move { connect::connect(&app, &world).await });
    }

    pub(crate) async fn stop(self) {
        self.sandbox.stop().await;
    }
}
