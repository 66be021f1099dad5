//! What people have set for each account, as values by key.

use std::collections::BTreeMap;

use domain::{AccountId, At};
use serde_json::Value;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json, to_json},
};

/// What is set for one account.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChosenRules {
    /// Values by key; what is missing has its default.
    pub chosen: BTreeMap<String, Value>,
    /// Grows with each change; 0: nothing was ever set.
    pub revision: i64,
}

/// The rules of an account.
///
/// # Errors
/// What the database says.
pub async fn get(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<ChosenRules, StoreError> {
    let row = sqlx::query!("SELECT chosen, revision FROM rules WHERE account_id = $1", account.0)
        .fetch_optional(db)
        .await?;
    match row {
        None => Ok(ChosenRules::default()),
        Some(row) => Ok(ChosenRules {
            chosen: from_json("rules.chosen", &row.chosen)?,
            revision: row.revision,
        }),
    }
}

/// The revision alone: whether what was compiled before still holds.
///
/// # Errors
/// What the database says.
pub async fn revision(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<i64, StoreError> {
    let revision = sqlx::query_scalar!("SELECT revision FROM rules WHERE account_id = $1", account.0)
        .fetch_optional(db)
        .await?;
    Ok(revision.unwrap_or(0))
}

/// Stores the rules of an account; answers their new revision.
///
/// # Errors
/// What the database says.
pub async fn set(
    tx: &mut SqliteConnection,
    account: AccountId,
    chosen: &BTreeMap<String, Value>,
    now: At,
) -> Result<i64, StoreError> {
    let chosen = to_json("rules.chosen", chosen)?;
    let revision = sqlx::query_scalar!(
        r#"INSERT INTO rules (account_id, chosen, revision, changed_at) VALUES ($1, $2, 1, $3)
           ON CONFLICT (account_id) DO UPDATE SET chosen = excluded.chosen, revision = revision + 1,
             changed_at = excluded.changed_at
           RETURNING revision"#,
        account.0,
        chosen,
        now.0
    )
    .fetch_one(tx)
    .await?;
    Ok(revision)
}
