use std::{
    fmt,
    sync::{Arc, Mutex as StdMutex, PoisonError},
    time::{Duration, UNIX_EPOCH},
};

use api::App;
use channels::CHANNELS;
use contracts::{Clock, Secret, SecretError, SecretStore, SystemClock, channel::Channel, crm::Crm};
use crm::CRMS;
use domain::{At, Reason};
use secrets::{Cost, Found, KeyError, Kind, SystemKeyring};
use store::Store;
use tokio::sync::{Mutex, watch};
use web::Refusal;

use crate::{
    OpenError, Paths, Status, StatusKind,
    demo::{self, Demo},
    lock::{FolderLock, LockError},
    open::{How, Opened, open},
};

mod calls;

/// Files that [`Store::open`] checks by itself; larger ones are checked while people work.
const CHECKED_AT_OPEN_BYTES: u64 = 64 << 20;
/// How old the newest copy of the database may be.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a workspace is opened with.
pub struct Setup {
    /// Where it lies.
    pub paths: Paths,
    /// A demo: simulators are started, and the folder is thrown away at the next start.
    pub demo: Option<demo::Options>,
    /// A passphrase given at the start, where nobody sits in front of it.
    pub passphrase: Option<Secret<String>>,
    /// Who keeps the key.
    pub keyring: Arc<dyn SecretStore>,
    /// What guessing a new passphrase shall cost.
    pub cost: Cost,
    /// Every network of this build.
    pub channels: Vec<&'static dyn Channel>,
    /// Every CRM of this build.
    pub crms: Vec<&'static dyn Crm>,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
}

impl Setup {
    /// A person's workspace.
    pub fn new(paths: Paths) -> Self {
        Self {
            paths,
            demo: None,
            passphrase: None,
            keyring: Arc::new(SystemKeyring::new(Kind::of_this_build())),
            cost: Cost::RECOMMENDED,
            channels: CHANNELS.to_vec(),
            crms: CRMS.to_vec(),
            clock: Arc::new(SystemClock),
        }
    }

    /// The demo beside it, in a folder of its own.
    pub fn demo(paths: &Paths, options: demo::Options) -> Self {
        Self {
            demo: Some(options),
            ..Self::new(paths.demo())
        }
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("paths", &self.paths)
            .finish_non_exhaustive()
    }
}

/// A workspace that is open, or about to be. Cheap to clone.
#[derive(Clone)]
pub struct Workspace {
    inner: Arc<Inner>,
}

struct Inner {
    setup: Setup,
    state: watch::Sender<State>,
    /// Opening, restoring, closing: one at a time. Holds what was begun.
    ground: Mutex<Ground>,
    /// For a word at the end about why it failed.
    last_error: StdMutex<Option<String>>,
}

#[derive(Default)]
struct Ground {
    lock: Option<FolderLock>,
    demo: Option<Demo>,
    /// Of the workspace that is open, so that a restoration asks for no passphrase.
    key: Option<Found>,
}

#[derive(Clone)]
enum State {
    Opening,
    Locked { first_time: bool, why: Reason },
    Open { app: App, damaged: bool },
    Failed(Reason),
    Closed,
}

impl fmt::Debug for Workspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Workspace").field(&self.inner.setup.paths.data).finish()
    }
}

impl Workspace {
    /// Returns at once and opens in the background; calls wait for it. Needs a tokio runtime around it.
    pub fn open(mut setup: Setup) -> Self {
        let passphrase = setup.passphrase.take();
        let workspace = Self {
            inner: Arc::new(Inner {
                setup,
                state: watch::Sender::new(State::Opening),
                ground: Mutex::default(),
                last_error: StdMutex::default(),
            }),
        };
        let opening = workspace.clone();
        tokio::spawn(async move {
            let how = How {
                passphrase,
                ..How::default()
            };
            // A refusal is in the state as well.
            let _ = opening.go(how, |state| matches!(state, State::Opening)).await;
        });
        workspace
    }

    /// Whether there is a workspace to call; waits while it opens.
    pub async fn status(&self) -> Status {
        match self.settled().await {
            State::Opening | State::Closed => Status::of(StatusKind::Closed),
            State::Open { damaged, .. } => Status {
                damaged,
                ..Status::of(StatusKind::Open)
            },
            State::Locked { first_time, why } => Status {
                first_time,
                reason: Some(why),
                ..Status::of(StatusKind::Locked)
            },
            State::Failed(reason) => Status {
                reason: Some(reason),
                ..Status::of(StatusKind::Failed)
            },
        }
    }

