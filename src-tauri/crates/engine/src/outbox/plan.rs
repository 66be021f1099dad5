//! From the news of messages to what is to be done in each CRM. One task for all links; needs no CRM.

use std::{sync::Arc, time::Duration};

use domain::{At, CrmOperation, Direction, LinkId, Reason, ReplyId, SyncEvent, SyncState};
use store::{Link, News, NewsMessage, Planned, StoreError, Tx, crm_links, crm_replies, outbox};
use tokio::sync::broadcast::error::RecvError;

use super::verdict::{self, Verdict};
use crate::{changes::Change, engine::Shared};

/// News in one transaction: some milliseconds of the writer.
const TOGETHER: i64 = 500;
/// Looks after the rows now and then even if nobody announced anything.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// While one of our own is on its way, a message of ours from elsewhere may be its echo, about to be recognised and
/// merged: an answer takes a second or two to come.
const ECHO: Duration = Duration::from_secs(3);

pub(crate) async fn run(shared: Arc<Shared>) {
    let stop = shared.tasks.stop_token().clone();
    let mut changes = shared.changes.subscribe();
    while !stop.is_cancelled() {
        if let Err(error) = all(&shared).await {
            tracing::error!(%error, "syncs not planned");
        }
        let something = async {
            loop {
                match changes.recv().await {
                    Ok(Change::Messages(_) | Change::Links) | Err(RecvError::Lagged(_)) => return,
                    Ok(_) => {}
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = something => {}
            () = shared.clock.sleep(LOOK_AGAIN) => {}
        }
    }
}

/// Plans everything there is for every link that is switched on.
async fn all(shared: &Shared) -> Result<(), StoreError> {
    let mut planned = false;
    for link in crm_links::list(shared.store.read()).await? {
        let mut link = link;
        while link.active && some(shared, &mut link).await? {
            planned = true;
        }
    }
    if planned {
        let mut tx = shared.store.write().await?;
        crm_links::forget_read_news(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Plans the next news of one link; whether there may be more.
async fn some(shared: &Shared, link: &mut Link) -> Result<bool, StoreError> {
    let news = outbox::news(shared.store.read(), link.id, link.news_to, TOGETHER).await?;
    if news.is_empty() {
        return Ok(false);
    }
    let now = shared.clock.now();
    let mut tx = shared.store.write().await?;
    let (mut planned, mut followed, mut read) = (Vec::new(), false, link.news_to);
    for one in &news {
        let Some(message) = &one.message else {
            read = one.id;
            continue;
        };
        if let Some(reply) = own_reply(message, link.id) {
            crm_replies::follow(&mut tx, reply, now).await?;
            followed = true;
        }
        match decide(&mut tx, link.id, one, message, now).await? {
            Decision::Put(sync) => planned.push(sync),
            Decision::Nothing => {}
        }
        read = one.id;
    }
    let moved = read > link.news_to;
    if moved {
        outbox::plan(&mut tx, link.id, &planned, now).await?;
        crm_links::set_news_to(&mut tx, link.id, read).await?;
        fail::fail_point!("outbox.written");
        tx.commit().await?;
        fail::fail_point!("outbox.planned");
        link.news_to = read;
        announce(shared, link.id, !planned.is_empty(), followed);
    }
    Ok(moved)
}

fn announce(shared: &Shared, link: LinkId, planned: bool, followed: bool) {
    if planned {
        shared.changes.announce(Change::Journal);
    }
    if followed {
        shared.changes.announce(Change::Replies);
    }
    if let Some(running) = shared.links.get(link) {
        running.pump.notify_one();
        running.tell.notify_one();
    }
}

/// The reply of this very link that the message was made of.
fn own_reply(message: &NewsMessage, link: LinkId) -> Option<ReplyId> {
    message
        .reply
        .filter(|(_, from, _)| *from == link)
        .map(|(reply, ..)| reply)
}

enum Decision {
    Put(Planned),
    Nothing,
}

async fn decide(
    tx: &mut Tx,
    link: LinkId,
    news: &News,
    message: &NewsMessage,
    now: At,
) -> Result<Decision, StoreError> {
    if news.operation != CrmOperation::Message {
        return Ok(later(link, news, message));
    }
    let verdict = verdict::of(message);
    match message.planned {
        // A rule lets go what it had kept out: the row keeps its old place.
        Some(SyncState::Filtered) if verdict == Verdict::Passes => {
            outbox::reopen(tx, link, &[news.message_id]).await?;
            return Ok(Decision::Nothing);
        }
        Some(_) => return Ok(Decision::Nothing),
        None => {}
    }
    if let Some((event, reason)) = own(message, link) {
        return Ok(Decision::Put(settled(news, message, event, reason)));
    }
    Ok(match verdict {
        Verdict::Passes => Decision::Put(queued(news, message, now)),
        Verdict::KeptOut(reason) => Decision::Put(settled(news, message, SyncEvent::KeptOut, reason)),
        Verdict::Nothing => Decision::Nothing,
    })
}

/// What needs no rule to be kept out: it came from this CRM, or is gone already.
fn own(message: &NewsMessage, link: LinkId) -> Option<(SyncEvent, Reason)> {
    match message.reply {
        Some((_, from, true)) if from == link => Some((SyncEvent::OwnMailing, Reason::new("sync.own_mailing"))),
        Some((_, from, false)) if from == link => Some((SyncEvent::Dropped, Reason::new("sync.already_there"))),
        _ if message.deleted => Some((SyncEvent::Dropped, Reason::new("sync.deleted"))),
        _ => None,
    }
}

fn queued(news: &News, message: &NewsMessage, now: At) -> Planned {
    let may_be_echo = message.direction == Direction::Out && !message.ours && message.sending;
    Planned {
        message_id: news.message_id,
        operation: news.operation,
        contact_id: message.contact_id,
        state: SyncState::Queued,
        history: message.catch_up,
        reason: None,
        not_before: if may_be_echo { now.plus(ECHO) } else { At::default() },
        written_at: message.written_at,
    }
}

fn settled(news: &News, message: &NewsMessage, event: SyncEvent, reason: Reason) -> Planned {
    Planned {
        state: SyncState::Queued.next(event).unwrap_or(SyncState::Discarded),
        reason: Some(reason),
        ..queued(news, message, At::default())
    }
}

/// Edits, deletions and receipts follow the message: where it went, or is about to. Receipts of replies are told, not
/// exported.
fn later(link: LinkId, news: &News, message: &NewsMessage) -> Decision {
    let goes = matches!(message.planned, Some(SyncState::Queued | SyncState::Exported));
    let receipt = news.operation == CrmOperation::Receipt;
    if !goes || (receipt && own_reply(message, link).is_some()) {
        return Decision::Nothing;
    }
    Decision::Put(Planned {
        history: message.catch_up,
        ..queued(news, message, At::default())
    })
}
