use std::{
    pin::Pin,
    task::{Context, Poll},
};

use domain::{AccountId, Content, ConversationId, MessageId};
use futures::{Stream, StreamExt};
use serde::Serialize;
use store::{
    inbox,
    thread::{self, From},
};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};
use ts_rs::TS;

use crate::app::App;

/// How far back the words before an automatic answer may lie: an answer that had to be split is a few messages.
const NEWEST: i64 = 10;

/// Something changed: ask again. Carries no rows; a subscriber that fell behind gets [`Change::Everything`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "tag", rename_all = "snake_case")]
pub enum Change {
    /// The list of conversations, its counts, one conversation's head.
    Conversations {
        /// Which; empty: many.
        ids: Vec<ConversationId>,
    },
    /// Messages of a conversation.
    Messages {
        /// Where.
        conversation_id: ConversationId,
    },
    /// Channels and their states, alerts.
    Accounts,
    /// Cards of people.
    Contacts,
    /// Profile and settings.
    Settings,
    /// The rules of a channel, how far judging again has come.
    Rules {
        /// Of which account.
        account_id: AccountId,
    },
    /// Quick replies and their folders.
    QuickReplies,
    /// Ordered files: a new one, more rows, done, gone.
    Exports,
    /// Figures of the analytics.
    Analytics,
    /// CRM links and their states, alerts.
    Links,
    /// Ways of messages to CRMs.
    Journal,
    /// Managers' messages and what became of them.
    Replies,
    /// Cards of CRMs beside conversations.
    Cards,
    /// The client is typing there; shown for six seconds.
    Typing {
        /// Where.
        conversation_id: ConversationId,
    },
    /// A message worth a notification has come.
    Notify(Notification),
    /// Too much at once: ask everything again.
    Everything,
}

/// A desktop notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Notification {
    /// Where a click leads; also groups them.
    pub conversation_id: ConversationId,
    /// Name of the conversation.
    pub title: String,
    /// What was said.
    pub preview: domain::Preview,
}

/// Changes as they come, ready for the window. Ends when the application stops.
pub struct ChangeStream(Pin<Box<dyn Stream<Item = Change> + Send>>);

impl std::fmt::Debug for ChangeStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangeStream")
    }
}

impl ChangeStream {
    pub(crate) fn new(app: App) -> Self {
        let engine = BroadcastStream::new(app.engine().changes().subscribe());
        let stream = engine.filter_map(move |change| {
            let app = app.clone();
            async move {
                match change {
                    Ok(change) => translate(&app, change).await,
                    Err(BroadcastStreamRecvError::Lagged(_)) => Some(Change::Everything),
                }
            }
        });
        Self(Box::pin(stream))
    }
}

impl Stream for ChangeStream {
    type Item = Change;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Change>> {
        self.0.as_mut().poll_next(cx)
    }
}

async fn translate(app: &App, change: engine::Change) -> Option<Change> {
    Some(match change {
        engine::Change::Conversations(ids) => Change::Conversations { ids },
        engine::Change::Messages(conversation_id) => Change::Messages { conversation_id },
        engine::Change::Accounts => Change::Accounts,
        engine::Change::Contacts => Change::Contacts,
        engine::Change::Settings => Change::Settings,
        engine::Change::Rules(account_id) => Change::Rules { account_id },
        engine::Change::QuickReplies => Change::QuickReplies,
        engine::Change::Exports => Change::Exports,
        engine::Change::Analytics => Change::Analytics,
        engine::Change::Links => Change::Links,
        engine::Change::Journal => Change::Journal,
        engine::Change::Replies => Change::Replies,
        engine::Change::Cards => Change::Cards,
        engine::Change::Typing(conversation_id) => Change::Typing { conversation_id },
        engine::Change::Arrived(conversation_id, message) => {
            let rows = inbox::list(app.store().read(), &inbox::Query::only(conversation_id))
                .await
                .ok()?;
            let row = rows.into_iter().next()?;
            let preview = match row.last {
                Some(last) if last.id == message => last.preview,
                _ => before_automatic(app, conversation_id, message).await?,
            };
            Change::Notify(Notification {
                conversation_id,
                title: row.title,
                preview,
            })
        }
    })
}

/// The preview of a message that nothing but the auto-reply has followed. Whatever else followed it speaks for itself, or
/// somebody is there already: nothing to notify of.
async fn before_automatic(app: &App, conversation: ConversationId, id: MessageId) -> Option<domain::Preview> {
    let newest = thread::page(app.store().read(), conversation, From::Newest, false, NEWEST)
        .await
        .ok()?;
    let said = newest.into_iter().rev().find(|message| !message.automatic)?;
    let kinds: Vec<_> = said
        .files
        .iter()
        .map(|file| (file.kind, Some(file.name.as_str())))
        .collect();
    let content = Content {
        text: said.text.clone(),
        entities: Vec::new(),
        extras: said.extras.clone(),
    };
    (said.id == id).then(|| domain::Preview::of(&content, &kinds))
}
