//! Messages as rows of a file, page by page: each page is a short read of its own, so that neither the writer waits nor
//! its log grows while a million rows go by.
//!
//! A message's thread and people are looked up once each: with a hundred thousand threads every row would else bring two
//! pages of the database in, and unlocking those takes longer than everything else of a row.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use domain::{
    AccountId, At, ContactId, ConversationId, ConversationKind, Direction, Extra, MessageId, PreviewKind, Tick,
};
use serde::Deserialize;
use sqlx::{QueryBuilder, Sqlite, SqlitePool};

use super::rows::{OF_THREADS, Selection, is_narrow, of_conversations, of_messages};
use crate::{
    Attachment, StoreError, attachments,
    codes::{conversation_kind, direction, preview_kind, tick},
    error::{from_json, from_json_opt, to_json},
};

/// Threads that are remembered: about 25 MB of names. Beyond that everything is forgotten at once.
const REMEMBERED: usize = 100_000;

/// A message with what a row of a file may tell.
#[derive(Debug, Clone)]
pub struct ExportedMessage {
    /// Local id.
    pub id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// What is known of that place.
    pub thread: Arc<Thread>,
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

/// What all messages of a conversation have in common.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Its account; `None`: deleted.
    pub account_id: Option<AccountId>,
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
}

/// Reads a selection, oldest messages first.
#[derive(Debug)]
pub struct Reader<'a> {
    db: &'a SqlitePool,
    selection: &'a Selection,
    after: (At, MessageId),
    threads: HashMap<ConversationId, Arc<Thread>>,
    people: HashMap<ContactId, String>,
}

/// A message as its own row has it.
#[derive(Deserialize)]
struct Bare {
    id: i64,
    conversation_id: i64,
    direction: i64,
    author_id: Option<i64>,
    author_name: Option<String>,
    sent_at: i64,
    text: String,
    extras: Option<String>,
    preview: i64,
    tick: Option<i64>,
    edited: i64,
    deleted: i64,
}

impl Bare {
    fn into_message(self, thread: Arc<Thread>, member: Option<&String>) -> Result<ExportedMessage, StoreError> {
        Ok(ExportedMessage {
            id: MessageId(self.id),
            conversation_id: ConversationId(self.conversation_id),
            thread,
            direction: direction::read(self.direction),
            author: self.author_name.or_else(|| member.cloned()),
            sent_at: At(self.sent_at),
            text: self.text,
            extras: from_json_opt("messages.extras", self.extras.as_deref())?.unwrap_or_default(),
            preview: preview_kind::read(self.preview),
            tick: self.tick.map(tick::read),
            edited: self.edited != 0,
            deleted: self.deleted != 0,
            files: Vec::new(),
        })
    }
}

impl<'a> Reader<'a> {
    /// Reads nothing yet.
    pub fn new(db: &'a SqlitePool, selection: &'a Selection) -> Self {
        Self {
            db,
            selection,
            after: (selection.from, MessageId(i64::MIN)),
            threads: HashMap::new(),
            people: HashMap::new(),
        }
    }

    /// The next messages, at most `limit` of them; none at the end.
    ///
    /// # Errors
    /// What the database says.
    pub async fn page(&mut self, limit: i64) -> Result<Vec<ExportedMessage>, StoreError> {
        loop {
            let rows = self.rows(limit).await?;
            let Some(last) = rows.last() else { return Ok(Vec::new()) };
            self.after = (At(last.sent_at), MessageId(last.id));
            self.meet(&rows).await?;
            let mut messages = Vec::with_capacity(rows.len());
            for row in rows {
                // Else deleted between the two reads.
                if let Some(thread) = self.threads.get(&ConversationId(row.conversation_id)).cloned() {
                    let member = row.author_id.and_then(|id| self.people.get(&ContactId(id)));
                    messages.push(row.into_message(thread, member)?);
                }
            }
            let accounts = &self.selection.account_ids;
            let of_those = |thread: &Thread| thread.account_id.is_some_and(|id| accounts.contains(&id));
            messages.retain(|message| accounts.is_empty() || of_those(&message.thread));
            // A page may hold nobody of those accounts.
            if !messages.is_empty() {
                add_files(self.db, &mut messages).await?;
                return Ok(messages);
            }
        }
    }

