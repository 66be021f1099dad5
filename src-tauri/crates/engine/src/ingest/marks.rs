//! Events about messages that are already there: edits, deletions, receipts, reactions, reads.

use contracts::{
    Clock,
    channel::{ConnectorEvent, EventReaction, ReceiptKind},
};
use domain::{ConversationId, RemoteId};
use store::{StoreError, Tx};

use super::lines;
use crate::{changes::Gathered, rejudge, rules::ChannelRules};

pub(super) async fn mark(
    tx: &mut Tx,
    clock: &dyn Clock,
    rules: &ChannelRules,
    conversation: ConversationId,
    event: &ConnectorEvent,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    match event {
        ConnectorEvent::Edited {
            message, content, at, ..
        } => {
            if let Some(id) = store::messages::by_remote(&mut **tx, conversation, message).await?
                && store::messages::edit(tx, id, content, *at).await?
            {
                rejudge::edited(tx, rules, conversation, id, clock.now()).await?;
                gathered.thread(conversation);
            }
        }
        ConnectorEvent::Deleted { messages, at, .. } => {
            for message in messages {
                if let Some(id) = store::messages::by_remote(&mut **tx, conversation, message).await?
                    && store::messages::mark_deleted(tx, id, *at).await?
                {
                    gathered.thread(conversation);
                }
            }
        }
        ConnectorEvent::Receipt { kind, tick, at, .. } => {
            let changed = match kind {
                ReceiptKind::UpTo(number) => {
                    store::messages::receipt_up_to(tx, conversation, *number, *tick, *at).await?
                }
                ReceiptKind::Messages(ids) => store::messages::receipt(tx, conversation, ids, *tick, *at).await?,
            };
            if changed > 0 {
                gathered.thread(conversation);
            }
        }
        ConnectorEvent::Reaction(reaction) => react(tx, conversation, reaction, gathered).await?,
        ConnectorEvent::Typing { .. } => gathered.typing(conversation),
        // The network tells us of our own automatic marks: nobody has read anything here.
        ConnectorEvent::ReadElsewhere { .. } if rules.mark_read => {}
        ConnectorEvent::ReadElsewhere { up_to, .. } => {
            read_elsewhere(tx, conversation, up_to.as_ref()).await?;
            gathered.head(conversation);
        }
        ConnectorEvent::Reachable { reachability, at, .. } => {
            // A line only where something changed: networks repeat themselves.
            if store::conversations::set_reachability(tx, conversation, *reachability).await? {
                let kind = store::conversations::get(&mut **tx, conversation).await?.kind;
                lines::say(
                    tx,
                    clock,
                    conversation,
                    lines::reachable(kind, *reachability),
                    *at,
                    gathered,
                )
                .await?;
            }
        }
        ConnectorEvent::Message(_)
        | ConnectorEvent::ChatMoved { .. }
        | ConnectorEvent::ContactChanged(_)
        | ConnectorEvent::Malformed(_) => {}
    }
    Ok(())
}

async fn react(
    tx: &mut Tx,
    conversation: ConversationId,
    reaction: &EventReaction,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    if let Some(id) = store::messages::by_remote(&mut **tx, conversation, &reaction.message).await? {
        let sender = &reaction.sender.remote_id;
        store::messages::set_reactions(tx, id, sender, &reaction.emoji, reaction.at).await?;
        gathered.thread(conversation);
    }
    Ok(())
}

async fn read_elsewhere(tx: &mut Tx, conversation: ConversationId, up_to: Option<&RemoteId>) -> Result<(), StoreError> {
    let until = match up_to {
        None => store::conversations::flow(&mut **tx, conversation)
            .await?
            .last
            .map(|(at, _)| at),
        Some(remote) => match store::messages::by_remote(&mut **tx, conversation, remote).await? {
            None => None,
            Some(id) => Some(store::messages::get(&mut **tx, id).await?.sent_at),
        },
    };
    match until {
        None => Ok(()),
        Some(until) => store::conversations::mark_read(tx, conversation, until).await,
    }
}
