//! Threads.

use std::collections::HashMap;

use domain::{
    AccountId, At, ContactId, ConversationId, ConversationKind, Flow, MessageId, Reachability, RemoteId, Uid,
};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    codes::{conversation_kind, reachability},
    error::to_json,
};

/// A chat as a connector names it.
#[derive(Debug, Clone)]
pub struct ConversationKey {
    /// For a conversation not known yet.
    pub uid: Uid,
    /// The account.
    pub account_id: AccountId,
    /// Its network.
    pub channel: String,
    /// Id of the chat.
    pub remote_id: RemoteId,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// Own title of a group.
    pub title: Option<String>,
    /// The person or group.
    pub contact_id: ContactId,
}

/// What the pipeline needs of a conversation while it takes messages.
#[derive(Debug, Clone)]
pub struct ConversationHead {
    /// Local id.
    pub id: ConversationId,
    /// The person or group.
    pub contact_id: ContactId,
    /// What it remembers of its messages.
    pub flow: Flow,
    /// Makes no sound.
    pub muted: bool,
    /// Own title of a group.
    pub title: Option<String>,
}

/// A conversation.
#[derive(Debug, Clone)]
pub struct ConversationFacts {
    /// Local id.
    pub id: ConversationId,
    /// The account; `None`: deleted, history kept.
    pub account_id: Option<AccountId>,
    /// Its network.
    pub channel: String,
    /// Id of the chat.
    pub remote_id: RemoteId,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// Own title of a group.
    pub title: Option<String>,
    /// The person or group.
    pub contact_id: ContactId,
    /// Whether the network lets us write.
    pub reachability: Reachability,
    /// Messages written until then are read.
    pub read_at: At,
    /// JSON: an answer begun.
    pub draft: Option<String>,
    /// Where loading older messages goes on.
    pub history_cursor: Option<String>,
    /// The network has nothing older.
    pub history_done: bool,
}

/// Finds or makes each conversation; answers in the same order. A known one gets the new title.
///
/// # Errors
/// What the database says.
pub async fn upsert(
    tx: &mut SqliteConnection,
    keys: &[ConversationKey],
    now: At,
) -> Result<Vec<ConversationHead>, StoreError> {
    let list = to_json("conversations", &keys.iter().map(named).collect::<Vec<_>>())?;
    let mut known = heads(tx, &list).await?;
    let fresh: Vec<_> = keys
        .iter()
        .filter(|key| !known.contains_key(&(key.account_id, key.remote_id.clone())))
        .map(named)
        .collect();
    if !fresh.is_empty() {
        let fresh = to_json("conversations", &fresh)?;
        sqlx::query!(
            "INSERT INTO conversations (account_id, remote_id, uid, channel, kind, title, contact_id, moved_at, created_at)
             SELECT value ->> 0, value ->> 1, unhex(value ->> 2), value ->> 3, value ->> 4, value ->> 5, value ->> 6, 0, $2
             FROM json_each($1) WHERE true ON CONFLICT DO NOTHING",
            fresh,
            now.0
        )
        .execute(&mut *tx)
        .await?;
        known.extend(heads(tx, &fresh).await?);
    }
    for key in keys.iter().filter(|key| key.title.is_some()) {
        let Some(head) = known.get_mut(&(key.account_id, key.remote_id.clone())) else {
            continue;
        };
        if head.title != key.title {
            retitle(tx, head.id, key.title.as_deref()).await?;
            head.title.clone_from(&key.title);
        }
    }
    keys.iter()
        .map(|key| {
            known
                .get(&(key.account_id, key.remote_id.clone()))
                .cloned()
                .ok_or(StoreError::NotFound)
        })
        .collect()
}

fn named(key: &ConversationKey) -> serde_json::Value {
    serde_json::json!([
        key.account_id.0,
        key.remote_id,
        key.uid.0.simple().to_string(),
        key.channel,
        conversation_kind::code(key.kind),
        key.title,
        key.contact_id.0
    ])
}

async fn retitle(tx: &mut SqliteConnection, id: ConversationId, title: Option<&str>) -> Result<(), StoreError> {
    sqlx::query!("UPDATE conversations SET title = $2 WHERE id = $1", id.0, title)
        .execute(tx)
        .await?;
    Ok(())
}

async fn heads(
    tx: &mut SqliteConnection,
    list: &str,
) -> Result<HashMap<(AccountId, RemoteId), ConversationHead>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT c.id AS "id!", c.account_id AS "account_id!", c.remote_id, c.contact_id, c.title, c.last_message_id,
             c.last_message_at, c.moved_at, c.unread, c.read_at, c.waiting_since, c.answered_at, c.archived, c.muted,
             c.filtered, c.filtered_at, c.filtered_id
           FROM json_each($1) AS k CROSS JOIN conversations AS c
             ON c.account_id = k.value ->> 0 AND c.remote_id = k.value ->> 1"#,
        list
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let key = (AccountId(row.account_id), RemoteId(row.remote_id.clone()));
            let flow = Flow {
                last: row.last_message_id.map(|id| (At(row.last_message_at), MessageId(id))),
                moved_at: At(row.moved_at),
                unread: row.unread,
                read_at: At(row.read_at),
                waiting_since: row.waiting_since.map(At),
                answered_at: At(row.answered_at),
                archived: row.archived != 0,
                filtered: row.filtered,
                last_filtered: row.filtered_id.map(|id| (At(row.filtered_at), MessageId(id))),
            };
            let (id, contact_id) = (ConversationId(row.id), ContactId(row.contact_id));
            (
                key,
                ConversationHead {
                    id,
                    contact_id,
                    flow,
                    muted: row.muted != 0,
                    title: row.title,
                },
            )
        })
        .collect())
}

