//! Ordered files: each row is a job until it is done.

use domain::{At, Reason, Uid};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json_opt, to_json},
};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportState {
    /// Waits for its turn.
    Waiting,
    /// Is being written.
    Running,
    /// Stands in its folder.
    Done,
    /// Stopped by a person; nothing was kept.
    Cancelled,
    /// Could not be written; nothing was kept.
    Failed,
}

impl ExportState {
    const fn read(code: i64) -> Self {
        match code {
            0 => Self::Waiting,
            1 => Self::Running,
            2 => Self::Done,
            3 => Self::Cancelled,
            _ => Self::Failed,
        }
    }
}

/// A file to make.
#[derive(Debug, Clone)]
pub struct NewExport {
    /// Names the unfinished file.
    pub uid: Uid,
    /// JSON: what was ordered.
    pub wish: String,
    /// Where it will stand.
    pub folder: String,
    /// Its name there, as long as nobody else has it.
    pub name: String,
    /// Who ordered it.
    pub author: String,
    /// Rows expected.
    pub rows_total: i64,
}

/// A file that was ordered.
#[derive(Debug, Clone)]
pub struct ExportJob {
    /// Local id.
    pub id: i64,
    /// Names the unfinished file.
    pub uid: Uid,
    /// JSON: what was ordered.
    pub wish: String,
    /// Where it stands or will stand.
    pub folder: String,
    /// Its name there.
    pub name: String,
    /// Who ordered it.
    pub author: String,
    /// Where it stands.
    pub state: ExportState,
    /// Why it failed.
    pub reason: Option<Reason>,
    /// Rows written so far.
    pub rows_done: i64,
    /// Rows expected.
    pub rows_total: i64,
    /// Size of the finished file.
    pub bytes: i64,
    /// When it was ordered.
    pub created_at: At,
    /// When the last try began.
    pub started_at: Option<At>,
    /// When it was done, cancelled or failed.
    pub finished_at: Option<At>,
}

struct Row {
    id: i64,
    uid: Vec<u8>,
    wish: String,
    folder: String,
    name: String,
    author: String,
    state: i64,
    reason: Option<String>,
    rows_done: i64,
    rows_total: i64,
    bytes: i64,
    created_at: i64,
    started_at: Option<i64>,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for ExportJob {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            uid: Uid(uuid::Uuid::from_slice(&row.uid).unwrap_or_default()),
            wish: row.wish,
            folder: row.folder,
            name: row.name,
            author: row.author,
            state: ExportState::read(row.state),
            reason: from_json_opt("exports.reason", row.reason.as_deref())?,
            rows_done: row.rows_done,
            rows_total: row.rows_total,
            bytes: row.bytes,
            created_at: At(row.created_at),
            started_at: row.started_at.map(At),
            finished_at: row.finished_at.map(At),
        })
    }
}

/// Orders a file.
///
/// # Errors
/// What the database says.
pub async fn insert(tx: &mut SqliteConnection, new: &NewExport, now: At) -> Result<i64, StoreError> {
    let uid = new.uid.bytes();
    Ok(sqlx::query_scalar!(
        r#"INSERT INTO exports (uid, wish, folder, name, author, state, rows_total, created_at)
           VALUES ($1, $2, $3, $4, $5, 0, $6, $7) RETURNING id AS "id!""#,
        uid,
        new.wish,
        new.folder,
        new.name,
        new.author,
        new.rows_total,
        now.0
    )
    .fetch_one(tx)
    .await?)
}

/// Every ordered file, the newest first.
///
/// # Errors
/// What the database says.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<ExportJob>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!", uid, wish, folder, name, author, state, reason, rows_done, rows_total, bytes, created_at,
        started_at, finished_at FROM exports ORDER BY id DESC"#
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(ExportJob::try_from)
    .collect()
}

/// One ordered file.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: i64) -> Result<ExportJob, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, uid, wish, folder, name, author, state, reason, rows_done, rows_total, bytes, created_at,
           started_at, finished_at FROM exports WHERE id = $1",
        id
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?
    .try_into()
}

/// The file whose turn it is: the one under way, else the one ordered first.
///
/// # Errors
/// What the database says.
pub async fn next(db: impl SqliteExecutor<'_>) -> Result<Option<ExportJob>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!", uid, wish, folder, name, author, state, reason, rows_done, rows_total, bytes, created_at,
             started_at, finished_at FROM exports WHERE state IN (0, 1) ORDER BY id LIMIT 1"#
    )
    .fetch_optional(db)
    .await?
    .map(ExportJob::try_from)
    .transpose()
}

/// A try begins, from nothing.
///
/// # Errors
/// What the database says.
pub async fn begin(tx: &mut SqliteConnection, id: i64, total: i64, now: At) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE exports SET state = 1, reason = NULL, rows_done = 0, rows_total = $2, bytes = 0, started_at = $3, finished_at = NULL
         WHERE id = $1 AND state IN (0, 1)",
        id,
        total,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// So many rows are written. Returns whether the work is still wanted.
///
/// # Errors
/// What the database says.
pub async fn progress(tx: &mut SqliteConnection, id: i64, done: i64) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE exports SET rows_done = $2, rows_total = max(rows_total, $2) WHERE id = $1 AND state = 1",
        id,
        done
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The file is whole and is about to stand under `name`: whoever finds this row and that file need not begin anew.
/// Returns whether it is still wanted.
///
/// # Errors
/// What the database says.
pub async fn placing(
    tx: &mut SqliteConnection,
    id: i64,
    name: &str,
    rows: i64,
    bytes: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE exports SET name = $2, rows_done = $3, rows_total = $3, bytes = $4 WHERE id = $1 AND state = 1",
        id,
        name,
        rows,
        bytes
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The file stands under its name. Returns whether it was still wanted.
///
/// # Errors
/// What the database says.
pub async fn done(tx: &mut SqliteConnection, id: i64, now: At) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE exports SET state = 2, finished_at = $2 WHERE id = $1 AND state = 1",
        id,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// It could not be written.
///
/// # Errors
/// What the database says.
pub async fn failed(tx: &mut SqliteConnection, id: i64, reason: &Reason, now: At) -> Result<(), StoreError> {
    let reason = to_json("reason", reason)?;
    sqlx::query!(
        "UPDATE exports SET state = 4, reason = $2, finished_at = $3 WHERE id = $1 AND state = 1",
        id,
        reason,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A person wants it no more. Returns whether it was still to be made.
///
/// # Errors
/// What the database says.
pub async fn cancel(tx: &mut SqliteConnection, id: i64, now: At) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE exports SET state = 3, finished_at = $2 WHERE id = $1 AND state IN (0, 1)",
        id,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Once more, into `folder`, whatever became of it before. A finished file stays where it is under its name: the next
/// one gets another. Returns whether there was something to repeat.
///
/// # Errors
/// What the database says.
pub async fn again(tx: &mut SqliteConnection, id: i64, folder: &str) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE exports SET state = 0, reason = NULL, rows_done = 0, bytes = 0, folder = $2, started_at = NULL, finished_at = NULL
         WHERE id = $1 AND state IN (3, 4)",
        id,
        folder
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes the row away; the file is the caller's.
///
/// # Errors
/// What the database says.
pub async fn delete(tx: &mut SqliteConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM exports WHERE id = $1", id)
        .execute(tx)
        .await?;
    Ok(())
}
