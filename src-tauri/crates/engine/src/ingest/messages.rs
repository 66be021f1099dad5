//! Runs of messages, set by set: people, conversations, messages, files, verdicts, heads, answers.

use std::collections::HashMap;

use contracts::{
    Clock,
    channel::{EventMessage, PersonRef},
};
use domain::{ContactId, ConversationKind, DeliveryEvent, Direction, MessageId, Preview, Tick};
use store::{
    ConversationHead, ConversationKey, NewMessage, StoreError, Tx,
    deliveries::{self, Step},
};

use super::{From, files, heads, heads::Flows, people};
use crate::{
    auto_reply,
    changes::Gathered,
    judge::{self, Fresh},
    rules::RuleBook,
};

/// Stores the messages that are not known yet; returns how many there were.
pub(super) async fn take(
    tx: &mut Tx,
    clock: &dyn Clock,
    book: &RuleBook,
    from: &From,
    messages: &[&EventMessage],
    gathered: &mut Gathered,
) -> Result<usize, StoreError> {
    let mut others = Vec::with_capacity(messages.len());
    for message in messages {
        if !own_echo(tx, clock, message, gathered).await? {
            others.push(*message);
        }
    }
    if others.is_empty() {
        return Ok(0);
    }
    let who = Who::find(tx, clock, from, &others).await?;
    let heads = conversations(tx, clock, from, &others, &who).await?;
    let rows: Vec<NewMessage> = others
        .iter()
        .filter_map(|message| row(clock, message, &heads, &who))
        .collect();
    let stored = store::messages::insert(tx, &rows, clock.now()).await?;
    let fresh: Vec<(MessageId, &EventMessage)> = stored
        .iter()
        .filter_map(|new| others.get(new.index).map(|message| (new.id, *message)))
        .collect();
    remember_files(tx, clock, from, &fresh, &who).await?;
    let fresh = fresh_in(&fresh, &heads, &who);
    let rules = book.of(tx, from.account).await?;
    let verdicts = judge::judge(tx, &rules, &fresh, clock.now(), gathered).await?;
    fail::fail_point!("ingest.judged");
    let mut flows: Flows = heads.into_values().map(|head| (head.id, head)).collect();
    heads::take(&mut flows, &fresh, &verdicts, gathered);
    auto_reply::answer(tx, clock, from, &rules, &fresh, &verdicts, &mut flows, gathered).await?;
    heads::save(tx, &flows, &fresh).await?;
    heads::count_hours(tx, from.account, &fresh).await?;
    if rules.mark_read && from.marks_read {
        heads::will_be_read(tx, from.account, &fresh).await?;
    }
    Ok(stored.len())
}

/// The stored messages with their people and conversations.
fn fresh_in<'a>(stored: &[(MessageId, &'a EventMessage)], heads: &Heads<'_>, who: &Who<'_>) -> Vec<Fresh<'a>> {
    let of = |(id, message): &(MessageId, &'a EventMessage)| {
        Some(Fresh {
            id: *id,
            conversation_id: heads.get(message.chat.remote_id.as_str())?.id,
            contact_id: who.id(message.sender.as_ref().unwrap_or(&message.chat.contact)),
            message,
        })
    };
    stored.iter().filter_map(of).collect()
}

/// The echo of a message that was written here: it proves the delivery, whatever we had thought of it.
async fn own_echo(
    tx: &mut Tx,
    clock: &dyn Clock,
    message: &EventMessage,
    gathered: &mut Gathered,
) -> Result<bool, StoreError> {
    let Some(key) = message.echo_of else { return Ok(false) };
    let Some(ours) = store::messages::by_client_key(&mut **tx, key).await? else {
        return Ok(false);
    };
    store::messages::confirm(tx, ours, &message.remote_id, Some(message.sent_at)).await?;
    if let Some((delivery, state)) = deliveries::of_message(&mut **tx, ours.id).await?
        && let Some(next) = state.next(DeliveryEvent::Confirmed)
    {
        let now = clock.now();
        deliveries::step(
            tx,
            delivery,
            state,
            Step {
                state: next,
                reason: None,
                retry_at: now,
                tried: false,
                now,
            },
        )
        .await?;
    }
    gathered.thread(ours.conversation_id);
    Ok(true)
}

/// The people of a run, each looked up once.
struct Who<'a> {
    ids: HashMap<&'a str, ContactId>,
}

