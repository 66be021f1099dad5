//! Messages of managers, on their way from a CRM to the client.

use domain::{
    At, AttachmentKind, ConversationId, LinkId, MessageId, Reason, RemoteId, ReplyId, ReplyState, Uid, UploadId,
};
use serde_json::Value;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

use crate::{
    StoreError,
    codes::{attachment_kind, reply_state},
    error::{from_json, to_json},
};

/// A reply to remember.
#[derive(Debug, Clone)]
pub struct NewReply {
    /// Its name for good.
    pub uid: Uid,
    /// Id in the CRM.
    pub remote_id: RemoteId,
    /// JSON: for whom, as the CRM says.
    pub target: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// The CRM itself wrote it.
    pub automatic: bool,
    /// Part of a mailing.
    pub mailing: bool,
    /// What it says.
    pub text: String,
    /// What it answers, as the CRM says.
    pub answers: Option<String>,
    /// What reporting needs.
    pub data: Value,
    /// When it was written.
    pub written_at: At,
    /// Its files, in order.
    pub files: Vec<NewReplyFile>,
}

/// A file of a reply to remember.
#[derive(Debug, Clone)]
pub struct NewReplyFile {
    /// What it is.
    pub kind: AttachmentKind,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
    /// What the link needs to fetch it.
    pub fetch: Value,
}

/// A reply that waits.
#[derive(Debug, Clone)]
pub struct ReplyRow {
    /// Which.
    pub id: ReplyId,
    /// From which link.
    pub link_id: LinkId,
    /// Its name for good.
    pub uid: Uid,
    /// JSON: for whom, as the CRM says.
    pub target: String,
    /// For whom, once it is found.
    pub conversation_id: Option<ConversationId>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it says.
    pub text: String,
    /// What it answers, as the CRM says.
    pub answers: Option<String>,
    /// Tries so far.
    pub attempts: u32,
    /// Not before.
    pub retry_at: At,
    /// Its files.
    pub files: Vec<ReplyFileRow>,
}

/// A file of a reply.
#[derive(Debug, Clone)]
pub struct ReplyFileRow {
    /// Local id.
    pub id: i64,
    /// What it is.
    pub kind: AttachmentKind,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: Option<String>,
    /// What the link needs to fetch it.
    pub fetch: Value,
    /// Once it is here.
    pub upload_id: Option<UploadId>,
}

/// Remembers a reply; answers its id unless it was known.
///
/// # Errors
/// What the database says.
pub async fn insert(
    tx: &mut SqliteConnection,
    link: LinkId,
    new: &NewReply,
    now: At,
) -> Result<Option<ReplyId>, StoreError> {
    let (uid, data, remote) = (new.uid.bytes(), to_json("data", &new.data)?, new.remote_id.as_str());
    let id = sqlx::query_scalar!(
        r#"INSERT INTO crm_replies (uid, link_id, remote_id, target, author, automatic, mailing, text, answers, data, state,
             written_at, received_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $12)
           ON CONFLICT DO NOTHING RETURNING id AS "id!""#,
        uid,
        link.0,
        remote,
        new.target,
        new.author,
        new.automatic,
        new.mailing,
        new.text,
        new.answers,
        data,
        new.written_at.0,
        now.0
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(id) = id else { return Ok(None) };
    for (position, file) in new.files.iter().enumerate() {
        let (position, kind) = (i64::try_from(position).unwrap_or(0), attachment_kind::code(file.kind));
        let fetch = to_json("fetch", &file.fetch)?;
        sqlx::query!(
            "INSERT INTO crm_reply_files (reply_id, position, kind, name, mime, size, fetch)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id,
            position,
            kind,
            file.name,
            file.mime,
            file.size,
            fetch
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(Some(ReplyId(id)))
}

/// Replies that have not become messages yet, in order. Of each conversation or target only those before which none
/// waits for its time.
///
/// # Errors
/// What the database says.
pub async fn waiting(db: &SqlitePool, link: LinkId, limit: i64) -> Result<Vec<ReplyRow>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", uid, target, conversation_id, author, text, answers, attempts, retry_at FROM crm_replies AS r
           WHERE link_id = $1 AND state = 0 AND NOT EXISTS (SELECT 1 FROM crm_reply_parts AS p WHERE p.reply_id = r.id)
           ORDER BY id LIMIT $2"#,
        link.0,
        limit
    )
    .fetch_all(db)
    .await?;
    let mut replies = Vec::with_capacity(rows.len());
    for row in rows {
        let id = ReplyId(row.id);
        replies.push(ReplyRow {
            id,
            link_id: link,
            uid: Uid(uuid::Uuid::from_slice(&row.uid).unwrap_or_default()),
            target: row.target,
            conversation_id: row.conversation_id.map(ConversationId),
            author: row.author,
            text: row.text,
            answers: row.answers,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            retry_at: At(row.retry_at),
            files: files(db, id).await?,
        });
    }
    Ok(replies)
}

