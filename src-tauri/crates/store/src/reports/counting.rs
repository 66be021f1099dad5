//! Turns of conversations – asked, answered – and what is counted of them. The messages' own transaction notes which
//! conversations have changed and since when (triggers); here their turns are replaced from then on.

use std::collections::HashMap;

use domain::{At, ConversationId, Direction, MessageId};
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

/// Where a turn begins: its time and message.
pub type Beginning = (At, MessageId);

/// A conversation whose turns are not counted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncounted {
    /// Which.
    pub conversation_id: ConversationId,
    /// What lies before is settled: nobody waited there.
    pub from: Beginning,
    /// A turn is known there; else this is before the first one.
    pub known: bool,
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

/// The turns of a conversation from a place on.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Which, and from where on.
    pub of: Uncounted,
    /// In order.
    pub turns: Vec<TurnRow>,
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

/// The next conversations to count, each from the turn that had begun last before its change.
///
/// # Errors
/// What the database says.
pub async fn uncounted(db: impl SqliteExecutor<'_>, limit: i64) -> Result<Vec<Uncounted>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT u.conversation_id AS "conversation_id!", u.since AS "since!",
             (SELECT asked_at FROM turns AS t WHERE t.conversation_id = u.conversation_id AND t.asked_at < u.since
              ORDER BY t.asked_at DESC, t.asked_id DESC LIMIT 1) AS "asked_at?: i64",
             (SELECT asked_id FROM turns AS t WHERE t.conversation_id = u.conversation_id AND t.asked_at < u.since
              ORDER BY t.asked_at DESC, t.asked_id DESC LIMIT 1) AS "asked_id?: i64"
           FROM uncounted AS u ORDER BY u.conversation_id LIMIT $1"#,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Uncounted {
            conversation_id: ConversationId(row.conversation_id),
            from: (
                At(row.asked_at.unwrap_or(row.since)),
                MessageId(row.asked_id.unwrap_or(0)),
            ),
            known: row.asked_id.is_some(),
        })
        .collect())
}

/// The list by which the database finds the places.
fn places(of: &[Uncounted]) -> Result<String, StoreError> {
    let list: Vec<_> = of
        .iter()
        .map(|one| (one.conversation_id, one.from.0, one.from.1))
        .collect();
    to_json("conversations", &list)
}

/// What was said from each place on, oldest first; silence are messages that did not go out, that were filtered, that
/// no person wrote. «No answer needed» comes after the messages of its moment.
///
/// # Errors
/// What the database says.
pub async fn spoken(
    tx: &mut SqliteConnection,
    of: &[Uncounted],
) -> Result<HashMap<ConversationId, Vec<Spoken>>, StoreError> {
    let list = places(of)?;
    let rows = sqlx::query!(
        r#"SELECT m.conversation_id AS "conversation_id!: i64", m.sent_at AS "at!: i64", m.id AS "id?: i64",
             m.direction AS "direction!: i64", coalesce(m.author_name, '') AS "operator!: String"
           FROM json_each($1) AS p CROSS JOIN messages AS m
             ON m.conversation_id = p.value ->> 0 AND (m.sent_at, m.id) >= (p.value ->> 1, p.value ->> 2)
           WHERE (m.direction = 1 AND m.tick IS NOT 1 AND m.automatic = 0) OR (m.direction = 0
             AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.message_id = m.id AND j.verdict = 1))
           UNION ALL
           SELECT d.conversation_id, d.at, NULL, 2, ''
           FROM json_each($1) AS p CROSS JOIN dismissals AS d
             ON d.conversation_id = p.value ->> 0 AND d.at >= p.value ->> 1
           ORDER BY 1, 2, 3 NULLS LAST"#,
        list
    )
    .fetch_all(tx)
    .await?;
    let mut said: HashMap<ConversationId, Vec<Spoken>> = HashMap::with_capacity(of.len());
    for row in rows {
        said.entry(ConversationId(row.conversation_id))
            .or_default()
            .push(Spoken {
                at: At(row.at),
                id: row.id.map(MessageId),
                direction: direction::read(row.direction),
                operator: row.operator,
            });
    }
    Ok(said)
}

