//! What the rules say about each message: a row each, so that nobody judges twice.

use std::collections::{HashMap, HashSet};

use domain::{AccountId, At, ContactId, ConversationId, Direction, Entity, Extra, MessageId, Reason, Verdict};
use serde_json::json;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    Identity, StoreError,
    codes::{direction, verdict},
    contacts,
    error::{from_json_opt, to_json},
};

/// A verdict to store.
#[derive(Debug, Clone)]
pub struct NewVerdict {
    /// About which message.
    pub message_id: MessageId,
    /// Where it is.
    pub conversation_id: ConversationId,
    /// What.
    pub verdict: Verdict,
    /// Why; `None`: nothing speaks against it.
    pub reason: Option<Reason>,
}

/// A stored verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRow {
    /// What.
    pub verdict: Verdict,
    /// Why; `None`: nothing speaks against it.
    pub reason: Option<Reason>,
    /// Of the rules that judged.
    pub revision: i64,
    /// When.
    pub decided_at: At,
}

/// Stores verdicts of rules of one revision; a message that has one gets the new one.
///
/// # Errors
/// What the database says.
pub async fn put(tx: &mut SqliteConnection, revision: i64, verdicts: &[NewVerdict], now: At) -> Result<(), StoreError> {
    let plain = |one: &&NewVerdict| one.verdict == Verdict::Pass && one.reason.is_none();
    let (passed, others): (Vec<_>, Vec<_>) = verdicts.iter().partition(plain);
    if !passed.is_empty() {
        pass(tx, revision, &passed, now).await?;
    }
    if !others.is_empty() {
        explain(tx, revision, &others, now).await?;
    }
    Ok(())
}

/// Nearly all messages pass without a word: their numbers alone cost a third of whole rows.
async fn pass(tx: &mut SqliteConnection, revision: i64, passed: &[&NewVerdict], now: At) -> Result<(), StoreError> {
    let ids: Vec<MessageId> = passed.iter().map(|one| one.message_id).collect();
    let list = to_json("messages", &ids)?;
    sqlx::query!(
        "INSERT INTO verdicts (message_id, verdict, revision, decided_at) SELECT value, 0, $2, $3 FROM json_each($1) WHERE true
         ON CONFLICT (message_id) DO UPDATE SET verdict = 0, reason = NULL, revision = excluded.revision,
           decided_at = excluded.decided_at, held_in = NULL",
        list,
        revision,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn explain(
    tx: &mut SqliteConnection,
    revision: i64,
    verdicts: &[&NewVerdict],
    now: At,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(verdicts.len());
    for one in verdicts {
        let reason = one
            .reason
            .as_ref()
            .map(|reason| to_json("reason", reason))
            .transpose()?;
        let held_in = (one.verdict == Verdict::Held).then_some(one.conversation_id.0);
        rows.push(json!([one.message_id.0, verdict::code(one.verdict), reason, held_in]));
    }
    let list = to_json("verdicts", &rows)?;
    sqlx::query!(
        "INSERT INTO verdicts (message_id, verdict, reason, held_in, revision, decided_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, $2, $3 FROM json_each($1) WHERE true
         ON CONFLICT (message_id) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
           held_in = excluded.held_in, revision = excluded.revision, decided_at = excluded.decided_at",
        list,
        revision,
        now.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The client has answered there: what was held back passes. Answers which, in the order of storing.
///
/// # Errors
/// What the database says.
pub async fn release(
    tx: &mut SqliteConnection,
    conversations: &[ConversationId],
    now: At,
) -> Result<Vec<(ConversationId, MessageId)>, StoreError> {
    let list = to_json("conversations", conversations)?;
    let rows = sqlx::query!(
        r#"SELECT message_id AS "message_id!", held_in AS "held_in!" FROM verdicts
           WHERE held_in IN (SELECT value FROM json_each($1)) ORDER BY message_id"#,
        list
    )
    .fetch_all(&mut *tx)
    .await?;
    if !rows.is_empty() {
        sqlx::query!(
            "UPDATE verdicts SET verdict = 0, reason = NULL, held_in = NULL, decided_at = $2
             WHERE held_in IN (SELECT value FROM json_each($1))",
            list,
            now.0
        )
        .execute(tx)
        .await?;
    }
    Ok(rows
        .into_iter()
        .map(|row| (ConversationId(row.held_in), MessageId(row.message_id)))
        .collect())
}

/// Those conversations in which a client's message has passed that was written before a moment and stored before
/// another message.
///
/// # Errors
/// What the database says.
pub async fn heard(
    tx: &mut SqliteConnection,
    conversations: &[ConversationId],
    before: At,
    first: MessageId,
) -> Result<HashSet<ConversationId>, StoreError> {
    let list = to_json("conversations", conversations)?;
    let rows = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM conversations AS c
           WHERE id IN (SELECT value FROM json_each($1)) AND EXISTS (
             SELECT 1 FROM messages AS m LEFT JOIN verdicts AS j ON j.message_id = m.id
             WHERE m.conversation_id = c.id AND m.sent_at < $2 AND m.id < $3 AND m.direction = 0 AND coalesce(j.verdict, 0) = 0)"#,
        list,
        before.0,
        first.0
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(ConversationId).collect())
}

/// The verdict about a message, if it has one.
///
/// # Errors
/// What the database says.
pub async fn get(db: impl SqliteExecutor<'_>, message: MessageId) -> Result<Option<VerdictRow>, StoreError> {
    let row = sqlx::query!(
        "SELECT verdict, reason, revision, decided_at FROM verdicts WHERE message_id = $1",
        message.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(VerdictRow {
            verdict: verdict::read(row.verdict),
            reason: from_json_opt("verdicts.reason", row.reason.as_deref())?,
            revision: row.revision,
            decided_at: At(row.decided_at),
        })
    })
    .transpose()
}

/// A message with everything that judging it again needs.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Which.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// The person whose message it is: the author in groups, else the conversation's.
    pub contact_id: ContactId,
    /// Who speaks.
    pub direction: Direction,
    /// When.
    pub sent_at: At,
    /// Text or caption.
    pub text: String,
    /// Marked stretches.
    pub entities: Vec<Entity>,
    /// What is neither text nor file.
    pub extras: Vec<Extra>,
    /// It has files.
    pub files: bool,
    /// What the rules have said so far.
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<Reason>,
}

/// The next conversations of an account after one, with something written since then; in order.
///
/// # Errors
/// What the database says.
pub async fn conversations_since(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    since: At,
    after: ConversationId,
    limit: i64,
) -> Result<Vec<ConversationId>, StoreError> {
    let rows = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM conversations
           WHERE account_id = $1 AND id > $3 AND (last_message_at >= $2 OR filtered_at >= $2) ORDER BY id LIMIT $4"#,
        account.0,
        since.0,
        after.0,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(ConversationId).collect())
}

