//! The figures as they are kept, and as they would be if everything were counted at once.

use domain::{ConversationId, MessageId};
use sqlx::{FromRow, sqlite::SqliteRow};

use crate::{
    Store, StoreError,
    reports::counting::{self, FROM_THE_BEGINNING, Spoken, Uncounted},
};

/// Quarter, account, incoming, outgoing, first-time clients.
type Quarter = (i64, i64, i64, i64, i64);
/// Contact, account, moment, JSON of the arrival.
type First = (i64, i64, i64, Option<String>);
/// Conversation, asked at, asked by which message, closed at, day, account, operator, bucket.
type Turn = (i64, i64, i64, Option<i64>, i64, i64, String, i64);
/// Day, operator, bucket, account, turns.
type Cell = (i64, String, i64, i64, i64);
/// Conversation, operator, day, the day before it.
type OperatorDay = (i64, String, i64, i64);

/// What is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Volumes; rows of nothing are left out.
    pub quarters: Vec<Quarter>,
    /// First messages.
    pub firsts: Vec<First>,
    /// Turns.
    pub turns: Vec<Turn>,
    /// Turns by length; cells of nothing are left out.
    pub cells: Vec<Cell>,
    /// Days on which operators answered.
    pub operator_days: Vec<OperatorDay>,
}

/// What is kept.
///
/// # Errors
/// What the database says.
pub async fn figures(store: &Store) -> Result<Figures, StoreError> {
    Ok(Figures {
        quarters: all(
            store,
            "SELECT quarter, account_id, incoming, outgoing, firsts FROM quarters
             WHERE (incoming, outgoing, firsts) <> (0, 0, 0) ORDER BY 1, 2",
        )
        .await?,
        firsts: all(
            store,
            "SELECT contact_id, account_id, at, source FROM firsts ORDER BY 1, 2",
        )
        .await?,
        turns: all(
            store,
            "SELECT conversation_id, asked_at, asked_id, closed_at, day, account_id, coalesce(o.name, ''), bucket
             FROM turns LEFT JOIN operators AS o ON o.id = operator_id ORDER BY 1, 2, 3",
        )
        .await?,
        cells: all(
            store,
            "SELECT day, coalesce(o.name, ''), bucket, account_id, turns FROM answer_cells
             LEFT JOIN operators AS o ON o.id = operator_id WHERE turns <> 0 ORDER BY 1, 2, 3, 4",
        )
        .await?,
        operator_days: all(
            store,
            "SELECT conversation_id, coalesce(o.name, ''), day, before FROM operator_days
             LEFT JOIN operators AS o ON o.id = operator_id ORDER BY 1, 2, 3",
        )
        .await?,
    })
}

/// Volumes and first messages straight from the messages, and what was said in each conversation with its account.
///
/// # Errors
/// What the database says.
pub async fn recounted(store: &Store) -> Result<(Figures, Vec<(i64, i64, Vec<Spoken>)>), StoreError> {
    let figures = Figures {
        quarters: all(
            store,
            "SELECT quarter, account, sum(i), sum(o), sum(f) FROM (
               SELECT m.sent_at / 900000 AS quarter, coalesce(v.account_id, 0) AS account, m.direction = 0 AS i,
                 m.direction = 1 AS o, 0 AS f
               FROM messages AS m JOIN conversations AS v ON v.id = m.conversation_id
               WHERE m.direction = 0 OR (m.direction = 1 AND m.tick IS NOT 1)
               UNION ALL
               SELECT min(m.sent_at) / 900000, coalesce(v.account_id, 0), 0, 0, 1
               FROM messages AS m JOIN conversations AS v ON v.id = m.conversation_id
               WHERE m.direction = 0 AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.message_id = m.id AND j.verdict = 1)
               GROUP BY v.contact_id, coalesce(v.account_id, 0))
             GROUP BY 1, 2 ORDER BY 1, 2",
        )
        .await?,
        firsts: all(
            store,
            "SELECT v.contact_id, coalesce(v.account_id, 0), min(m.sent_at), c.source
             FROM messages AS m JOIN conversations AS v ON v.id = m.conversation_id JOIN contacts AS c ON c.id = v.contact_id
             WHERE m.direction = 0 AND NOT EXISTS (SELECT 1 FROM verdicts AS j WHERE j.message_id = m.id AND j.verdict = 1)
             GROUP BY 1, 2 ORDER BY 1, 2",
        )
        .await?,
        ..Figures::default()
    };
    let conversations: Vec<(i64, i64)> = all(
        store,
        "SELECT id, coalesce(account_id, 0) FROM conversations ORDER BY id",
    )
    .await?;
    let places: Vec<Uncounted> = conversations
        .iter()
        .map(|(id, _)| Uncounted {
            conversation_id: ConversationId(*id),
            from: (FROM_THE_BEGINNING, MessageId(0)),
            known: false,
        })
        .collect();
    let mut said = counting::spoken(&mut *store.write().await?, &places).await?;
    let told = conversations
        .into_iter()
        .map(|(id, account)| (id, account, said.remove(&ConversationId(id)).unwrap_or_default()));
    Ok((figures, told.collect()))
}

async fn all<T>(store: &Store, sql: &'static str) -> Result<Vec<T>, StoreError>
where
    T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
{
    Ok(sqlx::query_as(sql).fetch_all(store.read()).await?)
}
