use std::collections::BTreeSet;

use domain::{AccountId, ConversationId, MessageId};
use tokio::sync::broadcast;

/// How many announcements a slow listener may fall behind before it has to ask everything again.
const BACKLOG: usize = 1024;

/// What changed. Never the rows: the database tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Heads of conversations; empty: many.
    Conversations(Vec<ConversationId>),
    /// Messages of a conversation.
    Messages(ConversationId),
    /// Accounts and their states.
    Accounts,
    /// People.
    Contacts,
    /// Profile and settings.
    Settings,
    /// Ordered files.
    Exports,
    /// Figures for managers.
    Analytics,
    /// CRM links and their states.
    Links,
    /// Ways of messages to CRMs.
    Journal,
    /// Managers' messages and what became of them.
    Replies,
    /// Cards of CRMs beside conversations.
    Cards,
    /// The client is typing.
    Typing(ConversationId),
    /// A message worth a notification.
    Arrived(ConversationId, MessageId),
    /// The rules of an account, or how far judging again has come.
    Rules(AccountId),
    /// Quick replies.
    QuickReplies,
}

/// Where changes are announced, always after their commit.
#[derive(Debug, Clone)]
pub struct Changes {
    bus: broadcast::Sender<Change>,
}

impl Default for Changes {
    fn default() -> Self {
        Self {
            bus: broadcast::Sender::new(BACKLOG),
        }
    }
}

impl Changes {
    /// Announces one.
    pub fn announce(&self, change: Change) {
        // No listener is no mistake: the window may be closed.
        let _ = self.bus.send(change);
    }

    /// From now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.bus.subscribe()
    }
}

/// Changes gathered during a transaction, announced when it is committed, dropped when it is not.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    heads: BTreeSet<ConversationId>,
    threads: BTreeSet<ConversationId>,
    typing: BTreeSet<ConversationId>,
    arrived: Vec<(ConversationId, MessageId)>,
    accounts: bool,
    contacts: bool,
    replied: BTreeSet<AccountId>,
}

impl Gathered {
    pub(crate) fn head(&mut self, id: ConversationId) {
        self.heads.insert(id);
    }

    /// Messages of a conversation changed, and so did its head.
    pub(crate) fn thread(&mut self, id: ConversationId) {
        self.heads.insert(id);
        self.threads.insert(id);
    }

    pub(crate) fn typing(&mut self, id: ConversationId) {
        self.typing.insert(id);
    }

    pub(crate) fn arrived(&mut self, conversation: ConversationId, message: MessageId) {
        self.arrived.push((conversation, message));
    }

    /// The auto-reply has put something into the queue of an account.
    pub(crate) fn replied(&mut self, id: AccountId) {
        self.replied.insert(id);
    }

    pub(crate) fn has_replied(&self, id: AccountId) -> bool {
        self.replied.contains(&id)
    }

    pub(crate) fn accounts(&mut self) {
        self.accounts = true;
    }

    pub(crate) fn contacts(&mut self) {
        self.contacts = true;
    }

    pub(crate) fn announce(self, changes: &Changes) {
        self.threads
            .into_iter()
            .for_each(|id| changes.announce(Change::Messages(id)));
        if !self.heads.is_empty() {
            changes.announce(Change::Conversations(self.heads.into_iter().collect()));
        }
        self.typing
            .into_iter()
            .for_each(|id| changes.announce(Change::Typing(id)));
        if self.accounts {
            changes.announce(Change::Accounts);
        }
        if self.contacts {
            changes.announce(Change::Contacts);
        }
        self.arrived
            .into_iter()
            .for_each(|(conversation, message)| changes.announce(Change::Arrived(conversation, message)));
    }
}
