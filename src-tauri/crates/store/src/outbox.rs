//! What is on its way to CRMs: planned from the news of messages, claimed, settled.

use domain::{
    AccountId, At, ContactId, ConversationId, ConversationKind, CrmOperation, CrmRef, Direction, LinkId, MessageId,
    Reason, ReplyId, SyncId, SyncState, Tick, Verdict,
};
use serde_json::json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    codes::{conversation_kind, crm_operation, direction, sync_state, tick, verdict},
    error::{from_json, to_json},
};

/// A message whose time is not critical: history, a backlog.
const HISTORY: i64 = 2;

/// Something happened to a message: what planning needs to know of it.
#[derive(Debug, Clone)]
pub struct News {
    /// Its place.
    pub id: i64,
    /// Which message.
    pub message_id: MessageId,
    /// What happened.
    pub operation: CrmOperation,
    /// The message, unless it is gone by now.
    pub message: Option<NewsMessage>,
}

/// The message of a piece of news, as it is now.
#[derive(Debug, Clone)]
pub struct NewsMessage {
    /// Where.
    pub conversation_id: ConversationId,
    /// Whose conversation.
    pub contact_id: ContactId,
    /// Through which account; `None`: deleted.
    pub account_id: Option<AccountId>,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// Who speaks.
    pub direction: Direction,
    /// How far ours has come.
    pub tick: Option<Tick>,
    /// It was written here.
    pub ours: bool,
    /// A message of ours in this conversation is on its way to the network just now.
    pub sending: bool,
    /// When it was written.
    pub written_at: At,
    /// It came late.
    pub catch_up: bool,
    /// It was deleted.
    pub deleted: bool,
    /// What the rules of the channel say.
    pub verdict: Verdict,
    /// Why.
    pub verdict_reason: Option<Reason>,
    /// The reply that it was made of: which, of which link, in a mailing.
    pub reply: Option<(ReplyId, LinkId, bool)>,
    /// Where the message itself stands on its way to this link.
    pub planned: Option<SyncState>,
}

/// The next news that a link has not planned yet.
///
/// # Errors
/// What the database says.
pub async fn news(db: impl SqliteExecutor<'_>, link: LinkId, after: i64, limit: i64) -> Result<Vec<News>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT n.id AS "id!", n.message_id, n.operation, m.id AS "known?: i64", m.conversation_id AS "conversation_id?: i64",
             c.contact_id AS "contact_id?: i64", c.account_id AS "account_id?: i64", c.kind AS "kind?: i64",
             m.direction AS "direction?: i64", m.tick AS "tick?: i64", m.client_key IS NOT NULL AS "ours!: bool",
             m.sent_at AS "sent_at?: i64", coalesce(m.catch_up, 0) AS "catch_up!: bool",
             m.deleted_at IS NOT NULL AS "deleted!: bool",
             EXISTS (SELECT 1 FROM deliveries AS d WHERE d.conversation_id = m.conversation_id AND d.state = 1)
               AS "sending!: bool",
             r.id AS "reply_id?: i64", r.link_id AS "reply_link?: i64", coalesce(r.mailing, 0) AS "mailing!: bool",
             o.state AS "planned?: i64", v.verdict AS "verdict?: i64", v.reason AS "verdict_reason?: String"
           FROM message_news AS n LEFT JOIN messages AS m ON m.id = n.message_id
           LEFT JOIN conversations AS c ON c.id = m.conversation_id
           LEFT JOIN crm_reply_parts AS p ON p.message_id = n.message_id LEFT JOIN crm_replies AS r ON r.id = p.reply_id
           LEFT JOIN outbox AS o ON o.message_id = n.message_id AND o.link_id = $1 AND o.operation = 0
           LEFT JOIN verdicts AS v ON v.message_id = n.message_id
           WHERE n.id > $2 ORDER BY n.id LIMIT $3"#,
        link.0,
        after,
        limit
    )
    .fetch_all(db)
    .await?;
    let news = rows.into_iter().map(|row| {
        let message = row.known.is_some().then(|| NewsMessage {
            conversation_id: ConversationId(row.conversation_id.unwrap_or_default()),
            contact_id: ContactId(row.contact_id.unwrap_or_default()),
            account_id: row.account_id.map(AccountId),
            kind: conversation_kind::read(row.kind.unwrap_or_default()),
            direction: direction::read(row.direction.unwrap_or_default()),
            tick: row.tick.map(tick::read),
            ours: row.ours,
            sending: row.sending,
            written_at: At(row.sent_at.unwrap_or_default()),
            catch_up: row.catch_up,
            deleted: row.deleted,
            verdict: row.verdict.map(verdict::read).unwrap_or_default(),
            verdict_reason: row
                .verdict_reason
                .as_deref()
                .and_then(|json| from_json("verdicts.reason", json).ok()),
            reply: row
                .reply_id
                .zip(row.reply_link)
                .map(|(reply, link)| (ReplyId(reply), LinkId(link), row.mailing)),
            planned: row.planned.map(sync_state::read),
        });
        News {
            id: row.id,
            message_id: MessageId(row.message_id),
            operation: crm_operation::read(row.operation),
            message,
        }
    });
    Ok(news.collect())
}

