//! Files: of messages, of people's pictures, and those chosen but not sent yet.

use domain::{AccountId, At, AttachmentId, AttachmentKind, ContactId, FetchState, MessageId, Reason, Uid, UploadId};
use serde_json::{Value, json};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    codes::{attachment_kind, fetch_state},
    error::{from_json, from_json_opt, to_json},
};

/// A file to remember.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// Names the file on disk.
    pub uid: Uid,
    /// Through which account it is fetched.
    pub account_id: AccountId,
    /// Whose file.
    pub message_id: Option<MessageId>,
    /// Whose picture.
    pub contact_id: Option<ContactId>,
    /// Order within the message.
    pub position: usize,
    /// What it is.
    pub kind: AttachmentKind,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Length.
    pub duration_ms: Option<i64>,
    /// Loudness, a byte 0..=31 each.
    pub waveform: Option<Vec<u8>>,
    /// Where its bytes are.
    pub state: FetchState,
    /// Why they can't be had.
    pub reason: Option<Reason>,
    /// Where people can see it.
    pub link: Option<String>,
    /// What the connector needs to fetch it.
    pub fetch: Value,
    /// Below the media folder, once local.
    pub path: Option<String>,
}

/// A file.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Local id.
    pub id: AttachmentId,
    /// Whose file.
    pub message_id: Option<MessageId>,
    /// What it is.
    pub kind: AttachmentKind,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: Option<String>,
    /// Bytes.
    pub size: Option<i64>,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Length.
    pub duration_ms: Option<i64>,
    /// Loudness.
    pub waveform: Vec<u8>,
    /// Where its bytes are.
    pub state: FetchState,
    /// Why they can't be had.
    pub reason: Option<Reason>,
    /// Where people can see it.
    pub link: Option<String>,
    /// Below the media folder, once local.
    pub path: Option<String>,
}

/// A file whose turn it is to be fetched.
#[derive(Debug, Clone)]
pub struct FetchJob {
    /// Which.
    pub id: AttachmentId,
    /// Names the file on disk.
    pub uid: Uid,
    /// Whose file.
    pub message_id: Option<MessageId>,
    /// Whose picture.
    pub contact_id: Option<ContactId>,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: Option<String>,
    /// What the connector needs.
    pub fetch: Value,
    /// Failed fetches in a row.
    pub attempts: u32,
}

/// Remembers files.
///
/// # Errors
/// What the database says.
pub async fn insert(tx: &mut SqliteConnection, files: &[NewAttachment]) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(files.len());
    for file in files {
        let reason = file
            .reason
            .as_ref()
            .map(|reason| to_json("reason", reason))
            .transpose()?;
        let waveform = file
            .waveform
            .as_ref()
            .map(|wave| wave.iter().map(|b| format!("{b:02x}")).collect::<String>());
        rows.push(json!([
            file.uid.0.simple().to_string(),
            file.account_id.0,
            file.message_id.map(|id| id.0),
            file.contact_id.map(|id| id.0),
            file.position,
            attachment_kind::code(file.kind),
            file.name,
            file.mime,
            file.size,
            file.width,
            file.height,
            file.duration_ms,
            waveform,
            fetch_state::code(file.state),
            reason,
            file.link,
            to_json("fetch", &file.fetch)?,
            file.path,
        ]));
    }
    let list = to_json("attachments", &rows)?;
    sqlx::query!(
        "INSERT INTO attachments (uid, account_id, message_id, contact_id, position, kind, name, mime, size, width, height,
           duration_ms, waveform, state, reason, link, fetch, path)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
           value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, unhex(value ->> 12), value ->> 13,
           value ->> 14, value ->> 15, value ->> 16, value ->> 17
         FROM json_each($1)",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// One file.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: AttachmentId) -> Result<Attachment, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, message_id, kind, name, mime, size, width, height, duration_ms, waveform, state, reason, link, path
         FROM attachments WHERE id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?
    .try_into()
}

/// The files of these messages, in order.
///
/// # Errors
/// What the database says.
pub async fn of_messages(db: impl SqliteExecutor<'_>, ids: &[MessageId]) -> Result<Vec<Attachment>, StoreError> {
    let list = to_json("messages", ids)?;
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, message_id, kind, name, mime, size, width, height, duration_ms, waveform, state, reason, link, path
         FROM attachments WHERE message_id IN (SELECT value FROM json_each($1)) ORDER BY message_id, position",
        list
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Attachment::try_from).collect()
}

struct Row {
    id: i64,
    message_id: Option<i64>,
    kind: i64,
    name: String,
    mime: Option<String>,
    size: Option<i64>,
    width: Option<i64>,
    height: Option<i64>,
    duration_ms: Option<i64>,
    waveform: Option<Vec<u8>>,
    state: i64,
    reason: Option<String>,
    link: Option<String>,
    path: Option<String>,
}

impl TryFrom<Row> for Attachment {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: AttachmentId(row.id),
            message_id: row.message_id.map(MessageId),
            kind: attachment_kind::read(row.kind),
            name: row.name,
            mime: row.mime,
            size: row.size,
            width: row.width,
            height: row.height,
            duration_ms: row.duration_ms,
            waveform: row.waveform.unwrap_or_default(),
            state: fetch_state::read(row.state),
            reason: from_json_opt("attachments.reason", row.reason.as_deref())?,
            link: row.link,
            path: row.path,
        })
    }
}

