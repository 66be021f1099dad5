//! From a folder to a running application: key, database (rescued if damaged), engine.

use std::{
    io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use api::{App, AppDeps, StartError, WorkspaceInfo, wire::Recovered};
use contracts::{Secret, SecretError};
use domain::{At, Reason};
use secrets::{Choice, Found, KeptBy, KeyError, RecordError};
use store::{OpenOptions, Recovery, Store, StoreError};

use crate::{PathsError, Setup, VERSION, demo::DemoError};

/// Why a workspace did not open. What is in its folder is as it was, but for a damaged database that was moved aside.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another program has the folder.
    #[error("{} is open in another window or in besedka-web", .0.display())]
    InUse(PathBuf),
    /// No folder.
    #[error(transparent)]
    Paths(#[from] PathsError),
    /// The folder can't be written.
    #[error("{}: {source}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No engine.
    #[error(transparent)]
    Start(#[from] StartError),
    /// No simulators.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The program is ending.
    #[error("the program is ending")]
    Ending,
}

impl OpenError {
    /// What happened and what to do, for a person.
    pub fn reason(&self) -> Reason {
        let in_folder = |key, folder: &Path| Reason::new(key).with("folder", folder.display());
        match self {
            Self::InUse(folder) => in_folder("workspace.in_use", folder),
            Self::Paths(PathsError::NoHome) => Reason::new("workspace.no_home"),
            Self::Paths(PathsError::Folder { folder, .. }) | Self::Folder { folder, .. } => {
                in_folder("workspace.folder", folder)
            }
            Self::Key(error) => key_reason(error),
            Self::Store(StoreError::TooNew { .. }) => Reason::new("workspace.too_new"),
            Self::Store(error) if error.is_damage() => Reason::new("workspace.damaged"),
            Self::Store(_) => Reason::new("workspace.database"),
            Self::Start(_) => Reason::new("workspace.engine"),
            Self::Demo(_) => Reason::new("workspace.demo"),
            Self::Ending => Reason::new("workspace.ending"),
        }
    }
}

fn key_reason(error: &KeyError) -> Reason {
    match error {
        // The key is in the keyring, and the keyring is away: another text than on a system that has none.
        KeyError::Secret(SecretError::Unavailable(_)) => Reason::new("key.keyring_away"),
        KeyError::Secret(SecretError::Denied(reason) | SecretError::Damaged(reason)) => reason.clone(),
        KeyError::Secret(SecretError::WrongPassphrase) => Reason::new("key.wrong_passphrase"),
        KeyError::TooShort => Reason::new("key.passphrase_short").with("least", secrets::SHORTEST_PASSPHRASE),
        KeyError::Record(RecordError::Missing(file)) => Reason::new("key.record_missing").with("file", file.display()),
        KeyError::Record(RecordError::Damaged(file)) => Reason::new("key.record_damaged").with("file", file.display()),
        KeyError::Record(RecordError::File { path, .. }) => {
            Reason::new("workspace.folder").with("folder", path.display())
        }
    }
}

/// What came of it.
pub(crate) enum Opened {
    /// It runs.
    Running { app: App, store: Store, key: Found },
    /// A passphrase is needed.
    Ask { first_time: bool, why: Reason },
}

/// How to open.
#[derive(Default)]
pub(crate) struct How {
    /// What a person entered.
    pub(crate) passphrase: Option<Secret<String>>,
    /// The key, where it need not be asked for: a demo's, or that of the workspace which was open just now.
    pub(crate) key: Option<Found>,
    /// Take the newest backup whatever the database looks like.
    pub(crate) restore: bool,
}

pub(crate) async fn open(setup: &Setup, how: How) -> Result<Opened, OpenError> {
    let found = match how.key {
        Some(found) => found,
        None => match key(setup, how.passphrase).await? {
            Choice::Found(found) => found,
            Choice::Ask { first_time, why } => return Ok(Opened::Ask { first_time, why }),
        },
    };
    let options = OpenOptions {
        file: setup.paths.database(),
        key: *found.key.expose(),
        program: VERSION.to_owned(),
    };
    let (store, recovered) = database(setup, &options, how.restore).await?;
    let app = App::start(AppDeps {
        store: store.clone(),
        channels: setup.channels.clone(),
        crms: setup.crms.clone(),
        clock: setup.clock.clone(),
        workspace: WorkspaceInfo {
            demo: setup.demo.is_some(),
            folder: setup.paths.data.clone(),
            exports: setup.paths.exports.clone(),
            passphrase: found.kept_by == KeptBy::Passphrase,
            recovered,
        },
        version: VERSION,
    })
    .await?;
    Ok(Opened::Running { app, store, key: found })
}

/// On a thread of its own: deriving takes its time, and a keyring may ask a person first.
async fn key(setup: &Setup, entered: Option<Secret<String>>) -> Result<Choice, OpenError> {
    let (folder, database) = (setup.paths.data.clone(), setup.paths.database());
    let (keyring, cost) = (setup.keyring.clone(), setup.cost);
    let choosing = tokio::task::spawn_blocking(move || {
        secrets::choose(&folder, database.exists(), keyring.as_ref(), entered.as_ref(), cost)
    });
    Ok(choosing.await.map_err(|_| OpenError::Ending)??)
}

async fn database(
    setup: &Setup,
    options: &OpenOptions,
    restore: bool,
) -> Result<(Store, Option<Recovered>), OpenError> {
    if !restore {
        match Store::open(options).await {
            Ok(store) => return Ok((store, None)),
            // The key is the right one, its note was compared: so it is the file.
            Err(error) if error.is_damage() => tracing::error!(%error, "the database is damaged"),
            Err(error) => return Err(error.into()),
        }
    }
    let (store, recovery) = Recovery::run(options, setup.clock.now().0).await?;
    tracing::warn!(
        damaged = %recovery.damaged.display(),
        backup = recovery.backup.as_deref().map(|file| tracing::field::display(file.display())),
        "the damaged database is kept, the newest backup is in its place"
    );
    let recovered = Recovered {
        backup_at: recovery.backup.as_deref().and_then(made_at),
        damaged_file: recovery.damaged.to_string_lossy().into_owned(),
    };
    Ok((store, Some(recovered)))
}

fn made_at(file: &Path) -> Option<At> {
    let made = file.metadata().ok()?.modified().ok()?;
    let millis = made.duration_since(UNIX_EPOCH).ok()?.as_millis();
    i64::try_from(millis).ok().map(At)
}