/// A sync to put down.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Which message.
    pub message_id: MessageId,
    /// What is to be done.
    pub operation: CrmOperation,
    /// Whose messages keep their order.
    pub contact_id: ContactId,
    /// Queued, or settled at once.
    pub state: SyncState,
    /// Its time is not critical.
    pub history: bool,
    /// Why it is settled at once.
    pub reason: Option<Reason>,
    /// Not before.
    pub not_before: At,
    /// When the message was written.
    pub written_at: At,
}

/// Puts syncs down. A message is put down once; later operations of it open again what was settled, and are marked
/// where they are under way. History of a contact that speaks now becomes live, because its order is kept.
///
/// # Errors
/// What the database says.
pub async fn plan(tx: &mut SqliteConnection, link: LinkId, planned: &[Planned], now: At) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(planned.len());
    for sync in planned {
        let reason = sync
            .reason
            .as_ref()
            .map(|reason| to_json("reason", reason))
            .transpose()?;
        rows.push(json!([
            sync.message_id.0,
            crm_operation::code(sync.operation),
            sync.contact_id.0,
            sync_state::code(sync.state),
            if sync.history { HISTORY } else { 1 },
            reason,
            sync.not_before.0,
            sync.written_at.0,
            sync.state.settled().then_some(now.0),
        ]));
    }
    let list = to_json("outbox", &rows)?;
    sqlx::query!(
        "INSERT INTO outbox (link_id, message_id, operation, contact_id, state, urgency, reason, retry_at, written_at,
           settled_at, queued_at)
         SELECT $1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
           value ->> 7, value ->> 8, $3
         FROM json_each($2) WHERE true
         ON CONFLICT (message_id, link_id, operation) DO UPDATE SET again = outbox.intended_at IS NOT NULL, state = 0,
           reason = NULL, attempts = 0, retry_at = 0, settled_at = NULL
         WHERE outbox.operation > 0",
        link.0,
        list,
        now.0
    )
    .execute(&mut *tx)
    .await?;
    let live: Vec<_> = planned
        .iter()
        .filter(|sync| !sync.history)
        .map(|sync| sync.contact_id)
        .collect();
    let live = to_json("contacts", &live)?;
    sqlx::query!(
        "UPDATE outbox SET urgency = 1 WHERE link_id = $1 AND state = 0 AND urgency > 1
           AND contact_id IN (SELECT value FROM json_each($2))",
        link.0,
        live
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A sync that waits.
#[derive(Debug, Clone)]
pub struct SyncRow {
    /// Which.
    pub id: SyncId,
    /// Of which message.
    pub message_id: MessageId,
    /// What is to be done.
    pub operation: CrmOperation,
    /// Whose messages keep their order.
    pub contact_id: ContactId,
    /// Its time is not critical.
    pub history: bool,
    /// Tries so far.
    pub attempts: u32,
    /// Not before.
    pub retry_at: At,
    /// A call whose outcome is unknown began then.
    pub intended_at: Option<At>,
    /// Files of it are still to be fetched from the network.
    pub awaits_files: bool,
    /// When it was planned.
    pub queued_at: At,
}

/// The head of a link's queue: live ones first, each contact's in order.
///
/// # Errors
/// What the database says.
pub async fn head(db: impl SqliteExecutor<'_>, link: LinkId, limit: i64) -> Result<Vec<SyncRow>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", message_id, operation, contact_id, urgency, attempts, retry_at, intended_at, queued_at,
             EXISTS (SELECT 1 FROM attachments AS a WHERE a.message_id = outbox.message_id AND a.state = 0)
               AS "awaits_files!: bool"
           FROM outbox WHERE link_id = $1 AND state = 0 ORDER BY urgency, id LIMIT $2"#,
        link.0,
        limit
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| SyncRow {
        id: SyncId(row.id),
        message_id: MessageId(row.message_id),
        operation: crm_operation::read(row.operation),
        contact_id: ContactId(row.contact_id),
        history: row.urgency >= HISTORY,
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        retry_at: At(row.retry_at),
        intended_at: row.intended_at.map(At),
        awaits_files: row.awaits_files,
        queued_at: At(row.queued_at),
    });
    Ok(rows.collect())
}

