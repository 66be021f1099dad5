//! Read model of a thread: messages with everything a bubble shows.

use std::collections::HashMap;

use domain::{
    At, ContactId, ConversationId, DeliveryState, Direction, Entity, Extra, MessageId, Preview, PreviewKind, Reason,
    RemoteId, Tick, Uid, Verdict,
};
use sqlx::{Row, SqlitePool, sqlite::SqliteRow};

use crate::{
    Attachment, StoreError, attachments,
    codes::{delivery_state, direction, preview_kind, tick, verdict},
    error::{from_json_opt, to_json},
};

/// From where messages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The end, backwards.
    Newest,
    /// Older than this one, backwards.
    Before(MessageId),
    /// Newer than this one, forwards.
    After(MessageId),
}

/// A message with everything a bubble shows.
#[derive(Debug, Clone)]
pub struct ThreadMessage {
    /// Local id.
    pub id: MessageId,
    /// Its name for good.
    pub uid: Uid,
    /// Id on the network.
    pub remote_id: Option<RemoteId>,
    /// Who speaks.
    pub direction: Direction,
    /// Who wrote it: one of ours, or a member of a group.
    pub author: Option<String>,
    /// The member of a group.
    pub author_id: Option<ContactId>,
    /// When it was written.
    pub sent_at: At,
    /// When it was changed.
    pub edited_at: Option<At>,
    /// When it was deleted.
    pub deleted_at: Option<At>,
    /// Text or caption.
    pub text: String,
    /// Marked stretches.
    pub entities: Vec<Entity>,
    /// What is neither text nor file.
    pub extras: Vec<Extra>,
    /// A line of the system.
    pub system: Option<Reason>,
    /// What it answers.
    pub quote: Option<Quote>,
    /// Whose message it passes on.
    pub forwarded_from: Option<String>,
    /// Sent together with the others of the same word.
    pub album: Option<String>,
    /// How far it has come.
    pub tick: Option<Tick>,
    /// Its way to the network, when it was written here.
    pub delivery: Option<Delivery>,
    /// Files, in order.
    pub files: Vec<Attachment>,
    /// Reactions and how many of each.
    pub reactions: Vec<(String, i64)>,
    /// The auto-reply wrote it.
    pub automatic: bool,
    /// What the rules say about it.
    pub verdict: Verdict,
    /// Why, when they say more than «pass».
    pub judged: Option<Reason>,
}

/// A quoted message.
#[derive(Debug, Clone)]
pub struct Quote {
    /// The message, when it is known here.
    pub message_id: Option<MessageId>,
    /// Its author.
    pub author: Option<String>,
    /// Its words.
    pub preview: Preview,
}

/// A message's way to the network.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Where it stands.
    pub state: DeliveryState,
    /// Why.
    pub reason: Option<Reason>,
    /// When it is tried again.
    pub retry_at: At,
    /// How often it was tried.
    pub attempts: i64,
}

const COLUMNS: &str = "SELECT m.id, m.uid, m.remote_id, m.direction, m.author_id, m.author_name, m.sent_at, m.edited_at, m.deleted_at,
   m.text, m.entities, m.extras, m.system, m.reply_to, m.reply_author, m.reply_text, m.forwarded_from, m.album, m.tick,
   m.automatic, j.verdict, j.reason AS judged,
   coalesce(nullif(a.own_name, ''), a.network_name) AS member,
   q.id AS quoted_id, q.text AS quoted_text, q.preview AS quoted_preview, q.direction AS quoted_direction, q.author_name AS quoted_author,
   coalesce(nullif(qa.own_name, ''), qa.network_name) AS quoted_member,
   d.state AS delivery_state, d.reason AS delivery_reason, d.retry_at AS delivery_retry_at, d.attempts AS delivery_attempts
 FROM messages AS m
   LEFT JOIN contacts AS a ON a.id = m.author_id
   LEFT JOIN messages AS q ON q.conversation_id = m.conversation_id AND q.remote_id = m.reply_to
   LEFT JOIN contacts AS qa ON qa.id = q.author_id
   LEFT JOIN deliveries AS d ON d.message_id = m.id AND d.state <> 3
   LEFT JOIN verdicts AS j ON j.message_id = m.id
 WHERE m.conversation_id = $1";

/// At most `limit` messages from a place on, oldest first; filtered ones only where they are asked for.
///
/// # Errors
/// What the database says.
pub async fn page(
    db: &SqlitePool,
    conversation: ConversationId,
    from: From,
    filtered: bool,
    limit: i64,
) -> Result<Vec<ThreadMessage>, StoreError> {
    let (condition, order, anchor) = match from {
        From::Newest => ("", "DESC", None),
        From::Before(id) => (
            " AND (m.sent_at, m.id) < (SELECT sent_at, id FROM messages WHERE id = $3)",
            "DESC",
            Some(id.0),
        ),
        From::After(id) => (
            " AND (m.sent_at, m.id) > (SELECT sent_at, id FROM messages WHERE id = $3)",
            "ASC",
            Some(id.0),
        ),
    };
    let shown = if filtered {
        ""
    } else {
        " AND coalesce(j.verdict, 0) <> 1"
    };
    let sql = format!("{COLUMNS}{condition}{shown} ORDER BY m.sent_at {order}, m.id {order} LIMIT $2");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(conversation.0)
        .bind(limit)
        .bind(anchor)
        .fetch_all(db)
        .await?;
    let mut messages = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if order == "DESC" {
        messages.reverse();
    }
    add_files_and_reactions(db, &mut messages).await?;
    Ok(messages)
}

