//! Finding words. Texts are folded (letter case, ё as е) before they are indexed and before they are asked for;
//! the text itself stays in its own table.

use domain::{
    AccountId, At, ContactId, Content, ConversationId, Direction, Extra, MessageId, Preview, PreviewKind, text,
};
use rust_stemmers::{Algorithm, Stemmer};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, SqliteExecutor};

use crate::{
    StoreError,
    codes::{direction, preview_kind},
    error::to_json,
};

/// A stem shorter than this would match half of the language as a beginning.
const SHORTEST_STEM: usize = 3;

/// A person's names for the index.
#[derive(Debug)]
pub(crate) struct IndexedPerson {
    id: i64,
    words: String,
}

impl IndexedPerson {
    pub(crate) fn new(id: i64, names: &[&Option<String>]) -> Self {
        let joined: Vec<&str> = names.iter().filter_map(|name| name.as_deref()).collect();
        Self {
            id,
            words: text::fold(&joined.join(" ")),
        }
    }
}

/// What of a message can be found.
pub(crate) fn text_of(content: &Content) -> String {
    let mut all = text::fold(&content.text);
    for extra in &content.extras {
        let more = match extra {
            Extra::Location { title, address, .. } => [title.as_deref(), address.as_deref()],
            Extra::Contact { name, phone } => [Some(name.as_str()), phone.as_deref()],
            Extra::Poll { question, .. } => [Some(question.as_str()), None],
            Extra::Card(card) => [Some(card.title.as_str()), card.text.as_deref()],
            Extra::Forwarded { text, .. } => [Some(text.as_str()), None],
            Extra::Dice { .. } | Extra::Unsupported { .. } => [None, None],
        };
        for part in more.into_iter().flatten() {
            all.push(' ');
            all += &text::fold(part);
        }
    }
    all
}

