//! Quick replies: texts with placeholders and files, in folders.

use domain::{At, AttachmentKind, QuickReplyFolderId, QuickReplyId, Uid, text};
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

use crate::{NewUpload, StoreError, codes::attachment_kind, error::to_json};

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReplyFolder {
    /// Local id.
    pub id: QuickReplyFolderId,
    /// As people call it.
    pub name: String,
}

/// A text to insert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReply {
    /// Local id.
    pub id: QuickReplyId,
    /// Where it lies.
    pub folder_id: Option<QuickReplyFolderId>,
    /// What is typed after the slash.
    pub name: String,
    /// With placeholders.
    pub text: String,
    /// Everybody's, else the own one of the person of this installation.
    pub shared: bool,
    /// How often it was inserted.
    pub used: i64,
    /// Files, in order.
    pub files: Vec<QuickReplyFile>,
}

/// A file of a quick reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReplyFile {
    /// Place among the files.
    pub position: i64,
    /// Below the media folder.
    pub path: String,
    /// Cleaned name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// As what it is sent.
    pub kind: AttachmentKind,
}

impl From<&QuickReplyFile> for NewUpload {
    /// The same bytes, chosen once more: files are never changed, so they may be shared.
    fn from(file: &QuickReplyFile) -> Self {
        Self {
            path: file.path.clone(),
            name: file.name.clone(),
            mime: file.mime.clone(),
            size: file.size,
            kind: file.kind,
        }
    }
}

/// What of a quick reply can be edited.
#[derive(Debug, Clone)]
pub struct QuickReplyChange {
    /// Where it lies.
    pub folder_id: Option<QuickReplyFolderId>,
    /// What is typed after the slash.
    pub name: String,
    /// With placeholders.
    pub text: String,
    /// Everybody's.
    pub shared: bool,
    /// Its files, all of them, in order.
    pub files: Vec<NewUpload>,
}

/// Every folder, in order.
///
/// # Errors
/// What the database says.
pub async fn folders(db: impl SqliteExecutor<'_>) -> Result<Vec<QuickReplyFolder>, StoreError> {
    let rows = sqlx::query!(r#"SELECT id AS "id!", name FROM quick_reply_folders ORDER BY position, id"#)
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| QuickReplyFolder {
            id: QuickReplyFolderId(row.id),
            name: row.name,
        })
        .collect())
}

/// Makes a folder, or renames one.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn save_folder(
    tx: &mut SqliteConnection,
    id: Option<QuickReplyFolderId>,
    uid: Uid,
    name: &str,
) -> Result<QuickReplyFolderId, StoreError> {
    let uid = uid.bytes();
    let made = match id {
        Some(id) => {
            sqlx::query_scalar!(
                r#"UPDATE quick_reply_folders SET name = $2 WHERE id = $1 RETURNING id AS "id!""#,
                id.0,
                name
            )
            .fetch_optional(tx)
            .await?
        }
        None => {
            sqlx::query_scalar!(
                r#"INSERT INTO quick_reply_folders (uid, name, position)
                   VALUES ($1, $2, (SELECT coalesce(max(position), 0) + 1 FROM quick_reply_folders)) RETURNING id AS "id!""#,
                uid,
                name
            )
            .fetch_optional(tx)
            .await?
        }
    };
    made.map(QuickReplyFolderId).ok_or(StoreError::NotFound)
}

/// Removes a folder; what lay in it lies on top.
///
/// # Errors
/// What the database says.
pub async fn delete_folder(tx: &mut SqliteConnection, id: QuickReplyFolderId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM quick_reply_folders WHERE id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// Every quick reply with its files, in order.
///
/// # Errors
/// What the database says.
pub async fn list(db: &SqlitePool) -> Result<Vec<QuickReply>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", folder_id, name, text, shared, used FROM quick_replies ORDER BY position, id"#
    )
    .fetch_all(db)
    .await?;
    let files = sqlx::query!(
        "SELECT quick_reply_id, position, path, name, mime, size, kind FROM quick_reply_files
         ORDER BY quick_reply_id, position"
    )
    .fetch_all(db)
    .await?;
    let of = |id: i64| {
        let own = files.iter().filter(|file| file.quick_reply_id == id);
        own.map(|file| QuickReplyFile {
            position: file.position,
            path: file.path.clone(),
            name: file.name.clone(),
            mime: file.mime.clone(),
            size: file.size,
            kind: attachment_kind::read(file.kind),
        })
        .collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| QuickReply {
            id: QuickReplyId(row.id),
            folder_id: row.folder_id.map(QuickReplyFolderId),
            name: row.name,
            text: row.text,
            shared: row.shared != 0,
            used: row.used,
            files: of(row.id),
        })
        .collect())
}

