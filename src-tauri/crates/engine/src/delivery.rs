//! One task per account: the first open message of each conversation, several conversations at once.

use std::{sync::Arc, time::Duration};

use contracts::channel::{CallError, Certainty, Connector, OutgoingFile, OutgoingMessage, SendError, Sent};
use domain::{At, Backoff, DeliveryEvent, DeliveryState, Reachability, Reason, Retry};
use store::{DeliveryRow, Outgoing, StoreError, StoredRef, deliveries, deliveries::Step};
use tokio::task::JoinSet;

use crate::{account::Running, changes::Gathered, engine::Shared};

/// Conversations served at once per account. Networks allow 20–30 calls a second; a call takes 50–300 ms.
const AT_ONCE: usize = 8;
/// Looks after the rows now and then even if nobody poked: a poke may have been missed in a crash.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// How long sends under way may go on after «stop»; longer ones are cut off and their outcome is unknown.
const FINISH: Duration = Duration::from_secs(3);

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<Running>) {
    if let Err(error) = settle_interrupted(&shared, &running).await {
        tracing::error!(account = %running.id, %error, "interrupted deliveries not settled");
    }
    let mut sending: JoinSet<Option<Duration>> = JoinSet::new();
    // The network asked the whole account to be slower.
    let mut quiet_until = At::default();
    while !running.stop.is_cancelled() {
        let now = shared.clock.now();
        let wait = if quiet_until > now {
            quiet_until.since(now)
        } else {
            start_due(&shared, &running, &mut sending).await.unwrap_or(LOOK_AGAIN)
        };
        tokio::select! {
            () = running.stop.cancelled() => {}
            () = running.delivery.notified() => {}
            Some(done) = sending.join_next() => {
                if let Ok(Some(pause)) = done {
                    quiet_until = shared.clock.now().plus(pause);
                }
            }
            () = shared.clock.sleep(wait.min(LOOK_AGAIN)) => {}
        }
    }
    // Cut off by time: the rows say «sending», and the next start knows what that means.
    let _ = tokio::time::timeout(FINISH, async { while sending.join_next().await.is_some() {} }).await;
}

/// Deliveries that were under way when the program ended: repeated where the network recognises a repetition, else
/// nobody knows.
async fn settle_interrupted(shared: &Shared, running: &Running) -> Result<(), StoreError> {
    let repeatable = running.channel.descriptor().capabilities.idempotent_send;
    for row in deliveries::interrupted(shared.store.read(), running.id).await? {
        let error = SendError::Call(CallError::Network {
            reason: Reason::new("reason.interrupted"),
            certainty: Certainty::Unknown,
        });
        refuse(shared, running, &row, &error, repeatable).await?;
    }
    Ok(())
}

/// Claims what is due and starts sending it; answers how long there is nothing more to do.
async fn start_due(
    shared: &Arc<Shared>,
    running: &Arc<Running>,
    sending: &mut JoinSet<Option<Duration>>,
) -> Option<Duration> {
    // Offline, messages wait as they are: no try can end in an unknown outcome.
    let connector = running.connector().filter(|_| running.is_online())?;
    let room = AT_ONCE.checked_sub(sending.len()).filter(|room| *room > 0)?;
    let now = shared.clock.now();
    let due = deliveries::due(shared.store.read(), running.id, now, i64::try_from(room).unwrap_or(1)).await;
    for row in reported(due)? {
        if reported(claim(shared, &row).await)? {
            let (shared, running, connector) = (shared.clone(), running.clone(), connector.clone());
            sending.spawn(async move { send(&shared, &running, &*connector, &row).await });
        }
    }
    let next = reported(deliveries::next_due(shared.store.read(), running.id).await)??;
    // What is due already waits for a place or for an earlier message: its end wakes us.
    if next <= now { None } else { Some(next.since(now)) }
}

/// Writes «sending» before the first byte leaves.
async fn claim(shared: &Shared, row: &DeliveryRow) -> Result<bool, StoreError> {
    let now = shared.clock.now();
    let Some(state) = row.state.next(DeliveryEvent::Claimed) else {
        return Ok(false);
    };
    let mut tx = shared.store.write().await?;
    let claimed = deliveries::step(
        &mut tx,
        row.id,
        row.state,
        Step {
            state,
            reason: None,
            retry_at: now,
            tried: true,
            now,
        },
    )
    .await?;
    tx.commit().await?;
    fail::fail_point!("delivery.claimed");
    Ok(claimed)
}

