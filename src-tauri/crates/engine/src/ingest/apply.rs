use contracts::{
    Clock,
    channel::{Batch, Capabilities, Channel, ConnectorEvent, EventMessage, EventReaction},
};
use domain::{AccountId, ConversationId, RemoteId};
use store::{StoreError, Tx};

use super::{marks, messages, moves, people};
use crate::{account::Running, changes::Gathered, rules::RuleBook};

/// Whose events they are.
#[derive(Debug, Clone)]
pub(crate) struct From {
    /// The account.
    pub(crate) account: AccountId,
    /// Its network.
    pub(crate) channel: String,
    /// Its space of people.
    pub(crate) people: &'static str,
    /// What it can carry.
    pub(crate) capabilities: &'static Capabilities,
    /// It can tell its network what was read.
    pub(crate) marks_read: bool,
}

impl From {
    pub(crate) fn account(running: &Running) -> Self {
        Self::of(running.id, running.channel)
    }

    pub(crate) fn of(account: AccountId, channel: &'static dyn Channel) -> Self {
        let descriptor = channel.descriptor();
        Self {
            account,
            channel: descriptor.id.as_str().to_owned(),
            people: descriptor.people,
            capabilities: &descriptor.capabilities,
            marks_read: channel.can_mark_read(),
        }
    }
}

/// Writes a batch with its cursors. Everything may have been seen before; then nothing changes.
pub(crate) async fn apply(
    tx: &mut Tx,
    clock: &dyn Clock,
    book: &RuleBook,
    from: &From,
    batch: &Batch,
    gathered: &mut Gathered,
) -> Result<usize, StoreError> {
    let mut stored = 0;
    // Runs of messages go in together; whatever stands between them keeps its place, because an edit or a receipt
    // may be about a message of the same batch.
    let mut run: Vec<&EventMessage> = Vec::new();
    for event in &batch.events {
        if let ConnectorEvent::Message(message) = event {
            run.push(message);
            continue;
        }
        stored += messages::take(tx, clock, book, from, &std::mem::take(&mut run), gathered).await?;
        other(tx, clock, book, from, event, gathered).await?;
    }
    stored += messages::take(tx, clock, book, from, &run, gathered).await?;
    for (name, value) in &batch.cursors {
        store::accounts::set_cursor(tx, from.account, name, value).await?;
    }
    Ok(stored)
}

async fn other(
    tx: &mut Tx,
    clock: &dyn Clock,
    book: &RuleBook,
    from: &From,
    event: &ConnectorEvent,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    match event {
        ConnectorEvent::Message(_) => Ok(()),
        ConnectorEvent::Malformed(malformed) => {
            gathered.accounts();
            store::quarantine::insert(tx, from.account, &malformed.raw, &malformed.problem, clock.now()).await
        }
        ConnectorEvent::ContactChanged(person) => {
            gathered.contacts();
            let ids = people::upsert(tx, clock, from, &[person]).await?;
            super::files::avatars(tx, clock, from, &[(ids.first().copied(), person)]).await
        }
        ConnectorEvent::ChatMoved { from: old, to } => moves::moved(tx, from, old, to, gathered).await,
        ConnectorEvent::Edited { chat, .. }
        | ConnectorEvent::Deleted { chat, .. }
        | ConnectorEvent::Receipt { chat, .. }
        | ConnectorEvent::Typing { chat }
        | ConnectorEvent::ReadElsewhere { chat, .. }
        | ConnectorEvent::Reachable { chat, .. }
        | ConnectorEvent::Reaction(EventReaction { chat, .. }) => match conversation(tx, from, chat).await? {
            // About a chat that we have never seen a message of: nothing to mark.
            None => Ok(()),
            Some(conversation) => {
                let rules = book.of(tx, from.account).await?;
                marks::mark(tx, clock, &rules, conversation, event, gathered).await
            }
        },
    }
}

async fn conversation(tx: &mut Tx, from: &From, chat: &RemoteId) -> Result<Option<ConversationId>, StoreError> {
    store::conversations::by_remote(&mut **tx, from.account, chat).await
}