/// Calls are about to be made for these: from now on their outcome is unknown until they are settled.
///
/// # Errors
/// What the database says.
pub async fn intend(tx: &mut SqliteConnection, ids: &[SyncId], now: At) -> Result<(), StoreError> {
    let list = to_json("syncs", ids)?;
    sqlx::query!(
        "UPDATE outbox SET intended_at = coalesce(intended_at, $2), tried_at = $2
         WHERE id IN (SELECT value FROM json_each($1)) AND state = 0",
        list,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// How a sync came out.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Which.
    pub id: SyncId,
    /// Where it stands now.
    pub state: SyncState,
    /// Why.
    pub reason: Option<Reason>,
    /// Not before.
    pub retry_at: At,
    /// Count this as one more try.
    pub tried: bool,
    /// The outcome of a call is unknown since then.
    pub unknown_since: Option<At>,
    /// What it became.
    pub refs: Vec<CrmRef>,
}

/// Writes down how syncs came out. What changed while it was under way waits again.
///
/// # Errors
/// What the database says.
pub async fn settle(tx: &mut SqliteConnection, settled: &[Settled], now: At) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(settled.len());
    for sync in settled {
        let reason = sync
            .reason
            .as_ref()
            .map(|reason| to_json("reason", reason))
            .transpose()?;
        rows.push(json!([
            sync.id.0,
            sync_state::code(sync.state),
            reason,
            sync.retry_at.0,
            i64::from(sync.tried),
            sync.unknown_since.map(|at| at.0),
            to_json("refs", &sync.refs)?,
            sync.state.settled().then_some(now.0),
        ]));
    }
    let list = to_json("settled", &rows)?;
    sqlx::query!(
        "UPDATE outbox SET state = CASE WHEN again = 1 THEN 0 ELSE s.value ->> 1 END, reason = s.value ->> 2,
           retry_at = s.value ->> 3, attempts = attempts + (s.value ->> 4), intended_at = s.value ->> 5,
           refs = CASE WHEN s.value ->> 6 = '[]' THEN refs ELSE s.value ->> 6 END,
           settled_at = CASE WHEN again = 1 THEN NULL ELSE s.value ->> 7 END,
           again = CASE WHEN s.value ->> 7 IS NULL THEN again ELSE 0 END
         FROM json_each($1) AS s WHERE outbox.id = s.value ->> 0 AND outbox.state = 0",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What a message became in a link's CRM; empty: nothing yet.
///
/// # Errors
/// What the database says.
pub async fn refs_of(
    db: impl SqliteExecutor<'_>,
    link: LinkId,
    messages: &[MessageId],
) -> Result<Vec<(MessageId, Vec<CrmRef>)>, StoreError> {
    let list = to_json("messages", messages)?;
    let rows = sqlx::query!(
        "SELECT message_id, refs FROM outbox
         WHERE message_id IN (SELECT value FROM json_each($2)) AND link_id = $1 AND operation = 0",
        link.0,
        list
    )
    .fetch_all(db)
    .await?;
    let refs = rows.into_iter();
    refs.map(|row| Ok((MessageId(row.message_id), from_json("outbox.refs", &row.refs)?)))
        .collect()
}

/// Opens syncs again, by the wish of a person: those of these messages on this link that did not get there. With no
/// messages named, all that failed. Answers how many.
///
/// # Errors
/// What the database says.
pub async fn reopen(tx: &mut SqliteConnection, link: LinkId, messages: &[MessageId]) -> Result<u64, StoreError> {
    let list = to_json("messages", messages)?;
    let done = sqlx::query!(
        "UPDATE outbox SET state = 0, reason = NULL, attempts = 0, retry_at = 0, settled_at = NULL
         WHERE link_id = $1 AND ((json_array_length($2) = 0 AND state = 5)
           OR (state IN (2, 3, 4, 5) AND message_id IN (SELECT value FROM json_each($2))))",
        link.0,
        list
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Number of syncs that wait for a link: for benches and the list.
///
/// # Errors
/// What the database says.
pub async fn waiting(db: impl SqliteExecutor<'_>, link: LinkId) -> Result<i64, StoreError> {
    Ok(
        sqlx::query_scalar!("SELECT count(*) FROM outbox WHERE link_id = $1 AND state = 0", link.0)
            .fetch_one(db)
            .await?,
    )
}
