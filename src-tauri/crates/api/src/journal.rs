//! The journal of messages (LOG-1) and of one message (CH-14).

use domain::{ContactId, DeliveryState, Reason, Tick};
use store::{
    journal::{self, Place, Query},
    message_journal::{self, JournalDelivery, MessageSync},
};

use crate::{
    app::App,
    error::ApiError,
    wire::{
        JournalFilter, JournalItem, JournalPage, JournalStep, JournalStepKind, JournalTotals, ListJournal,
        MessageJournalView, MessageRef, Retried, RetrySyncs, SyncView,
    },
};

const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 200;
/// People that a name may fit before it has to be typed further.
const PEOPLE: i64 = 500;

pub(crate) async fn list(app: &App, request: ListJournal) -> Result<JournalPage, ApiError> {
    let limit = page_size(request.limit);
    let mut query = query(app, &request.filter).await?;
    query.after = request.after.as_deref().and_then(place);
    query.limit = limit + 1;
    let mut rows = journal::messages(app.store().read(), &query).await?;
    let more = trim(&mut rows, limit);
    let next = more
        .then(|| rows.last().map(|row| written(row.written_at, row.id.0)))
        .flatten();
    Ok(JournalPage {
        items: rows.into_iter().map(item).collect(),
        next,
    })
}

pub(crate) fn page_size(wanted: Option<u32>) -> i64 {
    i64::from(wanted.unwrap_or(PAGE).clamp(1, LARGEST_PAGE))
}

/// Cuts the row that only tells that there is more.
pub(crate) fn trim<T>(rows: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    more
}

/// A place of a journal as the window keeps it.
pub(crate) fn written(at: domain::At, id: i64) -> String {
    format!("{}.{id}", at.millis())
}

pub(crate) fn place(text: &str) -> Option<Place> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// The people whose name, number or user name begins so.
pub(crate) async fn people(app: &App, typed: Option<&String>) -> Result<Option<Vec<ContactId>>, ApiError> {
    match typed.map(|typed| typed.trim()).filter(|typed| !typed.is_empty()) {
        None => Ok(None),
        Some(typed) => Ok(Some(store::search::people(app.store().read(), typed, PEOPLE).await?)),
    }
}

async fn query(app: &App, filter: &JournalFilter) -> Result<Query, ApiError> {
    // The same message stands differently on each link.
    if filter.status.is_some() && filter.link_id.is_none() {
        return Err(ApiError::field("link_id", Reason::new("error.status_of_which_crm")));
    }
    Ok(Query {
        from: filter.from,
        before: filter.before,
        account_ids: filter.account_ids.clone(),
        contact_ids: people(app, filter.client.as_ref()).await?,
        direction: filter.direction,
        status: filter.link_id.zip(filter.status),
        after: None,
        limit: 0,
    })
}

fn item(row: journal::JournalRow) -> JournalItem {
    let syncs = row.syncs.into_iter().map(|sync| SyncView {
        link_id: sync.link_id,
        status: sync.state,
        reason: sync.reason,
        attempts: sync.attempts,
        at: sync.settled_at,
    });
    JournalItem {
        id: row.id,
        conversation_id: row.conversation_id,
        account_id: row.account_id,
        channel: row.channel,
        kind: row.kind,
        title: row.title,
        contact_id: row.contact_id,
        client: row.contact,
        direction: row.direction,
        preview: row.preview,
        written_at: row.written_at,
        imported_at: row.imported_at,
        tick: row.tick,
        judged: row.judged,
        syncs: syncs.collect(),
    }
}

pub(crate) async fn totals(app: &App, filter: JournalFilter) -> Result<JournalTotals, ApiError> {
    let totals = journal::totals(app.store().read(), &query(app, &filter).await?).await?;
    Ok(JournalTotals {
        incoming: totals.incoming,
        outgoing: totals.outgoing,
        clients: totals.clients,
    })
}

pub(crate) async fn retry(app: &App, request: RetrySyncs) -> Result<Retried, ApiError> {
    Ok(Retried {
        count: app.engine().retry_syncs(request.link_id, &request.message_ids).await?,
    })
}

pub(crate) async fn message(app: &App, request: MessageRef) -> Result<MessageJournalView, ApiError> {
    let known = message_journal::of(app.store().read(), request.message_id).await?;
    let mut steps = vec![
        step(JournalStepKind::Written, Some(known.written_at)),
        step(JournalStepKind::Stored, Some(known.stored_at)),
    ];
    if let Some((link, written, received)) = known.reply {
        let of_link = |what, at| JournalStep {
            link_id: Some(link),
            ..step(what, Some(at))
        };
        steps = vec![
            of_link(JournalStepKind::Written, written),
            of_link(JournalStepKind::Received, received),
            step(JournalStepKind::Stored, Some(known.stored_at)),
        ];
    }
    steps.extend(known.delivery.iter().flat_map(delivery));
    steps.extend(known.receipts.iter().map(|(tick, at)| {
        let read = *tick == Tick::Read;
        step(
            if read {
                JournalStepKind::Read
            } else {
                JournalStepKind::Delivered
            },
            Some(*at),
        )
    }));
    steps.extend(known.edited_at.map(|at| step(JournalStepKind::Edited, Some(at))));
    steps.extend(known.deleted_at.map(|at| step(JournalStepKind::Deleted, Some(at))));
    steps.extend(known.syncs.iter().flat_map(sync));
    // What is still to come stands at the end.
    steps.sort_by_key(|step| step.at.map_or(i64::MAX, domain::At::millis));
    Ok(MessageJournalView { steps })
}

fn step(what: JournalStepKind, at: Option<domain::At>) -> JournalStep {
    JournalStep {
        what,
        at,
        link_id: None,
        operation: None,
        sync: None,
        delivery: None,
        reason: None,
        attempts: None,
    }
}

fn delivery(of: &JournalDelivery) -> Vec<JournalStep> {
    let mut steps = vec![step(JournalStepKind::Queued, Some(of.queued_at))];
    if of.started_at.is_some() {
        steps.push(JournalStep {
            attempts: Some(of.attempts),
            ..step(JournalStepKind::Sending, of.started_at)
        });
    }
    let ended = if of.state == DeliveryState::Sent {
        JournalStepKind::Accepted
    } else {
        JournalStepKind::NotSent
    };
    if of.finished_at.is_some() || of.reason.is_some() {
        steps.push(JournalStep {
            delivery: Some(of.state),
            reason: of.reason.clone(),
            ..step(ended, of.finished_at)
        });
    }
    steps
}

fn sync(of: &MessageSync) -> [JournalStep; 2] {
    let of_link = |what, at| JournalStep {
        link_id: Some(of.link_id),
        operation: Some(of.operation),
        ..step(what, at)
    };
    let synced = JournalStep {
        sync: Some(of.state),
        reason: of.reason.clone(),
        attempts: Some(of.attempts),
        ..of_link(JournalStepKind::Synced, of.settled_at)
    };
    [of_link(JournalStepKind::SyncQueued, Some(of.queued_at)), synced]
}
