//! What of ours is which thing of a CRM, and what is about to be made there.

use domain::{At, ContactId, ConversationId, CrmEntity, CrmRef, LinkId};
use serde_json::Value;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    error::{from_json, to_json},
};

/// Where a binding stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BindingKey {
    /// Which link.
    pub link: LinkId,
    /// 0 the link itself, 1 a contact, 2 a conversation.
    pub scope: i64,
    /// Which contact or conversation; 0: the link.
    pub scope_id: i64,
    /// The link's word for it.
    pub kind: String,
}

/// The scope of the link itself.
pub const LINK: i64 = 0;
/// The scope of a contact.
pub const CONTACT: i64 = 1;
/// The scope of a conversation.
pub const CONVERSATION: i64 = 2;

/// A thing of a CRM, bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// The link's word for it.
    pub kind: String,
    /// The thing.
    pub reference: CrmRef,
    /// What the link remembers with it.
    pub data: Value,
}

/// What is bound there, if it is.
///
/// # Errors
/// What the database says.
pub async fn get(db: impl SqliteExecutor<'_>, key: &BindingKey) -> Result<Option<Binding>, StoreError> {
    let row = sqlx::query!(
        "SELECT kind, entity, remote_id, data FROM crm_bindings
         WHERE link_id = $1 AND scope = $2 AND scope_id = $3 AND kind = $4",
        key.link.0,
        key.scope,
        key.scope_id,
        key.kind
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| read(row.kind, row.entity, row.remote_id, &row.data))
        .transpose()
        .map(Option::flatten)
}

fn read(
    kind: String,
    entity: Option<String>,
    remote_id: Option<String>,
    data: &str,
) -> Result<Option<Binding>, StoreError> {
    let entity = entity.as_deref().and_then(CrmEntity::parse);
    let Some((entity, id)) = entity.zip(remote_id) else {
        return Ok(None);
    };
    Ok(Some(Binding {
        kind,
        reference: CrmRef { entity, id },
        data: from_json("crm_bindings.data", data)?,
    }))
}

/// Everything that is bound in one scope.
///
/// # Errors
/// What the database says.
pub async fn all(
    db: impl SqliteExecutor<'_>,
    link: LinkId,
    scope: i64,
    scope_id: i64,
) -> Result<Vec<Binding>, StoreError> {
    let rows = sqlx::query!(
        "SELECT kind, entity, remote_id, data FROM crm_bindings
         WHERE link_id = $1 AND scope = $2 AND scope_id = $3 AND remote_id IS NOT NULL ORDER BY kind",
        link.0,
        scope,
        scope_id
    )
    .fetch_all(db)
    .await?;
    let bindings = rows.into_iter();
    bindings
        .filter_map(|row| read(row.kind, row.entity, row.remote_id, &row.data).transpose())
        .collect()
}

/// Who is bound to this thing.
///
/// # Errors
/// What the database says.
pub async fn who(db: impl SqliteExecutor<'_>, link: LinkId, reference: &CrmRef) -> Result<Vec<BindingKey>, StoreError> {
    let entity = reference.entity.as_str();
    let rows = sqlx::query!(
        r#"SELECT scope AS "scope!", scope_id AS "scope_id!", kind AS "kind!" FROM crm_bindings
           WHERE link_id = $1 AND remote_id = $2 AND entity = $3"#,
        link.0,
        reference.id,
        entity
    )
    .fetch_all(db)
    .await?;
    let keys = rows.into_iter();
    Ok(keys
        .map(|row| BindingKey {
            link,
            scope: row.scope,
            scope_id: row.scope_id,
            kind: row.kind,
        })
        .collect())
}

