//! Connected CRM accounts and their cursors.

use std::collections::BTreeMap;

use domain::{At, LinkId, LinkState, Reason, RemoteId, Uid, text};
use serde_json::Value;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json, to_json},
};

/// A connected CRM account.
#[derive(Clone)]
pub struct Link {
    /// Local id.
    pub id: LinkId,
    /// Which CRM.
    pub crm: String,
    /// As people call it.
    pub name: String,
    /// What the CRM calls the account.
    pub handle: Option<String>,
    /// Address of the account's page.
    pub page: Option<String>,
    /// The account's id in the CRM.
    pub remote_id: RemoteId,
    /// What the login gave; empty: logged out. The caller wraps it at once.
    pub secret: String,
    /// Settings by key.
    pub settings: BTreeMap<String, Value>,
    /// Replaced base addresses.
    pub endpoints: BTreeMap<String, String>,
    /// Proxy address with name and password.
    pub proxy: Option<String>,
    /// Switched on by a person.
    pub active: bool,
    /// The state as last announced.
    pub state: LinkState,
    /// What works less well than it could.
    pub notices: Vec<Reason>,
    /// When the login ends by itself.
    pub expires_at: Option<At>,
    /// When the link was added.
    pub connected_at: At,
    /// Last sign of life of the CRM.
    pub last_seen_at: Option<At>,
    /// News up to which syncs are planned.
    pub news_to: i64,
}

impl std::fmt::Debug for Link {
    /// Without the secret and the proxy.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link")
            .field("id", &self.id)
            .field("crm", &self.crm)
            .field("name", &self.name)
            .field("active", &self.active)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// A link to add, or to bring up to date when the CRM knows the account by the same id.
#[derive(Clone)]
pub struct NewLink {
    /// For a new one.
    pub uid: Uid,
    /// Which CRM.
    pub crm: String,
    /// Wanted name; a number is added when it is taken.
    pub name: String,
    /// What the CRM calls the account.
    pub handle: Option<String>,
    /// The account's id in the CRM.
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

impl std::fmt::Debug for NewLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewLink")
            .field("crm", &self.crm)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

struct Row {
    id: i64,
    crm: String,
    name: String,
    handle: Option<String>,
    page: Option<String>,
    remote_id: String,
    secret: String,
    settings: String,
    endpoints: String,
    proxy: Option<String>,
    active: i64,
    state: String,
    notices: String,
    expires_at: Option<i64>,
    connected_at: i64,
    last_seen_at: Option<i64>,
    news_to: i64,
}

impl TryFrom<Row> for Link {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: LinkId(row.id),
            crm: row.crm,
            name: row.name,
            handle: row.handle,
            page: row.page,
            remote_id: RemoteId(row.remote_id),
            secret: row.secret,
            settings: from_json("crm_links.settings", &row.settings)?,
            endpoints: from_json("crm_links.endpoints", &row.endpoints)?,
            proxy: row.proxy,
            active: row.active != 0,
            state: from_json("crm_links.state", &row.state)?,
            notices: from_json("crm_links.notices", &row.notices)?,
            expires_at: row.expires_at.map(At),
            connected_at: At(row.connected_at),
            last_seen_at: row.last_seen_at.map(At),
            news_to: row.news_to,
        })
    }
}

/// Every link, in the order of adding.
///
/// # Errors
/// What the database says.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<Link>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "SELECT id, crm, name, handle, page, remote_id, secret, settings, endpoints, proxy, active, state, notices,
           expires_at, connected_at, last_seen_at, news_to FROM crm_links ORDER BY id"
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Link::try_from).collect()
}

/// One link.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: impl SqliteExecutor<'_>, id: LinkId) -> Result<Link, StoreError> {
    sqlx::query_as!(
        Row,
        "SELECT id, crm, name, handle, page, remote_id, secret, settings, endpoints, proxy, active, state, notices,
           expires_at, connected_at, last_seen_at, news_to FROM crm_links WHERE id = $1",
        id.0
    )
    .fetch_optional(db)
    .await?
    .ok_or(StoreError::NotFound)?
    .try_into()
}

