//! Turns of conversations – asked, answered – and what is counted of them. The messages' own transaction notes which
//! conversations have changed and since when (triggers); here their turns are replaced from then on.

use domain::{AccountId, At, ContactId, ConversationId, Direction, MessageId};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{StoreError, codes::direction, error::to_json};

/// Earlier than anything: the whole conversation is to be counted anew.
pub const FROM_THE_BEGINNING: At = At(-i64::MAX);
/// The day before the first one.
const NEVER: i64 = -1_000_000;
/// A day of any zone begins at most so long before the UTC day of the same number (UTC+14), and ends at most so long
/// after it (UTC-12).
const WIDEST_OFFSET_MS: i64 = 15 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// A conversation whose turns are not counted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncounted {
    /// Which.
    pub conversation_id: ConversationId,
    /// Nothing written before has changed.
    pub since: At,
}

/// Something that begins or ends a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// When.
    pub at: At,
    /// The message; `None`: «no answer needed».
    pub id: Option<MessageId>,
    /// Whose.
    pub direction: Direction,
    /// Who of ours wrote it; empty: not known.
    pub operator: String,
}

/// Where a turn begins: its time and message.
pub type Beginning = (At, MessageId);

/// A turn to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnRow {
    /// The client's first word.
    pub asked: Beginning,
    /// Our answer, or «no answer needed».
    pub closed_at: Option<At>,
    /// Day of asking, days since the epoch.
    pub day: i64,
    /// Who answered, else who answered last before; empty: not known.
    pub operator: String,
    /// Length of the wait; below zero: there was no answer.
    pub bucket: i64,
}

/// The next conversations to count.
///
/// # Errors
/// What the database says.
pub async fn uncounted(db: impl SqliteExecutor<'_>, limit: i64) -> Result<Vec<Uncounted>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT conversation_id AS "conversation_id!", since FROM uncounted ORDER BY conversation_id LIMIT $1"#,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Uncounted {
            conversation_id: ConversationId(row.conversation_id),
            since: At(row.since),
        })
        .collect())
}

/// How many conversations are not counted yet.
///
/// # Errors
/// What the database says.
pub async fn behind(db: impl SqliteExecutor<'_>) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM uncounted")
        .fetch_one(db)
        .await?)
}

/// The turn that had begun last before `since`: what came before it is settled.
///
/// # Errors
/// What the database says.
pub async fn last_turn_before(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    since: At,
) -> Result<Option<Beginning>, StoreError> {
    let row = sqlx::query!(
        "SELECT asked_at, asked_id FROM turns WHERE conversation_id = $1 AND asked_at < $2
         ORDER BY asked_at DESC, asked_id DESC LIMIT 1",
        conversation.0,
        since.0
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (At(row.asked_at), MessageId(row.asked_id))))
}

/// What was said from a place on, oldest first; messages that did not go out are silence. «No answer needed» comes
/// after the messages of its moment.
///
/// # Errors
/// What the database says.
pub async fn spoken(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    (at, id): Beginning,
) -> Result<Vec<Spoken>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT sent_at AS "at!", id AS "id?", direction AS "direction!: i64", coalesce(author_name, '') AS "operator!: String"
           FROM messages WHERE conversation_id = $1 AND (sent_at, id) >= ($2, $3)
             AND (direction = 0 OR (direction = 1 AND tick IS NOT 1))
           UNION ALL
           SELECT at, NULL, 2, '' FROM dismissals WHERE conversation_id = $1 AND at >= $2
           ORDER BY 1, 2 NULLS LAST"#,
        conversation.0,
        at.0,
        id.0
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Spoken {
            at: At(row.at),
            id: row.id.map(MessageId),
            direction: direction::read(row.direction),
            operator: row.operator,
        })
        .collect())
}

/// Who of ours wrote last before a place; empty: nobody, or not known.
///
/// # Errors
/// What the database says.
pub async fn last_operator_before(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    (at, id): Beginning,
) -> Result<String, StoreError> {
    let name = sqlx::query_scalar!(
        r#"SELECT coalesce(author_name, '') AS "name!: String" FROM messages
           WHERE conversation_id = $1 AND (sent_at, id) < ($2, $3) AND direction = 1 AND tick IS NOT 1
           ORDER BY sent_at DESC, id DESC LIMIT 1"#,
        conversation.0,
        at.0,
        id.0
    )
    .fetch_optional(tx)
    .await?;
    Ok(name.unwrap_or_default())
}