/// Makes a quick reply, or changes one.
///
/// # Errors
/// [`StoreError::NameTaken`], [`StoreError::NotFound`].
pub async fn save(
    tx: &mut SqliteConnection,
    id: Option<QuickReplyId>,
    uid: Uid,
    change: &QuickReplyChange,
    now: At,
) -> Result<QuickReplyId, StoreError> {
    let (uid, folded, own) = (uid.bytes(), text::fold(&change.name), id.map_or(0, |id| id.0));
    let taken = sqlx::query_scalar!(
        "SELECT count(*) FROM quick_replies WHERE shared = $1 AND name_folded = $2 AND id <> $3",
        change.shared,
        folded,
        own
    )
    .fetch_one(&mut *tx)
    .await?;
    if taken > 0 {
        return Err(StoreError::NameTaken);
    }
    let folder = change.folder_id.map(|id| id.0);
    let made = match id {
        Some(id) => {
            sqlx::query_scalar!(
                r#"UPDATE quick_replies SET folder_id = $2, name = $3, name_folded = $4, text = $5, shared = $6, changed_at = $7
                   WHERE id = $1 RETURNING id AS "id!""#,
                id.0,
                folder,
                change.name,
                folded,
                change.text,
                change.shared,
                now.0
            )
            .fetch_optional(&mut *tx)
            .await?
        }
        None => {
            sqlx::query_scalar!(
                r#"INSERT INTO quick_replies (uid, folder_id, name, name_folded, text, shared, changed_at, position)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT coalesce(max(position), 0) + 1 FROM quick_replies))
                   RETURNING id AS "id!""#,
                uid,
                folder,
                change.name,
                folded,
                change.text,
                change.shared,
                now.0
            )
            .fetch_optional(&mut *tx)
            .await?
        }
    };
    let id = made.map(QuickReplyId).ok_or(StoreError::NotFound)?;
    set_files(tx, id, &change.files).await?;
    Ok(id)
}

async fn set_files(tx: &mut SqliteConnection, id: QuickReplyId, files: &[NewUpload]) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM quick_reply_files WHERE quick_reply_id = $1", id.0)
        .execute(&mut *tx)
        .await?;
    for (position, file) in files.iter().enumerate() {
        let (position, kind) = (i64::try_from(position).unwrap_or(0), attachment_kind::code(file.kind));
        sqlx::query!(
            "INSERT INTO quick_reply_files (quick_reply_id, position, path, name, mime, size, kind)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id.0,
            position,
            file.path,
            file.name,
            file.mime,
            file.size,
            kind
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Removes a quick reply.
///
/// # Errors
/// What the database says.
pub async fn delete(tx: &mut SqliteConnection, id: QuickReplyId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM quick_replies WHERE id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// The order of quick replies, as they stand in the list.
///
/// # Errors
/// What the database says.
pub async fn reorder(tx: &mut SqliteConnection, ids: &[QuickReplyId]) -> Result<(), StoreError> {
    let list = to_json("ids", ids)?;
    sqlx::query!(
        "UPDATE quick_replies SET position = o.key FROM json_each($1) AS o WHERE quick_replies.id = o.value",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// It was inserted once more.
///
/// # Errors
/// What the database says.
pub async fn count_use(tx: &mut SqliteConnection, id: QuickReplyId) -> Result<(), StoreError> {
    sqlx::query!("UPDATE quick_replies SET used = used + 1 WHERE id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}