/// Sends one claimed message and settles it. Answers for how long the whole account has to be quiet.
async fn send(shared: &Shared, running: &Running, connector: &dyn Connector, row: &DeliveryRow) -> Option<Duration> {
    let outgoing = reported(deliveries::outgoing(shared.store.read(), row.message_id).await)?;
    let message = message(shared, &outgoing);
    let result = connector.send(&message).await;
    fail::fail_point!("delivery.sent");
    let settled = match &result {
        Ok(sent) => confirm(shared, row, sent).await,
        Err(error) => {
            let repeatable = running.channel.descriptor().capabilities.idempotent_send;
            let row = DeliveryRow {
                state: DeliveryState::Sending,
                attempts: row.attempts.saturating_add(1),
                ..row.clone()
            };
            refuse(shared, running, &row, error, repeatable).await
        }
    };
    fail::fail_point!("delivery.settled");
    reported(settled)?;
    match result {
        Err(SendError::Call(CallError::TooFast { wait })) => Some(wait),
        _ => None,
    }
}

fn message(shared: &Shared, outgoing: &Outgoing) -> OutgoingMessage {
    let media = shared.store.media_folder();
    OutgoingMessage {
        key: outgoing.key,
        chat: outgoing.chat.clone(),
        text: outgoing.text.clone(),
        entities: outgoing.entities.clone(),
        reply_to: outgoing.reply_to.clone(),
        files: outgoing
            .files
            .iter()
            .map(|file| OutgoingFile {
                path: media.join(&file.path),
                name: file.name.clone(),
                mime: file.mime.clone(),
                size: u64::try_from(file.size).unwrap_or(0),
                kind: file.kind,
                duration_ms: file.duration_ms,
            })
            .collect(),
    }
}

async fn confirm(shared: &Shared, row: &DeliveryRow, sent: &Sent) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let mut tx = shared.store.write().await?;
    let ours = StoredRef {
        id: row.message_id,
        conversation_id: row.conversation_id,
    };
    store::messages::confirm(&mut tx, ours, &sent.remote_id, None).await?;
    let step = Step {
        state: DeliveryState::Sent,
        reason: None,
        retry_at: now,
        tried: false,
        now,
    };
    // An echo may have settled it already; then there is nothing to step.
    deliveries::step(&mut tx, row.id, DeliveryState::Sending, step).await?;
    tx.commit().await?;
    announce(shared, row);
    Ok(())
}

/// Not sent, or nobody knows: parked, failed or uncertain, always with the reason.
async fn refuse(
    shared: &Shared,
    running: &Running,
    row: &DeliveryRow,
    error: &SendError,
    repeatable: bool,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let Some(state) = DeliveryState::Sending.next(event(error, repeatable)) else {
        return Ok(());
    };
    let retry_at = match error.retry() {
        Retry::After(wait) => now.plus(wait),
        Retry::Soon => now.plus(Backoff::DELIVERY.delay(row.attempts, shared.clock.chance())),
        Retry::Never => now,
    };
    let reason = error.reason();
    tracing::info!(delivery = %row.id, ?state, %reason, "not sent");
    let mut tx = shared.store.write().await?;
    let step = Step {
        state,
        reason: Some(&reason),
        retry_at,
        tried: false,
        now,
    };
    deliveries::step(&mut tx, row.id, DeliveryState::Sending, step).await?;
    if matches!(error, SendError::Unreachable(_)) {
        store::conversations::set_reachability(&mut tx, row.conversation_id, Reachability::Blocked).await?;
    }
    tx.commit().await?;
    if let SendError::Call(error @ (CallError::LoggedOut(_) | CallError::Stuck { .. })) = error {
        running.break_session(error.clone());
    }
    announce(shared, row);
    Ok(())
}

/// What a failure means for the delivery. A line that needs a person keeps the message: it goes when the line stands.
fn event(error: &SendError, repeatable: bool) -> DeliveryEvent {
    match error {
        _ if !error.certain() => DeliveryEvent::Lost { repeatable },
        SendError::Call(CallError::LoggedOut(_) | CallError::Stuck { .. }) => DeliveryEvent::Refused,
        _ if error.retry() == Retry::Never => DeliveryEvent::Rejected,
        _ => DeliveryEvent::Refused,
    }
}

fn announce(shared: &Shared, row: &DeliveryRow) {
    let mut gathered = Gathered::default();
    gathered.thread(row.conversation_id);
    gathered.announce(&shared.changes);
}

/// A database that fails here is reported; the row keeps its state and is looked at again.
fn reported<T>(result: Result<T, StoreError>) -> Option<T> {
    result.inspect_err(|error| tracing::error!(%error, "delivery")).ok()
}