impl<'a> Who<'a> {
    async fn find(
        tx: &mut Tx,
        clock: &dyn Clock,
        from: &From,
        messages: &[&'a EventMessage],
    ) -> Result<Self, StoreError> {
        // A later message knows the newer name.
        let mut all: HashMap<&str, &PersonRef> = HashMap::new();
        for message in messages {
            for person in std::iter::once(&message.chat.contact).chain(&message.sender) {
                all.insert(&person.remote_id, person);
            }
        }
        let people: Vec<&PersonRef> = all.into_values().collect();
        let ids = people::upsert(tx, clock, from, &people).await?;
        let pictured: Vec<_> = ids.iter().copied().map(Some).zip(people.iter().copied()).collect();
        files::avatars(tx, clock, from, &pictured).await?;
        Ok(Self {
            ids: people.iter().map(|person| person.remote_id.as_str()).zip(ids).collect(),
        })
    }

    fn id(&self, person: &PersonRef) -> Option<ContactId> {
        self.ids.get(person.remote_id.as_str()).copied()
    }
}

type Heads<'a> = HashMap<&'a str, ConversationHead>;

async fn conversations<'a>(
    tx: &mut Tx,
    clock: &dyn Clock,
    from: &From,
    messages: &[&'a EventMessage],
    who: &Who<'_>,
) -> Result<Heads<'a>, StoreError> {
    let mut chats: HashMap<&str, &EventMessage> = HashMap::new();
    for message in messages {
        chats.insert(message.chat.remote_id.as_str(), message);
    }
    let keys: Vec<ConversationKey> = chats
        .values()
        .filter_map(|message| {
            Some(ConversationKey {
                uid: clock.uid(),
                account_id: from.account,
                channel: from.channel.clone(),
                remote_id: message.chat.remote_id.clone(),
                kind: message.chat.kind,
                title: message.chat.title.clone(),
                contact_id: who.id(&message.chat.contact)?,
            })
        })
        .collect();
    let heads = store::conversations::upsert(tx, &keys, clock.now()).await?;
    Ok(chats.into_keys().zip(heads).collect())
}

fn row(clock: &dyn Clock, message: &EventMessage, heads: &Heads<'_>, who: &Who<'_>) -> Option<NewMessage> {
    let head = heads.get(message.chat.remote_id.as_str())?;
    let kinds: Vec<_> = message
        .files
        .iter()
        .map(|file| (file.kind, file.name.as_deref()))
        .collect();
    let in_group = message.chat.kind != ConversationKind::Direct;
    let reply = message.reply_to.clone().unwrap_or_default();
    Some(NewMessage {
        uid: clock.uid(),
        conversation_id: head.id,
        remote_id: Some(message.remote_id.clone()),
        client_key: None,
        direction: message.direction,
        author_id: message
            .sender
            .as_ref()
            .filter(|_| in_group)
            .and_then(|sender| who.id(sender)),
        author_name: message.author_name.clone(),
        sent_at: message.sent_at,
        content: message.content.clone(),
        system: message.system.clone(),
        preview: Preview::of(&message.content, &kinds).kind,
        reply_to: reply.remote_id,
        reply_author: reply.author,
        reply_text: reply.text,
        forwarded_from: message.forwarded_from.clone(),
        album: message.album.clone(),
        edited_at: message.edited_at,
        tick: (message.direction == Direction::Out).then_some(if message.read { Tick::Read } else { Tick::Sent }),
        catch_up: message.catch_up,
        automatic: false,
        raw: message.raw.as_ref().map(ToString::to_string),
    })
}

async fn remember_files(
    tx: &mut Tx,
    clock: &dyn Clock,
    from: &From,
    fresh: &[(MessageId, &EventMessage)],
    who: &Who<'_>,
) -> Result<(), StoreError> {
    let files: Vec<_> = fresh
        .iter()
        .flat_map(|(id, message)| {
            let files = message.files.iter().enumerate();
            files.map(|(position, file)| files::attachment(clock, from, file, Some(*id), None, position))
        })
        .collect();
    if !files.is_empty() {
        store::attachments::insert(tx, &files).await?;
    }
    for (_, message) in fresh {
        if let (Some(source), Some(contact)) = (&message.source, who.id(&message.chat.contact)) {
            let json = serde_json::json!({ "reference": source.reference, "detail": source.detail }).to_string();
            store::contacts::set_source(tx, contact, &json).await?;
        }
    }
    Ok(())
}
