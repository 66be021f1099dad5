//! Profile, settings, onboarding: one JSON each.

use serde::{Serialize, de::DeserializeOwned};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json_opt, to_json},
};

/// What is stored under `key`; `None` when nothing is.
///
/// # Errors
/// What the database says, or a stored form of another kind.
pub async fn get<T: DeserializeOwned>(db: impl SqliteExecutor<'_>, key: &str) -> Result<Option<T>, StoreError> {
    let value = sqlx::query_scalar!("SELECT value FROM settings WHERE key = $1", key)
        .fetch_optional(db)
        .await?;
    from_json_opt("settings.value", value.as_deref())
}

/// Stores `value` under `key`.
///
/// # Errors
/// What the database says.
pub async fn set<T: Serialize>(tx: &mut SqliteConnection, key: &str, value: &T) -> Result<(), StoreError> {
    let value = to_json("settings.value", value)?;
    sqlx::query!(
        "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value
    )
    .execute(tx)
    .await?;
    Ok(())
}