/// The conversation that a thing belongs to: bound itself, or the latest one of the contact that is bound.
///
/// # Errors
/// What the database says.
pub async fn conversation_of(
    db: &sqlx::SqlitePool,
    link: LinkId,
    reference: &CrmRef,
) -> Result<Option<ConversationId>, StoreError> {
    let entity = reference.entity.as_str();
    let id = sqlx::query_scalar!(
        r#"SELECT c.id AS "id!" FROM crm_bindings AS b JOIN conversations AS c
             ON (b.scope = 2 AND c.id = b.scope_id) OR (b.scope = 1 AND c.contact_id = b.scope_id)
           WHERE b.link_id = $1 AND b.remote_id = $2 AND b.entity = $3 AND c.account_id IS NOT NULL
           ORDER BY b.scope DESC, c.moved_at DESC LIMIT 1"#,
        link.0,
        reference.id,
        entity
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(ConversationId))
}

/// A thing is about to be made. Answers when that was first said, if it was said before and not settled since.
///
/// # Errors
/// What the database says.
pub async fn intend(tx: &mut SqliteConnection, key: &BindingKey, now: At) -> Result<Option<At>, StoreError> {
    let before = sqlx::query_scalar!(
        "SELECT intended_at FROM crm_bindings WHERE link_id = $1 AND scope = $2 AND scope_id = $3 AND kind = $4",
        key.link.0,
        key.scope,
        key.scope_id,
        key.kind
    )
    .fetch_optional(&mut *tx)
    .await?
    .flatten();
    if before.is_none() {
        sqlx::query!(
            "INSERT INTO crm_bindings (link_id, scope, scope_id, kind, intended_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (link_id, scope, scope_id, kind) DO UPDATE SET intended_at = excluded.intended_at",
            key.link.0,
            key.scope,
            key.scope_id,
            key.kind,
            now.0
        )
        .execute(tx)
        .await?;
    }
    Ok(before.map(At))
}

/// It was certainly not made.
///
/// # Errors
/// What the database says.
pub async fn give_up(tx: &mut SqliteConnection, key: &BindingKey) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE crm_bindings SET intended_at = NULL
         WHERE link_id = $1 AND scope = $2 AND scope_id = $3 AND kind = $4",
        key.link.0,
        key.scope,
        key.scope_id,
        key.kind
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// It was found or made.
///
/// # Errors
/// What the database says.
pub async fn bind(
    tx: &mut SqliteConnection,
    key: &BindingKey,
    reference: &CrmRef,
    data: &Value,
    now: At,
) -> Result<(), StoreError> {
    let (entity, data) = (reference.entity.as_str(), to_json("data", data)?);
    sqlx::query!(
        "INSERT INTO crm_bindings (link_id, scope, scope_id, kind, entity, remote_id, data, bound_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (link_id, scope, scope_id, kind) DO UPDATE SET entity = excluded.entity,
           remote_id = excluded.remote_id, data = excluded.data, bound_at = excluded.bound_at, intended_at = NULL",
        key.link.0,
        key.scope,
        key.scope_id,
        key.kind,
        entity,
        reference.id,
        data,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// It is gone.
///
/// # Errors
/// What the database says.
pub async fn unbind(tx: &mut SqliteConnection, key: &BindingKey) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM crm_bindings WHERE link_id = $1 AND scope = $2 AND scope_id = $3 AND kind = $4",
        key.link.0,
        key.scope,
        key.scope_id,
        key.kind
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The cards of a conversation and its contact, over all links.
///
/// # Errors
/// What the database says.
pub async fn of_conversation(
    db: impl SqliteExecutor<'_>,
    conversation: ConversationId,
    contact: ContactId,
) -> Result<Vec<(LinkId, Binding)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT link_id AS "link_id!", kind AS "kind!", entity, remote_id, data FROM crm_bindings
           WHERE ((scope = 1 AND scope_id = $2) OR (scope = 2 AND scope_id = $1)) AND remote_id IS NOT NULL
             AND link_id IN (SELECT id FROM crm_links)
           ORDER BY link_id, scope DESC, kind"#,
        conversation.0,
        contact.0
    )
    .fetch_all(db)
    .await?;
    let bindings = rows.into_iter();
    bindings
        .filter_map(|row| {
            let link = LinkId(row.link_id);
            let binding = read(row.kind, row.entity, row.remote_id, &row.data).transpose()?;
            Some(binding.map(|binding| (link, binding)))
        })
        .collect()
}
