//! Read models of the journals: messages with their ways to CRMs (LOG-1), managers' replies (LOG-2).

use std::collections::HashMap;

use domain::{
    AccountId, At, ContactId, Content, ConversationId, ConversationKind, Direction, LinkId, MessageId, Preview, Reason,
    ReplyId, ReplyState, SyncState, Tick,
};
use sqlx::{QueryBuilder, Row, Sqlite, SqlitePool, sqlite::SqliteRow};

use crate::{
    StoreError,
    codes::{conversation_kind, direction, preview_kind, reply_state, sync_state, tick},
    error::{from_json_opt, to_json},
};

/// A place in a journal: the time of writing, the id.
pub type Place = (i64, i64);

/// Which messages.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Written from then on.
    pub from: Option<At>,
    /// Written before then.
    pub before: Option<At>,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// Only of these people.
    pub contact_ids: Option<Vec<ContactId>>,
    /// Only in this direction.
    pub direction: Option<Direction>,
    /// Only those that stand so on this link.
    pub status: Option<(LinkId, SyncState)>,
    /// Only after this place, going back in time.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: i64,
}

/// A message in the journal.
#[derive(Debug, Clone)]
pub struct JournalRow {
    /// Which.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// The account; `None`: deleted.
    pub account_id: Option<AccountId>,
    /// Which network.
    pub channel: String,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// Name of the conversation: of a post, for comments.
    pub title: Option<String>,
    /// The person.
    pub contact_id: ContactId,
    /// As shown.
    pub contact: String,
    /// Who speaks.
    pub direction: Direction,
    /// In one line.
    pub preview: Preview,
    /// When it was written.
    pub written_at: At,
    /// When it came here.
    pub imported_at: At,
    /// How far ours has come.
    pub tick: Option<Tick>,
    /// Why the rules of its channel keep it out of the inbox; `None`: they let it pass.
    pub judged: Option<Reason>,
    /// Its way to each link.
    pub syncs: Vec<JournalSync>,
}

/// The way of a message to one link.
#[derive(Debug, Clone)]
pub struct JournalSync {
    /// Which link.
    pub link_id: LinkId,
    /// Where it stands.
    pub state: SyncState,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries so far.
    pub attempts: i64,
    /// When it left the queue.
    pub settled_at: Option<At>,
}

/// Messages in the order of writing, newest first.
///
/// # Errors
/// What the database says.
pub async fn messages(db: &SqlitePool, query: &Query) -> Result<Vec<JournalRow>, StoreError> {
    // Ids first, from an index alone; then the joins for one page only.
    let mut sql = QueryBuilder::<Sqlite>::new("WITH page AS (");
    page(&mut sql, query)?;
    sql.push(" LIMIT ").push_bind(query.limit).push(
        ") SELECT m.id, m.conversation_id, m.direction, m.text, m.preview, m.sent_at, m.stored_at, m.tick,
             v.account_id, v.channel, v.kind, v.title, v.contact_id,
             coalesce(nullif(c.own_name, ''), c.network_name) AS contact,
             CASE WHEN j.verdict = 1 THEN j.reason END AS judged,
             (SELECT name FROM attachments AS f WHERE f.message_id = m.id ORDER BY position LIMIT 1) AS file
           FROM page JOIN messages AS m ON m.id = page.id
             JOIN conversations AS v ON v.id = m.conversation_id JOIN contacts AS c ON c.id = v.contact_id
             LEFT JOIN verdicts AS j ON j.message_id = m.id
           ORDER BY m.sent_at DESC, m.id DESC",
    );
    let rows = sql.build().fetch_all(db).await?;
    let mut rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut syncs = syncs(db, &ids).await?;
    for row in &mut rows {
        row.syncs = syncs.remove(&row.id).unwrap_or_default();
    }
    Ok(rows)
}

/// The ids of a page, from whichever index fits: by time, by status, or by the threads of some people.
fn page(sql: &mut QueryBuilder<Sqlite>, query: &Query) -> Result<(), StoreError> {
    let (time, id) = match query.status {
        Some((link, state)) => {
            sql.push("SELECT o.message_id AS id, o.written_at FROM outbox AS o")
                .push(" JOIN messages AS m ON m.id = o.message_id WHERE o.operation = 0 AND o.link_id = ")
                .push_bind(link.0)
                .push(" AND o.state = ")
                .push_bind(sync_state::code(state));
            ("o.written_at", "o.message_id")
        }
        None => {
            sql.push("SELECT m.id, m.sent_at AS written_at FROM messages AS m WHERE true");
            ("m.sent_at", "m.id")
        }
    };
    restrict(sql, query, time)?;
    if let Some((at, message)) = query.after {
        sql.push(format!(" AND ({time}, {id}) < ("))
            .push_bind(at)
            .push(", ")
            .push_bind(message)
            .push(")");
    }
    sql.push(format!(" ORDER BY {time} DESC, {id} DESC"));
    Ok(())
}