/// One message.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn one(db: &SqlitePool, conversation: ConversationId, id: MessageId) -> Result<ThreadMessage, StoreError> {
    let sql = format!("{COLUMNS} AND m.id = $2");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(conversation.0)
        .bind(id.0)
        .fetch_optional(db)
        .await?;
    let mut message = [read(&row.ok_or(StoreError::NotFound)?)?];
    add_files_and_reactions(db, &mut message).await?;
    let [message] = message;
    Ok(message)
}

/// The first incoming message written after `read_at`.
///
/// # Errors
/// What the database says.
pub async fn first_unread(
    db: &SqlitePool,
    conversation: ConversationId,
    read_at: At,
) -> Result<Option<MessageId>, StoreError> {
    let id = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM messages WHERE conversation_id = $1 AND sent_at > $2 AND direction = 0
             AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.message_id = messages.id AND j.verdict = 1)
           ORDER BY sent_at, id LIMIT 1"#,
        conversation.0,
        read_at.0
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(MessageId))
}

fn read(row: &SqliteRow) -> Result<ThreadMessage, StoreError> {
    let uid: Vec<u8> = row.try_get("uid")?;
    let json = |name: &'static str| row.try_get::<Option<String>, _>(name);
    let delivery = match row.try_get::<Option<i64>, _>("delivery_state")? {
        None => None,
        Some(state) => Some(Delivery {
            state: delivery_state::read(state),
            reason: from_json_opt("deliveries.reason", json("delivery_reason")?.as_deref())?,
            retry_at: At(row.try_get("delivery_retry_at")?),
            attempts: row.try_get("delivery_attempts")?,
        }),
    };
    let member: Option<String> = row.try_get("member")?;
    Ok(ThreadMessage {
        id: MessageId(row.try_get("id")?),
        uid: Uid(uuid::Uuid::from_slice(&uid).unwrap_or_default()),
        remote_id: json("remote_id")?.map(RemoteId),
        direction: direction::read(row.try_get("direction")?),
        author: json("author_name")?.or(member),
        author_id: row.try_get::<Option<i64>, _>("author_id")?.map(ContactId),
        sent_at: At(row.try_get("sent_at")?),
        edited_at: row.try_get::<Option<i64>, _>("edited_at")?.map(At),
        deleted_at: row.try_get::<Option<i64>, _>("deleted_at")?.map(At),
        text: row.try_get("text")?,
        entities: from_json_opt("messages.entities", json("entities")?.as_deref())?.unwrap_or_default(),
        extras: from_json_opt("messages.extras", json("extras")?.as_deref())?.unwrap_or_default(),
        system: from_json_opt("messages.system", json("system")?.as_deref())?,
        quote: quote(row)?,
        forwarded_from: json("forwarded_from")?,
        album: json("album")?,
        tick: row.try_get::<Option<i64>, _>("tick")?.map(tick::read),
        delivery,
        files: Vec::new(),
        reactions: Vec::new(),
        automatic: row.try_get::<i64, _>("automatic")? != 0,
        verdict: verdict::read(row.try_get::<Option<i64>, _>("verdict")?.unwrap_or(0)),
        judged: from_json_opt("verdicts.reason", json("judged")?.as_deref())?,
    })
}

fn quote(row: &SqliteRow) -> Result<Option<Quote>, StoreError> {
    let text = |name: &'static str| row.try_get::<Option<String>, _>(name);
    let (id, words): (Option<i64>, _) = (row.try_get("quoted_id")?, text("reply_text")?);
    if id.is_none() && words.is_none() && text("reply_to")?.is_none() {
        return Ok(None);
    }
    let kind = row
        .try_get::<Option<i64>, _>("quoted_preview")?
        .map_or(PreviewKind::Text, preview_kind::read);
    let words = words.or(text("quoted_text")?).unwrap_or_default();
    let preview = Preview {
        kind,
        text: Preview::of(&domain::Content::plain(words), &[]).text,
    };
    let author = text("reply_author")?
        .or(text("quoted_author")?)
        .or(text("quoted_member")?);
    Ok(Some(Quote {
        message_id: id.map(MessageId),
        author,
        preview,
    }))
}

async fn add_files_and_reactions(db: &SqlitePool, messages: &mut [ThreadMessage]) -> Result<(), StoreError> {
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let mut files: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
    for file in attachments::of_messages(db, &ids).await? {
        if let Some(id) = file.message_id {
            files.entry(id).or_default().push(file);
        }
    }
    let list = to_json("messages", &ids)?;
    let rows = sqlx::query!(
        r#"SELECT message_id AS "message_id!", emoji AS "emoji!", count(*) AS "count!: i64" FROM reactions
           WHERE message_id IN (SELECT value FROM json_each($1)) GROUP BY message_id, emoji ORDER BY message_id, min(at)"#,
        list
    )
    .fetch_all(db)
    .await?;
    let mut reactions: HashMap<MessageId, Vec<(String, i64)>> = HashMap::new();
    for row in rows {
        reactions
            .entry(MessageId(row.message_id))
            .or_default()
            .push((row.emoji, row.count));
    }
    for message in messages {
        message.files = files.remove(&message.id).unwrap_or_default();
        message.reactions = reactions.remove(&message.id).unwrap_or_default();
    }
    Ok(())
}
