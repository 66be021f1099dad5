//! Messages.

use std::collections::HashMap;

use domain::{
    At, ContactId, Content, ConversationId, DeliveryState, Direction, MessageId, PreviewKind, Reason, RemoteId, Tick,
    Uid,
};
use serde_json::json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    codes::{direction, preview_kind, tick},
    error::to_json,
    message_journal, search,
};

/// A message to store.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its name for good.
    pub uid: Uid,
    /// Where.
    pub conversation_id: ConversationId,
    /// Id on the network; `None`: written here, not there yet.
    pub remote_id: Option<RemoteId>,
    /// Idempotency key of a message written here.
    pub client_key: Option<i64>,
    /// Who speaks.
    pub direction: Direction,
    /// Who wrote it, in groups.
    pub author_id: Option<ContactId>,
    /// Who of ours wrote it.
    pub author_name: Option<String>,
    /// When it was written.
    pub sent_at: At,
    /// What it says.
    pub content: Content,
    /// A line of the system.
    pub system: Option<Reason>,
    /// Kind of its one-line preview.
    pub preview: PreviewKind,
    /// Id on the network of the message it answers.
    pub reply_to: Option<RemoteId>,
    /// Author of the quote, as shown.
    pub reply_author: Option<String>,
    /// Words of the quote.
    pub reply_text: Option<String>,
    /// Whose message it passes on.
    pub forwarded_from: Option<String>,
    /// Sent together with the others of the same word.
    pub album: Option<String>,
    /// When it was changed, for messages that come changed.
    pub edited_at: Option<At>,
    /// How far it has come, for ours.
    pub tick: Option<Tick>,
    /// It came late and makes no sound.
    pub catch_up: bool,
    /// The auto-reply wrote it.
    pub automatic: bool,
    /// JSON: the network's form.
    pub raw: Option<String>,
}

/// A stored message, for those that act on it.
#[derive(Debug, Clone)]
pub struct MessageFacts {
    /// Local id.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// Id on the network.
    pub remote_id: Option<RemoteId>,
    /// Who speaks.
    pub direction: Direction,
    /// When it was written.
    pub sent_at: At,
    /// Text or caption.
    pub text: String,
    /// It was deleted.
    pub deleted: bool,
}

/// A message that was just stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredMessage {
    /// Place in the list that was handed over.
    pub index: usize,
    /// Local id.
    pub id: MessageId,
}

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredRef {
    /// Which.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
}

/// Stores those that are not known yet (by conversation and id on the network), and makes them findable.
/// Returns the new ones, in order.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut SqliteConnection,
    messages: &[NewMessage],
    now: At,
) -> Result<Vec<StoredMessage>, StoreError> {
    let rows = messages.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    let list = to_json("messages", &rows)?;
    let made = sqlx::query!(
        r#"INSERT INTO messages (uid, conversation_id, remote_id, client_key, direction, author_id, author_name, sent_at,
           stored_at, text, entities, extras, system, preview, reply_to, reply_author, reply_text, forwarded_from, album,
           edited_at, tick, catch_up, raw, automatic)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
           value ->> 7, $2, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13,
           value ->> 14, value ->> 15, value ->> 16, value ->> 17, value ->> 18, value ->> 19, value ->> 20, value ->> 21,
           value ->> 22
         FROM json_each($1) WHERE true
         ON CONFLICT DO NOTHING
         RETURNING id AS "id!", uid"#,
        list,
        now.0
    )
    .fetch_all(&mut *tx)
    .await?;
    let ids: HashMap<Vec<u8>, i64> = made.into_iter().map(|row| (row.uid, row.id)).collect();
    let stored: Vec<StoredMessage> = messages
        .iter()
        .enumerate()
        .filter_map(|(index, message)| {
            ids.get(&message.uid.bytes()).map(|id| StoredMessage {
                index,
                id: MessageId(*id),
            })
        })
        .collect();
    let texts = stored
        .iter()
        .filter_map(|new| messages.get(new.index).map(|message| (new.id, searchable(message))));
    search::index_messages(tx, texts).await?;
    Ok(stored)
}