/// What a page and its totals have in common.
fn restrict(sql: &mut QueryBuilder<Sqlite>, query: &Query, time: &str) -> Result<(), StoreError> {
    if let Some(from) = query.from {
        sql.push(format!(" AND {time} >= ")).push_bind(from.0);
    }
    if let Some(before) = query.before {
        sql.push(format!(" AND {time} < ")).push_bind(before.0);
    }
    if let Some(wanted) = query.direction {
        sql.push(" AND m.direction = ").push_bind(direction::code(wanted));
    }
    if !query.account_ids.is_empty() {
        // The plus keeps the order of time: an account may hold every conversation there is.
        sql.push(" AND +m.conversation_id IN (SELECT id FROM conversations WHERE account_id IN (SELECT value FROM json_each(")
            .push_bind(to_json("accounts", &query.account_ids)?)
            .push(")))");
    }
    if let Some(people) = &query.contact_ids {
        sql.push(
            " AND m.conversation_id IN (SELECT id FROM conversations WHERE contact_id IN (SELECT value FROM json_each(",
        )
        .push_bind(to_json("contacts", people)?)
        .push(")))");
    }
    Ok(())
}

fn read(row: &SqliteRow) -> Result<JournalRow, StoreError> {
    let text: String = row.try_get("text")?;
    let file: Option<String> = row.try_get("file")?;
    let judged: Option<String> = row.try_get("judged")?;
    let words = if text.trim().is_empty() {
        file.unwrap_or_default()
    } else {
        text
    };
    Ok(JournalRow {
        id: MessageId(row.try_get("id")?),
        conversation_id: ConversationId(row.try_get("conversation_id")?),
        account_id: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
        channel: row.try_get("channel")?,
        kind: conversation_kind::read(row.try_get("kind")?),
        title: row.try_get("title")?,
        contact_id: ContactId(row.try_get("contact_id")?),
        contact: row.try_get("contact")?,
        direction: direction::read(row.try_get("direction")?),
        preview: Preview {
            kind: preview_kind::read(row.try_get("preview")?),
            text: Preview::of(&Content::plain(words), &[]).text,
        },
        written_at: At(row.try_get("sent_at")?),
        imported_at: At(row.try_get("stored_at")?),
        tick: row.try_get::<Option<i64>, _>("tick")?.map(tick::read),
        judged: from_json_opt("verdicts.reason", judged.as_deref())?,
        syncs: Vec::new(),
    })
}

/// The ways of messages to the links.
///
/// # Errors
/// What the database says.
pub async fn syncs(db: &SqlitePool, ids: &[MessageId]) -> Result<HashMap<MessageId, Vec<JournalSync>>, StoreError> {
    let list = to_json("messages", ids)?;
    let rows = sqlx::query!(
        "SELECT message_id, link_id, state, reason, attempts, settled_at FROM outbox
         WHERE message_id IN (SELECT value FROM json_each($1)) AND operation = 0 ORDER BY link_id",
        list
    )
    .fetch_all(db)
    .await?;
    let mut syncs: HashMap<MessageId, Vec<JournalSync>> = HashMap::new();
    for row in rows {
        let sync = JournalSync {
            link_id: LinkId(row.link_id),
            state: sync_state::read(row.state),
            reason: from_json_opt("outbox.reason", row.reason.as_deref())?,
            attempts: row.attempts,
            settled_at: row.settled_at.map(At),
        };
        syncs.entry(MessageId(row.message_id)).or_default().push(sync);
    }
    Ok(syncs)
}

/// What a period holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Messages of clients.
    pub incoming: i64,
    /// Messages of ours.
    pub outgoing: i64,
    /// People.
    pub clients: i64,
}

/// Totals of the messages that a query finds, whatever its page.
///
/// # Errors
/// What the database says.
pub async fn totals(db: &SqlitePool, query: &Query) -> Result<Totals, StoreError> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "WITH counted AS (SELECT m.conversation_id, sum(m.direction = 0) AS incoming, sum(m.direction = 1) AS outgoing
         FROM messages AS m",
    );
    let mut time = "m.sent_at";
    if let Some((link, state)) = query.status {
        sql.push(" JOIN outbox AS o ON o.message_id = m.id AND o.operation = 0 AND o.link_id = ")
            .push_bind(link.0)
            .push(" AND o.state = ")
            .push_bind(sync_state::code(state));
        time = "o.written_at";
    }
    sql.push(" WHERE true");
    restrict(&mut sql, query, time)?;
    sql.push(
        " GROUP BY m.conversation_id) SELECT coalesce(sum(incoming), 0) AS incoming, coalesce(sum(outgoing), 0) AS outgoing,
           count(DISTINCT v.contact_id) AS clients
         FROM counted JOIN conversations AS v ON v.id = counted.conversation_id",
    );
    let row = sql.build().fetch_one(db).await?;
    Ok(Totals {
        incoming: row.try_get("incoming")?,
        outgoing: row.try_get("outgoing")?,
        clients: row.try_get("clients")?,
    })
}

