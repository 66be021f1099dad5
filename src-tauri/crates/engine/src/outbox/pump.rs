//! One task per session of a link: takes the head of the queue, calls, writes down how it went.

use std::{collections::HashSet, sync::Arc, time::Duration};

use contracts::crm::{Applied, ApplyError, CrmError, Outcome, Trace, Work};
use domain::{At, Backoff, ContactId, CrmOperation, Reason, Retry, SyncEvent, SyncState};
use store::{Settled, StoreError, SyncRow, outbox, outbox_works};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{
    link::{Ready, RunningLink},
    round, works,
};
use crate::{changes::Change, engine::Shared};

/// How much of the queue is looked at in one go: a millisecond of reading, and more contacts than are served at once.
const WINDOW: i64 = 1000;
/// Looks after the rows now and then even if nobody poked: a poke may have been missed in a crash.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// How long calls under way may go on after «stop»; longer ones are cut off and traced at the next start.
const FINISH: Duration = Duration::from_secs(3);

/// What a finished batch leaves.
struct Done {
    contacts: Vec<ContactId>,
    /// Leave the link in peace for so long.
    pause: Duration,
}

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<RunningLink>, ready: Ready, stop: CancellationToken) {
    let mut calls: JoinSet<Done> = JoinSet::new();
    let mut busy: HashSet<ContactId> = HashSet::new();
    let mut quiet_until = At::default();
    while !stop.is_cancelled() {
        let now = shared.clock.now();
        let wait = if quiet_until > now {
            quiet_until.since(now)
        } else {
            start_due(&shared, &running, &ready, &mut calls, &mut busy).await
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = running.pump.notified() => {}
            Some(done) = calls.join_next() => if let Ok(done) = done {
                done.contacts.iter().for_each(|contact| { busy.remove(contact); });
                quiet_until = quiet_until.max(shared.clock.now().plus(done.pause));
            },
            () = shared.clock.sleep(wait.min(LOOK_AGAIN)) => {}
        }
    }
    let _ = tokio::time::timeout(FINISH, async { while calls.join_next().await.is_some() {} }).await;
}

/// Starts as many batches as the link takes; answers how long there is nothing more to do by time.
async fn start_due(
    shared: &Arc<Shared>,
    running: &Arc<RunningLink>,
    ready: &Ready,
    calls: &mut JoinSet<Done>,
    busy: &mut HashSet<ContactId>,
) -> Duration {
    let limits = ready.link.limits();
    while calls.len() < limits.at_once.max(1) {
        let now = shared.clock.now();
        let Some(head) = reported(outbox::head(shared.store.read(), running.id, WINDOW).await) else {
            return LOOK_AGAIN;
        };
        let round = round::choose(head, busy, limits.batch.max(1), now);
        if round.batch.is_empty() {
            return round.next.map_or(LOOK_AGAIN, |next| next.since(now));
        }
        let contacts: Vec<ContactId> = round.batch.iter().map(|row| row.contact_id).collect();
        busy.extend(&contacts);
        let (shared, running, ready) = (shared.clone(), running.clone(), ready.clone());
        calls.spawn(async move {
            let pause = match batch(&shared, &running, &ready, round.batch).await {
                Ok(pause) => pause,
                Err(error) => {
                    // The rows keep what was written last; what may have been done is traced.
                    tracing::error!(link = %running.id, %error, "outbox");
                    Backoff::DELIVERY.ceiling
                }
            };
            Done { contacts, pause }
        });
    }
    LOOK_AGAIN
}

/// One batch from the first look to the last row. Answers how long to leave the link in peace.
async fn batch(
    shared: &Shared,
    running: &RunningLink,
    ready: &Ready,
    rows: Vec<SyncRow>,
) -> Result<Duration, StoreError> {
    let ids: Vec<_> = rows.iter().map(|row| row.message_id).collect();
    let messages = outbox_works::load(shared.store.read(), running.id, &ids).await?;
    let works = works::of(&rows, messages, &shared.store.media_folder(), &*shared.words);
    let mut batch = Batch::new(shared, running, ready);
    let works = batch.without_object(works);
    let works = batch.trace(works).await;
    if !works.is_empty() {
        let ids: Vec<_> = works.iter().map(|work| work.id).collect();
        let mut tx = shared.store.write().await?;
        outbox::intend(&mut tx, &ids, shared.clock.now()).await?;
        tx.commit().await?;
        fail::fail_point!("outbox.intended");
        let outcomes = ready.link.apply(&works).await;
        fail::fail_point!("outbox.applied");
        batch.take(&works, outcomes);
    }
    batch.settle().await
}

struct Batch<'a> {
    shared: &'a Shared,
    running: &'a RunningLink,
    ready: &'a Ready,
    settled: Vec<Settled>,
    pause: Duration,
}

impl<'a> Batch<'a> {
    fn new(shared: &'a Shared, running: &'a RunningLink, ready: &'a Ready) -> Self {
        Self {
            shared,
            running,
            ready,
            settled: Vec::new(),
            pause: Duration::ZERO,
        }
    }

    /// Edits of what never got there have no object.
    fn without_object(&mut self, works: Vec<Work>) -> Vec<Work> {
        let (with, without): (Vec<_>, Vec<_>) = works
            .into_iter()
            .partition(|work| work.operation == CrmOperation::Message || !work.refs.is_empty());
        for work in without {
            let discarded = Applied::Discarded(Reason::new("sync.never_exported"));
            self.settled.push(done(&work, discarded));
        }
        with
    }

