//! Takes managers' messages in: poll, rows and cursors in one transaction, only then «confirmed».

use std::{sync::Arc, time::Duration};

use contracts::crm::{CrmError, CrmEvent, Polled, Reply};
use domain::{Backoff, Reason};
use store::{NewReply, NewReplyFile, StoreError, Tx, crm_links, crm_replies};
use tokio_util::sync::CancellationToken;

use super::link::{Ready, RunningLink};
use crate::{changes::Change, engine::Shared};

/// A bell that does not work is tried again after this long.
const BELL_RETRY: Duration = Duration::from_secs(60);

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<RunningLink>, ready: Ready, stop: CancellationToken) {
    let Some(every) = ready.link.limits().poll_every else {
        return;
    };
    while !stop.is_cancelled() {
        let wait = match round(&shared, &running, &ready).await {
            Ok(true) => continue,
            Ok(false) => Duration::ZERO,
            Err(error) => {
                let chance = shared.clock.chance();
                running.hurt(&ready.turns, &error, |failures| {
                    Backoff::DELIVERY.delay(failures, chance)
                })
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = rung(&shared, &ready, &stop, every) => {}
        }
        if !wait.is_zero() {
            tokio::select! {
                () = stop.cancelled() => {}
                () = shared.clock.sleep(wait) => {}
            }
        }
    }
}

/// Returns when it is time to poll: by the bell, and at the latest by time.
async fn rung(shared: &Shared, ready: &Ready, stop: &CancellationToken, every: Duration) {
    let Some(bell) = ready.link.bell() else {
        shared.clock.sleep(every).await;
        return;
    };
    tokio::select! {
        rung = bell.ring(stop) => if let Err(error) = rung {
            tracing::debug!(%error, "bell");
            // Polling by time goes on; the next round tries the bell again.
            shared.clock.sleep(every.min(BELL_RETRY)).await;
        },
        () = shared.clock.sleep(ready.link.limits().poll_beside_bell) => {}
    }
}

/// One poll; whether there is more.
async fn round(shared: &Shared, running: &RunningLink, ready: &Ready) -> Result<bool, CrmError> {
    let storage = |error: StoreError| {
        tracing::error!(link = %running.id, %error, "replies not stored");
        CrmError::Local(Reason::new("reason.storage"))
    };
    let cursors = crm_links::cursors(shared.store.read(), running.id)
        .await
        .map_err(storage)?;
    let polled = ready.link.poll(&cursors).await?;
    running.well();
    fail::fail_point!("replies.polled");
    let moved = polled
        .cursors
        .iter()
        .any(|(name, value)| cursors.get(name) != Some(value));
    if !polled.events.is_empty() || moved {
        take(shared, running, &polled).await.map_err(storage)?;
        fail::fail_point!("replies.committed");
    }
    if let Some(confirm) = &polled.confirm {
        ready.link.confirm(confirm).await?;
        fail::fail_point!("replies.confirmed");
    }
    Ok(polled.more)
}

async fn take(shared: &Shared, running: &RunningLink, polled: &Polled) -> Result<(), StoreError> {
    let mut tx = shared.store.write().await?;
    let mut cards = false;
    for event in &polled.events {
        cards |= matches!(event, CrmEvent::CardChanged(_));
        one(shared, running, &mut tx, event).await?;
    }
    for (name, value) in &polled.cursors {
        crm_links::set_cursor(&mut tx, running.id, name, value).await?;
    }
    tx.commit().await?;
    running.answer.notify_one();
    if cards {
        shared.changes.announce(Change::Cards);
    }
    if !polled.events.is_empty() {
        shared.changes.announce(Change::Replies);
    }
    Ok(())
}

async fn one(shared: &Shared, running: &RunningLink, tx: &mut Tx, event: &CrmEvent) -> Result<(), StoreError> {
    let (now, link) = (shared.clock.now(), running.id);
    match event {
        CrmEvent::Reply(reply) => {
            crm_replies::insert(tx, link, &row(shared, reply)?, now).await?;
        }
        CrmEvent::Edited { reply, text, .. } => crm_replies::change(tx, link, reply, Some(text)).await?,
        CrmEvent::Deleted { reply, .. } => crm_replies::change(tx, link, reply, None).await?,
        CrmEvent::CardChanged(_) => {}
        CrmEvent::Malformed { raw, problem } => crm_replies::keep_malformed(tx, raw, problem, now).await?,
    }
    Ok(())
}

fn row(shared: &Shared, reply: &Reply) -> Result<NewReply, StoreError> {
    let target = serde_json::to_string(&reply.target).map_err(|source| StoreError::Form {
        what: "crm_replies.target",
        source,
    })?;
    let files = reply.files.iter().map(|file| NewReplyFile {
        kind: file.kind,
        name: file.name.as_deref().map(domain::text::file_name).unwrap_or_default(),
        mime: file.mime.clone(),
        size: file.size,
        fetch: file.fetch.clone(),
    });
    Ok(NewReply {
        uid: shared.clock.uid(),
        remote_id: reply.remote_id.clone(),
        target,
        author: reply.author.clone(),
        automatic: reply.automatic,
        mailing: reply.mailing,
        text: reply.content.text.clone(),
        answers: reply.answers.clone(),
        data: reply.data.clone(),
        written_at: reply.written_at,
        files: files.collect(),
    })
}
