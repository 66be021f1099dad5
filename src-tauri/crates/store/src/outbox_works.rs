//! Read model of the outbox: messages with everything that a CRM is told about them.

use std::collections::HashMap;

use domain::{
    AccountId, At, ContactId, Content, ConversationId, ConversationKind, CrmRef, Direction, LinkId, MessageId, Reason,
    Tick, Uid,
};
use sqlx::SqlitePool;

use crate::{
    Attachment, Identity, StoreError, attachments,
    codes::{conversation_kind, direction, tick},
    error::{from_json_opt, to_json},
    outbox,
};

/// A message with everything that a CRM is told about it.
#[derive(Debug, Clone)]
pub struct SyncMessage {
    /// Local id.
    pub id: MessageId,
    /// Its name for good.
    pub uid: Uid,
    /// Who speaks.
    pub direction: Direction,
    /// It was written here.
    pub ours: bool,
    /// It was made of a manager's message of another link.
    pub from_crm: bool,
    /// What it says.
    pub content: Content,
    /// A line of the system.
    pub system: Option<Reason>,
    /// Files, in order.
    pub files: Vec<Attachment>,
    /// Who of ours wrote it.
    pub author_name: Option<String>,
    /// The member of a group who wrote it.
    pub member: Option<SyncPerson>,
    /// The message that it answers.
    pub quote: Option<SyncQuote>,
    /// Whose message it passes on.
    pub forwarded_from: Option<String>,
    /// When it was written.
    pub written_at: At,
    /// When it came here.
    pub stored_at: At,
    /// How far ours has come.
    pub tick: Option<Tick>,
    /// Why ours did not go.
    pub failure: Option<Reason>,
    /// It came late.
    pub catch_up: bool,
    /// What it became in the link's CRM.
    pub refs: Vec<CrmRef>,
    /// Its conversation.
    pub conversation: SyncConversation,
}

/// The message that another one answers.
#[derive(Debug, Clone, Default)]
pub struct SyncQuote {
    /// Its name for good, when it is known here.
    pub uid: Option<Uid>,
    /// What it became in the link's CRM.
    pub refs: Vec<CrmRef>,
    /// Its author.
    pub author: Option<String>,
    /// The quoted words.
    pub text: String,
}

/// A conversation with its account and its person.
#[derive(Debug, Clone)]
pub struct SyncConversation {
    /// Local id.
    pub id: ConversationId,
    /// Its name for good.
    pub uid: Uid,
    /// Which network.
    pub channel: String,
    /// What kind of thread.
    pub kind: ConversationKind,
    /// Own title.
    pub title: Option<String>,
    /// The account: id, uid, name, handle; `None`: deleted.
    pub account: Option<(AccountId, Uid, String, Option<String>)>,
    /// The person or the group.
    pub contact: SyncPerson,
    /// Our own first message comes before any of the client's.
    pub we_began: bool,
}

/// A person with all the ids.
#[derive(Debug, Clone)]
pub struct SyncPerson {
    /// Local id.
    pub id: ContactId,
    /// Its name for good.
    pub uid: Uid,
    /// As shown; empty when nothing is known.
    pub name: String,
    /// City.
    pub city: Option<String>,
    /// As the network prints it.
    pub birthday: Option<String>,
    /// JSON {reference, detail}.
    pub source: Option<String>,
    /// What networks call the person.
    pub identities: Vec<Identity>,
}