    /// Looks for what earlier calls may have left. Answers what is still to be done.
    async fn trace(&mut self, works: Vec<Work>) -> Vec<Work> {
        let mut open = Vec::with_capacity(works.len());
        let mut held: HashSet<ContactId> = HashSet::new();
        for work in works {
            if held.contains(&work.conversation.contact.id) {
                continue;
            }
            if work.intended_at.is_none() {
                open.push(work);
                continue;
            }
            match self.ready.link.trace(&work).await {
                Ok(Trace::Found(refs)) => self.settled.push(done(&work, Applied::Exported(refs))),
                Ok(Trace::Missing | Trace::Repeatable) => open.push(work),
                Ok(Trace::Unknown(reason)) => self.settled.push(failed(&work, reason)),
                Err(error) => {
                    self.fail(&error);
                    held.insert(work.conversation.contact.id);
                    self.settled.push(self.postponed(&work, &error, work.intended_at));
                }
            }
        }
        open
    }

    fn take(&mut self, works: &[Work], outcomes: Vec<Outcome>) {
        if works.len() != outcomes.len() {
            // Nobody knows which is whose: all of them stay «intended» and are traced.
            tracing::error!(link = %self.running.id, "a link answered another number of outcomes");
            self.pause = Backoff::DELIVERY.first;
            return;
        }
        for (work, outcome) in works.iter().zip(outcomes) {
            let settled = match outcome {
                Ok(applied) => {
                    self.running.well();
                    done(work, applied)
                }
                Err(ApplyError::Held) => self.untouched(work),
                Err(ApplyError::Call(error)) => {
                    self.fail(&error);
                    self.refused(work, &error)
                }
            };
            self.settled.push(settled);
        }
    }

    fn fail(&mut self, error: &CrmError) {
        let chance = self.shared.clock.chance();
        let wait = |failures| Backoff::DELIVERY.delay(failures, chance);
        let pause = self.running.hurt(&self.ready.turns, error, wait);
        self.pause = self.pause.max(pause);
    }

    fn refused(&self, work: &Work, error: &CrmError) -> Settled {
        let now = self.shared.clock.now();
        if !error.certain() {
            return self.postponed(work, error, Some(work.intended_at.unwrap_or(now)));
        }
        match error.retry() {
            Retry::Never if !error.fatal() => failed(work, error.reason()),
            _ => self.postponed(work, error, None),
        }
    }

    /// It stays in the queue. Access that is over is nobody's try.
    fn postponed(&self, work: &Work, error: &CrmError, unknown_since: Option<At>) -> Settled {
        let now = self.shared.clock.now();
        let own = matches!(error, CrmError::Local(_));
        let wait = Backoff::DELIVERY.delay(work.attempts.saturating_add(1), self.shared.clock.chance());
        tracing::info!(sync = %work.id, link = %self.running.id, %error, "not exported yet");
        Settled {
            id: work.id,
            state: SyncState::Queued.next(SyncEvent::Refused).unwrap_or(SyncState::Queued),
            reason: Some(error.reason()),
            // Whatever is the matter with the link holds all of its rows; what is the matter here holds this one.
            retry_at: if own { now.plus(wait) } else { now },
            tried: !error.fatal(),
            unknown_since,
            refs: Vec::new(),
        }
    }

    /// Not tried: as it was before.
    fn untouched(&self, work: &Work) -> Settled {
        Settled {
            id: work.id,
            state: SyncState::Queued,
            reason: None,
            retry_at: At::default(),
            tried: false,
            unknown_since: None,
            refs: Vec::new(),
        }
    }

    async fn settle(self) -> Result<Duration, StoreError> {
        if self.settled.is_empty() {
            return Ok(self.pause);
        }
        let mut tx = self.shared.store.write().await?;
        outbox::settle(&mut tx, &self.settled, self.shared.clock.now()).await?;
        tx.commit().await?;
        fail::fail_point!("outbox.settled");
        self.shared.changes.announce(Change::Journal);
        Ok(self.pause)
    }
}

fn done(work: &Work, applied: Applied) -> Settled {
    let (event, reason, refs) = match applied {
        Applied::Exported(refs) => (SyncEvent::Confirmed, None, refs),
        Applied::Discarded(reason) => (SyncEvent::Dropped, Some(reason), Vec::new()),
    };
    Settled {
        id: work.id,
        state: SyncState::Queued.next(event).unwrap_or(SyncState::Discarded),
        reason,
        retry_at: At::default(),
        tried: true,
        unknown_since: None,
        refs,
    }
}

fn failed(work: &Work, reason: Reason) -> Settled {
    tracing::info!(sync = %work.id, %reason, "not exported");
    Settled {
        state: SyncState::Queued.next(SyncEvent::Rejected).unwrap_or(SyncState::Failed),
        reason: Some(reason),
        ..done(work, Applied::Exported(Vec::new()))
    }
}

/// A database that fails here is reported; the rows keep their state and are looked at again.
fn reported<T>(result: Result<T, StoreError>) -> Option<T> {
    result.inspect_err(|error| tracing::error!(%error, "outbox")).ok()
}
