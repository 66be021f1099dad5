//! For tests and benches: the yardsticks that need SQL, which stands nowhere but here.

use rust_stemmers::{Algorithm, Stemmer};
use sqlx::SqliteConnection;

use crate::{Store, StoreError, error::to_json};

mod figures;
pub use figures::{Figures, figures, recounted};

/// A way to index words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokenizer {
    /// Folded words; forms are found by the beginning they share.
    Words,
    /// The same and a column of stems.
    WordsAndStems,
    /// Every three characters.
    Trigram,
}

/// One person, and so many conversations with ids from 1 on.
///
/// # Errors
/// What the database says.
pub async fn raw_conversations(tx: &mut SqliteConnection, count: i64) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO contacts (id, uid, created_at) VALUES (1, x'01', 0)")
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
         INSERT INTO conversations (id, uid, channel, remote_id, kind, contact_id, moved_at, created_at)
         SELECT n, randomblob(16), 'raw', n, 0, 1, 0, 0 FROM n",
    )
    .bind(count)
    .execute(tx)
    .await?;
    Ok(())
}

/// One row by one prepared statement, nothing else: the physical limit of storing messages one by one.
///
/// # Errors
/// What the database says.
pub async fn raw_message(
    tx: &mut SqliteConnection,
    number: i64,
    conversation: i64,
    text: &str,
) -> Result<(), StoreError> {
    let (uid, remote) = (number.to_be_bytes().repeat(2), number.to_string());
    sqlx::query!(
        "INSERT INTO messages (uid, conversation_id, remote_id, direction, sent_at, stored_at, text)
         VALUES ($1, $2, $3, 0, $4, $4, $5)",
        uid,
        conversation,
        remote,
        number,
        text
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Makes the file look as if a newer program had migrated it.
///
/// # Errors
/// What the database says.
pub async fn pretend_newer(store: &Store, version: i64, compatible_with: i64) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES ($1, '', 1, x'', 0)",
    )
    .bind(version)
    .execute(&mut *tx)
    .await?;
    crate::settings::set(&mut tx, "compatible_with", &compatible_with).await?;
    tx.commit().await
}

/// Moves everything from the log into the file, so that its size is what it is.
///
/// # Errors
/// What the database says.
pub async fn checkpoint(store: &Store) -> Result<(), StoreError> {
    store.checkpoint().await
}

/// Bytes of the full-text index of messages.
///
/// # Errors
/// What the database says.
pub async fn search_index_bytes(store: &Store) -> Result<i64, StoreError> {
    index_bytes(store, "message_search").await
}

async fn index_bytes(store: &Store, table: &str) -> Result<i64, StoreError> {
    let sql = format!("SELECT coalesce(sum(length(block)), 0) FROM {table}_data");
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_one(store.read())
        .await?)
}

/// Builds an index of these texts and tells its size in bytes.
///
/// # Errors
/// What the database says.
pub async fn try_index(store: &Store, tokenizer: Tokenizer, texts: &[String]) -> Result<i64, StoreError> {
    let (columns, tokenize) = match tokenizer {
        Tokenizer::Words => ("words", "unicode61 remove_diacritics 0"),
        Tokenizer::WordsAndStems => ("words, stems", "unicode61 remove_diacritics 0"),
        Tokenizer::Trigram => ("words", "trigram"),
    };
    let table = format!("try_{tokenizer:?}").to_lowercase();
    let stemmer = Stemmer::create(Algorithm::Russian);
    let rows: Vec<[String; 2]> = texts
        .iter()
        .map(|text| {
            let stems: Vec<_> = domain::text::words(text)
                .map(|word| stemmer.stem(&word).into_owned())
                .collect();
            [domain::text::fold(text), stems.join(" ")]
        })
        .collect();
    let make = format!("CREATE VIRTUAL TABLE {table} USING fts5 ({columns}, content = '', tokenize = '{tokenize}')");
    let values = if tokenizer == Tokenizer::WordsAndStems {
        "value ->> 0, value ->> 1"
    } else {
        "value ->> 0"
    };
    let fill = format!("INSERT INTO {table} ({columns}) SELECT {values} FROM json_each($1)");
    let mut tx = store.write().await?;
    sqlx::query(sqlx::AssertSqlSafe(make)).execute(&mut *tx).await?;
    for batch in rows.chunks(1000) {
        let batch = to_json("texts", batch)?;
        sqlx::query(sqlx::AssertSqlSafe(fill.clone()))
            .bind(batch)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    index_bytes(store, &table).await
}
