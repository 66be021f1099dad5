use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use contracts::{
    Clock, Words,
    channel::{Channel, Connector},
    crm::Crm,
};
use domain::{AccountId, Connection};
use store::{Store, StoreError};
use tokio::sync::Notify;

use crate::{
    account::Running,
    changes::{Change, Changes},
    delivery, fetch,
    ingest::Ingest,
    outbox::Links,
    rejudge,
    rules::RuleBook,
    supervisor, sweep,
    tasks::Tasks,
};

/// What the engine is put together from.
#[derive(Clone)]
pub struct Deps {
    /// The open workspace.
    pub store: Store,
    /// Every network of this build.
    pub channels: Vec<&'static dyn Channel>,
    /// Every CRM of this build.
    pub crms: Vec<&'static dyn Crm>,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
    /// The texts that leave the program.
    pub words: Arc<dyn Words>,
}

/// Why the engine could not do something.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// This build does not know the network.
    #[error("no channel {0} in this build")]
    UnknownChannel(String),
    /// This build does not know the CRM.
    #[error("no CRM {0} in this build")]
    UnknownCrm(String),
}

/// The running pipeline of one workspace. Cheap to clone; several may live in one process.
#[derive(Clone)]
pub struct Engine {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) channels: Vec<&'static dyn Channel>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) changes: Changes,
    pub(crate) ingest: Ingest,
    pub(crate) rules: Arc<RuleBook>,
    /// There is something to judge again.
    pub(crate) rejudge: Notify,
    pub(crate) tasks: Tasks,
    /// Something with files was deleted.
    pub(crate) sweep: Notify,
    pub(crate) crms: Vec<&'static dyn Crm>,
    pub(crate) words: Arc<dyn Words>,
    pub(crate) links: Links,
    running: Mutex<HashMap<AccountId, Arc<Running>>>,
}

impl std::fmt::Debug for Deps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Deps")
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

impl Engine {
    /// Starts the pipeline and every account that is switched on.
    ///
    /// # Errors
    /// When the accounts can't be read.
    pub async fn start(deps: Deps) -> Result<Self, EngineError> {
        let Deps {
            store,
            channels,
            crms,
            clock,
            words,
        } = deps;
        let (tasks, changes) = (Tasks::new(), Changes::default());
        let rules = Arc::new(RuleBook::default());
        let ingest = Ingest::start(&tasks, store.clone(), clock.clone(), rules.clone(), changes.clone());
        let accounts = store::accounts::list(store.read()).await?;
        let shared = Shared {
            store,
            channels,
            clock,
            changes,
            ingest,
            rules,
            rejudge: Notify::new(),
            tasks,
            sweep: Notify::new(),
            crms,
            words,
            links: Links::default(),
            running: Mutex::default(),
        };
        let engine = Self {
            shared: Arc::new(shared),
        };
        let shared = engine.shared.clone();
        engine.shared.tasks.spawn("rejudge", rejudge::run(shared));
        for account in accounts.iter().filter(|account| account.active) {
            // One account of a network that this build lacks must not keep the others from starting.
            if let Err(error) = engine.start_account(account.id).await {
                tracing::error!(account = %account.id, %error, "account not started");
            }
        }
        let shared = engine.shared.clone();
        engine.shared.tasks.spawn("sweep", sweep::run(shared));
        engine.start_outbox().await?;
        Ok(engine)
    }

    /// Stops everything within seconds. What was under way continues at the next start.
    pub async fn stop(&self) {
        self.shared.tasks.stop().await;
    }

    /// Switches an account's tasks on (again): also after its login or its settings changed.
    ///
    /// # Errors
    /// [`EngineError::UnknownChannel`], or the account is gone.
    pub async fn start_account(&self, id: AccountId) -> Result<(), EngineError> {
        let account = store::accounts::get(self.shared.store.read(), id).await?;
        let channel = self
            .channel(&account.channel)
            .ok_or(EngineError::UnknownChannel(account.channel))?;
        let running = Running::new(id, channel, self.shared.tasks.stop_token().child_token());
        if let Some(before) = self.lock().insert(id, running.clone()) {
            before.stop.cancel();
        }
        let tasks = &self.shared.tasks;
        tasks.spawn("supervisor", supervisor::run(self.shared.clone(), running.clone()));
        tasks.spawn("delivery", delivery::run(self.shared.clone(), running.clone()));
        tasks.spawn("fetch", fetch::run(self.shared.clone(), running));
        Ok(())
    }

    /// Switches an account's tasks off and says so.
    ///
    /// # Errors
    /// When the state can't be stored.
    pub async fn stop_account(&self, id: AccountId) -> Result<(), EngineError> {
        if let Some(running) = self.lock().remove(&id) {
            running.stop.cancel();
        }
        let mut tx = self.shared.store.write().await?;
        store::accounts::set_connection(&mut tx, id, &Connection::off(self.shared.clock.now()), None).await?;
        tx.commit().await?;
        self.shared.changes.announce(Change::Accounts);
        Ok(())
    }

    /// Do not wait for the next try: try now.
    pub fn reconnect(&self, id: AccountId) {
        if let Some(running) = self.running(id) {
            running.reconnect.notify_one();
        }
    }

    /// Something was put into the queue of an account.
    pub fn poke_delivery(&self, id: AccountId) {
        if let Some(running) = self.running(id) {
            running.delivery.notify_one();
        }
    }

    /// A file of an account is wanted.
    pub fn poke_fetch(&self, id: AccountId) {
        if let Some(running) = self.running(id) {
            running.fetch.notify_one();
        }
    }

    /// Something with files was deleted: they may go, too.
    pub fn poke_sweep(&self) {
        self.shared.sweep.notify_one();
    }

    /// The connector of an account while its line stands.
    pub fn connector(&self, id: AccountId) -> Option<Arc<dyn Connector>> {
        self.running(id)
            .filter(|running| running.is_online())
            .and_then(|running| running.connector())
    }

    /// A network of this build.
    pub fn channel(&self, id: &str) -> Option<&'static dyn Channel> {
        self.shared
            .channels
            .iter()
            .copied()
            .find(|channel| channel.descriptor().id.as_str() == id)
    }

    /// Every network of this build.
    pub fn channels(&self) -> &[&'static dyn Channel] {
        &self.shared.channels
    }

    /// Where changes are announced.
    pub fn changes(&self) -> &Changes {
        &self.shared.changes
    }

    /// The workspace.
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// Time and chance.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.shared.clock
    }

    fn running(&self, id: AccountId) -> Option<Arc<Running>> {
        self.lock().get(&id).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Arc<Running>>> {
        self.shared.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