async fn files(db: impl SqliteExecutor<'_>, id: ReplyId) -> Result<Vec<ReplyFileRow>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", kind, name, mime, fetch, upload_id FROM crm_reply_files WHERE reply_id = $1 ORDER BY position"#,
        id.0
    )
    .fetch_all(db)
    .await?;
    let files = rows.into_iter();
    files
        .map(|row| {
            Ok(ReplyFileRow {
                id: row.id,
                kind: attachment_kind::read(row.kind),
                name: row.name,
                mime: row.mime,
                fetch: from_json("crm_reply_files.fetch", &row.fetch)?,
                upload_id: row.upload_id.map(UploadId),
            })
        })
        .collect()
}

/// The bytes of a file are here.
///
/// # Errors
/// What the database says.
pub async fn file_fetched(tx: &mut SqliteConnection, file: i64, upload: UploadId) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE crm_reply_files SET upload_id = $2 WHERE id = $1",
        file,
        upload.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// It is known for whom a reply is.
///
/// # Errors
/// What the database says.
pub async fn set_conversation(
    tx: &mut SqliteConnection,
    id: ReplyId,
    conversation: ConversationId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE crm_replies SET conversation_id = $2 WHERE id = $1",
        id.0,
        conversation.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A message was made of a reply, in the transaction that stores the message.
///
/// # Errors
/// What the database says.
pub async fn add_part(tx: &mut SqliteConnection, id: ReplyId, message: MessageId) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO crm_reply_parts (message_id, reply_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        message.0,
        id.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Where a reply goes from here.
///
/// # Errors
/// What the database says.
pub async fn step(
    tx: &mut SqliteConnection,
    id: ReplyId,
    state: ReplyState,
    reason: Option<&Reason>,
    retry_at: At,
    now: At,
) -> Result<(), StoreError> {
    let (code, reason) = (
        reply_state::code(state),
        reason.map(|r| to_json("reason", r)).transpose()?,
    );
    let tell = (state == ReplyState::Failed).then_some(now.0);
    sqlx::query!(
        "UPDATE crm_replies SET state = $2, reason = $3, retry_at = $4, attempts = attempts + 1, updated_at = $5,
           tell_at = coalesce($6, tell_at)
         WHERE id = $1 AND state <> 1",
        id.0,
        code,
        reason,
        retry_at.0,
        now.0,
        tell
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The messages made of a reply moved: brings its state up to date and notes that the CRM is to be told.
///
/// # Errors
/// What the database says.
pub async fn follow(tx: &mut SqliteConnection, id: ReplyId, now: At) -> Result<(), StoreError> {
    let parts = sqlx::query!(
        r#"SELECT min(coalesce(m.tick, 0)) AS "least?: i64", max(m.tick = 1) AS "failed?: bool",
             (SELECT d.reason FROM deliveries AS d JOIN crm_reply_parts AS f ON f.message_id = d.message_id
               WHERE f.reply_id = $1 AND d.reason IS NOT NULL LIMIT 1) AS "reason?: String",
             (SELECT max(d.attempts) FROM deliveries AS d JOIN crm_reply_parts AS f ON f.message_id = d.message_id
               WHERE f.reply_id = $1) AS "attempts?: i64"
           FROM crm_reply_parts AS p JOIN messages AS m ON m.id = p.message_id WHERE p.reply_id = $1"#,
        id.0
    )
    .fetch_one(&mut *tx)
    .await?;
    let (state, reason) = match (parts.least, parts.failed) {
        (None, _) => return Ok(()),
        (_, Some(true)) => (ReplyState::Failed, parts.reason),
        (Some(0), _) => (ReplyState::Queued, None),
        (Some(_), _) => (ReplyState::Sent, None),
    };
    let (code, attempts) = (reply_state::code(state), parts.attempts.unwrap_or(0));
    let tell = (state != ReplyState::Queued).then_some(now.0);
    sqlx::query!(
        "UPDATE crm_replies SET state = $2, reason = $3, attempts = max(attempts, $4), updated_at = $5,
           tell_at = coalesce($6, tell_at)
         WHERE id = $1",
        id.0,
        code,
        reason,
        attempts,
        now.0,
        tell
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// One reply, for those that act on it: its link, where it stands, the messages made of it.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &SqlitePool, id: ReplyId) -> Result<(LinkId, ReplyState, Vec<MessageId>), StoreError> {
    let row = sqlx::query!("SELECT link_id, state FROM crm_replies WHERE id = $1", id.0)
        .fetch_optional(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let parts = sqlx::query_scalar!(
        r#"SELECT message_id AS "message_id!" FROM crm_reply_parts WHERE reply_id = $1 ORDER BY message_id"#,
        id.0
    )
    .fetch_all(db)
    .await?;
    let parts = parts.into_iter().map(MessageId).collect();
    Ok((LinkId(row.link_id), reply_state::read(row.state), parts))
}

/// The messages made of the reply that a link's CRM calls so.
///
/// # Errors
/// What the database says.
pub async fn parts_of_remote(
    db: impl SqliteExecutor<'_>,
    link: LinkId,
    remote: &RemoteId,
) -> Result<Vec<MessageId>, StoreError> {
    let remote = remote.as_str();
    let parts = sqlx::query_scalar!(
        r#"SELECT p.message_id AS "message_id!" FROM crm_replies AS r JOIN crm_reply_parts AS p ON p.reply_id = r.id
           WHERE r.link_id = $1 AND r.remote_id = $2 ORDER BY p.message_id"#,
        link.0,
        remote
    )
    .fetch_all(db)
    .await?;
    Ok(parts.into_iter().map(MessageId).collect())
}

/// Something of a CRM that could not be understood: kept raw.
///
/// # Errors
/// What the database says.
pub async fn keep_malformed(tx: &mut SqliteConnection, raw: &str, problem: &str, now: At) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO quarantine (account_id, raw, problem, received_at) VALUES (NULL, $1, $2, $3)",
        raw,
        problem,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A manager changed a reply: `Some` new text, or `None` when it is deleted.
///
/// # Errors
/// What the database says.
pub async fn change(
    tx: &mut SqliteConnection,
    link: LinkId,
    remote: &RemoteId,
    text: Option<&str>,
) -> Result<(), StoreError> {
    let (remote, gone) = (remote.as_str(), text.is_none());
    sqlx::query!(
        "UPDATE crm_replies SET new_text = $3, withdrawn = $4 WHERE link_id = $1 AND remote_id = $2",
        link.0,
        remote,
        text,
        gone
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A change of a reply that the network does not know yet.
#[derive(Debug, Clone)]
pub struct ReplyChange {
    /// Which.
    pub id: ReplyId,
    /// The new text; `None`: it is deleted.
    pub text: Option<String>,
    /// The messages made of it.
    pub parts: Vec<MessageId>,
}

/// Changes of a link's replies that the network does not know yet.
///
/// # Errors
/// What the database says.
pub async fn changed(db: &SqlitePool, link: LinkId) -> Result<Vec<ReplyChange>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", new_text FROM crm_replies WHERE link_id = $1 AND (new_text IS NOT NULL OR withdrawn = 1)
           ORDER BY id LIMIT 50"#,
        link.0
    )
    .fetch_all(db)
    .await?;
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        let id = ReplyId(row.id);
        let parts = get(db, id).await?.2;
        changes.push(ReplyChange {
            id,
            text: row.new_text,
            parts,
        });
    }
    Ok(changes)
}

/// The network knows the change, or never will.
///
/// # Errors
/// What the database says.
pub async fn change_done(tx: &mut SqliteConnection, id: ReplyId) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE crm_replies SET new_text = NULL, withdrawn = 0 WHERE id = $1",
        id.0
    )
    .execute(tx)
    .await?;
    Ok(())
}