/// Which replies.
#[derive(Debug, Clone, Default)]
pub struct RepliesQuery {
    /// Written from then on.
    pub from: Option<At>,
    /// Written before then.
    pub before: Option<At>,
    /// Only from these links; empty: from all.
    pub link_ids: Vec<LinkId>,
    /// Only to these accounts; empty: to all.
    pub account_ids: Vec<AccountId>,
    /// Only to these people.
    pub contact_ids: Option<Vec<ContactId>>,
    /// Only those that stand so.
    pub state: Option<ReplyState>,
    /// Only after this place, going back in time.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: i64,
}

/// A manager's message in the journal.
#[derive(Debug, Clone)]
pub struct ReplyJournalRow {
    /// Which.
    pub id: ReplyId,
    /// From which link.
    pub link_id: LinkId,
    /// Who wrote it.
    pub author: Option<String>,
    /// The CRM itself wrote it.
    pub automatic: bool,
    /// For whom, once it is known: the conversation, its account, its network, its person.
    pub to: Option<(ConversationId, Option<AccountId>, String, ContactId)>,
    /// The person's name.
    pub contact: Option<String>,
    /// What it says.
    pub text: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// When it was written.
    pub written_at: At,
    /// Where it stands.
    pub state: ReplyState,
    /// Why.
    pub reason: Option<Reason>,
    /// Tries so far.
    pub attempts: i64,
    /// Last change.
    pub updated_at: At,
}

/// Replies in the order of writing, newest first.
///
/// # Errors
/// What the database says.
pub async fn replies(db: &SqlitePool, query: &RepliesQuery) -> Result<Vec<ReplyJournalRow>, StoreError> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "SELECT r.id, r.link_id, r.author, r.automatic, r.conversation_id, r.text, r.written_at, r.state, r.reason,
           r.attempts, r.updated_at, v.account_id, v.channel, v.contact_id,
           coalesce(nullif(c.own_name, ''), c.network_name) AS contact,
           (SELECT json_group_array(name) FROM crm_reply_files AS f WHERE f.reply_id = r.id) AS files
         FROM crm_replies AS r LEFT JOIN conversations AS v ON v.id = r.conversation_id
           LEFT JOIN contacts AS c ON c.id = v.contact_id WHERE true",
    );
    if let Some(from) = query.from {
        sql.push(" AND r.written_at >= ").push_bind(from.0);
    }
    if let Some(before) = query.before {
        sql.push(" AND r.written_at < ").push_bind(before.0);
    }
    if let Some(state) = query.state {
        sql.push(" AND r.state = ").push_bind(reply_state::code(state));
    }
    let mut among = |column: &str, list: String| {
        sql.push(format!(" AND {column} IN (SELECT value FROM json_each("))
            .push_bind(list)
            .push("))");
    };
    if !query.link_ids.is_empty() {
        among("r.link_id", to_json("links", &query.link_ids)?);
    }
    if !query.account_ids.is_empty() {
        among("v.account_id", to_json("accounts", &query.account_ids)?);
    }
    if let Some(people) = &query.contact_ids {
        among("v.contact_id", to_json("contacts", people)?);
    }
    if let Some((at, id)) = query.after {
        sql.push(" AND (r.written_at, r.id) < (")
            .push_bind(at)
            .push(", ")
            .push_bind(id)
            .push(")");
    }
    sql.push(" ORDER BY r.written_at DESC, r.id DESC LIMIT ")
        .push_bind(query.limit);
    let rows = sql.build().fetch_all(db).await?;
    rows.iter().map(read_reply).collect()
}

fn read_reply(row: &SqliteRow) -> Result<ReplyJournalRow, StoreError> {
    let conversation: Option<i64> = row.try_get("conversation_id")?;
    let to = match conversation {
        None => None,
        Some(id) => Some((
            ConversationId(id),
            row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
            row.try_get("channel")?,
            ContactId(row.try_get("contact_id")?),
        )),
    };
    let (files, reason): (Option<String>, Option<String>) = (row.try_get("files")?, row.try_get("reason")?);
    Ok(ReplyJournalRow {
        id: ReplyId(row.try_get("id")?),
        link_id: LinkId(row.try_get("link_id")?),
        author: row.try_get("author")?,
        automatic: row.try_get::<i64, _>("automatic")? != 0,
        to,
        contact: row.try_get("contact")?,
        text: row.try_get("text")?,
        files: from_json_opt("files", files.as_deref())?.unwrap_or_default(),
        written_at: At(row.try_get("written_at")?),
        state: reply_state::read(row.try_get("state")?),
        reason: from_json_opt("crm_replies.reason", reason.as_deref())?,
        attempts: row.try_get("attempts")?,
        updated_at: At(row.try_get("updated_at")?),
    })
}
