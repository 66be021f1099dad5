//! What happens on the networks, told as it happens: the living people and the control page listen.

use crate::ids::{ChatId, MessageId, PersonId};
use serde::Serialize;
use tokio::sync::broadcast;
use utoipa::ToSchema;

/// Something that happened on one network.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct News {
    /// Where.
    pub vendor: &'static str,
    /// In which chat.
    pub chat: ChatId,
    /// What.
    #[serde(flatten)]
    pub what: Happening,
}

/// What can happen in a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    /// The business wrote.
    BusinessWrote {
        /// The message.
        message: MessageId,
    },
    /// The business changed a message.
    BusinessEdited {
        /// The message.
        message: MessageId,
    },
    /// The business deleted a message.
    BusinessDeleted {
        /// The message.
        message: MessageId,
    },
    /// The business reacted.
    BusinessReacted {
        /// On which message.
        message: MessageId,
    },
    /// The business is typing.
    BusinessTypes,
    /// The business read.
    BusinessRead {
        /// Up to here.
        up_to: MessageId,
    },
    /// A customer wrote.
    CustomerWrote {
        /// Who.
        person: PersonId,
        /// The message.
        message: MessageId,
    },
}

/// How many pieces of news a slow listener may lag behind before it loses some.
const BACKLOG: usize = 4096;

/// The channel of news; clones speak into the same one.
#[derive(Clone, Debug)]
pub struct Newsroom(broadcast::Sender<News>);

impl Default for Newsroom {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Newsroom {
    /// Tells everybody who listens; nobody listening is fine.
    pub fn tell(&self, news: News) {
        let _ = self.0.send(news);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }
}