/// Puts these turns in the place of those that begin at `from` or later, and notes the conversation as counted.
///
/// # Errors
/// What the database says.
pub async fn replace_turns(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    from: Beginning,
    turns: &[TurnRow],
) -> Result<(), StoreError> {
    let gone = sqlx::query_scalar!(
        r#"DELETE FROM turns WHERE conversation_id = $1 AND (asked_at, asked_id) >= ($2, $3) RETURNING day AS "day!""#,
        conversation.0,
        from.0.0,
        from.1.0
    )
    .fetch_all(&mut *tx)
    .await?;
    let first_day = gone.into_iter().chain(turns.iter().map(|turn| turn.day)).min();
    insert_turns(tx, conversation, turns).await?;
    if let Some(day) = first_day {
        replace_operator_days(tx, conversation, day).await?;
    }
    sqlx::query!("DELETE FROM uncounted WHERE conversation_id = $1", conversation.0)
        .execute(tx)
        .await?;
    Ok(())
}

async fn insert_turns(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    turns: &[TurnRow],
) -> Result<(), StoreError> {
    if turns.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = turns
        .iter()
        .map(|turn| {
            (
                turn.asked.0,
                turn.asked.1,
                turn.closed_at,
                turn.day,
                &turn.operator,
                turn.bucket,
            )
        })
        .collect();
    let list = to_json("turns", &rows)?;
    sqlx::query!(
        "INSERT INTO operators (name) SELECT DISTINCT value ->> 4 FROM json_each($1) WHERE value ->> 4 <> ''
         ON CONFLICT DO NOTHING",
        list
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO turns (conversation_id, asked_at, asked_id, closed_at, day, account_id, operator_id, bucket)
         SELECT $2, value ->> 0, value ->> 1, value ->> 2, value ->> 3,
           (SELECT coalesce(account_id, 0) FROM conversations WHERE id = $2),
           coalesce((SELECT id FROM operators WHERE name = value ->> 4), 0), value ->> 5
         FROM json_each($1)",
        list,
        conversation.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn replace_operator_days(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    day: i64,
) -> Result<(), StoreError> {
    let earliest = day.saturating_mul(DAY_MS).saturating_sub(WIDEST_OFFSET_MS);
    sqlx::query!(
        "DELETE FROM operator_days WHERE conversation_id = $1 AND day >= $2",
        conversation.0,
        day
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO operator_days (conversation_id, operator_id, day, account_id, before)
         SELECT $1, t.operator_id, t.day, t.account_id, coalesce(lag(t.day) OVER (PARTITION BY t.operator_id ORDER BY t.day),
           (SELECT max(o.day) FROM operator_days AS o WHERE o.conversation_id = $1 AND o.operator_id = t.operator_id), $4)
         FROM (SELECT DISTINCT operator_id, day, account_id FROM turns
               WHERE conversation_id = $1 AND asked_at >= $3 AND day >= $2 AND bucket >= 0) AS t",
        conversation.0,
        day,
        earliest,
        NEVER
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// When the client of a conversation first wrote through its account, in any of their conversations: after a change at
/// the beginning of one.
///
/// # Errors
/// What the database says.
pub async fn settle_first(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<(), StoreError> {
    let Some(who) = sqlx::query!(
        r#"SELECT contact_id, coalesce(account_id, 0) AS "account_id!: i64" FROM conversations WHERE id = $1"#,
        conversation.0
    )
    .fetch_optional(&mut *tx)
    .await?
    else {
        return Ok(());
    };
    let (contact, account) = (ContactId(who.contact_id), AccountId(who.account_id));
    let first = sqlx::query_scalar!(
        r#"SELECT min((SELECT t.asked_at FROM turns AS t WHERE t.conversation_id = v.id ORDER BY t.asked_at LIMIT 1)) AS "at: i64"
           FROM conversations AS v WHERE v.contact_id = $1 AND coalesce(v.account_id, 0) = $2"#,
        contact.0,
        account.0
    )
    .fetch_one(&mut *tx)
    .await?;
    match first {
        None => {
            sqlx::query!(
                "DELETE FROM firsts WHERE contact_id = $1 AND account_id = $2",
                contact.0,
                account.0
            )
            .execute(tx)
            .await?;
        }
        Some(at) => {
            sqlx::query!(
                "INSERT INTO firsts (contact_id, account_id, at, source)
                 SELECT $1, $2, $3, source FROM contacts WHERE id = $1
                 ON CONFLICT (contact_id, account_id) DO UPDATE SET at = excluded.at, source = excluded.source",
                contact.0,
                account.0,
                at
            )
            .execute(tx)
            .await?;
        }
    }
    Ok(())
}

/// Everything is to be counted anew: the zone or the working hours are others now. Until a conversation's turn comes it
/// counts as before.
///
/// # Errors
/// What the database says.
pub async fn begin_anew(tx: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO uncounted (conversation_id, since) SELECT id, $1 FROM conversations WHERE true
         ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since",
        FROM_THE_BEGINNING.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A conversation that is gone needs no counting.
///
/// # Errors
/// What the database says.
pub async fn forget(tx: &mut SqliteConnection, conversation: ConversationId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM uncounted WHERE conversation_id = $1", conversation.0)
        .execute(tx)
        .await?;
    Ok(())
}
