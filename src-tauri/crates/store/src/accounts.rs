//! Connected accounts, their cursors and their hourly counts.

use std::collections::BTreeMap;

use domain::{AccountId, At, Connection, RemoteId, Uid, text};
use serde_json::Value;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json, to_json},
};

/// A connected account.
#[derive(Clone)]
pub struct Account {
    /// Local id.
    pub id: AccountId,
    /// Which network.
    pub channel: String,
    /// As people call it.
    pub name: String,
    /// `@name` or the address of the page.
    pub handle: Option<String>,
    /// Our own id on the network.
    pub remote_id: RemoteId,
    /// What the login gave; empty: logged out. The caller wraps it at once.
    pub secret: String,
    /// The channel's settings.
    pub settings: BTreeMap<String, Value>,
    /// Replaced base addresses.
    pub endpoints: BTreeMap<String, String>,
    /// Proxy address with name and password.
    pub proxy: Option<String>,
    /// Switched on by a person.
    pub active: bool,
    /// The state as last announced.
    pub connection: Connection,
    /// When the account was added.
    pub connected_at: At,
    /// Last sign of life of the network.
    pub last_seen_at: Option<At>,
}

impl std::fmt::Debug for Account {
    /// Without the secret and the proxy.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("name", &self.name)
            .field("active", &self.active)
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}

/// An account to add, or to bring up to date when the network knows it by the same id.
#[derive(Clone)]
pub struct NewAccount {
    /// For a new one.
    pub uid: Uid,
    /// Which network.
    pub channel: String,
    /// Wanted name; a number is added when it is taken.
    pub name: String,
    /// `@name` or the address of the page.
    pub handle: Option<String>,
    /// Our own id on the network.
    pub remote_id: RemoteId,
    /// What the login gave.
    pub secret: String,
    /// Settings to begin with.
    pub settings: BTreeMap<String, Value>,
    /// Replaced base addresses.
    pub endpoints: BTreeMap<String, String>,
    /// Proxy address.
    pub proxy: Option<String>,
}

impl std::fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAccount")
            .field("channel", &self.channel)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Every account, in the order of adding.
///
/// # Errors
/// What the database says.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, channel, name, handle, remote_id, secret, settings, endpoints, proxy, active, connection,
           connected_at, last_seen_at FROM accounts ORDER BY id"
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// One account.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: AccountId) -> Result<Account, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, channel, name, handle, remote_id, secret, settings, endpoints, proxy, active, connection,
           connected_at, last_seen_at FROM accounts WHERE id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?
    .try_into()
}

struct Row {
    id: i64,
    channel: String,
    name: String,
    handle: Option<String>,
    remote_id: String,
    secret: String,
    settings: String,
    endpoints: String,
    proxy: Option<String>,
    active: i64,
    connection: String,
    connected_at: i64,
    last_seen_at: Option<i64>,
}

impl TryFrom<Row> for Account {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: AccountId(row.id),
            channel: row.channel,
            name: row.name,
            handle: row.handle,
            remote_id: RemoteId(row.remote_id),
            secret: row.secret,
            settings: from_json("accounts.settings", &row.settings)?,
            endpoints: from_json("accounts.endpoints", &row.endpoints)?,
            proxy: row.proxy,
            active: row.active != 0,
            connection: from_json("accounts.connection", &row.connection)?,
            connected_at: At(row.connected_at),
            last_seen_at: row.last_seen_at.map(At),
        })
    }
}

