//! Read model of the conversation list.

use domain::{AccountId, At, ContactId, ConversationId, ConversationKind, Direction, MessageId, Preview, Reason, Tick};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteExecutor, SqlitePool, sqlite::SqliteRow};

use crate::{
    StoreError,
    codes::{conversation_kind, direction, preview_kind, tick},
    error::{from_json, from_json_opt, to_json},
};

/// A view of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// All but archived ones.
    #[default]
    All,
    /// With unread messages.
    Unread,
    /// The client waits.
    Waiting,
    /// Assigned to the person of this installation.
    Mine,
    /// Put away.
    Archived,
    /// With filtered messages, by the newest of them.
    Filtered,
}

/// Place in the list: pinned, time, id.
pub type Place = (bool, i64, i64);

/// Which rows.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The view.
    pub view: View,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only after this place.
    pub after: Option<Place>,
    /// Only these.
    pub ids: Option<Vec<ConversationId>>,
    /// Only with these people.
    pub contact_ids: Option<Vec<ContactId>>,
    /// At most so many.
    pub limit: i64,
}

impl Query {
    /// One conversation, whatever its state.
    pub fn only(id: ConversationId) -> Self {
        Self {
            ids: Some(vec![id]),
            limit: 1,
            ..Self::default()
        }
    }

    /// The columns that order it: the pinned ones apart or not, the time, and the message that a row shows.
    fn order(&self) -> (&'static str, &'static str, &'static str) {
        match self.view {
            View::Filtered => ("", "filtered_at", "filtered_id"),
            _ => ("v.pinned, ", "moved_at", "last_message_id"),
        }
    }

    /// Every conversation with these people.
    pub fn with(people: Vec<ContactId>, limit: i64) -> Self {
        Self {
            contact_ids: Some(people),
            limit,
            ..Self::default()
        }
    }
}

/// A row of the list.
#[derive(Debug, Clone)]
pub struct InboxRow {
    /// Local id.
    pub id: ConversationId,
    /// The account; `None`: deleted.
    pub account_id: Option<AccountId>,
    /// Its network.
    pub channel: String,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// What it is called.
    pub title: String,
    /// The person or group.
    pub contact_id: ContactId,
    /// The picture, once fetched.
    pub avatar_id: Option<i64>,
    /// The newest message.
    pub last: Option<InboxLast>,
    /// Order of the list.
    pub moved_at: At,
    /// Filtered messages.
    pub filtered: i64,
    /// Unread messages.
    pub unread: i64,
    /// Marked by hand.
    pub marked_unread: bool,
    /// Since when the client waits.
    pub waiting_since: Option<At>,
    /// Stays on top.
    pub pinned: bool,
    /// Makes no sound.
    pub muted: bool,
    /// Put away.
    pub archived: bool,
    /// JSON: an answer begun.
    pub draft: Option<String>,
    /// Assigned to the person of this installation.
    pub mine: bool,
    /// Tags.
    pub tags: Vec<String>,
}

impl InboxRow {
    /// Its place in the list.
    pub fn place(&self) -> Place {
        (self.pinned, self.moved_at.0, self.id.0)
    }
}

/// The newest message of a row.
#[derive(Debug, Clone)]
pub struct InboxLast {
    /// Local id.
    pub id: MessageId,
    /// Who speaks.
    pub direction: Direction,
    /// Who wrote it: one of ours, or a member of a group.
    pub author: Option<String>,
    /// Its one line.
    pub preview: Preview,
    /// A line of the system instead.
    pub system: Option<Reason>,
    /// When it was written.
    pub sent_at: At,
    /// How far it has come.
    pub tick: Option<Tick>,
    /// It was deleted.
    pub deleted: bool,
}

