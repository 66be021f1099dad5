//! Tells the CRM what became of managers' messages.

use std::{sync::Arc, time::Duration};

use contracts::crm::{CrmError, Fate, ReplyStatus};
use domain::{Backoff, ReplyState, Retry, Tick};
use store::{StoreError, crm_reply_fates, crm_reply_fates::Untold};
use tokio_util::sync::CancellationToken;

use super::link::{Ready, RunningLink};
use crate::engine::Shared;

/// Told in one go.
const TOGETHER: i64 = 50;
/// Looks after the rows now and then even if nobody poked.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// After so many failures of one reply its manager learns it by other ways.
const GIVE_UP_AFTER: u32 = 8;

const FAILED: i64 = 1;
const SENT: i64 = 2;
const DELIVERED: i64 = 3;
const READ: i64 = 4;

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<RunningLink>, ready: Ready, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let wait = round(&shared, &running, &ready, &stop)
            .await
            .inspect_err(|error| tracing::error!(link = %running.id, %error, "fates of replies"))
            .unwrap_or(LOOK_AGAIN);
        tokio::select! {
            () = stop.cancelled() => {}
            () = running.tell.notified() => {}
            () = shared.clock.sleep(wait) => {}
        }
    }
}

/// Tells what is due; answers how long there is nothing more.
async fn round(
    shared: &Shared,
    running: &RunningLink,
    ready: &Ready,
    stop: &CancellationToken,
) -> Result<Duration, StoreError> {
    let due = crm_reply_fates::to_tell(shared.store.read(), running.id, shared.clock.now(), TOGETHER).await?;
    for reply in due {
        if stop.is_cancelled() {
            return Ok(LOOK_AGAIN);
        }
        tell(shared, running, ready, reply).await?;
    }
    let next = crm_reply_fates::next_tell(shared.store.read(), running.id).await?;
    Ok(next.map_or(LOOK_AGAIN, |next| next.since(shared.clock.now()).min(LOOK_AGAIN)))
}

/// Every step that the CRM does not know yet, in order: some count a message as read only after it was delivered.
async fn tell(shared: &Shared, running: &RunningLink, ready: &Ready, reply: Untold) -> Result<(), StoreError> {
    let mut known = reply.told;
    for step in steps(&reply) {
        let status = ReplyStatus {
            reply: reply.remote_id.clone(),
            data: reply.data.clone(),
            conversation: reply.conversation,
            fate: fate(shared, &reply, step),
            at: reply.updated_at,
        };
        if let Err(error) = ready.link.report(&status).await {
            return later(shared, running, ready, &reply, known, &error).await;
        }
        running.well();
        known = step;
    }
    fail::fail_point!("replies.told");
    let mut tx = shared.store.write().await?;
    crm_reply_fates::told(&mut tx, reply.id, known, reply.updated_at).await?;
    tx.commit().await
}

fn steps(reply: &Untold) -> Vec<i64> {
    let reached = match (reply.state, reply.tick) {
        (ReplyState::Queued, _) => return Vec::new(),
        (ReplyState::Failed, _) => return if reply.told == FAILED { Vec::new() } else { vec![FAILED] },
        (ReplyState::Sent, Some(Tick::Read)) => READ,
        (ReplyState::Sent, Some(Tick::Delivered)) => DELIVERED,
        (ReplyState::Sent, _) => SENT,
    };
    (reply.told.max(FAILED) + 1..=reached).collect()
}

fn fate(shared: &Shared, reply: &Untold, step: i64) -> Fate {
    let ids = reply.messages.clone();
    match step {
        SENT => Fate::Sent(ids),
        DELIVERED => Fate::Delivered(ids),
        READ => Fate::Read(ids),
        _ => {
            let reason = reply
                .reason
                .clone()
                .unwrap_or_else(|| domain::Reason::new("reason.unknown"));
            let text = shared.words.text(&reason);
            Fate::Failed(reason, text)
        }
    }
}

/// The CRM could not be told now; what it does know is kept.
async fn later(
    shared: &Shared,
    running: &RunningLink,
    ready: &Ready,
    reply: &Untold,
    known: i64,
    error: &CrmError,
) -> Result<(), StoreError> {
    let (now, chance) = (shared.clock.now(), shared.clock.chance());
    let pause = running.hurt(&ready.turns, error, |failures| {
        Backoff::DELIVERY.delay(failures, chance)
    });
    let wait = match error.retry() {
        Retry::Never if !error.fatal() => None,
        Retry::After(wait) => Some(wait),
        Retry::Soon | Retry::Never => Some(pause.max(Backoff::DELIVERY.delay(reply.attempts + 1, chance))),
    };
    let wait = wait.filter(|_| error.fatal() || reply.attempts + 1 < GIVE_UP_AFTER);
    tracing::info!(reply = %reply.id, %error, ?wait, "the CRM does not know the fate of a reply yet");
    let mut tx = shared.store.write().await?;
    crm_reply_fates::told(&mut tx, reply.id, known, reply.updated_at).await?;
    crm_reply_fates::not_told(&mut tx, reply.id, wait.map(|wait| now.plus(wait))).await?;
    tx.commit().await
}