/// Adds a link, which begins with the news from now on; or renews the login of the one that the CRM knows by the same
/// id: its name, settings, bindings and queue stay.
///
/// # Errors
/// What the database says.
pub async fn upsert(tx: &mut SqliteConnection, new: &NewLink, now: At) -> Result<LinkId, StoreError> {
    let remote = new.remote_id.as_str();
    let (endpoints, state) = (
        to_json("endpoints", &new.endpoints)?,
        to_json("state", &LinkState::off(now))?,
    );
    let known = sqlx::query_scalar!(
        r#"UPDATE crm_links SET secret = $3, handle = coalesce($4, handle), endpoints = $5, proxy = coalesce($6, proxy),
             active = 1, expires_at = NULL
           WHERE crm = $1 AND remote_id = $2 RETURNING id AS "id!""#,
        new.crm,
        remote,
        new.secret,
        new.handle,
        endpoints,
        new.proxy
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(id) = known {
        return Ok(LinkId(id));
    }
    let name = free_name(tx, &new.name).await?;
    let (uid, folded, settings) = (new.uid.bytes(), text::fold(&name), to_json("settings", &new.settings)?);
    let id = sqlx::query_scalar!(
        r#"INSERT INTO crm_links (uid, crm, name, name_folded, handle, remote_id, secret, settings, endpoints, proxy,
             state, connected_at, news_to)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
             coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'message_news'), 0))
           RETURNING id AS "id!""#,
        uid,
        new.crm,
        name,
        folded,
        new.handle,
        remote,
        new.secret,
        settings,
        endpoints,
        new.proxy,
        state,
        now.0
    )
    .fetch_one(tx)
    .await?;
    Ok(LinkId(id))
}