/// Stores what the conversations remember of their messages.
///
/// # Errors
/// What the database says.
pub async fn save_flows<'a>(
    tx: &mut SqliteConnection,
    flows: impl IntoIterator<Item = (ConversationId, &'a Flow)>,
) -> Result<(), StoreError> {
    let rows: Vec<_> = flows
        .into_iter()
        .map(|(id, flow)| {
            let place = |last: Option<(At, MessageId)>| last.map_or((0, None), |(at, id)| (at.0, Some(id.0)));
            let ((last_at, last_id), (filtered_at, filtered_id)) = (place(flow.last), place(flow.last_filtered));
            serde_json::json!([
                id.0,
                last_id,
                last_at,
                flow.moved_at.0,
                flow.unread,
                flow.read_at.0,
                flow.waiting_since.map(|at| at.0),
                flow.answered_at.0,
                i64::from(flow.archived),
                flow.filtered,
                filtered_at,
                filtered_id
            ])
        })
        .collect();
    let list = to_json("conversations", &rows)?;
    sqlx::query!(
        "UPDATE conversations SET last_message_id = f.value ->> 1, last_message_at = f.value ->> 2,
           moved_at = f.value ->> 3, unread = f.value ->> 4, read_at = f.value ->> 5, waiting_since = f.value ->> 6,
           answered_at = f.value ->> 7, archived = f.value ->> 8, filtered = f.value ->> 9,
           filtered_at = f.value ->> 10, filtered_id = f.value ->> 11
         FROM json_each($1) AS f WHERE conversations.id = f.value ->> 0",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The flow of one conversation.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn flow(tx: impl SqliteExecutor<'_>, id: ConversationId) -> Result<Flow, StoreError> {
    let row = sqlx::query!(
        "SELECT last_message_id, last_message_at, moved_at, unread, read_at, waiting_since, answered_at, archived,
           filtered, filtered_at, filtered_id
         FROM conversations WHERE id = $1",
        id.0
    )
    .fetch_optional(tx)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(Flow {
        last: row.last_message_id.map(|id| (At(row.last_message_at), MessageId(id))),
        moved_at: At(row.moved_at),
        unread: row.unread,
        read_at: At(row.read_at),
        waiting_since: row.waiting_since.map(At),
        answered_at: At(row.answered_at),
        archived: row.archived != 0,
        filtered: row.filtered,
        last_filtered: row.filtered_id.map(|id| (At(row.filtered_at), MessageId(id))),
    })
}

/// One conversation.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: ConversationId) -> Result<ConversationFacts, StoreError> {
    let row = sqlx::query!(
        "SELECT id, account_id, channel, remote_id, kind, title, contact_id, reachability, read_at, draft,
           history_cursor, history_done
         FROM conversations WHERE id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(ConversationFacts {
        id,
        account_id: row.account_id.map(AccountId),
        channel: row.channel,
        remote_id: RemoteId(row.remote_id),
        kind: conversation_kind::read(row.kind),
        title: row.title,
        contact_id: ContactId(row.contact_id),
        reachability: reachability::read(row.reachability),
        read_at: At(row.read_at),
        draft: row.draft,
        history_cursor: row.history_cursor,
        history_done: row.history_done != 0,
    })
}

/// The conversation of a chat, if it is known.
///
/// # Errors
/// What the database says.
pub async fn by_remote(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    chat: &RemoteId,
) -> Result<Option<ConversationId>, StoreError> {
    let chat = chat.as_str();
    let row = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM conversations WHERE account_id = $1 AND remote_id = $2"#,
        account.0,
        chat
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(ConversationId))
}

/// Switches of a conversation; `None` leaves one as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct ConversationChange {
    /// Stays on top.
    pub pinned: Option<bool>,
    /// Makes no sound.
    pub muted: Option<bool>,
    /// Put away.
    pub archived: Option<bool>,
    /// Marked as unread by hand.
    pub marked_unread: Option<bool>,
    /// Assigned to the person of this installation.
    pub mine: Option<bool>,
}

