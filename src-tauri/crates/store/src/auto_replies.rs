//! What the auto-reply did about messages of clients: its memory against robots.

use domain::{At, ConversationId, MessageId, Reason};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json_opt, to_json},
};

/// An answer of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastReply {
    /// When.
    pub at: At,
    /// What the client had said.
    pub heard: String,
    /// What was answered.
    pub said: String,
}

/// Remembers an answer, or why there was none.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut SqliteConnection,
    message: MessageId,
    conversation: ConversationId,
    outcome: Result<MessageId, &Reason>,
    now: At,
) -> Result<(), StoreError> {
    let hush = outcome.err().map(|reason| to_json("hush", reason)).transpose()?;
    let reply = outcome.ok().map(|id| id.0);
    sqlx::query!(
        "INSERT INTO auto_replies (message_id, conversation_id, reply_id, hush, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        message.0,
        conversation.0,
        reply,
        hush,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Why a message was not answered, if the auto-reply kept silent about it.
///
/// # Errors
/// What the database says.
pub async fn hush(db: impl SqliteExecutor<'_>, message: MessageId) -> Result<Option<Reason>, StoreError> {
    let hush = sqlx::query_scalar!("SELECT hush FROM auto_replies WHERE message_id = $1", message.0)
        .fetch_optional(db)
        .await?;
    from_json_opt("auto_replies.hush", hush.flatten().as_deref())
}

/// The answers given in a conversation after a moment, oldest first.
///
/// # Errors
/// What the database says.
pub async fn past(
    db: impl SqliteExecutor<'_>,
    conversation: ConversationId,
    after: At,
) -> Result<Vec<PastReply>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT r.at, h.text AS heard, s.text AS said
           FROM auto_replies AS r JOIN messages AS h ON h.id = r.message_id JOIN messages AS s ON s.id = r.reply_id
           WHERE r.conversation_id = $1 AND r.at > $2 ORDER BY r.at, r.message_id"#,
        conversation.0,
        after.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| PastReply {
            at: At(row.at),
            heard: row.heard,
            said: row.said,
        })
        .collect())
}