/// The wanted name, or the wanted name with the first free number.
async fn free_name(tx: &mut SqliteConnection, wanted: &str) -> Result<String, StoreError> {
    let taken = sqlx::query_scalar!("SELECT name_folded FROM crm_links")
        .fetch_all(tx)
        .await?;
    let wanted = wanted.trim();
    let numbered = (2..).map(|number| format!("{wanted} {number}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(&text::fold(name)))
        .ok_or(StoreError::NameTaken)
}

/// Gives a link another name.
///
/// # Errors
/// [`StoreError::NameTaken`].
pub async fn rename(tx: &mut SqliteConnection, id: LinkId, name: &str) -> Result<(), StoreError> {
    let folded = text::fold(name);
    let done = sqlx::query!(
        "UPDATE OR IGNORE crm_links SET name = $2, name_folded = $3 WHERE id = $1",
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

/// Stores settings and the way to the CRM.
///
/// # Errors
/// What the database says.
pub async fn set_network(
    tx: &mut SqliteConnection,
    id: LinkId,
    settings: &BTreeMap<String, Value>,
    endpoints: &BTreeMap<String, String>,
    proxy: Option<&str>,
) -> Result<(), StoreError> {
    let (settings, endpoints) = (to_json("settings", settings)?, to_json("endpoints", endpoints)?);
    sqlx::query!(
        "UPDATE crm_links SET settings = $2, endpoints = $3, proxy = $4 WHERE id = $1",
        id.0,
        settings,
        endpoints,
        proxy
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Switches a link on or off.
///
/// # Errors
/// What the database says.
pub async fn set_active(tx: &mut SqliteConnection, id: LinkId, active: bool) -> Result<(), StoreError> {
    sqlx::query!("UPDATE crm_links SET active = $2 WHERE id = $1", id.0, active)
        .execute(tx)
        .await?;
    Ok(())
}

/// Stores the state for the next start and for the list.
///
/// # Errors
/// What the database says.
pub async fn set_state(
    tx: &mut SqliteConnection,
    id: LinkId,
    state: &LinkState,
    seen: Option<At>,
) -> Result<(), StoreError> {
    let (state, seen) = (to_json("state", state)?, seen.map(|at| at.0));
    sqlx::query!(
        "UPDATE crm_links SET state = $2, last_seen_at = coalesce($3, last_seen_at) WHERE id = $1",
        id.0,
        state,
        seen
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What the account told about itself when it was made ready.
///
/// # Errors
/// What the database says.
pub async fn set_prepared(
    tx: &mut SqliteConnection,
    id: LinkId,
    handle: Option<&str>,
    page: Option<&str>,
    notices: &[Reason],
    expires_at: Option<At>,
) -> Result<(), StoreError> {
    let (notices, expires_at) = (to_json("notices", notices)?, expires_at.map(|at| at.0));
    sqlx::query!(
        "UPDATE crm_links SET handle = coalesce($2, handle), page = coalesce($3, page), notices = $4, expires_at = $5
         WHERE id = $1",
        id.0,
        handle,
        page,
        notices,
        expires_at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps renewed access in the place of that from which it was renewed.
///
/// # Errors
/// [`StoreError::NotFound`] when the link is gone, or somebody has logged in anew meanwhile.
pub async fn renew_secret(
    tx: &mut SqliteConnection,
    id: LinkId,
    before: &str,
    renewed: &str,
) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "UPDATE crm_links SET secret = $3 WHERE id = $1 AND secret = $2",
        id.0,
        before,
        renewed
    )
    .execute(tx)
    .await?;
    if done.rows_affected() == 0 {
        Err(StoreError::NotFound)
    } else {
        Ok(())
    }
}

/// Removes a link with its queue, its replies and all it knew.
///
/// # Errors
/// What the database says.
pub async fn delete(tx: &mut SqliteConnection, id: LinkId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM crm_links WHERE id = $1", id.0)
        .execute(&mut *tx)
        .await?;
    forget_read_news(tx).await
}

/// Forgets the news that every link has read.
///
/// # Errors
/// What the database says.
pub async fn forget_read_news(tx: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM message_news WHERE id <= coalesce((SELECT min(news_to) FROM crm_links), 9223372036854775807)"
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Up to here the news are planned.
///
/// # Errors
/// What the database says.
pub async fn set_news_to(tx: &mut SqliteConnection, id: LinkId, news_to: i64) -> Result<(), StoreError> {
    sqlx::query!("UPDATE crm_links SET news_to = $2 WHERE id = $1", id.0, news_to)
        .execute(tx)
        .await?;
    Ok(())
}

/// Cursors of replies, as last committed.
///
/// # Errors
/// What the database says.
pub async fn cursors(db: impl SqliteExecutor<'_>, id: LinkId) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = sqlx::query!("SELECT name, value FROM crm_cursors WHERE link_id = $1", id.0)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.value)).collect())
}

/// Moves a cursor, in the transaction of what it confirms.
///
/// # Errors
/// What the database says.
pub async fn set_cursor(tx: &mut SqliteConnection, id: LinkId, name: &str, value: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO crm_cursors (link_id, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (link_id, name) DO UPDATE SET value = excluded.value",
        id.0,
        name,
        value
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What waits and what failed, per link: queued, failed, replies that failed.
///
/// # Errors
/// What the database says.
pub async fn counts(db: &sqlx::SqlitePool) -> Result<BTreeMap<LinkId, (i64, i64, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id,
             (SELECT count(*) FROM outbox WHERE link_id = crm_links.id AND state = 0) AS "queued!: i64",
             (SELECT count(*) FROM outbox WHERE link_id = crm_links.id AND state = 5 AND operation = 0) AS "failed!: i64",
             (SELECT count(*) FROM crm_replies WHERE link_id = crm_links.id AND state = 2) AS "replies!: i64"
           FROM crm_links"#
    )
    .fetch_all(db)
    .await?;
    let counts = rows.into_iter();
    Ok(counts
        .map(|row| (LinkId(row.id), (row.queued, row.failed, row.replies)))
        .collect())
}