/// Loads these messages for a link, in any order; those that are gone are missing.
///
/// # Errors
/// What the database says.
pub async fn load(db: &SqlitePool, link: LinkId, ids: &[MessageId]) -> Result<Vec<SyncMessage>, StoreError> {
    let list = to_json("messages", ids)?;
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id!", m.uid, m.conversation_id, m.remote_id, m.client_key IS NOT NULL AS "ours!: bool",
             m.direction, m.author_id, m.author_name, m.sent_at, m.stored_at, m.text, m.entities, m.extras, m.system,
             m.reply_to, m.reply_author, m.reply_text, m.forwarded_from, m.tick, m.catch_up,
             c.kind, c.contact_id,
             (SELECT reason FROM deliveries WHERE message_id = m.id) AS "failure?: String",
             EXISTS (SELECT 1 FROM crm_reply_parts WHERE message_id = m.id) AS "from_crm!: bool",
             q.id AS "quoted_id?: i64", q.uid AS "quoted_uid?: Vec<u8>", q.text AS "quoted_text?: String"
           FROM messages AS m JOIN conversations AS c ON c.id = m.conversation_id
           LEFT JOIN messages AS q ON q.conversation_id = m.conversation_id AND q.remote_id = m.reply_to
           WHERE m.id IN (SELECT value FROM json_each($1))"#,
        list
    )
    .fetch_all(db)
    .await?;
    let conversation_ids: Vec<_> = rows.iter().map(|row| ConversationId(row.conversation_id)).collect();
    let conversations = conversations(db, &conversation_ids).await?;
    let authors: Vec<_> = rows
        .iter()
        .filter(|row| row.author_id != Some(row.contact_id))
        .filter_map(|row| row.author_id.map(ContactId))
        .collect();
    let members = people(db, &authors).await?;
    let mut files = files_of(db, ids).await?;
    let quoted = rows.iter().filter_map(|row| row.quoted_id.map(MessageId));
    let wanted: Vec<_> = ids.iter().copied().chain(quoted).collect();
    let refs: HashMap<_, _> = outbox::refs_of(db, link, &wanted).await?.into_iter().collect();
    let refs_of = |id: MessageId| refs.get(&id).cloned().unwrap_or_default();
    let mut messages = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(conversation) = conversations.get(&ConversationId(row.conversation_id)) else {
            continue;
        };
        let id = MessageId(row.id);
        let known = row.quoted_id.is_some() || row.reply_to.is_some() || row.reply_text.is_some();
        messages.push(SyncMessage {
            id,
            uid: uid(&row.uid),
            direction: direction::read(row.direction),
            ours: row.ours,
            from_crm: row.from_crm,
            content: Content {
                text: row.text,
                entities: from_json_opt("messages.entities", row.entities.as_deref())?.unwrap_or_default(),
                extras: from_json_opt("messages.extras", row.extras.as_deref())?.unwrap_or_default(),
            },
            system: from_json_opt("messages.system", row.system.as_deref())?,
            files: files.remove(&id).unwrap_or_default(),
            author_name: row.author_name,
            member: row
                .author_id
                .and_then(|author| members.get(&ContactId(author)).cloned()),
            quote: known.then(|| SyncQuote {
                uid: row.quoted_uid.as_deref().map(uid),
                refs: row.quoted_id.map(|id| refs_of(MessageId(id))).unwrap_or_default(),
                author: row.reply_author,
                text: row.reply_text.or(row.quoted_text).unwrap_or_default(),
            }),
            forwarded_from: row.forwarded_from,
            written_at: At(row.sent_at),
            stored_at: At(row.stored_at),
            tick: row.tick.map(tick::read),
            failure: from_json_opt("deliveries.reason", row.failure.as_deref())?,
            catch_up: row.catch_up != 0,
            refs: refs_of(id),
            conversation: conversation.clone(),
        });
    }
    Ok(messages)
}

