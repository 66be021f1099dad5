//! Conversations whose reading a network is still to be told of.

use domain::{AccountId, At, ConversationId, RemoteId};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{StoreError, error::to_json};

/// What a network is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadMark {
    /// Where.
    pub conversation_id: ConversationId,
    /// The chat on the network.
    pub chat: RemoteId,
    /// Read up to this message.
    pub message: RemoteId,
    /// Failed tries in a row.
    pub attempts: u32,
}

/// Everything up to these messages counts as read; a later one replaces an earlier one of its conversation.
///
/// # Errors
/// What the database says.
pub async fn put(
    tx: &mut SqliteConnection,
    account: AccountId,
    marks: &[(ConversationId, RemoteId)],
) -> Result<(), StoreError> {
    let list = to_json("marks", marks)?;
    sqlx::query!(
        "INSERT INTO read_marks (conversation_id, account_id, remote_id)
         SELECT value ->> 0, $2, value ->> 1 FROM json_each($1) WHERE true
         ON CONFLICT (conversation_id) DO UPDATE SET remote_id = excluded.remote_id",
        list,
        account.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Those whose turn it is.
///
/// # Errors
/// What the database says.
pub async fn due(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    now: At,
    limit: i64,
) -> Result<Vec<ReadMark>, StoreError> {
    let rows = sqlx::query!(
        "SELECT r.conversation_id, c.remote_id AS chat, r.remote_id, r.attempts
         FROM read_marks AS r JOIN conversations AS c ON c.id = r.conversation_id
         WHERE r.account_id = $1 AND r.retry_at <= $2 ORDER BY r.retry_at, r.conversation_id LIMIT $3",
        account.0,
        now.0,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ReadMark {
            conversation_id: ConversationId(row.conversation_id),
            chat: RemoteId(row.chat),
            message: RemoteId(row.remote_id),
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        })
        .collect())
}

/// The network was told, or never wants to hear of it. A later message that came meanwhile keeps its own mark.
///
/// # Errors
/// What the database says.
pub async fn settled(tx: &mut SqliteConnection, mark: &ReadMark) -> Result<(), StoreError> {
    let message = mark.message.as_str();
    sqlx::query!(
        "DELETE FROM read_marks WHERE conversation_id = $1 AND remote_id = $2",
        mark.conversation_id.0,
        message
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// It did not work: again later.
///
/// # Errors
/// What the database says.
pub async fn failed(tx: &mut SqliteConnection, mark: &ReadMark, retry_at: At) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE read_marks SET attempts = attempts + 1, retry_at = $2 WHERE conversation_id = $1",
        mark.conversation_id.0,
        retry_at.0
    )
    .execute(tx)
    .await?;
    Ok(())
}