/// Rows of the list, in its order.
///
/// # Errors
/// What the database says.
pub async fn list(db: &SqlitePool, query: &Query) -> Result<Vec<InboxRow>, StoreError> {
    // Ids first, from an index alone; then the joins for one page only.
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new("WITH page AS (SELECT v.id FROM conversations AS v");
    if let Some(tag) = &query.tag {
        sql.push(" JOIN conversation_tags AS t ON t.conversation_id = v.id AND t.tag = ")
            .push_bind(tag.clone());
    }
    sql.push(match query.view {
        // One account in the index' own order; `archived` stays first in it.
        View::All => " WHERE v.archived = 0",
        View::Archived => " WHERE v.archived = 1",
        View::Filtered => " WHERE v.filtered > 0",
        View::Unread => " WHERE (v.unread > 0 OR v.marked_unread = 1)",
        View::Waiting => " WHERE v.waiting_since IS NOT NULL",
        View::Mine => " WHERE v.mine = 1",
    });
    let (pinned, moved_at, last_id) = query.order();
    if query.view != View::Filtered {
        // What has never moved holds nothing but filtered messages; it stands at the end of every index of the list.
        sql.push(" AND v.moved_at > 0");
    }
    if query.ids.is_some() {
        sql = QueryBuilder::new("WITH page AS (SELECT v.id FROM conversations AS v WHERE true");
    }
    if query.contact_ids.is_some() {
        sql = QueryBuilder::new("WITH page AS (SELECT v.id FROM conversations AS v WHERE v.moved_at > 0");
    }
    if let Some(ids) = &query.ids {
        sql.push(" AND v.id IN (SELECT value FROM json_each(")
            .push_bind(to_json("ids", ids)?)
            .push("))");
    }
    if let Some(ids) = &query.contact_ids {
        sql.push(" AND v.contact_id IN (SELECT value FROM json_each(")
            .push_bind(to_json("ids", ids)?)
            .push("))");
    }
    if !query.account_ids.is_empty() {
        sql.push(" AND v.account_id IN (SELECT value FROM json_each(")
            .push_bind(to_json("accounts", &query.account_ids)?)
            .push("))");
    }
    if let Some((top, at, id)) = query.after {
        sql.push(format!(" AND ({pinned}v.{moved_at}, v.id) < ("));
        if !pinned.is_empty() {
            sql.push_bind(top).push(", ");
        }
        sql.push_bind(at).push(", ").push_bind(id).push(")");
    }
    let order = format!(
        " ORDER BY {}v.{moved_at} DESC, v.id DESC",
        if pinned.is_empty() { "" } else { "v.pinned DESC, " }
    );
    sql.push(&order)
        .push(" LIMIT ")
        .push_bind(query.limit)
        .push(format!(
            ") SELECT v.id, v.account_id, v.channel, v.kind, v.contact_id, v.{moved_at} AS moved_at, v.filtered, v.unread, v.marked_unread,
             v.waiting_since, v.pinned, v.muted, v.archived, v.draft, v.mine, c.avatar_id,
             coalesce(v.title, nullif(c.own_name, ''), c.network_name) AS title,
             (SELECT json_group_array(tag) FROM conversation_tags AS t WHERE t.conversation_id = v.id) AS tags,
             m.id AS last_id, m.direction, m.text, m.preview, m.system, m.sent_at, m.tick, m.deleted_at, m.author_name,
             coalesce(nullif(a.own_name, ''), a.network_name) AS member,
             (SELECT name FROM attachments AS f WHERE f.message_id = m.id ORDER BY position LIMIT 1) AS file
           FROM page JOIN conversations AS v ON v.id = page.id
             JOIN contacts AS c ON c.id = v.contact_id
             LEFT JOIN messages AS m ON m.id = v.{last_id}
             LEFT JOIN contacts AS a ON a.id = m.author_id{order}"
        ));
    let rows = sql.build().fetch_all(db).await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<InboxRow, StoreError> {
    let last = match row.try_get::<Option<i64>, _>("last_id")? {
        None => None,
        Some(id) => Some(last(row, MessageId(id))?),
    };
    let flag = |name: &'static str| row.try_get::<i64, _>(name).map(|value| value != 0);
    let tags: String = row.try_get("tags")?;
    Ok(InboxRow {
        id: ConversationId(row.try_get("id")?),
        account_id: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
        channel: row.try_get("channel")?,
        kind: conversation_kind::read(row.try_get("kind")?),
        title: row.try_get("title")?,
        contact_id: ContactId(row.try_get("contact_id")?),
        avatar_id: row.try_get("avatar_id")?,
        last,
        moved_at: At(row.try_get("moved_at")?),
        filtered: row.try_get("filtered")?,
        unread: row.try_get("unread")?,
        marked_unread: flag("marked_unread")?,
        waiting_since: row.try_get::<Option<i64>, _>("waiting_since")?.map(At),
        pinned: flag("pinned")?,
        muted: flag("muted")?,
        archived: flag("archived")?,
        draft: row.try_get("draft")?,
        mine: flag("mine")?,
        tags: from_json("tags", &tags)?,
    })
}

fn last(row: &SqliteRow, id: MessageId) -> Result<InboxLast, StoreError> {
    let text: String = row.try_get("text")?;
    let file: Option<String> = row.try_get("file")?;
    let words = if text.trim().is_empty() {
        file.unwrap_or_default()
    } else {
        text
    };
    let preview = Preview {
        kind: preview_kind::read(row.try_get("preview")?),
        text: Preview::of(&domain::Content::plain(words), &[]).text,
    };
    let member: Option<String> = row.try_get("member")?;
    let system: Option<String> = row.try_get("system")?;
    Ok(InboxLast {
        id,
        direction: direction::read(row.try_get("direction")?),
        author: row.try_get::<Option<String>, _>("author_name")?.or(member),
        preview,
        system: from_json_opt("messages.system", system.as_deref())?,
        sent_at: At(row.try_get("sent_at")?),
        tick: row.try_get::<Option<i64>, _>("tick")?.map(tick::read),
        deleted: row.try_get::<Option<i64>, _>("deleted_at")?.is_some(),
    })
}

/// Conversations with unread messages (muted ones do not count), waiting ones, mine, those with filtered messages.
///
/// # Errors
/// What the database says.
pub async fn counts(db: impl SqliteExecutor<'_>) -> Result<(i64, i64, i64, i64), StoreError> {
    let row = sqlx::query!("SELECT unread, waiting, mine, filtered FROM inbox_counts WHERE id = 1")
        .fetch_one(db)
        .await?;
    Ok((row.unread, row.waiting, row.mine, row.filtered))
}

/// Every tag in use and how often.
///
/// # Errors
/// What the database says.
pub async fn tags(db: impl SqliteExecutor<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT tag, count(*) AS "count!: i64" FROM conversation_tags GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 200"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.tag, row.count)).collect())
}

/// Messages of ours in a conversation that wait, failed or have an unknown outcome.
///
/// # Errors
/// What the database says.
pub async fn pending(db: impl SqliteExecutor<'_>, id: ConversationId) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar!(
        "SELECT count(*) FROM deliveries WHERE conversation_id = $1 AND state NOT IN (3, 6)",
        id.0
    )
    .fetch_one(db)
    .await?)
}
