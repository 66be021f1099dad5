use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, Row, Sqlite, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{StoreError, backup};

/// Readers at once: the list, the thread, a search and one to spare. More of them only contend for the same two cores.
const READERS: u32 = 4;
/// Pages that the writer keeps, in KiB with a minus sign: the conversations and people of a large workspace, which a
/// flood of messages comes back to again and again. Filled in floods only; [`Store::forget_pages`] gives it back.
const WRITER_CACHE: &str = "-64000";
/// Pages in the log before they are moved into the file: 32 MB. A page that was changed many times is moved once.
const CHECKPOINT_PAGES: &str = "8000";
/// Files up to this size are checked before the window opens; 64 MB take about 0.2 s. Larger ones are checked in the
/// background (`Store::check`), because a million messages would hold the first paint for seconds.
const CHECK_AT_OPEN_BYTES: u64 = 64 << 20;

/// Where the newest program that migrated the file says how old a program may be to read it.
const COMPATIBLE_WITH: &str = "compatible_with";

/// How to open a workspace's database.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// The database file; its folder also holds `backups/` and `media/`.
    pub file: PathBuf,
    /// 256-bit key.
    pub key: [u8; 32],
    /// Version of the program: a file last opened by another one is copied before migrating.
    pub program: String,
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    reader: SqlitePool,
    writer: SqlitePool,
    file: Arc<Path>,
}

impl Store {
    /// Opens the file, or makes it; checks it, copies it before migrating, migrates.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Unreadable`]: see [`crate::Recovery`]. [`StoreError::TooNew`]: nothing
    /// was touched.
    pub async fn open(options: &OpenOptions) -> Result<Self, StoreError> {
        if let Some(folder) = options.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut first = connect_options(options).connect().await.map_err(unreadable)?;
        let prepared = prepare(&mut first, options).await;
        closed(first).await?;
        prepared?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(
                connect_options(options)
                    .pragma("cache_size", WRITER_CACHE)
                    .pragma("wal_autocheckpoint", CHECKPOINT_PAGES),
            )
            .await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(1)
            .idle_timeout(Some(Duration::from_secs(60)))
            .max_lifetime(None)
            .connect_with(connect_options(options).pragma("query_only", "1"))
            .await?;
        Ok(Self {
            reader,
            writer,
            file: options.file.as_path().into(),
        })
    }

    /// Readers. Each query sees one moment.
    pub fn read(&self) -> &SqlitePool {
        &self.reader
    }

    /// The writer, as a transaction: waits for its turn. Dropping it without [`Tx::commit`] changes nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(Tx(self.writer.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// The whole of `PRAGMA quick_check`; for large files seconds long, without holding up anybody.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with what it found.
    pub async fn check(&self) -> Result<(), StoreError> {
        quick_check(&mut *self.reader.acquire().await?).await
    }

    /// Copies the database into `backups/`, keeping the newest three.
    ///
    /// # Errors
    /// When there is no room, or the folder can't be written.
    pub async fn backup(&self) -> Result<PathBuf, StoreError> {
        // A connection of its own: copying a million messages takes seconds, and nobody waits for it.
        let options = (*self.writer.connect_options()).clone();
        let mut own = options.connect().await?;
        let copy = backup::make(&mut own, &self.file).await;
        closed(own).await?;
        copy
    }

    /// Moves what is committed from the log into the file.
    ///
    /// # Errors
    /// What the database says.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Gives back the memory that the writer's pages take; they are read again when they are needed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_pages(&self) -> Result<(), StoreError> {
        sqlx::query("PRAGMA shrink_memory").execute(&self.writer).await?;
        Ok(())
    }

    /// The folder of received and sent files.
    pub fn media_folder(&self) -> PathBuf {
        self.file.with_file_name("media")
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Closes all connections; whoever still holds the store gets errors.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// A write transaction: the only way to change rows.
#[derive(Debug)]
pub struct Tx(Transaction<'static, Sqlite>);

impl Tx {
    /// Makes the changes lasting, on the disk.
    ///
    /// # Errors
    /// What the database says; nothing was changed then.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for Tx {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

/// Checks the file, copies it before migrating, migrates.
async fn prepare(first: &mut SqliteConnection, options: &OpenOptions) -> Result<(), StoreError> {
    let version = current_version(first).await.map_err(|error| match error {
        StoreError::Sql(error) => unreadable(error),
        error => error,
    })?;
    if version > 0 && std::fs::metadata(&options.file)?.len() <= CHECK_AT_OPEN_BYTES {
        quick_check(first).await?;
    }
    if version > 0 && version < schema::newest() {
        backup::make(first, &options.file).await?;
    }
    // Not `run`: its future can't be proved `Send`, and a workspace opens beside a window that opens too.
    Ok(schema::MIGRATIONS.run_direct(None, first, false).await?)
}

/// Waits until the connection's thread has let the file go, also after an error: SQLCipher frees its memory when the
/// process ends, and a thread that still uses it then takes the process down with it.
async fn closed(connection: SqliteConnection) -> Result<(), StoreError> {
    Ok(connection.close().await?)
}

fn connect_options(options: &OpenOptions) -> SqliteConnectOptions {
    let key: String = options.key.iter().map(|byte| format!("{byte:02x}")).collect();
    SqliteConnectOptions::new()
        .filename(&options.file)
        .create_if_missing(true)
        .pragma("key", format!("\"x'{key}'\""))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "memory")
        // A WAL that a long read let grow is cut back at the next checkpoint.
        .pragma("journal_size_limit", "67108864")
        .statement_cache_capacity(200)
        // sqlx would log whole statements: noise, and texts of clients.
        .disable_statement_logging()
}

fn unreadable(error: sqlx::Error) -> StoreError {
    let error = StoreError::Sql(error);
    if error.is_damage() {
        StoreError::Unreadable
    } else {
        error
    }
}

async fn quick_check(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let rows = sqlx::query("PRAGMA quick_check(5)")
        .fetch_all(connection)
        .await
        .map_err(unreadable)?;
    let said: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    if said.len() == 1 && said.first().is_some_and(|line| line == "ok") {
        return Ok(());
    }
    Err(StoreError::Damaged(said.join("; ")))
}

/// The newest migration in the file; 0 for a new one.
async fn current_version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let known = sqlx::query("SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations'")
        .fetch_optional(&mut *connection)
        .await?;
    if known.is_none() {
        return Ok(0);
    }
    let row = sqlx::query("SELECT version FROM _sqlx_migrations ORDER BY version DESC LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    let version: i64 = row.map(|row| row.try_get(0)).transpose()?.unwrap_or(0);
    let knows = schema::newest();
    if version > knows {
        // A newer program wrote it, and left word of how old a program may be that reads it.
        let needs = crate::settings::get(connection, COMPATIBLE_WITH)
            .await?
            .unwrap_or(version);
        return if needs <= knows {
            Ok(version)
        } else {
            Err(StoreError::TooNew { needs, knows })
        };
    }
    Ok(version)
}