fn row(message: &NewMessage) -> Result<serde_json::Value, StoreError> {
    let content = &message.content;
    let entities = (!content.entities.is_empty())
        .then(|| to_json("entities", &content.entities))
        .transpose()?;
    let extras = (!content.extras.is_empty())
        .then(|| to_json("extras", &content.extras))
        .transpose()?;
    let system = message
        .system
        .as_ref()
        .map(|system| to_json("system", system))
        .transpose()?;
    Ok(json!([
        message.uid.0.simple().to_string(),
        message.conversation_id.0,
        message.remote_id,
        message.client_key,
        direction::code(message.direction),
        message.author_id.map(|id| id.0),
        message.author_name,
        message.sent_at.0,
        content.text,
        entities,
        extras,
        system,
        preview_kind::code(message.preview),
        message.reply_to,
        message.reply_author,
        message.reply_text,
        message.forwarded_from,
        message.album,
        message.edited_at.map(|at| at.0),
        message.tick.map(tick::code),
        i64::from(message.catch_up),
        message.raw,
        i64::from(message.automatic),
    ]))
}

fn searchable(message: &NewMessage) -> String {
    search::text_of(&message.content)
}

/// One message.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: MessageId) -> Result<MessageFacts, StoreError> {
    let row = sqlx::query!(
        "SELECT id, conversation_id, remote_id, direction, sent_at, text, deleted_at FROM messages WHERE id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(MessageFacts {
        id,
        conversation_id: ConversationId(row.conversation_id),
        remote_id: row.remote_id.map(RemoteId),
        direction: direction::read(row.direction),
        sent_at: At(row.sent_at),
        text: row.text,
        deleted: row.deleted_at.is_some(),
    })
}

/// The message with that id on the network, if it is known.
///
/// # Errors
/// What the database says.
pub async fn by_remote(
    db: impl SqliteExecutor<'_>,
    conversation: ConversationId,
    remote: &RemoteId,
) -> Result<Option<MessageId>, StoreError> {
    let remote = remote.as_str();
    let id = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM messages WHERE conversation_id = $1 AND remote_id = $2"#,
        conversation.0,
        remote
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(MessageId))
}

/// The message written here with that idempotency key, if it is known.
///
/// # Errors
/// What the database says.
pub async fn by_client_key(db: impl SqliteExecutor<'_>, key: i64) -> Result<Option<StoredRef>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT id AS "id!", conversation_id FROM messages WHERE client_key = $1"#,
        key
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| StoredRef {
        id: MessageId(row.id),
        conversation_id: ConversationId(row.conversation_id),
    }))
}