/// Files of an account whose turn it is: pictures people look at now come last in, first out.
///
/// # Errors
/// What the database says.
pub async fn to_fetch(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    now: At,
    limit: i64,
) -> Result<Vec<FetchJob>, StoreError> {
    let rows = sqlx::query!(
        "SELECT id, uid, message_id, contact_id, name, mime, fetch, attempts FROM attachments
         WHERE account_id = $1 AND state = 0 AND retry_at <= $2 ORDER BY retry_at, id DESC LIMIT $3",
        account.0,
        now.0,
        limit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(FetchJob {
                id: AttachmentId(row.id),
                uid: Uid(uuid::Uuid::from_slice(&row.uid).unwrap_or_default()),
                message_id: row.message_id.map(MessageId),
                contact_id: row.contact_id.map(ContactId),
                name: row.name,
                mime: row.mime,
                fetch: from_json("attachments.fetch", &row.fetch)?,
                attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// When the next file of an account may be tried; `None`: nothing to fetch.
///
/// # Errors
/// What the database says.
pub async fn next_fetch(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<Option<At>, StoreError> {
    let at = sqlx::query_scalar!(
        r#"SELECT retry_at AS "at!" FROM attachments WHERE account_id = $1 AND state = 0 ORDER BY retry_at LIMIT 1"#,
        account.0
    )
    .fetch_optional(db)
    .await?;
    Ok(at.map(At))
}

/// The bytes are here.
///
/// # Errors
/// What the database says.
pub async fn fetched(
    tx: &mut SqliteConnection,
    id: AttachmentId,
    path: &str,
    mime: Option<&str>,
    size: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE attachments SET state = 1, path = $2, mime = coalesce($3, mime), size = $4, reason = NULL, attempts = 0 WHERE id = $1",
        id.0,
        path,
        mime,
        size
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE contacts SET avatar_id = $1 WHERE id = (SELECT contact_id FROM attachments WHERE id = $1)",
        id.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The bytes did not come: tried again at `retry_at`, or given up with a reason.
///
/// # Errors
/// What the database says.
pub async fn fetch_failed(
    tx: &mut SqliteConnection,
    id: AttachmentId,
    reason: &Reason,
    retry_at: Option<At>,
) -> Result<(), StoreError> {
    let reason = to_json("reason", reason)?;
    let (state, retry_at) = (if retry_at.is_some() { 0 } else { 2 }, retry_at.unwrap_or_default().0);
    sqlx::query!(
        "UPDATE attachments SET state = $2, reason = $3, retry_at = $4, attempts = attempts + 1 WHERE id = $1",
        id.0,
        state,
        reason,
        retry_at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A person asks for a file once more.
///
/// # Errors
/// What the database says.
pub async fn retry(tx: &mut SqliteConnection, id: AttachmentId) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE attachments SET state = 0, retry_at = 0, attempts = 0
         WHERE id = $1 AND state = 2 AND fetch <> 'null'",
        id.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A person has a new picture: remembers it unless it is the one asked for last.
///
/// # Errors
/// What the database says.
pub async fn new_avatar(
    tx: &mut SqliteConnection,
    contact: ContactId,
    key: &str,
    picture: &NewAttachment,
) -> Result<bool, StoreError> {
    let changed = sqlx::query!(
        "UPDATE contacts SET avatar_key = $2 WHERE id = $1 AND coalesce(avatar_key, '') <> $2",
        contact.0,
        key
    )
    .execute(&mut *tx)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    insert(tx, std::slice::from_ref(picture)).await?;
    Ok(true)
}

/// A file that a person has chosen.
#[derive(Debug, Clone)]
pub struct NewUpload {
    /// Below the media folder.
    pub path: String,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// As what it would be sent.
    pub kind: AttachmentKind,
}

/// A file chosen and not sent yet.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Local id.
    pub id: UploadId,
    /// The file.
    pub file: NewUpload,
}

/// Remembers a chosen file.
///
/// # Errors
/// What the database says.
pub async fn insert_upload(tx: &mut SqliteConnection, new: &NewUpload, now: At) -> Result<UploadId, StoreError> {
    let kind = attachment_kind::code(new.kind);
    let id = sqlx::query_scalar!(
        r#"INSERT INTO uploads (path, name, mime, size, kind, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id AS "id!""#,
        new.path,
        new.name,
        new.mime,
        new.size,
        kind,
        now.0
    )
    .fetch_one(tx)
    .await?;
    Ok(UploadId(id))
}

/// One chosen file.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn upload(db: impl SqliteExecutor<'_>, id: UploadId) -> Result<Upload, StoreError> {
    let row = sqlx::query!("SELECT path, name, mime, size, kind FROM uploads WHERE id = $1", id.0)
        .fetch_optional(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let kind = attachment_kind::read(row.kind);
    Ok(Upload {
        id,
        file: NewUpload {
            path: row.path,
            name: row.name,
            mime: row.mime,
            size: row.size,
            kind,
        },
    })
}

/// The chosen file belongs to a message now.
///
/// # Errors
/// What the database says.
pub async fn forget_upload(tx: &mut SqliteConnection, id: UploadId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM uploads WHERE id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}
