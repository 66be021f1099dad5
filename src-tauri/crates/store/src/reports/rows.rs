//! Messages as rows of a file, page by page: each page is a short read of its own, so that neither the writer waits nor
//! its log grows while a million rows go by.

use domain::{
    AccountId, At, ContactId, ConversationId, ConversationKind, Direction, Extra, MessageId, PreviewKind, Tick,
};
use sqlx::{QueryBuilder, Row, Sqlite, SqlitePool, sqlite::SqliteRow};

use crate::{
    Attachment, StoreError, attachments,
    codes::{conversation_kind, direction, preview_kind, tick},
    error::{from_json_opt, to_json},
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

/// A message with what a row of a file may tell.
#[derive(Debug, Clone)]
pub struct ExportedMessage {
    /// Local id.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// Name of the account; `None`: deleted.
    pub account: Option<String>,
    /// Its network.
    pub channel: String,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// The person or the group.
    pub client: String,
    /// Their number.
    pub phone: Option<String>,
    /// Their name on the network, without `@`.
    pub username: Option<String>,
    /// JSON {reference, detail}: how they came.
    pub source: Option<String>,
    /// Tags of the conversation.
    pub tags: Option<String>,
    /// Who speaks.
    pub direction: Direction,
    /// Who wrote it: one of ours, or a member of a group.
    pub author: Option<String>,
    /// When.
    pub sent_at: At,
    /// Text or caption.
    pub text: String,
    /// What is neither text nor file.
    pub extras: Vec<Extra>,
    /// What it mostly is.
    pub preview: PreviewKind,
    /// How far it has come.
    pub tick: Option<Tick>,
    /// It was changed.
    pub edited: bool,
    /// It was deleted.
    pub deleted: bool,
    /// Files, in order.
    pub files: Vec<Attachment>,
}

/// Where a page ends: the next one begins after it.
pub type Place = (At, MessageId);

/// At most `limit` messages after a place, oldest first.
///
/// # Errors
/// What the database says.
pub async fn page(
    db: &SqlitePool,
    selection: &Selection,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<ExportedMessage>, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT m.id, m.conversation_id, n.name AS account, v.channel, v.kind, \
           coalesce(v.title, nullif(c.own_name, ''), c.network_name) AS client, m.direction, \
           coalesce(m.author_name, nullif(a.own_name, ''), a.network_name) AS author, m.sent_at, m.text, m.extras, \
           m.preview, m.tick, m.edited_at IS NOT NULL AS edited, m.deleted_at IS NOT NULL AS deleted",
    );
    sql.push(if selection.with_person {
        ", c.source, (SELECT i.phone FROM identities AS i WHERE i.contact_id = c.id AND i.phone IS NOT NULL LIMIT 1) AS phone, \
           (SELECT i.username FROM identities AS i WHERE i.contact_id = c.id AND i.username IS NOT NULL LIMIT 1) AS username"
    } else {
        ", NULL AS source, NULL AS phone, NULL AS username"
    });
    sql.push(if selection.with_tags {
        ", (SELECT group_concat(t.tag, ', ') FROM conversation_tags AS t WHERE t.conversation_id = v.id) AS tags"
    } else {
        ", NULL AS tags"
    });
    chosen(&mut sql, selection, after)?;
    // A person's or a conversation's messages are found by their threads, everybody's by time.
    sql.push(if is_narrow(selection) {
        " ORDER BY +m.sent_at, +m.id LIMIT "
    } else {
        " ORDER BY m.sent_at, m.id LIMIT "
    })
    .push_bind(limit);
    let rows = sql.build().fetch_all(db).await?;
    let mut messages = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    add_files(db, &mut messages).await?;
    Ok(messages)
}

/// How many messages there are. Counts them one by one: for a job, or for one person.
///
/// # Errors
/// What the database says.
pub async fn count(db: &SqlitePool, selection: &Selection) -> Result<i64, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT count(*)");
    chosen(&mut sql, selection, None)?;
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

fn is_narrow(selection: &Selection) -> bool {
    selection.contact_id.is_some() || selection.conversation_id.is_some() || selection.tag.is_some()
}

fn chosen(sql: &mut QueryBuilder<Sqlite>, selection: &Selection, after: Option<Place>) -> Result<(), StoreError> {
    sql.push(if is_narrow(selection) {
        " FROM conversations AS v CROSS JOIN messages AS m ON m.conversation_id = v.id"
    } else {
        " FROM messages AS m CROSS JOIN conversations AS v ON v.id = m.conversation_id"
    });
    sql.push(
        " JOIN contacts AS c ON c.id = v.contact_id LEFT JOIN accounts AS n ON n.id = v.account_id \
         LEFT JOIN contacts AS a ON a.id = m.author_id WHERE m.sent_at < ",
    )
    .push_bind(selection.to.0);
    let (from, id) = after.map_or((selection.from, i64::MIN), |(at, id)| (at, id.0));
    sql.push(" AND (m.sent_at, m.id) > (")
        .push_bind(from.0)
        .push(", ")
        .push_bind(id)
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
    of_conversations(sql, selection)
}

fn of_conversations(sql: &mut QueryBuilder<Sqlite>, selection: &Selection) -> Result<(), StoreError> {
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

fn read(row: &SqliteRow) -> Result<ExportedMessage, StoreError> {
    let extras: Option<String> = row.try_get("extras")?;
    Ok(ExportedMessage {
        id: MessageId(row.try_get("id")?),
        conversation_id: ConversationId(row.try_get("conversation_id")?),
        account: row.try_get("account")?,
        channel: row.try_get("channel")?,
        kind: conversation_kind::read(row.try_get("kind")?),
        client: row.try_get("client")?,
        phone: row.try_get("phone")?,
        username: row.try_get("username")?,
        source: row.try_get("source")?,
        tags: row.try_get("tags")?,
        direction: direction::read(row.try_get("direction")?),
        author: row.try_get("author")?,
        sent_at: At(row.try_get("sent_at")?),
        text: row.try_get("text")?,
        extras: from_json_opt("messages.extras", extras.as_deref())?.unwrap_or_default(),
        preview: preview_kind::read(row.try_get("preview")?),
        tick: row.try_get::<Option<i64>, _>("tick")?.map(tick::read),
        edited: row.try_get("edited")?,
        deleted: row.try_get("deleted")?,
        files: Vec::new(),
    })
}

/// The files of those messages whose preview says that they have some.
async fn add_files(db: &SqlitePool, messages: &mut [ExportedMessage]) -> Result<(), StoreError> {
    let with_files: Vec<MessageId> = messages
        .iter()
        .filter(|message| message.preview != PreviewKind::Text)
        .map(|message| message.id)
        .collect();
    if with_files.is_empty() {
        return Ok(());
    }
    let mut files = std::collections::HashMap::<MessageId, Vec<Attachment>>::new();
    for file in attachments::of_messages(db, &with_files).await? {
        if let Some(id) = file.message_id {
            files.entry(id).or_default().push(file);
        }
    }
    for message in messages {
        message.files = files.remove(&message.id).unwrap_or_default();
    }
    Ok(())
}
