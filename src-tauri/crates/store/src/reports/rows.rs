//! Which messages go into a file, how many there are, and in which conversations.

use domain::{AccountId, At, ContactId, ConversationId, Direction, MessageId, Tick};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};

use crate::{
    StoreError,
    codes::{direction, tick},
    error::to_json,
};

/// Which messages. Empty lists and `None` mean «any»; lines of the system are never among them.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only of these accounts.
    pub account_ids: Vec<AccountId>,
    /// Not before.
    pub from: At,
    /// Before.
    pub to: At,
    /// Only with that person.
    pub contact_id: Option<ContactId>,
    /// Only in that conversation.
    pub conversation_id: Option<ConversationId>,
    /// Only theirs or ours.
    pub direction: Option<Direction>,
    /// Only ours that came so far.
    pub ticks: Vec<Tick>,
    /// Only in conversations with this tag.
    pub tag: Option<String>,
    /// Ask for the person's number, user name and arrival too.
    pub with_person: bool,
    /// Ask for the conversation's tags too.
    pub with_tags: bool,
}

/// How many messages there are. Counts them one by one: for a job, or for one person.
///
/// # Errors
/// What the database says.
pub async fn count(db: &SqlitePool, selection: &Selection) -> Result<i64, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT count(*)");
    chosen(&mut sql, selection)?;
    Ok(sql.build_query_scalar().fetch_one(db).await?)
}

/// The conversations with such messages, in the order of their ids, after one of them.
///
/// # Errors
/// What the database says.
pub async fn conversations(
    db: &SqlitePool,
    selection: &Selection,
    after: ConversationId,
    limit: i64,
) -> Result<Vec<ConversationId>, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT v.id FROM conversations AS v WHERE v.id > ");
    sql.push_bind(after.0);
    of_conversations(&mut sql, selection)?;
    sql.push(
        " AND EXISTS (SELECT 1 FROM messages AS m WHERE m.conversation_id = v.id AND m.direction IN (0, 1) AND m.sent_at >= ",
    )
    .push_bind(selection.from.0)
    .push(" AND m.sent_at < ")
    .push_bind(selection.to.0)
    .push(") ORDER BY v.id LIMIT ")
    .push_bind(limit);
    let ids: Vec<i64> = sql.build_query_scalar().fetch_all(db).await?;
    Ok(ids.into_iter().map(ConversationId).collect())
}

/// A person's or a conversation's messages are found by their threads, everybody's by time.
pub(super) fn is_narrow(selection: &Selection) -> bool {
    selection.contact_id.is_some() || selection.conversation_id.is_some() || selection.tag.is_some()
}

fn chosen(sql: &mut QueryBuilder<Sqlite>, selection: &Selection) -> Result<(), StoreError> {
    sql.push(if is_narrow(selection) {
        OF_THREADS
    } else {
        " FROM messages AS m CROSS JOIN conversations AS v ON v.id = m.conversation_id"
    });
    of_messages(sql, selection, (selection.from, MessageId(i64::MIN)))?;
    of_conversations(sql, selection)
}

pub(super) const OF_THREADS: &str = " FROM conversations AS v CROSS JOIN messages AS m ON m.conversation_id = v.id";

/// What is said of the messages themselves, after a place.
pub(super) fn of_messages(
    sql: &mut QueryBuilder<Sqlite>,
    selection: &Selection,
    (at, id): (At, MessageId),
) -> Result<(), StoreError> {
    sql.push(" WHERE m.sent_at < ").push_bind(selection.to.0);
    sql.push(" AND (m.sent_at, m.id) > (")
        .push_bind(at.0)
        .push(", ")
        .push_bind(id.0)
        .push(")");
    match selection.direction {
        Some(side) => sql.push(" AND m.direction = ").push_bind(direction::code(side)),
        None => sql.push(" AND m.direction IN (0, 1)"),
    };
    if !selection.ticks.is_empty() {
        let codes: Vec<i64> = selection.ticks.iter().copied().map(tick::code).collect();
        sql.push(" AND m.tick IN (SELECT value FROM json_each(")
            .push_bind(to_json("ticks", &codes)?)
            .push("))");
    }
    Ok(())
}

pub(super) fn of_conversations(sql: &mut QueryBuilder<Sqlite>, selection: &Selection) -> Result<(), StoreError> {
    if let Some(id) = selection.conversation_id {
        sql.push(" AND v.id = ").push_bind(id.0);
    }
    if let Some(id) = selection.contact_id {
        sql.push(" AND v.contact_id = ").push_bind(id.0);
    }
    if !selection.account_ids.is_empty() {
        sql.push(" AND v.account_id IN (SELECT value FROM json_each(")
            .push_bind(to_json("accounts", &selection.account_ids)?)
            .push("))");
    }
    if let Some(tag) = &selection.tag {
        sql.push(" AND v.id IN (SELECT t.conversation_id FROM conversation_tags AS t WHERE t.tag = ")
            .push_bind(tag.clone())
            .push(")");
    }
    Ok(())
}
