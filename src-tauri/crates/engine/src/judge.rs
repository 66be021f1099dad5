//! What the rules of a channel say about messages: a row for each, in the transaction that stores it.

use std::collections::{HashMap, HashSet};

use contracts::channel::{EventMessage, PersonRef};
use domain::{At, ContactId, ConversationId, Direction, MessageId, Verdict};
use filters::{Facts, Person, Why};
use store::{Identity, Judged, NewVerdict, StoreError, Tx};

use crate::{changes::Gathered, rules::ChannelRules};

/// Later than anything was written, and stored.
const EVER: (At, MessageId) = (At(i64::MAX), MessageId(i64::MAX));

/// A message that was just stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fresh<'a> {
    pub(crate) id: MessageId,
    pub(crate) conversation_id: ConversationId,
    /// Who wrote it.
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) message: &'a EventMessage,
}

/// Judges a run of messages; answers their verdicts in the same order. Where a client's message passes, what was held
/// back there is released first, so that the order stays.
pub(crate) async fn judge(
    tx: &mut Tx,
    rules: &ChannelRules,
    fresh: &[Fresh<'_>],
    now: At,
    gathered: &mut Gathered,
) -> Result<Vec<Verdict>, StoreError> {
    let people = people(tx, rules, fresh).await?;
    let mut whys: Vec<Why> = fresh.iter().map(|one| incoming(rules, one, &people)).collect();
    let answered: Vec<ConversationId> = passed(fresh, &whys).into_iter().collect();
    if !answered.is_empty() {
        for (conversation, _) in store::verdicts::release(tx, &answered, now).await? {
            gathered.thread(conversation);
        }
    }
    if rules.hold_mailings {
        hold(tx, fresh, &answered, &mut whys).await?;
    }
    let rows: Vec<NewVerdict> = fresh
        .iter()
        .zip(&whys)
        .map(|(one, why)| row(one.id, one.conversation_id, why))
        .collect();
    store::verdicts::put(tx, rules.revision, &rows, now).await?;
    Ok(whys.iter().map(Why::verdict).collect())
}

/// The verdict about a message of ours, written here or by the auto-reply.
pub(crate) async fn ours(tx: &mut Tx, rules: &ChannelRules, conversation: ConversationId) -> Result<Why, StoreError> {
    let (before, first) = EVER;
    let alone = rules.hold_mailings
        && store::verdicts::heard(tx, &[conversation], before, first)
            .await?
            .is_empty();
    Ok(if alone { Why::Mailing } else { Why::Clean })
}

/// A row for a verdict; a plain «pass» needs no words.
pub(crate) fn row(message: MessageId, conversation: ConversationId, why: &Why) -> NewVerdict {
    NewVerdict {
        message_id: message,
        conversation_id: conversation,
        verdict: why.verdict(),
        reason: (*why != Why::Clean).then(|| why.reason()),
    }
}

/// What is known of the people besides what their messages say; only where the rules look at people.
async fn people(
    tx: &mut Tx,
    rules: &ChannelRules,
    fresh: &[Fresh<'_>],
) -> Result<HashMap<ContactId, Vec<Identity>>, StoreError> {
    if !rules.filter.looks_at_people() {
        return Ok(HashMap::new());
    }
    let ids: HashSet<ContactId> = fresh.iter().filter_map(|one| one.contact_id).collect();
    store::contacts::identities_of(&mut **tx, &ids.into_iter().collect::<Vec<_>>()).await
}

fn incoming(rules: &ChannelRules, one: &Fresh<'_>, people: &HashMap<ContactId, Vec<Identity>>) -> Why {
    let message = one.message;
    if message.direction != Direction::In {
        return Why::Clean;
    }
    let known = one
        .contact_id
        .and_then(|id| people.get(&id))
        .into_iter()
        .flatten()
        .map(identity);
    let sender: Vec<Person<'_>> = if rules.filter.looks_at_people() {
        std::iter::once(person(message.sender.as_ref().unwrap_or(&message.chat.contact)))
            .chain(known)
            .collect()
    } else {
        Vec::new()
    };
    rules.filter.judge(&Facts {
        sender: &sender,
        text: &message.content.text,
        entities: &message.content.entities,
        extras: &message.content.extras,
        files: !message.files.is_empty(),
    })
}

fn person(person: &PersonRef) -> Person<'_> {
    Person {
        remote_id: &person.remote_id,
        username: person.username.as_deref(),
        phone: person.phone.as_deref(),
        link: person.link.as_deref(),
    }
}

fn identity(identity: &Identity) -> Person<'_> {
    Person {
        remote_id: &identity.remote_id,
        username: identity.username.as_deref(),
        phone: identity.phone.as_deref(),
        link: identity.link.as_deref(),
    }
}

/// The conversations in which a client's message passes.
fn passed(fresh: &[Fresh<'_>], whys: &[Why]) -> HashSet<ConversationId> {
    let clients = fresh
        .iter()
        .zip(whys)
        .filter(|(one, why)| one.message.direction == Direction::In && why.verdict() == Verdict::Pass);
    clients.map(|(one, _)| one.conversation_id).collect()
}

/// Our own messages to those who have never answered.
async fn hold(
    tx: &mut Tx,
    fresh: &[Fresh<'_>],
    answered: &[ConversationId],
    whys: &mut [Why],
) -> Result<(), StoreError> {
    let ours = |one: &Fresh<'_>| one.message.direction == Direction::Out && !answered.contains(&one.conversation_id);
    let asked: HashSet<ConversationId> = fresh
        .iter()
        .filter(|one| ours(one))
        .map(|one| one.conversation_id)
        .collect();
    if asked.is_empty() {
        return Ok(());
    }
    // What of this run is filtered has no row yet and would count as heard: only what was there before it counts.
    let ids: Vec<ConversationId> = asked.into_iter().collect();
    let first = fresh.iter().map(|one| one.id).min().unwrap_or(MessageId(0));
    let heard = store::verdicts::heard(tx, &ids, EVER.0, first).await?;
    for (one, why) in fresh.iter().zip(whys) {
        if ours(one) && !heard.contains(&one.conversation_id) {
            *why = Why::Mailing;
        }
    }
    Ok(())
}

/// Judges stored messages again; answers what the rules say now, in the same order. `heard` are the conversations in
/// which a client's message had passed before the first of these.
pub(crate) fn anew(
    rules: &ChannelRules,
    messages: &[Judged],
    people: &HashMap<ContactId, Vec<Identity>>,
    heard: &HashSet<ConversationId>,
) -> Vec<Why> {
    let mut heard = heard.clone();
    let mut whys = Vec::with_capacity(messages.len());
    for message in messages {
        let why = if message.direction == Direction::In {
            stored(rules, message, people)
        } else {
            Why::Clean
        };
        if message.direction == Direction::In && why.verdict() == Verdict::Pass {
            heard.insert(message.conversation_id);
        }
        whys.push(why);
    }
    for (message, why) in messages.iter().zip(&mut whys) {
        let alone = rules.hold_mailings && !heard.contains(&message.conversation_id);
        if message.direction == Direction::Out && alone {
            *why = Why::Mailing;
        }
    }
    whys
}

fn stored(rules: &ChannelRules, message: &Judged, people: &HashMap<ContactId, Vec<Identity>>) -> Why {
    let known = people.get(&message.contact_id).into_iter().flatten().map(identity);
    rules.filter.judge(&Facts {
        sender: &known.collect::<Vec<_>>(),
        text: &message.text,
        entities: &message.entities,
        extras: &message.extras,
        files: message.files,
    })
}