/// The network has a message of ours: its id there, the first tick. When the network's echo was stored as a message
/// of its own before we knew better, that one goes: the operator's own row stays.
///
/// # Errors
/// What the database says.
pub async fn confirm(
    tx: &mut SqliteConnection,
    message: StoredRef,
    remote: &RemoteId,
    sent_at: Option<At>,
) -> Result<(), StoreError> {
    let remote = remote.as_str();
    let echo = sqlx::query_scalar!(
        r#"DELETE FROM messages WHERE conversation_id = $1 AND remote_id = $2 AND id <> $3 RETURNING id AS "id!""#,
        message.conversation_id.0,
        remote,
        message.id.0
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(echo) = echo {
        search::forget_message(&mut *tx, MessageId(echo)).await?;
        sqlx::query!(
            "UPDATE conversations SET last_message_id = $2 WHERE id = $1 AND last_message_id = $3",
            message.conversation_id.0,
            message.id.0,
            echo
        )
        .execute(&mut *tx)
        .await?;
    }
    let sent_at = sent_at.map(|at| at.0);
    sqlx::query!(
        "UPDATE messages SET remote_id = $2, sent_at = coalesce($3, sent_at), tick = max(coalesce(tick, 0), 2)
         WHERE id = $1",
        message.id.0,
        remote,
        sent_at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A message has a new text. Returns whether it was known and really different.
///
/// # Errors
/// What the database says.
pub async fn edit(tx: &mut SqliteConnection, id: MessageId, content: &Content, at: At) -> Result<bool, StoreError> {
    let entities = (!content.entities.is_empty())
        .then(|| to_json("entities", &content.entities))
        .transpose()?;
    let changed = sqlx::query!(
        "UPDATE messages SET text = $2, entities = $3, edited_at = $4
         WHERE id = $1 AND (text <> $2 OR coalesce(entities, '') <> coalesce($3, '')) AND coalesce(edited_at, 0) <= $4",
        id.0,
        content.text,
        entities,
        at.0
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if changed > 0 {
        search::reindex_message(tx, id, &search::text_of(content)).await?;
    }
    Ok(changed > 0)
}

/// A message is gone on the network. Its text stays, marked. Returns whether it was known and not marked yet.
///
/// # Errors
/// What the database says.
pub async fn mark_deleted(tx: &mut SqliteConnection, id: MessageId, at: At) -> Result<bool, StoreError> {
    let changed = sqlx::query!(
        "UPDATE messages SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL",
        id.0,
        at.0
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Our messages whose number on the network is not greater are delivered or read. Never moves a tick back.
///
/// # Errors
/// What the database says.
pub async fn receipt_up_to(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    number: i64,
    reached: Tick,
    at: At,
) -> Result<usize, StoreError> {
    let code = tick::code(reached);
    let changed = sqlx::query_scalar!(
        r#"UPDATE messages SET tick = $3
         WHERE id IN (SELECT id FROM messages WHERE conversation_id = $1 AND direction = 1 AND tick BETWEEN 2 AND $3 - 1
                      AND remote_id IS NOT NULL AND CAST(remote_id AS INTEGER) <= $2)
         RETURNING id AS "id!""#,
        conversation.0,
        number,
        code
    )
    .fetch_all(&mut *tx)
    .await?;
    message_journal::reached(tx, &changed, code, at).await?;
    Ok(changed.len())
}

/// These messages of ours are delivered or read. Never moves a tick back.
///
/// # Errors
/// What the database says.
pub async fn receipt(
    tx: &mut SqliteConnection,
    conversation: ConversationId,
    messages: &[RemoteId],
    reached: Tick,
    at: At,
) -> Result<usize, StoreError> {
    let (list, code) = (to_json("messages", messages)?, tick::code(reached));
    let changed = sqlx::query_scalar!(
        r#"UPDATE messages SET tick = $3 WHERE conversation_id = $1 AND direction = 1 AND tick BETWEEN 2 AND $3 - 1
           AND remote_id IN (SELECT value FROM json_each($2)) RETURNING id AS "id!""#,
        conversation.0,
        list,
        code
    )
    .fetch_all(&mut *tx)
    .await?;
    message_journal::reached(tx, &changed, code, at).await?;
    Ok(changed.len())
}

/// How far a message of ours has come.
///
/// # Errors
/// What the database says.
pub async fn set_tick(tx: &mut SqliteConnection, id: MessageId, reached: Tick) -> Result<(), StoreError> {
    let code = tick::code(reached);
    sqlx::query!("UPDATE messages SET tick = $2 WHERE id = $1", id.0, code)
        .execute(tx)
        .await?;
    Ok(())
}

/// The whole set of one person's reactions to a message.
///
/// # Errors
/// What the database says.
pub async fn set_reactions(
    tx: &mut SqliteConnection,
    id: MessageId,
    sender: &str,
    emoji: &[String],
    at: At,
) -> Result<(), StoreError> {
    let list = to_json("reactions", emoji)?;
    sqlx::query!(
        "DELETE FROM reactions WHERE message_id = $1 AND sender = $2",
        id.0,
        sender
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO reactions (message_id, sender, emoji, at) SELECT $1, $2, value, $4 FROM json_each($3) WHERE true
         ON CONFLICT DO NOTHING",
        id.0,
        sender,
        list,
        at.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The tick that a delivery's state shows.
pub(crate) fn tick_of(state: DeliveryState) -> Tick {
    match state {
        DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Parked => Tick::Sending,
        DeliveryState::Sent => Tick::Sent,
        DeliveryState::Failed | DeliveryState::Uncertain | DeliveryState::Cancelled => Tick::Error,
    }
}

/// Number of messages in all: for diagnosis and benches.
///
/// # Errors
/// What the database says.
pub async fn count(db: impl SqliteExecutor<'_>) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM messages")
        .fetch_one(db)
        .await?)
}
