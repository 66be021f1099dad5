//! What a channel answers by itself (CH-7): decided and written in the transaction that stores the client's message,
//! so that a kill can neither lose nor double an answer.

use contracts::Clock;
use domain::{ConversationId, ConversationKind, Direction, MessageId, Verdict};
use filters::{Answered, Hush, may_answer};
use store::{StoreError, Tx, auto_replies};

use crate::{
    changes::Gathered,
    ingest::{Flows, From},
    judge::{self, Fresh},
    outgoing::{Letter, parts, write},
    rules::{AutoReply, ChannelRules},
};

/// Answers what is to be answered: messages of clients that pass, that came live, in private, within the hours.
#[expect(clippy::too_many_arguments, reason = "one stage of ingest, called from one place")]
pub(crate) async fn answer(
    tx: &mut Tx,
    clock: &dyn Clock,
    from: &From,
    rules: &ChannelRules,
    fresh: &[Fresh<'_>],
    verdicts: &[Verdict],
    flows: &mut Flows,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    let now = clock.now();
    let Some(auto) = rules.auto_reply.as_ref().filter(|auto| auto.hours.cover(now)) else {
        return Ok(());
    };
    let mut albums: Vec<(ConversationId, &str)> = Vec::new();
    for (one, _) in fresh
        .iter()
        .zip(verdicts)
        .filter(|(one, verdict)| deserves(one, **verdict))
    {
        // An album is one message to whoever sent it.
        if let Some(album) = one.message.album.as_deref() {
            let album = (one.conversation_id, album);
            if albums.contains(&album) {
                continue;
            }
            albums.push(album);
        }
        match allowed(tx, one, auto, now).await? {
            Ok(()) => answer_one(tx, clock, from, rules, auto, one, flows, gathered).await?,
            Err(hush) => {
                tracing::info!(conversation = %one.conversation_id, ?hush, "the auto-reply keeps silent");
                auto_replies::insert(tx, one.id, one.conversation_id, Err(&hush.reason()), now).await?;
            }
        }
    }
    Ok(())
}

fn deserves(one: &Fresh<'_>, verdict: Verdict) -> bool {
    let message = one.message;
    message.direction == Direction::In
        && verdict == Verdict::Pass
        && message.chat.kind == ConversationKind::Direct
        && !message.catch_up
        && !message.read
}

async fn allowed(
    tx: &mut Tx,
    one: &Fresh<'_>,
    auto: &AutoReply,
    now: domain::At,
) -> Result<Result<(), Hush>, StoreError> {
    let past = auto_replies::past(&mut **tx, one.conversation_id, now.minus(auto.limits.within)).await?;
    let past: Vec<Answered> = past
        .into_iter()
        .map(|reply| Answered {
            at: reply.at,
            heard: reply.heard,
            said: reply.said,
        })
        .collect();
    Ok(may_answer(now, &one.message.content.text, &past, auto.limits))
}

#[expect(clippy::too_many_arguments, reason = "one step of the stage above")]
async fn answer_one(
    tx: &mut Tx,
    clock: &dyn Clock,
    from: &From,
    rules: &ChannelRules,
    auto: &AutoReply,
    one: &Fresh<'_>,
    flows: &mut Flows,
    gathered: &mut Gathered,
) -> Result<(), StoreError> {
    let parts = parts(&auto.text.pick(clock.chance()), Vec::new(), from.capabilities);
    let Some(head) = flows.get_mut(&one.conversation_id).filter(|_| !parts.is_empty()) else {
        return Ok(());
    };
    let letter = Letter {
        conversation_id: one.conversation_id,
        account: from.account,
        author: None,
        automatic: true,
        uid: clock.uid(),
        quote: None,
        // Below the question, even where the network's clock runs ahead of ours.
        sent_at: clock.now().max(one.message.sent_at),
        reply: None,
        parts,
    };
    let ids: Vec<MessageId> = write(tx, clock, letter, &mut head.flow).await?;
    let why = judge::ours(tx, rules, one.conversation_id).await?;
    let verdicts: Vec<_> = ids
        .iter()
        .map(|id| judge::row(*id, one.conversation_id, &why))
        .collect();
    store::verdicts::put(tx, rules.revision, &verdicts, clock.now()).await?;
    if let Some(reply) = ids.first() {
        auto_replies::insert(tx, one.id, one.conversation_id, Ok(*reply), clock.now()).await?;
    }
    gathered.replied(from.account);
    Ok(())
}