/// Conversations with their accounts and people.
///
/// # Errors
/// What the database says.
pub async fn conversations(
    db: &SqlitePool,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, SyncConversation>, StoreError> {
    let list = to_json("conversations", ids)?;
    let rows = sqlx::query!(
        r#"SELECT c.id AS "id!", c.uid, c.channel, c.kind, c.title, c.contact_id,
             a.id AS "account_id?: i64", a.uid AS "account_uid?: Vec<u8>", a.name AS "account_name?: String",
             a.handle AS "account_handle?: String",
             (SELECT direction FROM messages WHERE conversation_id = c.id AND direction < 2 ORDER BY sent_at, id LIMIT 1)
               AS "first?: i64"
           FROM conversations AS c LEFT JOIN accounts AS a ON a.id = c.account_id
           WHERE c.id IN (SELECT value FROM json_each($1))"#,
        list
    )
    .fetch_all(db)
    .await?;
    let contacts: Vec<_> = rows.iter().map(|row| ContactId(row.contact_id)).collect();
    let people = people(db, &contacts).await?;
    let conversations = rows.into_iter().filter_map(|row| {
        let id = ConversationId(row.id);
        let account = row.account_id.zip(row.account_uid).zip(row.account_name);
        let conversation = SyncConversation {
            id,
            uid: uid(&row.uid),
            channel: row.channel,
            kind: conversation_kind::read(row.kind),
            title: row.title,
            account: account.map(|((id, of), name)| (AccountId(id), uid(&of), name, row.account_handle)),
            contact: people.get(&ContactId(row.contact_id))?.clone(),
            we_began: row.first != Some(direction::code(Direction::In)),
        };
        Some((id, conversation))
    });
    Ok(conversations.collect())
}

async fn people(db: &SqlitePool, ids: &[ContactId]) -> Result<HashMap<ContactId, SyncPerson>, StoreError> {
    let list = to_json("contacts", ids)?;
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", uid, network_name, own_name, city, birthday, source FROM contacts
           WHERE id IN (SELECT value FROM json_each($1))"#,
        list
    )
    .fetch_all(db)
    .await?;
    let mut people: HashMap<ContactId, SyncPerson> = HashMap::with_capacity(rows.len());
    for row in rows {
        let person = SyncPerson {
            id: ContactId(row.id),
            uid: uid(&row.uid),
            name: if row.own_name.is_empty() {
                row.network_name
            } else {
                row.own_name
            },
            city: row.city,
            birthday: row.birthday,
            source: row.source,
            identities: Vec::new(),
        };
        people.insert(person.id, person);
    }
    let identities = sqlx::query!(
        "SELECT contact_id, people, remote_id, channel, username, phone, link FROM identities
         WHERE contact_id IN (SELECT value FROM json_each($1)) ORDER BY id",
        list
    )
    .fetch_all(db)
    .await?;
    for row in identities {
        if let Some(person) = people.get_mut(&ContactId(row.contact_id)) {
            person.identities.push(Identity {
                people: row.people,
                remote_id: row.remote_id,
                channel: row.channel,
                username: row.username,
                phone: row.phone,
                link: row.link,
            });
        }
    }
    Ok(people)
}

async fn files_of(db: &SqlitePool, ids: &[MessageId]) -> Result<HashMap<MessageId, Vec<Attachment>>, StoreError> {
    let mut files: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
    for file in attachments::of_messages(db, ids).await? {
        if let Some(id) = file.message_id {
            files.entry(id).or_default().push(file);
        }
    }
    Ok(files)
}

fn uid(bytes: &[u8]) -> Uid {
    Uid(uuid::Uuid::from_slice(bytes).unwrap_or_default())
}

/// The conversation with this name, on an account that is still there.
///
/// # Errors
/// What the database says.
pub async fn conversation_by_uid(db: &SqlitePool, wanted: Uid) -> Result<Option<ConversationId>, StoreError> {
    let bytes = wanted.bytes();
    let id = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM conversations WHERE uid = $1 AND account_id IS NOT NULL"#,
        bytes
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(ConversationId))
}

/// The id on its network of the message that a manager answers, by its name or by what it became in the CRM.
///
/// # Errors
/// What the database says.
pub async fn answered(
    db: &SqlitePool,
    link: LinkId,
    conversation: ConversationId,
    answers: &str,
) -> Result<Option<MessageId>, StoreError> {
    let named = uuid::Uuid::parse_str(answers)
        .map(|uid| uid.as_bytes().to_vec())
        .unwrap_or_default();
    let id = sqlx::query_scalar!(
        r#"SELECT m.id AS "id!" FROM messages AS m WHERE m.conversation_id = $2 AND m.remote_id IS NOT NULL AND (m.uid = $4
             OR EXISTS (SELECT 1 FROM outbox AS o, json_each(o.refs) AS r
               WHERE o.message_id = m.id AND o.link_id = $1 AND o.operation = 0 AND r.value ->> 'id' = $3))
           ORDER BY m.sent_at DESC LIMIT 1"#,
        link.0,
        conversation.0,
        answers,
        named
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(MessageId))
}

/// The conversation in which something was last said.
///
/// # Errors
/// What the database says.
pub async fn latest_conversation(db: &SqlitePool) -> Result<Option<ConversationId>, StoreError> {
    let id = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM conversations WHERE archived = 0 ORDER BY pinned DESC, moved_at DESC, id DESC LIMIT 1"#
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(ConversationId))
}