/// Changes switches.
///
/// # Errors
/// What the database says.
pub async fn change(
    tx: &mut SqliteConnection,
    id: ConversationId,
    change: ConversationChange,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE conversations SET pinned = coalesce($2, pinned), muted = coalesce($3, muted),
           archived = coalesce($4, archived), marked_unread = coalesce($5, marked_unread), mine = coalesce($6, mine)
         WHERE id = $1",
        id.0,
        change.pinned,
        change.muted,
        change.archived,
        change.marked_unread,
        change.mine
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The client needs no answer: not waiting any more.
///
/// # Errors
/// What the database says.
pub async fn set_answered(tx: &mut SqliteConnection, id: ConversationId, at: At) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE conversations SET waiting_since = NULL, answered_at = max(answered_at, $2) WHERE id = $1",
        id.0,
        at.0
    )
    .execute(&mut *tx)
    .await?;
    // The flow forgets it with the next answer; the figures need it for good.
    sqlx::query!(
        "INSERT INTO dismissals (conversation_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        id.0,
        at.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Everything written until `until` is read; what came later is counted anew.
///
/// # Errors
/// What the database says.
pub async fn mark_read(tx: &mut SqliteConnection, id: ConversationId, until: At) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE conversations SET read_at = max(read_at, $2), marked_unread = 0,
           unread = (SELECT count(*) FROM messages AS m WHERE m.conversation_id = conversations.id
                     AND m.direction = 0 AND m.sent_at > max(conversations.read_at, $2)
                     AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.message_id = m.id AND j.verdict = 1))
         WHERE id = $1 AND (unread > 0 OR marked_unread = 1 OR read_at < $2)",
        id.0,
        until.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Works out anew what conversations remember of their messages: verdicts about old messages have changed.
///
/// # Errors
/// What the database says.
pub async fn recount(tx: &mut SqliteConnection, ids: &[ConversationId]) -> Result<(), StoreError> {
    let list = to_json("conversations", ids)?;
    sqlx::query!(
        "UPDATE conversations SET
           last_message_id = (SELECT m.id FROM messages AS m LEFT JOIN verdicts AS j ON j.message_id = m.id
             WHERE m.conversation_id = conversations.id AND coalesce(j.verdict, 0) <> 1
             ORDER BY m.sent_at DESC, m.id DESC LIMIT 1),
           filtered = (SELECT count(*) FROM messages AS m JOIN verdicts AS j ON j.message_id = m.id AND j.verdict = 1
             WHERE m.conversation_id = conversations.id),
           filtered_id = (SELECT m.id FROM messages AS m JOIN verdicts AS j ON j.message_id = m.id AND j.verdict = 1
             WHERE m.conversation_id = conversations.id ORDER BY m.sent_at DESC, m.id DESC LIMIT 1),
           unread = (SELECT count(*) FROM messages AS m LEFT JOIN verdicts AS j ON j.message_id = m.id
             WHERE m.conversation_id = conversations.id AND m.sent_at > conversations.read_at AND m.direction = 0
               AND coalesce(j.verdict, 0) <> 1),
           waiting_since = (SELECT min(m.sent_at) FROM messages AS m LEFT JOIN verdicts AS j ON j.message_id = m.id
             WHERE m.conversation_id = conversations.id AND m.sent_at > conversations.answered_at AND m.direction = 0
               AND coalesce(j.verdict, 0) <> 1)
         WHERE id IN (SELECT value FROM json_each($1))",
        list
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE conversations SET
           last_message_at = coalesce((SELECT sent_at FROM messages WHERE id = last_message_id), 0),
           moved_at = coalesce((SELECT sent_at FROM messages WHERE id = last_message_id), 0),
           filtered_at = coalesce((SELECT sent_at FROM messages WHERE id = filtered_id), 0)
         WHERE id IN (SELECT value FROM json_each($1))",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps or forgets a draft.
///
/// # Errors
/// What the database says.
pub async fn set_draft(tx: &mut SqliteConnection, id: ConversationId, draft: Option<&str>) -> Result<(), StoreError> {
    sqlx::query!("UPDATE conversations SET draft = $2 WHERE id = $1", id.0, draft)
        .execute(tx)
        .await?;
    Ok(())
}

/// Whether the network lets us write. Returns whether that is new.
///
/// # Errors
/// What the database says.
pub async fn set_reachability(
    tx: &mut SqliteConnection,
    id: ConversationId,
    value: Reachability,
) -> Result<bool, StoreError> {
    let code = reachability::code(value);
    let changed = sqlx::query!(
        "UPDATE conversations SET reachability = $2 WHERE id = $1 AND reachability <> $2",
        id.0,
        code
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Where loading older messages goes on.
///
/// # Errors
/// What the database says.
pub async fn set_history(
    tx: &mut SqliteConnection,
    id: ConversationId,
    cursor: Option<&str>,
) -> Result<(), StoreError> {
    let done = cursor.is_none();
    sqlx::query!(
        "UPDATE conversations SET history_cursor = $2, history_done = $3 WHERE id = $1",
        id.0,
        cursor,
        done
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The tags of a conversation, all of them.
///
/// # Errors
/// What the database says.
pub async fn set_tags(tx: &mut SqliteConnection, id: ConversationId, tags: &[String]) -> Result<(), StoreError> {
    let tags = to_json("tags", tags)?;
    sqlx::query!("DELETE FROM conversation_tags WHERE conversation_id = $1", id.0)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "INSERT INTO conversation_tags (conversation_id, tag) SELECT $1, value FROM json_each($2) WHERE true
         ON CONFLICT DO NOTHING",
        id.0,
        tags
    )
    .execute(tx)
    .await?;
    Ok(())
}
