//! One task per link: connect, prepare, work until it breaks, wait, again. The only place that reconnects a CRM.

use std::{sync::Arc, time::Duration};

use contracts::{
    Secret,
    crm::{ConnectError, CrmError, LinkContext, LinkDeps, Network, Prepared},
};
use domain::{At, Backoff, LinkAction, LinkEvent, LinkState, Reason, Retry};
use store::{Link, StoreError, crm_links};
use tokio_util::sync::CancellationToken;

use super::{
    answer,
    link::{Ready, RunningLink},
    listen,
    notebook::Pages,
    pace::Turns,
    pump, tell,
};
use crate::{changes::Change, engine::Shared};

/// A link that waits for a person is tried again after this long all the same: the right may have been granted, the bill
/// paid. Never after a logout.
const STUCK_RETRY: Duration = Duration::from_secs(600);

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<RunningLink>) {
    let now = shared.clock.now();
    let mut line = LinkState::off(now).next(LinkEvent::SwitchedOn, now);
    announce(&shared, &running, &line).await;
    loop {
        let (error, was_online) = session(&shared, &running).await;
        running.set_ready(None);
        if running.stop.is_cancelled() {
            return;
        }
        if was_online {
            line = line.next(LinkEvent::Established, shared.clock.now());
        }
        let (event, wait) = after(&error, &line, shared.clock.now(), shared.clock.chance());
        tracing::info!(link = %running.id, %error, ?wait, "link down");
        line = line.next(event, shared.clock.now());
        announce(&shared, &running, &line).await;
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

/// One session; why it ended, and whether the link ever stood.
async fn session(shared: &Arc<Shared>, running: &Arc<RunningLink>) -> (CrmError, bool) {
    let stop = running.begin_session();
    let turns = Turns::new(shared.clock.clone(), stop.clone());
    let opened = tokio::select! {
        opened = open(shared, running, &turns, &stop) => opened,
        () = stop.cancelled() => Err(stopped()),
    };
    let ready = match opened {
        Ok(ready) => ready,
        Err(error) => return (error, false),
    };
    running.set_ready(Some(ready.clone()));
    let online = LinkState::off(shared.clock.now()).next(LinkEvent::Established, shared.clock.now());
    announce(shared, running, &online).await;
    let part = || (shared.clone(), running.clone(), ready.clone(), stop.clone());
    let ((a, b, c, d), (e, f, g, h)) = (part(), part());
    let ((i, j, k, l), (m, n, o, p)) = (part(), part());
    tokio::join!(
        pump::run(a, b, c, d),
        listen::run(e, f, g, h),
        answer::run(i, j, k, l),
        tell::run(m, n, o, p),
    );
    (running.take_broken().unwrap_or_else(stopped), true)
}

/// Only seen by those who stop.
fn stopped() -> CrmError {
    CrmError::Local(Reason::new("reason.storage"))
}

/// Connects and makes the account ready.
async fn open(
    shared: &Arc<Shared>,
    running: &RunningLink,
    turns: &Arc<Turns>,
    stop: &CancellationToken,
) -> Result<Ready, CrmError> {
    let storage = |error: StoreError| {
        tracing::error!(%error, "link can't be read");
        CrmError::Local(Reason::new("reason.storage"))
    };
    let row = crm_links::get(shared.store.read(), running.id).await.map_err(storage)?;
    let deps = LinkDeps {
        clock: shared.clock.clone(),
        notebook: Pages::new(
            shared.clone(),
            running.id,
            Secret::new(row.secret.clone()),
            stop.clone(),
        ),
        pace: turns.clone(),
    };
    let link = running.crm.connect(context(row), deps).map_err(|error| match error {
        ConnectError::Secret => CrmError::LoggedOut(Reason::new("reason.login_unreadable")),
        ConnectError::Network(reason) => CrmError::Stuck {
            reason,
            action: LinkAction::FixSettings,
        },
    })?;
    // Before anything is called: also getting ready keeps to the rates.
    turns.describe(&link.limits().buckets);
    let prepared = link.prepare().await?;
    turns.describe(&link.limits().buckets);
    remember(shared, running, &prepared).await.map_err(storage)?;
    Ok(Ready {
        link,
        turns: turns.clone(),
    })
}

fn context(row: Link) -> LinkContext {
    LinkContext {
        id: row.id,
        remote_id: row.remote_id,
        secret: Secret::new(row.secret),
        settings: row.settings,
        network: Network {
            proxy: row.proxy.map(Secret::new),
            endpoints: row.endpoints,
        },
        connected_at: row.connected_at,
    }
}

async fn remember(shared: &Shared, running: &RunningLink, prepared: &Prepared) -> Result<(), StoreError> {
    let mut tx = shared.store.write().await?;
    crm_links::set_prepared(
        &mut tx,
        running.id,
        prepared.handle.as_deref(),
        prepared.page.as_deref(),
        &prepared.notices,
        prepared.expires_at,
    )
    .await?;
    tx.commit().await
}

/// What a broken session means for the link, and how long to wait; `None`: for a person.
fn after(error: &CrmError, line: &LinkState, now: At, chance: f64) -> (LinkEvent, Option<Duration>) {
    let backoff = Backoff::RECONNECT.delay(line.attempt.saturating_add(1), chance);
    let stuck = Some(STUCK_RETRY);
    match error {
        CrmError::LoggedOut(reason) => (LinkEvent::LoggedOut(reason.clone()), None),
        CrmError::NoRights(reason) => (LinkEvent::Forbidden(reason.clone()), stuck),
        CrmError::Unpaid(reason) => (LinkEvent::Unpaid(reason.clone()), stuck),
        CrmError::Stuck { reason, action } => {
            let (reason, action) = (reason.clone(), *action);
            (LinkEvent::Stuck { reason, action }, stuck)
        }
        // Getting ready was refused: it won't be otherwise in a second.
        CrmError::Refused(reason) | CrmError::Gone(reason) => (
            LinkEvent::Stuck {
                reason: reason.clone(),
                action: LinkAction::FixSettings,
            },
            stuck,
        ),
        CrmError::Network { .. } | CrmError::Blocked(_) | CrmError::TooFast { .. } | CrmError::Local(_) => {
            let wait = match error.retry() {
                Retry::After(wait) => wait.max(backoff),
                Retry::Soon | Retry::Never => backoff,
            };
            let (reason, retry_at) = (error.reason(), now.plus(wait));
            (LinkEvent::Lost { reason, retry_at }, Some(wait))
        }
    }
}

/// Stores the state and says so.
async fn announce(shared: &Shared, running: &RunningLink, line: &LinkState) {
    if let Err(error) = store_state(shared, running, line).await {
        tracing::error!(link = %running.id, %error, "state not stored");
    }
}

async fn store_state(shared: &Shared, running: &RunningLink, line: &LinkState) -> Result<(), StoreError> {
    let seen = running.ready().is_some().then(|| shared.clock.now());
    let mut tx = shared.store.write().await?;
    // A task that was stopped meanwhile must not overwrite what its successor says.
    if running.stop.is_cancelled() {
        return Ok(());
    }
    crm_links::set_state(&mut tx, running.id, line, seen).await?;
    tx.commit().await?;
    shared.changes.announce(Change::Links);
    Ok(())
}