    /// Why it failed, in words for a log or a console.
    pub fn last_error(&self) -> Option<String> {
        self.inner
            .last_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Stops everything within seconds and lets the folder go. Calls are refused from now on.
    pub async fn close(&self) {
        let mut ground = self.inner.ground.lock().await;
        if let State::Open { app, .. } = self.inner.state.send_replace(State::Closed) {
            app.stop().await;
        }
        if let Some(demo) = ground.demo.take() {
            demo.stop().await;
        }
        *ground = Ground::default();
    }

    async fn settled(&self) -> State {
        let mut states = self.inner.state.subscribe();
        match states.wait_for(|state| !matches!(state, State::Opening)).await {
            Ok(state) => state.clone(),
            Err(_) => State::Closed,
        }
    }

    async fn app(&self) -> Result<App, Refusal> {
        match self.settled().await {
            State::Open { app, .. } => Ok(app),
            _ => Err(Refusal::Locked),
        }
    }

    /// Opens if the state is one from which that is wanted; otherwise there is nothing to do.
    async fn go(&self, how: How, from: fn(&State) -> bool) -> Result<(), Refusal> {
        let mut ground = self.inner.ground.lock().await;
        let before = self.inner.state.borrow().clone();
        if !from(&before) {
            return Ok(());
        }
        if let State::Open { app, .. } = before {
            self.inner.state.send_replace(State::Opening);
            app.stop().await;
        }
        let entered = how.passphrase.is_some();
        match self.build(&mut ground, how).await {
            Ok(Opened::Running { app, store, key }) => {
                ground.key = Some(key);
                if let Some(demo) = &ground.demo {
                    demo.introduce(&app).await;
                    demo.connect(app.clone());
                }
                self.inner.state.send_replace(State::Open { app, damaged: false });
                self.look_after(store);
                Ok(())
            }
            Ok(Opened::Ask { first_time, why }) => {
                self.inner.state.send_replace(State::Locked { first_time, why });
                Ok(())
            }
            Err(error) => Err(self.failed(&error, entered)),
        }
    }

    async fn build(&self, ground: &mut Ground, mut how: How) -> Result<Opened, OpenError> {
        let setup = &self.inner.setup;
        if ground.lock.is_none() {
            setup.paths.make()?;
            let folder = setup.paths.data.clone();
            ground.lock = Some(FolderLock::take(&folder).map_err(|error| match error {
                LockError::Taken => OpenError::InUse(folder),
                LockError::File(source) => OpenError::Folder { folder, source },
            })?);
        }
        if let (Some(options), None) = (&setup.demo, &ground.demo) {
            ground.demo = Some(Demo::start(&setup.paths, options).await?);
        }
        how.key = ground.key.clone().or_else(|| ground.demo.as_ref().and_then(Demo::key));
        open(setup, how).await
    }

    /// A passphrase that is not the one leaves the question standing; everything else is the end of this try.
    fn failed(&self, error: &OpenError, entered: bool) -> Refusal {
        tracing::error!(%error, "the workspace did not open");
        *self.inner.last_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
        let reason = error.reason();
        match error {
            OpenError::Key(KeyError::Secret(SecretError::WrongPassphrase) | KeyError::TooShort) if entered => {
                let first_time = matches!(error, OpenError::Key(KeyError::TooShort));
                self.inner.state.send_if_modified(|state| {
                    let opening = matches!(state, State::Opening);
                    if opening {
                        let why = reason.clone();
                        *state = State::Locked { first_time, why };
                    }
                    opening
                });
                Refusal::invalid("passphrase", reason)
            }
            _ => {
                self.inner.state.send_replace(State::Failed(reason.clone()));
                Refusal::storage(reason)
            }
        }
    }

    /// Once a start, while people work: the check that a large file was spared at its opening, and the day's copy.
    fn look_after(&self, store: Store) {
        let large = store
            .file()
            .metadata()
            .is_ok_and(|file| file.len() > CHECKED_AT_OPEN_BYTES);
        let (state, now) = (self.inner.state.clone(), self.inner.setup.clock.now());
        tokio::spawn(async move {
            let checked = if large { store.check().await } else { Ok(()) };
            let Err(error) = checked else {
                // A damaged file is never copied over a copy that is whole.
                if copy_is_due(&store, now)
                    && let Err(error) = store.backup().await
                {
                    tracing::error!(%error, "no copy of the database was made today");
                }
                return;
            };
            tracing::error!(%error, "the database is damaged");
            state.send_if_modified(|state| match state {
                State::Open { damaged, .. } if error.is_damage() => {
                    *damaged = true;
                    true
                }
                _ => false,
            });
        });
    }
}

/// Whether the newest copy is older than a day; without one, whether the database itself is.
fn copy_is_due(store: &Store, now: At) -> bool {
    let copied = store::newest_backup(store.file()).and_then(|copy| copy.metadata().ok()?.modified().ok());
    let since = copied.or_else(|| store.file().metadata().ok()?.created().ok());
    let since = since.and_then(|since| since.duration_since(UNIX_EPOCH).ok());
    since.is_none_or(|since| now.since(At::default().plus(since)) > DAY)
}
