//! Read models of the analytics: sums of what is counted already, never of messages.

use domain::{AccountId, At};
use sqlx::{SqliteExecutor, SqlitePool};

use crate::{StoreError, error::to_json};

/// A stretch of time in quarters of an hour since the epoch: first, and the one after the last.
pub type Quarters = (i64, i64);
/// A stretch of days since the epoch: first and last.
pub type Days = (i64, i64);

/// What went through an account on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayVolume {
    /// Place of the day in the list that was asked for.
    pub day: i64,
    /// Through which account; 0: deleted ones.
    pub account_id: AccountId,
    /// Messages of clients.
    pub incoming: i64,
    /// Messages of ours.
    pub outgoing: i64,
    /// Clients who wrote for the first time.
    pub firsts: i64,
}

/// Turns of one length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Day of asking.
    pub day: i64,
    /// Who answered, or answered last before; 0: not known.
    pub operator_id: i64,
    /// Length of the wait; below zero: there was no answer.
    pub bucket: i64,
    /// How many.
    pub turns: i64,
}

/// Volumes of each of these days by account. Empty `accounts`: all.
///
/// # Errors
/// What the database says.
pub async fn volumes(db: &SqlitePool, days: &[Quarters], accounts: &[AccountId]) -> Result<Vec<DayVolume>, StoreError> {
    let numbered: Vec<(i64, i64, usize)> = days
        .iter()
        .enumerate()
        .map(|(at, (from, to))| (*from, *to, at))
        .collect();
    let (days, accounts) = (to_json("days", &numbered)?, to_json("accounts", accounts)?);
    let rows = sqlx::query!(
        r#"SELECT d.value ->> 2 AS "day!: i64", q.account_id AS "account_id!: i64", sum(q.incoming) AS "incoming!: i64",
             sum(q.outgoing) AS "outgoing!: i64", sum(q.firsts) AS "firsts!: i64"
           FROM json_each($1) AS d CROSS JOIN quarters AS q ON q.quarter >= d.value ->> 0 AND q.quarter < d.value ->> 1
           WHERE $2 = '[]' OR q.account_id IN (SELECT value FROM json_each($2))
           GROUP BY 1, 2"#,
        days,
        accounts
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DayVolume {
            day: row.day,
            account_id: AccountId(row.account_id),
            incoming: row.incoming,
            outgoing: row.outgoing,
            firsts: row.firsts,
        })
        .filter(|row| (row.incoming, row.outgoing, row.firsts) != (0, 0, 0))
        .collect())
}

/// Messages of clients in each quarter of an hour.
///
/// # Errors
/// What the database says.
pub async fn incoming_by_quarter(
    db: &SqlitePool,
    (from, to): Quarters,
    accounts: &[AccountId],
) -> Result<Vec<(i64, i64)>, StoreError> {
    let accounts = to_json("accounts", accounts)?;
    let rows = sqlx::query!(
        r#"SELECT quarter AS "quarter!", sum(incoming) AS "incoming!: i64" FROM quarters
           WHERE quarter >= $1 AND quarter < $2 AND ($3 = '[]' OR account_id IN (SELECT value FROM json_each($3)))
           GROUP BY quarter"#,
        from,
        to,
        accounts
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.quarter, row.incoming)).collect())
}

/// Turns of a stretch of days by day, operator and length.
///
/// # Errors
/// What the database says.
pub async fn cells(db: &SqlitePool, (first, last): Days, accounts: &[AccountId]) -> Result<Vec<Cell>, StoreError> {
    let accounts = to_json("accounts", accounts)?;
    let rows = sqlx::query!(
        r#"SELECT day AS "day!", operator_id AS "operator_id!", bucket AS "bucket!", sum(turns) AS "turns!: i64"
           FROM answer_cells
           WHERE day BETWEEN $1 AND $2 AND ($3 = '[]' OR account_id IN (SELECT value FROM json_each($3)))
           GROUP BY day, operator_id, bucket HAVING sum(turns) > 0"#,
        first,
        last,
        accounts
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Cell {
            day: row.day,
            operator_id: row.operator_id,
            bucket: row.bucket,
            turns: row.turns,
        })
        .collect())
}

/// In how many different conversations each operator answered in a stretch of days.
///
/// # Errors
/// What the database says.
pub async fn conversations_by_operator(
    db: &SqlitePool,
    (first, last): Days,
    accounts: &[AccountId],
) -> Result<Vec<(i64, i64)>, StoreError> {
    let accounts = to_json("accounts", accounts)?;
    let rows = sqlx::query!(
        r#"SELECT o.id AS "operator_id!",
             (SELECT count(*) FROM operator_days AS d WHERE d.operator_id = o.id AND d.day BETWEEN $1 AND $2 AND d.before < $1
               AND ($3 = '[]' OR d.account_id IN (SELECT value FROM json_each($3)))) AS "conversations!: i64"
           FROM (SELECT id FROM operators UNION ALL SELECT 0) AS o"#,
        first,
        last,
        accounts
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.operator_id, row.conversations))
        .filter(|(_, conversations)| *conversations > 0)
        .collect())
}

/// Names of operators.
///
/// # Errors
/// What the database says.
pub async fn operators(db: impl SqliteExecutor<'_>) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = sqlx::query!(r#"SELECT id AS "id!", name FROM operators ORDER BY name"#)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// How many clients came from where, by the JSON of their first message; those who told nothing are not among them.
///
/// # Errors
/// What the database says.
pub async fn sources(
    db: &SqlitePool,
    (from, to): (At, At),
    accounts: &[AccountId],
) -> Result<Vec<(String, i64)>, StoreError> {
    let accounts = to_json("accounts", accounts)?;
    let rows = sqlx::query!(
        r#"SELECT source AS "source!", count(*) AS "clients!: i64" FROM firsts
           WHERE source IS NOT NULL AND at >= $1 AND at < $2
             AND ($3 = '[]' OR account_id IN (SELECT value FROM json_each($3)))
           GROUP BY source"#,
        from.0,
        to.0,
        accounts
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.source, row.clients)).collect())
}

/// How many conversations wait for an answer now, and how many of them since `limit` or longer.
///
/// # Errors
/// What the database says.
pub async fn waiting(db: &SqlitePool, limit: At, accounts: &[AccountId]) -> Result<(i64, i64), StoreError> {
    let accounts = to_json("accounts", accounts)?;
    let row = sqlx::query!(
        r#"SELECT count(*) AS "all!: i64", coalesce(sum(waiting_since <= $1), 0) AS "longer!: i64" FROM conversations
           WHERE waiting_since IS NOT NULL AND ($2 = '[]' OR account_id IN (SELECT value FROM json_each($2)))"#,
        limit.0,
        accounts
    )
    .fetch_one(db)
    .await?;
    Ok((row.all, row.longer))
}

/// How many messages were written in a stretch of time: theirs and ours.
///
/// # Errors
/// What the database says.
pub async fn written(db: &SqlitePool, (from, to): Quarters, accounts: &[AccountId]) -> Result<(i64, i64), StoreError> {
    let accounts = to_json("accounts", accounts)?;
    let row = sqlx::query!(
        r#"SELECT coalesce(sum(incoming), 0) AS "incoming!: i64", coalesce(sum(outgoing), 0) AS "outgoing!: i64"
           FROM quarters WHERE quarter >= $1 AND quarter < $2
             AND ($3 = '[]' OR account_id IN (SELECT value FROM json_each($3)))"#,
        from,
        to,
        accounts
    )
    .fetch_one(db)
    .await?;
    Ok((row.incoming, row.outgoing))
}
