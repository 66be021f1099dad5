//! Judging again what is already here: how far each account's run has come.

use domain::{AccountId, At, ConversationId};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::StoreError;

/// A run of judging again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejudging {
    /// Whose messages.
    pub account_id: AccountId,
    /// Those written since then.
    pub since: At,
    /// Conversations up to this one are done.
    pub done: ConversationId,
    /// Number of conversations at the start.
    pub conversations: i64,
    /// Number of conversations done.
    pub seen: i64,
    /// Number of messages looked at.
    pub judged: i64,
    /// Number that are filtered now and were not.
    pub filtered: i64,
    /// Number that pass now and did not.
    pub passed: i64,
    /// When it began.
    pub started_at: At,
    /// When it ended; `None`: it goes on.
    pub finished_at: Option<At>,
    /// A person stopped it.
    pub cancelled: bool,
}

/// Begins a run, in place of the account's last one.
///
/// # Errors
/// What the database says.
pub async fn begin(tx: &mut SqliteConnection, account: AccountId, since: At, now: At) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT OR REPLACE INTO rejudgings (account_id, since, conversations, started_at)
         VALUES ($1, $2, (SELECT count(*) FROM conversations
                          WHERE account_id = $1 AND (last_message_at >= $2 OR filtered_at >= $2)), $3)",
        account.0,
        since.0,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The last run of an account.
///
/// # Errors
/// What the database says.
pub async fn get(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<Option<Rejudging>, StoreError> {
    let row = sqlx::query!(
        "SELECT since, conversation_id, conversations, seen, judged, filtered, passed, started_at, finished_at, cancelled
         FROM rejudgings WHERE account_id = $1",
        account.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Rejudging {
        account_id: account,
        since: At(row.since),
        done: ConversationId(row.conversation_id),
        conversations: row.conversations,
        seen: row.seen,
        judged: row.judged,
        filtered: row.filtered,
        passed: row.passed,
        started_at: At(row.started_at),
        finished_at: row.finished_at.map(At),
        cancelled: row.cancelled != 0,
    }))
}

/// The accounts whose runs go on.
///
/// # Errors
/// What the database says.
pub async fn running(db: impl SqliteExecutor<'_>) -> Result<Vec<AccountId>, StoreError> {
    let rows = sqlx::query_scalar!(
        r#"SELECT account_id AS "id!" FROM rejudgings WHERE finished_at IS NULL ORDER BY started_at, account_id"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(AccountId).collect())
}

/// Stores how far a run has come, if it still goes on.
///
/// # Errors
/// What the database says.
pub async fn save(tx: &mut SqliteConnection, run: &Rejudging) -> Result<(), StoreError> {
    let finished = run.finished_at.map(|at| at.0);
    sqlx::query!(
        "UPDATE rejudgings SET conversation_id = $2, seen = $3, judged = $4, filtered = $5, passed = $6,
           finished_at = $7, cancelled = $8
         WHERE account_id = $1 AND finished_at IS NULL",
        run.account_id.0,
        run.done.0,
        run.seen,
        run.judged,
        run.filtered,
        run.passed,
        finished,
        run.cancelled
    )
    .execute(tx)
    .await?;
    Ok(())
}
