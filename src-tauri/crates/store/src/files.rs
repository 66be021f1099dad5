//! Files in the media folder: how they are called, which of them a row names, which have lost their row.

use std::collections::HashSet;

use domain::{At, Uid};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{StoreError, error::to_json};

/// Where a file lies below the media folder. Names from a network or a person are never used on disk; the last two
/// characters of a uid spread over 256 folders.
pub fn path(uid: Uid) -> String {
    let name = uid.to_string();
    format!("{}/{name}", shelf(&name))
}

/// The same while it is still coming in.
pub fn part(path: &str) -> String {
    format!("{path}{PART}")
}

/// Whether this is a name that [`path`] or [`part`] gives: nothing else is ever deleted.
pub fn is_ours(path: &str) -> bool {
    let whole = path.strip_suffix(PART).unwrap_or(path);
    whole
        .split_once('/')
        .is_some_and(|(folder, name)| folder == shelf(name) && uuid::Uuid::try_parse(name).is_ok())
}

const PART: &str = ".part";

fn shelf(name: &str) -> &str {
    name.get(name.len().saturating_sub(2)..).unwrap_or("00")
}

/// Chosen files that nobody has sent since `before`: the rows go, the files are to follow.
///
/// # Errors
/// What the database says.
pub async fn abandon_uploads(tx: &mut SqliteConnection, before: At) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT OR IGNORE INTO files_gone (path) SELECT path FROM uploads WHERE created_at < $1",
        before.0
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM uploads WHERE created_at < $1", before.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// Files that have lost a row, in the order of their names, after this one.
///
/// # Errors
/// What the database says.
pub async fn gone(db: impl SqliteExecutor<'_>, after: &str, limit: i64) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar!(
        "SELECT path FROM files_gone WHERE path > $1 ORDER BY path LIMIT $2",
        after,
        limit
    )
    .fetch_all(db)
    .await?)
}

/// Which of these files some row names: a file may belong to several messages.
///
/// # Errors
/// What the database says.
pub async fn named(db: impl SqliteExecutor<'_>, paths: &[String]) -> Result<HashSet<String>, StoreError> {
    let list = to_json("paths", paths)?;
    let named = sqlx::query_scalar!(
        r#"SELECT value || '' AS "path!: String" FROM json_each($1)
           WHERE EXISTS (SELECT 1 FROM attachments WHERE path = value) OR EXISTS (SELECT 1 FROM uploads WHERE path = value)"#,
        list
    )
    .fetch_all(db)
    .await?;
    Ok(named.into_iter().collect())
}

/// These are settled: deleted, or named by another row.
///
/// # Errors
/// What the database says.
pub async fn settle(tx: &mut SqliteConnection, paths: &[String]) -> Result<(), StoreError> {
    let list = to_json("paths", paths)?;
    sqlx::query!(
        "DELETE FROM files_gone WHERE path IN (SELECT value FROM json_each($1))",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_ours() {
        let photo = path(Uid(uuid::Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_00ab)));
        assert_eq!(photo, "ab/01990000-0000-7000-8000-0000000000ab");
        assert!(is_ours(&photo) && is_ours(&part(&photo)));
        for strange in [
            "../besedka.db",
            "ab/../../besedka.db",
            "/etc/passwd",
            "cd/01990000-0000-7000-8000-0000000000ab",
            "ab/x/01990000-0000-7000-8000-0000000000ab",
            "ab/wedding.jpg",
            "",
        ] {
            assert!(!is_ours(strange), "{strange}");
        }
    }
}