/// Who of ours wrote last before each place; nobody, or nobody known, is not among them.
///
/// # Errors
/// What the database says.
pub async fn last_operators(
    tx: &mut SqliteConnection,
    of: &[Uncounted],
) -> Result<HashMap<ConversationId, String>, StoreError> {
    let list = places(of)?;
    let rows = sqlx::query!(
        r#"SELECT p.value ->> 0 AS "conversation_id!: i64",
             (SELECT m.author_name FROM messages AS m
              WHERE m.conversation_id = p.value ->> 0 AND (m.sent_at, m.id) < (p.value ->> 1, p.value ->> 2)
                AND m.direction = 1 AND m.tick IS NOT 1 AND m.automatic = 0
              ORDER BY m.sent_at DESC, m.id DESC LIMIT 1) AS "operator?: String"
           FROM json_each($1) AS p"#,
        list
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((ConversationId(row.conversation_id), row.operator?)))
        .collect())
}

/// Puts these turns in the place of those that began there or later, and notes the conversations as counted.
///
/// # Errors
/// What the database says.
pub async fn replace(tx: &mut SqliteConnection, counted: &[Counted]) -> Result<(), StoreError> {
    let of: Vec<Uncounted> = counted.iter().map(|one| one.of).collect();
    let list = places(&of)?;
    let gone = sqlx::query!(
        r#"DELETE FROM turns WHERE (conversation_id, asked_at, asked_id) IN
             (SELECT t.conversation_id, t.asked_at, t.asked_id FROM json_each($1) AS p CROSS JOIN turns AS t
                ON t.conversation_id = p.value ->> 0 AND (t.asked_at, t.asked_id) >= (p.value ->> 1, p.value ->> 2))
           RETURNING conversation_id AS "conversation_id!", day AS "day!""#,
        list
    )
    .fetch_all(&mut *tx)
    .await?;
    let made = counted.iter().flat_map(|one| {
        let id = one.of.conversation_id;
        one.turns.iter().map(move |turn| (id, turn.day))
    });
    let mut first_days: HashMap<ConversationId, i64> = HashMap::new();
    for (id, day) in gone
        .into_iter()
        .map(|row| (ConversationId(row.conversation_id), row.day))
        .chain(made)
    {
        let first = first_days.entry(id).or_insert(day);
        *first = day.min(*first);
    }
    insert_turns(tx, counted).await?;
    replace_operator_days(tx, &first_days).await?;
    let anew: Vec<ConversationId> = of
        .iter()
        .filter(|one| !one.known)
        .map(|one| one.conversation_id)
        .collect();
    settle_firsts(tx, &anew).await?;
    sqlx::query!(
        "DELETE FROM uncounted WHERE conversation_id IN (SELECT value ->> 0 FROM json_each($1))",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn insert_turns(tx: &mut SqliteConnection, counted: &[Counted]) -> Result<(), StoreError> {
    let rows: Vec<_> = counted
        .iter()
        .flat_map(|one| one.turns.iter().map(move |turn| (one.of.conversation_id, turn)))
        .map(|(id, turn)| {
            let (asked_at, asked_id) = turn.asked;
            (
                id,
                asked_at,
                asked_id,
                turn.closed_at,
                turn.day,
                &turn.operator,
                turn.bucket,
            )
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let list = to_json("turns", &rows)?;
    sqlx::query!(
        "INSERT INTO operators (name) SELECT DISTINCT value ->> 5 FROM json_each($1) WHERE value ->> 5 <> ''
         ON CONFLICT DO NOTHING",
        list
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO turns (conversation_id, asked_at, asked_id, closed_at, day, account_id, operator_id, bucket)
         SELECT v.id, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, coalesce(v.account_id, 0),
           coalesce((SELECT o.id FROM operators AS o WHERE o.name = r.value ->> 5), 0), r.value ->> 6
         FROM json_each($1) AS r CROSS JOIN conversations AS v ON v.id = r.value ->> 0",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// From the first day on that may be another.
async fn replace_operator_days(
    tx: &mut SqliteConnection,
    first_days: &HashMap<ConversationId, i64>,
) -> Result<(), StoreError> {
    let earliest = |day: i64| day.saturating_mul(DAY_MS).saturating_sub(WIDEST_OFFSET_MS);
    let rows: Vec<_> = first_days.iter().map(|(id, day)| (*id, *day, earliest(*day))).collect();
    let list = to_json("days", &rows)?;
    sqlx::query!(
        "DELETE FROM operator_days WHERE (conversation_id, operator_id, day) IN
           (SELECT o.conversation_id, o.operator_id, o.day FROM json_each($1) AS p CROSS JOIN operator_days AS o
              ON o.conversation_id = p.value ->> 0 WHERE o.day >= p.value ->> 1)",
        list
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO operator_days (conversation_id, operator_id, day, account_id, before)
         SELECT t.conversation_id, t.operator_id, t.day, t.account_id,
           coalesce(lag(t.day) OVER (PARTITION BY t.conversation_id, t.operator_id ORDER BY t.day),
             (SELECT max(o.day) FROM operator_days AS o
              WHERE o.conversation_id = t.conversation_id AND o.operator_id = t.operator_id), $2)
         FROM (SELECT DISTINCT t.conversation_id, t.operator_id, t.day, t.account_id
               FROM json_each($1) AS p CROSS JOIN turns AS t
                 ON t.conversation_id = p.value ->> 0 AND t.asked_at >= p.value ->> 2
               WHERE t.day >= p.value ->> 1 AND t.bucket >= 0) AS t",
        list,
        NEVER
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// When the clients of these conversations first wrote through their accounts, in any of their conversations: after a
/// change at the beginning.
async fn settle_firsts(tx: &mut SqliteConnection, conversations: &[ConversationId]) -> Result<(), StoreError> {
    if conversations.is_empty() {
        return Ok(());
    }
    let list = to_json("conversations", conversations)?;
    let rows = sqlx::query!(
        r#"SELECT w.contact_id AS "contact_id!: i64", w.account_id AS "account_id!: i64",
             min((SELECT t.asked_at FROM turns AS t WHERE t.conversation_id = v.id ORDER BY t.asked_at LIMIT 1)) AS "at?: i64"
           FROM (SELECT DISTINCT c.contact_id, coalesce(c.account_id, 0) AS account_id
                 FROM json_each($1) AS p CROSS JOIN conversations AS c ON c.id = p.value) AS w
             CROSS JOIN conversations AS v ON v.contact_id = w.contact_id AND coalesce(v.account_id, 0) = w.account_id
           GROUP BY 1, 2"#,
        list
    )
    .fetch_all(&mut *tx)
    .await?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| (row.contact_id, row.account_id, row.at))
        .collect();
    let list = to_json("firsts", &rows)?;
    sqlx::query!(
        "DELETE FROM firsts WHERE (contact_id, account_id) IN
           (SELECT value ->> 0, value ->> 1 FROM json_each($1) WHERE value ->> 2 IS NULL)",
        list
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO firsts (contact_id, account_id, at, source)
         SELECT c.id, r.value ->> 1, r.value ->> 2, c.source
         FROM json_each($1) AS r CROSS JOIN contacts AS c ON c.id = r.value ->> 0 WHERE r.value ->> 2 IS NOT NULL
         ON CONFLICT (contact_id, account_id) DO UPDATE SET at = excluded.at, source = excluded.source",
        list
    )
    .execute(tx)
    .await?;
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