pub(crate) async fn index_people(tx: &mut SqliteConnection, people: &[IndexedPerson]) -> Result<(), StoreError> {
    let rows: Vec<_> = people.iter().map(|person| (person.id, person.words.as_str())).collect();
    let list = to_json("names", &rows)?;
    sqlx::query!(
        "INSERT OR REPLACE INTO contact_search (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each($1)",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Makes new messages findable. Their ids are new to the index: nothing has to be looked for first.
pub(crate) async fn index_messages(
    tx: &mut SqliteConnection,
    texts: impl IntoIterator<Item = (MessageId, String)>,
) -> Result<(), StoreError> {
    let rows: Vec<_> = texts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(id, words)| (id.0, words))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let list = to_json("texts", &rows)?;
    sqlx::query!(
        "INSERT INTO message_search (rowid, words) SELECT value ->> 0, value ->> 1 FROM json_each($1)",
        list
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts a changed message under its new words.
pub(crate) async fn reindex_message(tx: &mut SqliteConnection, id: MessageId, words: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT OR REPLACE INTO message_search (rowid, words) VALUES ($1, $2)",
        id.0,
        words
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn forget_person(tx: &mut SqliteConnection, id: ContactId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM contact_search WHERE rowid = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

pub(crate) async fn forget_message(tx: &mut SqliteConnection, id: MessageId) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM message_search WHERE rowid = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// What to look for. Empty lists and `None` mean «any».
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// As typed.
    pub text: String,
    /// Only there.
    pub conversation_id: Option<ConversationId>,
    /// Only of these.
    pub account_ids: Vec<AccountId>,
    /// Only with that person.
    pub contact_id: Option<ContactId>,
    /// Only theirs or ours.
    pub direction: Option<Direction>,
    /// Only with files.
    pub has_file: bool,
    /// Filtered messages too.
    pub filtered: bool,
    /// Not before.
    pub from: Option<At>,
    /// Before.
    pub to: Option<At>,
    /// Only those stored before that one: the next page.
    pub before: Option<MessageId>,
    /// At most so many.
    pub limit: i64,
}

/// A message that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Which.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// Who speaks.
    pub direction: Direction,
    /// When.
    pub sent_at: At,
    /// Its text.
    pub text: String,
    /// Its one line.
    pub preview: Preview,
    /// Name of the conversation.
    pub title: String,
    /// Its network.
    pub channel: String,
}

/// The words a person means: each as the beginning that its other forms share («кухню» finds «кухня»), the word as
/// typed where it has a digit or is short.
pub fn terms(typed: &str) -> Vec<String> {
    let russian = Stemmer::create(Algorithm::Russian);
    let stem = |word: String| {
        if word.chars().any(|c| c.is_ascii_digit()) {
            return word;
        }
        let stem = russian.stem(&word).into_owned();
        if stem.chars().count() >= SHORTEST_STEM {
            stem
        } else {
            word
        }
    };
    text::words(typed).map(stem).collect()
}

/// The full-text expression: every term as a beginning.
fn expression(typed: &str) -> Option<String> {
    let terms: Vec<String> = terms(typed).into_iter().map(|term| format!("\"{term}\"*")).collect();
    (!terms.is_empty()).then(|| terms.join(" "))
}

/// Messages that hold every word, those stored last first: the index is read from its end and stops at a full page,
/// so a common word costs no more than a rare one.
///
/// # Errors
/// What the database says.
pub async fn messages(db: impl SqliteExecutor<'_>, wanted: &Wanted) -> Result<Vec<Hit>, StoreError> {
    let Some(expression) = expression(&wanted.text) else {
        return Ok(Vec::new());
    };
    let mut sql: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT m.id, m.conversation_id, m.direction, m.sent_at, m.text, m.preview, v.channel, \
           coalesce(v.title, nullif(c.own_name, ''), c.network_name) AS title \
         FROM message_search CROSS JOIN messages AS m ON m.id = message_search.rowid \
           JOIN conversations AS v ON v.id = m.conversation_id JOIN contacts AS c ON c.id = v.contact_id \
         WHERE message_search MATCH ",
    );
    sql.push_bind(expression);
    if let Some(before) = wanted.before {
        sql.push(" AND message_search.rowid < ").push_bind(before.0);
    }
    if let Some(id) = wanted.conversation_id {
        sql.push(" AND m.conversation_id = ").push_bind(id.0);
    }
    if let Some(id) = wanted.contact_id {
        sql.push(" AND v.contact_id = ").push_bind(id.0);
    }
    if !wanted.account_ids.is_empty() {
        sql.push(" AND v.account_id IN (SELECT value FROM json_each(")
            .push_bind(to_json("accounts", &wanted.account_ids)?)
            .push("))");
    }
    if let Some(side) = wanted.direction {
        sql.push(" AND m.direction = ").push_bind(direction::code(side));
    }
    if wanted.has_file {
        sql.push(" AND EXISTS (SELECT 1 FROM attachments AS a WHERE a.message_id = m.id)");
    }
    if !wanted.filtered {
        sql.push(" AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.message_id = m.id AND j.verdict = 1)");
    }
    if let Some(from) = wanted.from {
        sql.push(" AND m.sent_at >= ").push_bind(from.0);
    }
    if let Some(to) = wanted.to {
        sql.push(" AND m.sent_at < ").push_bind(to.0);
    }
    sql.push(" ORDER BY message_search.rowid DESC LIMIT ")
        .push_bind(wanted.limit);
    let rows = sql.build().fetch_all(db).await?;
    rows.iter().map(hit).collect()
}

fn hit(row: &sqlx::sqlite::SqliteRow) -> Result<Hit, StoreError> {
    let text: String = row.try_get("text")?;
    let kind: PreviewKind = preview_kind::read(row.try_get("preview")?);
    Ok(Hit {
        message_id: MessageId(row.try_get("id")?),
        conversation_id: ConversationId(row.try_get("conversation_id")?),
        direction: direction::read(row.try_get("direction")?),
        sent_at: At(row.try_get("sent_at")?),
        preview: Preview {
            kind,
            text: Preview::of(&Content::plain(text.as_str()), &[]).text,
        },
        text,
        title: row.try_get("title")?,
        channel: row.try_get("channel")?,
    })
}

/// People and groups whose names, user names or numbers begin with the words.
///
/// # Errors
/// What the database says.
pub async fn people(db: impl SqliteExecutor<'_>, typed: &str, limit: i64) -> Result<Vec<ContactId>, StoreError> {
    let words: Vec<String> = text::words(typed).map(|word| format!("\"{word}\"*")).collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let expression = words.join(" ");
    let ids = sqlx::query_scalar!(
        r#"SELECT rowid AS "id!: i64" FROM contact_search WHERE contact_search MATCH $1 ORDER BY rowid DESC LIMIT $2"#,
        expression,
        limit
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ContactId).collect())
}
