//! What a CRM is to be told about its managers' messages: sent, delivered, read, failed.

use domain::{At, LinkId, Reason, RemoteId, ReplyId, ReplyState, Tick, Uid};
use serde_json::Value;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

use crate::{
    StoreError,
    codes::{reply_state, tick},
    error::{from_json, from_json_opt},
};

/// A reply whose fate the CRM is to be told.
#[derive(Debug, Clone)]
pub struct Untold {
    /// Which.
    pub id: ReplyId,
    /// Id in the CRM.
    pub remote_id: RemoteId,
    /// What reporting needs.
    pub data: Value,
    /// Where it went.
    pub conversation: Option<Uid>,
    /// Where it stands.
    pub state: ReplyState,
    /// Why it did not go.
    pub reason: Option<Reason>,
    /// How far the slowest of its messages has come.
    pub tick: Option<Tick>,
    /// Ids of its messages on the network.
    pub messages: Vec<RemoteId>,
    /// What the CRM was told: 0 nothing, 1 failed, 2 sent, 3 delivered, 4 read.
    pub told: i64,
    /// Last change of its state.
    pub updated_at: At,
    /// Failed tries of telling in a row.
    pub attempts: u32,
}

/// Replies whose fate a link's CRM is to be told now.
///
/// # Errors
/// What the database says.
pub async fn to_tell(db: &SqlitePool, link: LinkId, now: At, limit: i64) -> Result<Vec<Untold>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT r.id AS "id!", r.remote_id, r.data, r.state, r.reason, r.told, r.updated_at, r.tell_attempts,
             c.uid AS "conversation?: Vec<u8>",
             (SELECT min(m.tick) FROM crm_reply_parts AS p JOIN messages AS m ON m.id = p.message_id
               WHERE p.reply_id = r.id) AS "tick?: i64",
             (SELECT json_group_array(m.remote_id) FROM crm_reply_parts AS p JOIN messages AS m ON m.id = p.message_id
               WHERE p.reply_id = r.id AND m.remote_id IS NOT NULL) AS "messages!: String"
           FROM crm_replies AS r LEFT JOIN conversations AS c ON c.id = r.conversation_id
           WHERE r.link_id = $1 AND r.tell_at <= $2 ORDER BY r.tell_at LIMIT $3"#,
        link.0,
        now.0,
        limit
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter();
    rows.map(|row| {
        Ok(Untold {
            id: ReplyId(row.id),
            remote_id: RemoteId(row.remote_id),
            data: from_json("crm_replies.data", &row.data)?,
            conversation: row
                .conversation
                .map(|uid| Uid(uuid::Uuid::from_slice(&uid).unwrap_or_default())),
            state: reply_state::read(row.state),
            reason: from_json_opt("crm_replies.reason", row.reason.as_deref())?,
            tick: row.tick.map(tick::read),
            messages: from_json("messages", &row.messages)?,
            told: row.told,
            updated_at: At(row.updated_at),
            attempts: u32::try_from(row.tell_attempts).unwrap_or(u32::MAX),
        })
    })
    .collect()
}

/// The CRM knows this much of a reply; what moved since `seen` is told later.
///
/// # Errors
/// What the database says.
pub async fn told(tx: &mut SqliteConnection, id: ReplyId, told: i64, seen: At) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE crm_replies SET told = $2, tell_at = CASE WHEN updated_at > $3 THEN tell_at END, tell_attempts = 0
         WHERE id = $1",
        id.0,
        told,
        seen.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The CRM could not be told: again at `at`, or never.
///
/// # Errors
/// What the database says.
pub async fn not_told(tx: &mut SqliteConnection, id: ReplyId, at: Option<At>) -> Result<(), StoreError> {
    let at = at.map(|at| at.0);
    sqlx::query!(
        "UPDATE crm_replies SET tell_at = $2, tell_attempts = tell_attempts + 1 WHERE id = $1",
        id.0,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// When the CRM of a link is to be told something next.
///
/// # Errors
/// What the database says.
pub async fn next_tell(db: impl SqliteExecutor<'_>, link: LinkId) -> Result<Option<At>, StoreError> {
    let at = sqlx::query_scalar!(
        r#"SELECT min(tell_at) AS "at?: i64" FROM crm_replies WHERE link_id = $1 AND tell_at IS NOT NULL"#,
        link.0
    )
    .fetch_one(db)
    .await?;
    Ok(at.map(At))
}