    /// All rows of a page come as one, here and below: handing them over one by one costs more than reading them.
    async fn rows(&self, limit: i64) -> Result<Vec<Bare>, StoreError> {
        let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT json_group_array(json_array(id, conversation_id, direction, author_id, author_name, sent_at, text, \
               extras, preview, tick, edited, deleted)) \
             FROM (SELECT m.id, m.conversation_id, m.direction, m.author_id, m.author_name, m.sent_at, m.text, m.extras, \
               m.preview, m.tick, m.edited_at IS NOT NULL AS edited, m.deleted_at IS NOT NULL AS deleted",
        );
        let narrow = is_narrow(self.selection);
        sql.push(if narrow { OF_THREADS } else { " FROM messages AS m" });
        of_messages(&mut sql, self.selection, self.after)?;
        if narrow {
            of_conversations(&mut sql, self.selection)?;
        }
        sql.push(if narrow {
            " ORDER BY +m.sent_at, +m.id LIMIT "
        } else {
            " ORDER BY m.sent_at, m.id LIMIT "
        })
        .push_bind(limit)
        .push(")");
        let page: String = sql.build_query_scalar().fetch_one(self.db).await?;
        let mut rows: Vec<Bare> = from_json("messages", &page)?;
        rows.sort_by_key(|row| (row.sent_at, row.id));
        Ok(rows)
    }

    /// Looks up the threads and people of these rows that were not met before.
    async fn meet(&mut self, rows: &[Bare]) -> Result<(), StoreError> {
        if self.threads.len() > REMEMBERED {
            self.threads.clear();
        }
        if self.people.len() > REMEMBERED {
            self.people.clear();
        }
        let (mut threads, mut people) = (HashSet::new(), HashSet::new());
        for row in rows {
            let thread = ConversationId(row.conversation_id);
            if !self.threads.contains_key(&thread) {
                threads.insert(thread);
            }
            let person = row.author_id.map(ContactId);
            people.extend(person.filter(|person| !self.people.contains_key(person)));
        }
        if !threads.is_empty() {
            self.threads.extend(of_ids(self.db, self.selection, &threads).await?);
        }
        if !people.is_empty() {
            self.people.extend(names(self.db, &people).await?);
        }
        Ok(())
    }
}

/// A thread as the database has it.
#[derive(Deserialize)]
struct BareThread {
    id: i64,
    account_id: Option<i64>,
    account: Option<String>,
    channel: String,
    kind: i64,
    client: String,
    source: Option<String>,
    phone: Option<String>,
    username: Option<String>,
    tags: Option<String>,
}

impl From<BareThread> for Thread {
    fn from(bare: BareThread) -> Self {
        Self {
            account_id: bare.account_id.map(AccountId),
            account: bare.account,
            channel: bare.channel,
            kind: conversation_kind::read(bare.kind),
            client: bare.client,
            phone: bare.phone,
            username: bare.username,
            source: bare.source,
            tags: bare.tags,
        }
    }
}

async fn of_ids(
    db: &SqlitePool,
    selection: &Selection,
    ids: &HashSet<ConversationId>,
) -> Result<Vec<(ConversationId, Arc<Thread>)>, StoreError> {
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT json_group_array(json_array(v.id, v.account_id, n.name, v.channel, v.kind, \
           coalesce(v.title, nullif(c.own_name, ''), c.network_name)",
    );
    sql.push(if selection.with_person {
        ", c.source, (SELECT i.phone FROM identities AS i WHERE i.contact_id = c.id AND i.phone IS NOT NULL LIMIT 1), \
           (SELECT i.username FROM identities AS i WHERE i.contact_id = c.id AND i.username IS NOT NULL LIMIT 1)"
    } else {
        ", NULL, NULL, NULL"
    });
    sql.push(if selection.with_tags {
        ", (SELECT group_concat(t.tag, ', ') FROM conversation_tags AS t WHERE t.conversation_id = v.id)"
    } else {
        ", NULL"
    });
    sql.push(
        ")) FROM conversations AS v JOIN contacts AS c ON c.id = v.contact_id \
         LEFT JOIN accounts AS n ON n.id = v.account_id WHERE v.id IN (SELECT value FROM json_each(",
    )
    .push_bind(to_json("threads", ids)?)
    .push("))");
    let met: String = sql.build_query_scalar().fetch_one(db).await?;
    let met: Vec<BareThread> = from_json("threads", &met)?;
    Ok(met
        .into_iter()
        .map(|bare| (ConversationId(bare.id), Arc::new(bare.into())))
        .collect())
}

async fn names(db: &SqlitePool, ids: &HashSet<ContactId>) -> Result<Vec<(ContactId, String)>, StoreError> {
    let ids = to_json("people", ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: i64", coalesce(nullif(own_name, ''), network_name) AS "name!: String"
           FROM contacts WHERE id IN (SELECT value FROM json_each(?))"#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (ContactId(row.id), row.name)).collect())
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
    let mut files = HashMap::<MessageId, Vec<Attachment>>::new();
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
