//! The journal of one message (CH-14): what its rows already tell, and the times that no other row does.

use domain::{At, DeliveryState, LinkId, MessageId, Reason, SyncState, Tick};
use serde::Serialize;
use sqlx::{SqliteConnection, SqlitePool};

use crate::{
    StoreError,
    codes::{crm_operation, delivery_state, sync_state, tick},
    error::{from_json_opt, to_json},
};

/// What happened to a message.
#[derive(Debug, Clone)]
pub struct MessageJournal {
    /// When it was written, as the network says.
    pub written_at: At,
    /// When it was stored here.
    pub stored_at: At,
    /// When it was changed, and when deleted.
    pub edited_at: Option<At>,
    /// When it was deleted.
    pub deleted_at: Option<At>,
    /// Its way to the network, when it was written here.
    pub delivery: Option<JournalDelivery>,
    /// The ticks that were reached, and when.
    pub receipts: Vec<(Tick, At)>,
    /// Its way to each CRM.
    pub syncs: Vec<MessageSync>,
    /// The manager's message that it was made of: which link, when it was written and when it came.
    pub reply: Option<(LinkId, At, At)>,
}

/// The way of a message of ours to its network.
#[derive(Debug, Clone)]
pub struct JournalDelivery {
    /// Where it stands.
    pub state: DeliveryState,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries so far.
    pub attempts: i64,
    /// When «send» was pressed.
    pub queued_at: At,
    /// Last try.
    pub started_at: Option<At>,
    /// When it was settled.
    pub finished_at: Option<At>,
}

/// One operation on its way to a CRM.
#[derive(Debug, Clone)]
pub struct MessageSync {
    /// Which link.
    pub link_id: LinkId,
    /// What is done there.
    pub operation: domain::CrmOperation,
    /// Where it stands.
    pub state: SyncState,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries so far.
    pub attempts: i64,
    /// When it was planned.
    pub queued_at: At,
    /// Last try.
    pub tried_at: Option<At>,
    /// When it left the queue.
    pub settled_at: Option<At>,
}

/// The journal of one message.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn of(db: &SqlitePool, id: MessageId) -> Result<MessageJournal, StoreError> {
    let row = sqlx::query!(
        r#"SELECT m.sent_at, m.stored_at, m.edited_at, m.deleted_at, d.state AS "state?: i64", d.reason AS "reason?: String",
             d.attempts AS "attempts?: i64", d.queued_at AS "queued_at?: i64", d.started_at AS "started_at?: i64",
             d.finished_at AS "finished_at?: i64", r.link_id AS "reply_link?: i64", r.written_at AS "reply_written?: i64",
             r.received_at AS "reply_received?: i64"
           FROM messages AS m LEFT JOIN deliveries AS d ON d.message_id = m.id
           LEFT JOIN crm_reply_parts AS p ON p.message_id = m.id LEFT JOIN crm_replies AS r ON r.id = p.reply_id
           WHERE m.id = $1"#,
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?;
    let delivery = match row.state.zip(row.queued_at) {
        None => None,
        Some((state, queued_at)) => Some(JournalDelivery {
            state: delivery_state::read(state),
            reason: from_json_opt("deliveries.reason", row.reason.as_deref())?,
            attempts: row.attempts.unwrap_or(0),
            queued_at: At(queued_at),
            started_at: row.started_at.map(At),
            finished_at: row.finished_at.map(At),
        }),
    };
    let reply = row.reply_link.zip(row.reply_written).zip(row.reply_received);
    Ok(MessageJournal {
        written_at: At(row.sent_at),
        stored_at: At(row.stored_at),
        edited_at: row.edited_at.map(At),
        deleted_at: row.deleted_at.map(At),
        delivery,
        receipts: receipts(db, id).await?,
        syncs: syncs(db, id).await?,
        reply: reply.map(|((link, written), received)| (LinkId(link), At(written), At(received))),
    })
}

async fn receipts(db: &SqlitePool, id: MessageId) -> Result<Vec<(Tick, At)>, StoreError> {
    let rows = sqlx::query!(
        "SELECT tick, at FROM message_receipts WHERE message_id = $1 ORDER BY tick",
        id.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (tick::read(row.tick), At(row.at))).collect())
}

async fn syncs(db: &SqlitePool, id: MessageId) -> Result<Vec<MessageSync>, StoreError> {
    let rows = sqlx::query!(
        "SELECT link_id, operation, state, reason, attempts, queued_at, tried_at, settled_at FROM outbox
         WHERE message_id = $1 ORDER BY id",
        id.0
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter();
    rows.map(|row| {
        Ok(MessageSync {
            link_id: LinkId(row.link_id),
            operation: crm_operation::read(row.operation),
            state: sync_state::read(row.state),
            reason: from_json_opt("outbox.reason", row.reason.as_deref())?,
            attempts: row.attempts,
            queued_at: At(row.queued_at),
            tried_at: row.tried_at.map(At),
            settled_at: row.settled_at.map(At),
        })
    })
    .collect()
}

/// Remembers when a tick was reached; the first time counts.
pub(crate) async fn reached<T: Serialize>(
    tx: &mut SqliteConnection,
    messages: &[T],
    code: i64,
    at: At,
) -> Result<(), StoreError> {
    let list = to_json("messages", messages)?;
    sqlx::query!(
        "INSERT INTO message_receipts (message_id, tick, at) SELECT value, $2, $3 FROM json_each($1) WHERE true
         ON CONFLICT DO NOTHING",
        list,
        code,
        at.0
    )
    .execute(tx)
    .await?;
    Ok(())
}
