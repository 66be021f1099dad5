//! One task per account: connect, receive, look at how it ended, wait, again. The only place that reconnects.

use std::{sync::Arc, time::Duration};

use contracts::{
    Secret,
    channel::{AccountContext, CallError, ConnectError, Deps as ChannelDeps, Exit, Network},
};
use domain::{Backoff, Connection, ConnectionEvent, Reason, UserAction};
use store::{Account, StoreError};

use crate::{account::Running, changes::Change, engine::Shared, sink::EngineSink};

/// A line that waits for a person is tried again after this long all the same: the other program may have stopped,
/// the setting may have been corrected. Never after a logout: logging in again by itself is how accounts get banned.
const STUCK_RETRY: Duration = Duration::from_secs(60);

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<Running>) {
    let mut line = Connection::off(shared.clock.now()).next(ConnectionEvent::SwitchedOn, shared.clock.now());
    if let Err(error) = announce(&shared, &running, &line).await {
        tracing::error!(account = %running.id, %error, "state not stored");
    }
    loop {
        let (exit, was_online) = session(&shared, &running).await;
        running.set_online(false);
        running.set_connector(None);
        if running.stop.is_cancelled() {
            return;
        }
        if was_online {
            line = line.next(ConnectionEvent::Established, shared.clock.now());
        }
        let (event, wait) = after(&exit, &line, shared.clock.now(), shared.clock.chance());
        tracing::info!(account = %running.id, ?exit, ?wait, "session ended");
        line = line.next(event, shared.clock.now());
        if let Err(error) = announce(&shared, &running, &line).await {
            tracing::error!(account = %running.id, %error, "state not stored");
        }
        let patience = async {
            match wait {
                Some(wait) => shared.clock.sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = running.stop.cancelled() => return,
            () = running.reconnect.notified() => {}
            () = patience => {}
        }
    }
}

/// One session; how it ended, and whether the line ever stood.
async fn session(shared: &Arc<Shared>, running: &Arc<Running>) -> (CallError, bool) {
    let account = match store::accounts::get(shared.store.read(), running.id).await {
        Ok(account) => account,
        Err(error) => return (storage(&error), false),
    };
    let context = match context(shared, account).await {
        Ok(context) => context,
        Err(error) => return (storage(&error), false),
    };
    let connector = match running.channel.connect(
        context,
        ChannelDeps {
            clock: shared.clock.clone(),
        },
    ) {
        Ok(connector) => connector,
        Err(ConnectError::Secret) => return (CallError::LoggedOut(Reason::new("reason.login_unreadable")), false),
        Err(ConnectError::Network(reason)) => {
            return (
                CallError::Stuck {
                    reason,
                    action: UserAction::FixSettings,
                },
                false,
            );
        }
    };
    running.set_connector(Some(connector.clone()));
    let stop = running.begin_session();
    let sink = EngineSink::new(shared.clone(), running.clone());
    let exit = connector.receive(&sink, &stop).await;
    let error = match (exit, running.take_broken()) {
        (_, Some(error)) | (Exit::Broken(error), None) => error,
        // Left without being asked: the sink had closed on it, because a commit failed.
        (Exit::Stopped, None) => CallError::Local(Reason::new("reason.storage")),
    };
    (error, sink.was_online())
}

async fn context(shared: &Shared, account: Account) -> Result<AccountContext, StoreError> {
    let cursors = store::accounts::cursors(shared.store.read(), account.id).await?;
    Ok(AccountContext {
        id: account.id,
        remote_id: account.remote_id,
        secret: Secret::new(account.secret),
        settings: account.settings,
        cursors,
        network: Network {
            proxy: account.proxy.map(Secret::new),
            endpoints: account.endpoints,
        },
        connected_at: account.connected_at,
    })
}

fn storage(error: &StoreError) -> CallError {
    tracing::error!(%error, "account can't be read");
    CallError::Local(Reason::new("reason.storage"))
}

/// What a broken session means for the line, and how long to wait; `None`: for a person.
fn after(error: &CallError, line: &Connection, now: domain::At, chance: f64) -> (ConnectionEvent, Option<Duration>) {
    let backoff = Backoff::RECONNECT.delay(line.attempt.saturating_add(1), chance);
    let lost = |reason: Reason, wait: Duration| {
        (
            ConnectionEvent::Lost {
                reason,
                retry_at: now.plus(wait),
            },
            Some(wait),
        )
    };
    match error {
        CallError::Network { reason, .. } | CallError::Refused(reason) | CallError::Local(reason) => {
            lost(reason.clone(), backoff)
        }
        CallError::TooFast { wait } => lost(error.reason(), (*wait).max(backoff)),
        CallError::Blocked(reason) => (
            ConnectionEvent::Blocked {
                reason: reason.clone(),
                retry_at: now.plus(backoff),
            },
            Some(backoff),
        ),
        CallError::LoggedOut(reason) => (ConnectionEvent::LoggedOut { reason: reason.clone() }, None),
        CallError::Stuck { reason, action } => (
            ConnectionEvent::Stuck {
                reason: reason.clone(),
                action: *action,
            },
            Some(STUCK_RETRY),
        ),
    }
}

/// Stores the state and says so.
pub(crate) async fn announce(shared: &Shared, running: &Running, line: &Connection) -> Result<(), StoreError> {
    let seen = running.is_online().then(|| shared.clock.now());
    let mut tx = shared.store.write().await?;
    // A task that was stopped meanwhile must not overwrite what its successor says.
    if running.stop.is_cancelled() {
        return Ok(());
    }
    store::accounts::set_connection(&mut tx, running.id, line, seen).await?;
    tx.commit().await?;
    shared.changes.announce(Change::Accounts);
    Ok(())
}
