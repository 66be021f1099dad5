//! Updates that could not be understood.

use domain::{AccountId, At};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::StoreError;

/// An update that could not be understood.
#[derive(Debug, Clone)]
pub struct Quarantined {
    /// Local id.
    pub id: i64,
    /// As it came.
    pub raw: String,
    /// What is wrong with it.
    pub problem: String,
    /// When it came.
    pub received_at: At,
}

/// Keeps one.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut SqliteConnection,
    account: AccountId,
    raw: &str,
    problem: &str,
    now: At,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO quarantine (account_id, raw, problem, received_at) VALUES ($1, $2, $3, $4)",
        account.0,
        raw,
        problem,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Those of one account, newest first.
///
/// # Errors
/// What the database says.
pub async fn list(db: impl SqliteExecutor<'_>, account: AccountId, limit: i64) -> Result<Vec<Quarantined>, StoreError> {
    let rows = sqlx::query!(
        "SELECT id, raw, problem, received_at FROM quarantine WHERE account_id = $1 ORDER BY id DESC LIMIT $2",
        account.0,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Quarantined {
            id: row.id,
            raw: row.raw,
            problem: row.problem,
            received_at: At(row.received_at),
        })
        .collect())
}

/// How many each account has.
///
/// # Errors
/// What the database says.
pub async fn counts(db: impl SqliteExecutor<'_>) -> Result<Vec<(AccountId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT account_id AS "account_id!", count(*) AS "count!" FROM quarantine WHERE account_id IS NOT NULL GROUP BY account_id"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AccountId(row.account_id), row.count))
        .collect())
}
