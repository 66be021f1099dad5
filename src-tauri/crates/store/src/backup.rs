//! Copies of the database, and the way out when it is damaged.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sqlx::SqliteConnection;

use crate::{OpenOptions, Store, StoreError};

/// How many copies are kept.
const KEPT: usize = 3;

/// What was done about a damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Where the damaged file is kept now.
    pub damaged: PathBuf,
    /// The copy put in its place; `None`: there was none that opens, the workspace begins anew.
    pub backup: Option<PathBuf>,
}

impl Recovery {
    /// Moves the damaged file aside (nothing is deleted), puts the newest copy that opens in its place, and opens it.
    /// `stamp` distinguishes this rescue from others: a moment in milliseconds.
    ///
    /// # Errors
    /// When files can't be moved; or when nothing opens with this key **and** there were copies: then the key is
    /// wrong, not the file, and everything is put back.
    pub async fn run(options: &OpenOptions, stamp: i64) -> Result<(Store, Self), StoreError> {
        let damaged = options.file.with_extension(format!("damaged-{stamp}.db"));
        move_with_wal(&options.file, &damaged)?;
        let copies = backups(&options.file);
        for copy in &copies {
            fs::copy(copy, &options.file)?;
            match Store::open(options).await {
                Ok(store) => {
                    return Ok((
                        store,
                        Self {
                            damaged,
                            backup: Some(copy.clone()),
                        },
                    ));
                }
                Err(error) if error.is_damage() => remove_with_wal(&options.file)?,
                Err(error) => return Err(error),
            }
        }
        if !copies.is_empty() {
            move_with_wal(&damaged, &options.file)?;
            return Err(StoreError::Unreadable);
        }
        Ok((Store::open(options).await?, Self { damaged, backup: None }))
    }
}

/// The newest copy, if there is one.
pub fn newest_backup(database: &Path) -> Option<PathBuf> {
    backups(database).into_iter().next()
}

/// Copies, newest first: their names begin with a number that grows.
fn backups(database: &Path) -> Vec<PathBuf> {
    let folder = database.with_file_name("backups");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "db"))
        .collect();
    copies.sort_by_key(|path| std::cmp::Reverse(number(path)));
    copies
}

fn number(path: &Path) -> u64 {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .and_then(|stem| stem.parse().ok())
        .unwrap_or(0)
}

/// `VACUUM INTO`: a consistent copy with the same key, whatever else goes on. Written beside and renamed, so that a
/// kill in the middle leaves no half copy under a final name.
pub(crate) async fn make(connection: &mut SqliteConnection, database: &Path) -> Result<PathBuf, StoreError> {
    let folder = database.with_file_name("backups");
    fs::create_dir_all(&folder)?;
    let copies = backups(database);
    let next = copies.first().map_or(1, |newest| number(newest) + 1);
    let (half, whole) = (folder.join("unfinished.tmp"), folder.join(format!("{next:06}.db")));
    if half.exists() {
        fs::remove_file(&half)?;
    }
    sqlx::query("VACUUM INTO $1")
        .bind(half.to_string_lossy().into_owned())
        .execute(connection)
        .await?;
    fs::rename(&half, &whole)?;
    for old in copies.iter().skip(KEPT - 1) {
        fs::remove_file(old)?;
    }
    Ok(whole)
}

fn with_wal(file: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        name.into()
    })
}

fn move_with_wal(from: &Path, to: &Path) -> Result<(), StoreError> {
    for (from, to) in with_wal(from).iter().zip(with_wal(to)) {
        if from.exists() {
            fs::rename(from, to)?;
        }
    }
    Ok(())
}

fn remove_with_wal(file: &Path) -> Result<(), StoreError> {
    for file in with_wal(file) {
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}
