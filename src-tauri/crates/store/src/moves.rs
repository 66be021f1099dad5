//! A chat that has another id on its network: conversation and person stay the same.

use domain::{AccountId, ContactId, ConversationId, RemoteId};
use sqlx::SqliteConnection;

use crate::{StoreError, search};

/// What became of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChatMove {
    /// The conversation that goes on.
    pub kept: ConversationId,
    /// Whose it is.
    pub contact: ContactId,
    /// One that had begun under the new id before the move was known: its messages are in the kept one now.
    pub merged: Option<ConversationId>,
}

/// The chat `old` is called `new` from now on. Ids of messages begin anew there, so those of the past get the old chat's
/// in front. `None` when there is no such conversation (any more).
///
/// # Errors
/// What the database says.
pub async fn conversation(
    tx: &mut SqliteConnection,
    account: AccountId,
    old: &RemoteId,
    new: &RemoteId,
) -> Result<Option<ChatMove>, StoreError> {
    let (old, new) = (old.as_str(), new.as_str());
    let Some(kept) = sqlx::query!(
        r#"SELECT id AS "id!", contact_id FROM conversations WHERE account_id = $1 AND remote_id = $2"#,
        account.0,
        old
    )
    .fetch_optional(&mut *tx)
    .await?
    else {
        return Ok(None);
    };
    sqlx::query!(
        "UPDATE messages SET remote_id = $2 || '/' || remote_id, reply_to = $2 || '/' || reply_to WHERE conversation_id = $1",
        kept.id,
        old
    )
    .execute(&mut *tx)
    .await?;
    let merged = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM conversations WHERE account_id = $1 AND remote_id = $2"#,
        account.0,
        new
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(merged) = merged {
        merge(tx, kept.id, merged).await?;
    }
    sqlx::query!(
        "UPDATE conversations SET remote_id = $2, history_cursor = NULL, history_done = 0 WHERE id = $1",
        kept.id,
        new
    )
    .execute(tx)
    .await?;
    Ok(Some(ChatMove {
        kept: ConversationId(kept.id),
        contact: ContactId(kept.contact_id),
        merged: merged.map(ConversationId),
    }))
}

/// Everything of the younger conversation goes into the elder one, which keeps what people have set there.
async fn merge(tx: &mut SqliteConnection, kept: i64, merged: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE messages SET conversation_id = $1 WHERE conversation_id = $2",
        kept,
        merged
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE deliveries SET conversation_id = $1 WHERE conversation_id = $2",
        kept,
        merged
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT OR IGNORE INTO conversation_tags (conversation_id, tag)
         SELECT $1, tag FROM conversation_tags WHERE conversation_id = $2",
        kept,
        merged
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE conversations SET
           (last_message_id, last_message_at) = (SELECT m.id, m.sent_at FROM messages AS m WHERE m.conversation_id = $1
             ORDER BY m.sent_at DESC, m.id DESC LIMIT 1),
           moved_at = max(conversations.moved_at, g.moved_at), unread = conversations.unread + g.unread,
           read_at = max(conversations.read_at, g.read_at), marked_unread = max(conversations.marked_unread, g.marked_unread),
           waiting_since = coalesce(conversations.waiting_since, g.waiting_since),
           answered_at = max(conversations.answered_at, g.answered_at), archived = min(conversations.archived, g.archived),
           draft = coalesce(conversations.draft, g.draft), reachability = g.reachability
         FROM (SELECT moved_at, unread, read_at, marked_unread, waiting_since, answered_at, archived, draft, reachability
               FROM conversations WHERE id = $2) AS g
         WHERE conversations.id = $1",
        kept,
        merged
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM conversations WHERE id = $1", merged)
        .execute(tx)
        .await?;
    Ok(())
}

/// The person (or the group as one) has another id on the network, too. Whoever had that id is the same.
///
/// # Errors
/// What the database says.
pub async fn contact(
    tx: &mut SqliteConnection,
    people: &str,
    channel: &str,
    remote_id: &str,
    contact: ContactId,
) -> Result<(), StoreError> {
    let before = sqlx::query_scalar!(
        "SELECT contact_id FROM identities WHERE people = $1 AND remote_id = $2",
        people,
        remote_id
    )
    .fetch_optional(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO identities (people, remote_id, contact_id, channel) VALUES ($1, $2, $3, $4)
         ON CONFLICT (people, remote_id) DO UPDATE SET contact_id = excluded.contact_id",
        people,
        remote_id,
        contact.0,
        channel
    )
    .execute(&mut *tx)
    .await?;
    let Some(before) = before.filter(|before| *before != contact.0) else {
        return Ok(());
    };
    sqlx::query!(
        "UPDATE messages SET author_id = $1 WHERE author_id = $2",
        contact.0,
        before
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE conversations SET contact_id = $1 WHERE contact_id = $2",
        contact.0,
        before
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE notes SET contact_id = $1 WHERE contact_id = $2",
        contact.0,
        before
    )
    .execute(&mut *tx)
    .await?;
    let gone = sqlx::query!(
        "DELETE FROM contacts WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM identities WHERE contact_id = $1)",
        before
    )
    .execute(&mut *tx)
    .await?;
    if gone.rows_affected() > 0 {
        search::forget_person(tx, ContactId(before)).await?;
    }
    Ok(())
}
