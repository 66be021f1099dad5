//! Outgoing messages on their way to the network.

use domain::{
    AccountId, At, AttachmentKind, ConversationId, DeliveryId, DeliveryState, Entity, MessageId, Reason, RemoteId,
};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError, attachments,
    codes::delivery_state,
    error::{from_json_opt, to_json},
    messages,
};

/// One delivery.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    /// Local id; the order of sending.
    pub id: DeliveryId,
    /// What.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// Where it stands.
    pub state: DeliveryState,
    /// Tries so far.
    pub attempts: u32,
    /// Not before.
    pub retry_at: At,
}

/// Everything that sending needs.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Which message.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// The chat on the network.
    pub chat: RemoteId,
    /// Idempotency key.
    pub key: i64,
    /// Text or caption.
    pub text: String,
    /// Marked stretches.
    pub entities: Vec<Entity>,
    /// Id on the network of the message it answers.
    pub reply_to: Option<RemoteId>,
    /// Files, in order.
    pub files: Vec<OutgoingFileRow>,
}

/// A file to send.
#[derive(Debug, Clone)]
pub struct OutgoingFileRow {
    /// Below the media folder.
    pub path: String,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// As what.
    pub kind: AttachmentKind,
    /// Length.
    pub duration_ms: Option<i64>,
}

/// Puts a message into the queue of its account.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut SqliteConnection,
    message: MessageId,
    conversation: ConversationId,
    account: AccountId,
    now: At,
) -> Result<DeliveryId, StoreError> {
    let id = sqlx::query_scalar!(
        r#"INSERT INTO deliveries (message_id, conversation_id, account_id, state, queued_at)
         VALUES ($1, $2, $3, 0, $4) RETURNING id AS "id!""#,
        message.0,
        conversation.0,
        account.0,
        now.0
    )
    .fetch_one(tx)
    .await?;
    Ok(DeliveryId(id))
}

/// The first open delivery of each conversation of an account whose time has come: those that may go now, at once.
/// What waits behind an earlier one of its conversation is not among them.
///
/// # Errors
/// What the database says.
pub async fn due(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    now: At,
    limit: i64,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", message_id, conversation_id, state, attempts, retry_at FROM deliveries AS d
           WHERE account_id = $1 AND state IN (0, 2) AND retry_at <= $2
             AND NOT EXISTS (SELECT 1 FROM deliveries AS e WHERE e.conversation_id = d.conversation_id
                             AND e.id < d.id AND e.state IN (0, 1, 2))
           ORDER BY id LIMIT $3"#,
        account.0,
        now.0,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DeliveryRow {
            id: DeliveryId(row.id),
            message_id: MessageId(row.message_id),
            conversation_id: ConversationId(row.conversation_id),
            state: delivery_state::read(row.state),
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            retry_at: At(row.retry_at),
        })
        .collect())
}

/// When the next delivery of an account may go; `None`: nothing waits.
///
/// # Errors
/// What the database says.
pub async fn next_due(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<Option<At>, StoreError> {
    let at = sqlx::query_scalar!(
        r#"SELECT min(retry_at) AS "at: i64" FROM deliveries WHERE account_id = $1 AND state IN (0, 2)"#,
        account.0
    )
    .fetch_one(db)
    .await?;
    Ok(at.map(At))
}

/// Deliveries that were under way when the program ended.
///
/// # Errors
/// What the database says.
pub async fn interrupted(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<Vec<DeliveryRow>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", message_id, conversation_id, attempts, retry_at FROM deliveries
           WHERE account_id = $1 AND state = 1 ORDER BY id"#,
        account.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DeliveryRow {
            id: DeliveryId(row.id),
            message_id: MessageId(row.message_id),
            conversation_id: ConversationId(row.conversation_id),
            state: DeliveryState::Sending,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            retry_at: At(row.retry_at),
        })
        .collect())
}

/// The delivery of a message, if it has one.
///
/// # Errors
/// What the database says.
pub async fn of_message(
    db: impl SqliteExecutor<'_>,
    message: MessageId,
) -> Result<Option<(DeliveryId, DeliveryState)>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT id AS "id!", state FROM deliveries WHERE message_id = $1"#,
        message.0
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (DeliveryId(row.id), delivery_state::read(row.state))))
}

/// Where a delivery goes from here.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The new state.
    pub state: DeliveryState,
    /// Why.
    pub reason: Option<&'a Reason>,
    /// Not before.
    pub retry_at: At,
    /// Count this as one more try.
    pub tried: bool,
    /// Now.
    pub now: At,
}

/// Moves a delivery and its message's tick, if it still is in one of the states that `from` allows. Returns whether.
///
/// # Errors
/// What the database says.
pub async fn step(
    tx: &mut SqliteConnection,
    id: DeliveryId,
    from: DeliveryState,
    to: Step<'_>,
) -> Result<bool, StoreError> {
    let reason = to.reason.map(|reason| to_json("reason", reason)).transpose()?;
    let (before, after) = (delivery_state::code(from), delivery_state::code(to.state));
    let started = (to.state == DeliveryState::Sending).then_some(to.now.0);
    let finished = (!to.state.holds_the_line()).then_some(to.now.0);
    let message = sqlx::query_scalar!(
        "UPDATE deliveries SET state = $3, reason = $4, retry_at = $5, attempts = attempts + $6,
           started_at = coalesce($7, started_at), finished_at = $8
         WHERE id = $1 AND state = $2 RETURNING message_id",
        id.0,
        before,
        after,
        reason,
        to.retry_at.0,
        to.tried,
        started,
        finished
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(message) = message else { return Ok(false) };
    // `confirm` has set a better tick for sent ones.
    if to.state != DeliveryState::Sent {
        messages::set_tick(tx, MessageId(message), messages::tick_of(to.state)).await?;
    }
    Ok(true)
}

/// What to send.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn outgoing(db: &sqlx::SqlitePool, message: MessageId) -> Result<Outgoing, StoreError> {
    let row = sqlx::query!(
        r#"SELECT m.conversation_id, m.client_key AS "client_key!", m.text, m.entities, m.reply_to, c.remote_id
           FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id
           WHERE m.id = $1 AND m.client_key IS NOT NULL"#,
        message.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?;
    let files = attachments::of_messages(db, &[message]).await?;
    Ok(Outgoing {
        message_id: message,
        conversation_id: ConversationId(row.conversation_id),
        chat: RemoteId(row.remote_id),
        key: row.client_key,
        text: row.text,
        entities: from_json_opt("messages.entities", row.entities.as_deref())?.unwrap_or_default(),
        reply_to: row.reply_to.map(RemoteId),
        files: files
            .into_iter()
            .map(|file| OutgoingFileRow {
                path: file.path.unwrap_or_default(),
                name: file.name,
                mime: file.mime.unwrap_or_else(|| "application/octet-stream".to_owned()),
                size: file.size.unwrap_or(0),
                kind: file.kind,
                duration_ms: file.duration_ms,
            })
            .collect(),
    })
}