/// Adds an account, or renews the login of the one that the network knows by the same id (its name, settings and
/// history stay).
///
/// # Errors
/// What the database says.
pub async fn upsert(tx: &mut SqliteConnection, new: &NewAccount, now: At) -> Result<AccountId, StoreError> {
    let remote = new.remote_id.as_str();
    let (endpoints, connection) = (
        to_json("endpoints", &new.endpoints)?,
        to_json("connection", &Connection::off(now))?,
    );
    let known = sqlx::query_scalar!(
        r#"UPDATE accounts SET secret = $3, handle = coalesce($4, handle), endpoints = $5, proxy = coalesce($6, proxy), active = 1
           WHERE channel = $1 AND remote_id = $2 RETURNING id AS "id!""#,
        new.channel,
        remote,
        new.secret,
        new.handle,
        endpoints,
        new.proxy
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(id) = known {
        return Ok(AccountId(id));
    }
    let name = free_name(tx, &new.name).await?;
    let (uid, folded, settings) = (new.uid.bytes(), text::fold(&name), to_json("settings", &new.settings)?);
    let id = sqlx::query_scalar!(
        r#"INSERT INTO accounts (uid, channel, name, name_folded, handle, remote_id, secret, settings, endpoints, proxy,
             connection, connected_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id AS "id!""#,
        uid,
        new.channel,
        name,
        folded,
        new.handle,
        remote,
        new.secret,
        settings,
        endpoints,
        new.proxy,
        connection,
        now.0
    )
    .fetch_one(tx)
    .await?;
    Ok(AccountId(id))
}

/// The wanted name, or the wanted name with the first free number.
async fn free_name(tx: &mut SqliteConnection, wanted: &str) -> Result<String, StoreError> {
    let wanted = wanted.trim();
    for number in 1.. {
        let name = if number == 1 {
            wanted.to_owned()
        } else {
            format!("{wanted} {number}")
        };
        let folded = text::fold(&name);
        let taken = sqlx::query_scalar!("SELECT count(*) FROM accounts WHERE name_folded = $1", folded)
            .fetch_one(&mut *tx)
            .await?;
        if taken == 0 {
            return Ok(name);
        }
    }
    Err(StoreError::NameTaken)
}

/// Gives an account another name.
///
/// # Errors
/// [`StoreError::NameTaken`].
pub async fn rename(tx: &mut SqliteConnection, id: AccountId, name: &str) -> Result<(), StoreError> {
    let folded = text::fold(name);
    let done = sqlx::query!(
        "UPDATE OR IGNORE accounts SET name = $2, name_folded = $3 WHERE id = $1",
        id.0,
        name,
        folded
    )
    .execute(tx)
    .await?;
    if done.rows_affected() == 0 {
        Err(StoreError::NameTaken)
    } else {
        Ok(())
    }
}

/// Stores settings and the way to the network.
///
/// # Errors
/// What the database says.
pub async fn set_network(
    tx: &mut SqliteConnection,
    id: AccountId,
    settings: &BTreeMap<String, Value>,
    endpoints: &BTreeMap<String, String>,
    proxy: Option<&str>,
) -> Result<(), StoreError> {
    let (settings, endpoints) = (to_json("settings", settings)?, to_json("endpoints", endpoints)?);
    sqlx::query!(
        "UPDATE accounts SET settings = $2, endpoints = $3, proxy = $4 WHERE id = $1",
        id.0,
        settings,
        endpoints,
        proxy
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Switches an account on or off.
///
/// # Errors
/// What the database says.
pub async fn set_active(tx: &mut SqliteConnection, id: AccountId, active: bool) -> Result<(), StoreError> {
    sqlx::query!("UPDATE accounts SET active = $2 WHERE id = $1", id.0, active)
        .execute(tx)
        .await?;
    Ok(())
}

/// Stores the state for the next start and for the list.
///
/// # Errors
/// What the database says.
pub async fn set_connection(
    tx: &mut SqliteConnection,
    id: AccountId,
    connection: &Connection,
    seen: Option<At>,
) -> Result<(), StoreError> {
    let (connection, seen) = (to_json("connection", connection)?, seen.map(|at| at.0));
    sqlx::query!(
        "UPDATE accounts SET connection = $2, last_seen_at = coalesce($3, last_seen_at) WHERE id = $1",
        id.0,
        connection,
        seen
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Removes an account; with its conversations when asked, else these stay without a channel. What had not been sent
/// is cancelled either way.
///
/// # Errors
/// What the database says.
pub async fn delete(tx: &mut SqliteConnection, id: AccountId, with_history: bool) -> Result<(), StoreError> {
    if with_history {
        sqlx::query!(
            "DELETE FROM message_search WHERE rowid IN
               (SELECT m.id FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id WHERE c.account_id = $1)",
            id.0
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!("DELETE FROM conversations WHERE account_id = $1", id.0)
            .execute(&mut *tx)
            .await?;
    } else {
        sqlx::query!(
            "UPDATE deliveries SET state = 6 WHERE account_id = $1 AND state NOT IN (3, 6)",
            id.0
        )
        .execute(&mut *tx)
        .await?;
    }
    sqlx::query!("DELETE FROM accounts WHERE id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// How much a deletion would take: conversations, messages, unsent messages.
///
/// # Errors
/// What the database says.
pub async fn holdings(db: &sqlx::SqlitePool, ids: &[AccountId]) -> Result<(i64, i64, i64), StoreError> {
    let list = to_json("accounts", ids)?;
    let row = sqlx::query!(
        r#"SELECT
             (SELECT count(*) FROM conversations WHERE account_id IN (SELECT value FROM json_each($1))) AS "conversations!: i64",
             (SELECT count(*) FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id
               WHERE c.account_id IN (SELECT value FROM json_each($1))) AS "messages!: i64",
             (SELECT count(*) FROM deliveries WHERE account_id IN (SELECT value FROM json_each($1))
               AND state NOT IN (3, 6)) AS "unsent!: i64""#,
        list
    )
    .fetch_one(db)
    .await?;
    Ok((row.conversations, row.messages, row.unsent))
}

/// Cursors as last committed.
///
/// # Errors
/// What the database says.
pub async fn cursors(db: impl SqliteExecutor<'_>, id: AccountId) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = sqlx::query!("SELECT name, value FROM cursors WHERE account_id = $1", id.0)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// Moves a cursor, in the transaction of what it confirms.
///
/// # Errors
/// What the database says.
pub async fn set_cursor(tx: &mut SqliteConnection, id: AccountId, name: &str, value: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO cursors (account_id, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value",
        id.0,
        name,
        value
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds to the hourly counts: account, hour since the epoch, incoming, outgoing.
///
/// # Errors
/// What the database says.
pub async fn add_hours(tx: &mut SqliteConnection, hours: &[(AccountId, i64, i64, i64)]) -> Result<(), StoreError> {
    let list = to_json("hours", hours)?;
    sqlx::query!(
        "INSERT INTO account_hours (account_id, hour, incoming, outgoing)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each($1) WHERE true
         ON CONFLICT (account_id, hour) DO UPDATE SET incoming = incoming + excluded.incoming,
           outgoing = outgoing + excluded.outgoing",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Incoming and outgoing messages of each account since an hour.
///
/// # Errors
/// What the database says.
pub async fn counts_since(
    db: impl SqliteExecutor<'_>,
    hour: i64,
) -> Result<BTreeMap<AccountId, (i64, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT account_id, sum(incoming) AS "incoming!: i64", sum(outgoing) AS "outgoing!: i64"
           FROM account_hours WHERE hour >= $1 GROUP BY account_id"#,
        hour
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (AccountId(row.account_id), (row.incoming, row.outgoing)))
        .collect())
}