async fn since(
    db: impl SqliteExecutor<'_>,
    conversations: &[ConversationId],
    since: At,
) -> Result<Vec<Judged>, StoreError> {
    let list = to_json("conversations", conversations)?;
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id!", m.conversation_id AS "conversation_id!", coalesce(m.author_id, c.contact_id) AS "contact_id!: i64",
             m.direction AS "direction!", m.sent_at AS "sent_at!", m.text AS "text!", m.entities, m.extras,
             EXISTS (SELECT 1 FROM attachments AS a WHERE a.message_id = m.id) AS "files!: bool",
             j.verdict AS "verdict?", j.reason
           FROM json_each($1) AS k CROSS JOIN messages AS m ON m.conversation_id = k.value AND m.sent_at >= $2
             JOIN conversations AS c ON c.id = m.conversation_id
             LEFT JOIN verdicts AS j ON j.message_id = m.id
           ORDER BY m.conversation_id, m.sent_at, m.id"#,
        list,
        since.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Judged {
                message_id: MessageId(row.id),
                conversation_id: ConversationId(row.conversation_id),
                contact_id: ContactId(row.contact_id),
                direction: direction::read(row.direction),
                sent_at: At(row.sent_at),
                text: row.text,
                entities: from_json_opt("messages.entities", row.entities.as_deref())?.unwrap_or_default(),
                extras: from_json_opt("messages.extras", row.extras.as_deref())?.unwrap_or_default(),
                files: row.files,
                verdict: verdict::read(row.verdict.unwrap_or(0)),
                reason: from_json_opt("verdicts.reason", row.reason.as_deref())?,
            })
        })
        .collect()
}

/// Messages to judge again, with what the rules may look at besides.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The messages, oldest first within each conversation.
    pub messages: Vec<Judged>,
    /// What networks call their people.
    pub people: HashMap<ContactId, Vec<Identity>>,
    /// Conversations in which a client's message had passed before the first of these.
    pub heard: HashSet<ConversationId>,
}

/// The messages of some conversations written since then, with their people.
///
/// # Errors
/// What the database says.
pub async fn page(db: &mut SqliteConnection, conversations: &[ConversationId], from: At) -> Result<Page, StoreError> {
    let messages = since(&mut *db, conversations, from).await?;
    let ids: HashSet<ContactId> = messages.iter().map(|message| message.contact_id).collect();
    Ok(Page {
        people: contacts::identities_of(&mut *db, &ids.into_iter().collect::<Vec<_>>()).await?,
        heard: heard(db, conversations, from, MessageId(i64::MAX)).await?,
        messages,
    })
}

/// Of the clients' messages of an account since then: how many there are, and how many are filtered.
///
/// # Errors
/// What the database says.
pub async fn counts_since(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    since: At,
) -> Result<(i64, i64), StoreError> {
    let row = sqlx::query!(
        r#"SELECT count(*) AS "all!: i64", coalesce(sum(j.verdict = 1), 0) AS "filtered!: i64"
           FROM conversations AS c
             JOIN messages AS m ON m.conversation_id = c.id AND m.sent_at >= $2 AND m.direction = 0
             LEFT JOIN verdicts AS j ON j.message_id = m.id
           WHERE c.account_id = $1 AND (c.last_message_at >= $2 OR c.filtered_at >= $2)"#,
        account.0,
        since.0
    )
    .fetch_one(db)
    .await?;
    Ok((row.all, row.filtered))
}
