//! The thread: reading, sending, changing, deciding about what did not go.

use contracts::channel::Certainty;
use domain::{AccountId, Content, DeliveryEvent, DeliveryState, Direction, MessageId, Reason, Tick, Uid};
use engine::{Change, Submission, SubmittedFile};
use store::{
    Attachment, MessageFacts, deliveries,
    deliveries::Step,
    thread::{self, From, ThreadMessage},
};

use crate::{
    app::App,
    boot,
    error::{ApiError, Code},
    wire::{
        DeliveryView, EditMessage, Empty, FileRef, FileView, ListMessages, MessageAnchor, MessagePage, MessageRef,
        MessageView, QuoteView, ReactionView, SendMessage, SentMessages,
    },
};

const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 200;

pub(crate) async fn list(app: &App, request: ListMessages) -> Result<MessagePage, ApiError> {
    let limit = i64::from(request.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE));
    let (db, id) = (app.store().read(), request.conversation_id);
    let filtered = request.filtered.unwrap_or(false);
    let full = |items: &Vec<ThreadMessage>| i64::try_from(items.len()).unwrap_or(i64::MAX) > limit;
    let (items, more_before, more_after) = match request.from {
        MessageAnchor::Newest => {
            let mut items = thread::page(db, id, From::Newest, filtered, limit + 1).await?;
            let more = full(&items);
            drop_first(&mut items, more);
            (items, more, false)
        }
        MessageAnchor::Before { id: anchor } => {
            let mut items = thread::page(db, id, From::Before(anchor), filtered, limit + 1).await?;
            let more = full(&items);
            drop_first(&mut items, more);
            (items, more, true)
        }
        MessageAnchor::After { id: anchor } => {
            let mut items = thread::page(db, id, From::After(anchor), filtered, limit + 1).await?;
            let more = full(&items);
            drop_last(&mut items, more);
            (items, true, more)
        }
        MessageAnchor::Around { id: anchor } => {
            let mut before = thread::page(db, id, From::Before(anchor), filtered, limit + 1).await?;
            let mut after = thread::page(db, id, From::After(anchor), filtered, limit + 1).await?;
            let (more_before, more_after) = (full(&before), full(&after));
            drop_first(&mut before, more_before);
            drop_last(&mut after, more_after);
            before.push(thread::one(db, id, anchor).await?);
            before.append(&mut after);
            (before, more_before, more_after)
        }
    };
    let windows = windows(app, id).await?;
    let now = app.now();
    let items = items
        .into_iter()
        .map(|message| view(message, id, windows, now))
        .collect();
    Ok(MessagePage {
        items,
        more_before,
        more_after,
    })
}

fn drop_first(items: &mut Vec<ThreadMessage>, surplus: bool) {
    if surplus {
        items.remove(0);
    }
}

fn drop_last(items: &mut Vec<ThreadMessage>, surplus: bool) {
    if surplus {
        items.pop();
    }
}

/// For how many seconds own messages can be changed and deleted there.
async fn windows(app: &App, id: domain::ConversationId) -> Result<(u32, u32), ApiError> {
    let conversation = store::conversations::get(app.store().read(), id).await?;
    let channel = conversation
        .account_id
        .and_then(|_| app.engine().channel(&conversation.channel));
    Ok(channel.map_or((0, 0), |channel| {
        let of = &channel.descriptor().capabilities;
        (of.edit_window_secs, of.delete_window_secs)
    }))
}

fn view(
    message: ThreadMessage,
    conversation: domain::ConversationId,
    windows: (u32, u32),
    now: domain::At,
) -> MessageView {
    let out = message.direction == Direction::Out;
    let age = now.since(message.sent_at).as_secs();
    let on_network = out && message.remote_id.is_some() && message.deleted_at.is_none();
    let quote = message.quote.map(|quote| QuoteView {
        message_id: quote.message_id,
        author: quote.author,
        preview: quote.preview,
    });
    MessageView {
        id: message.id,
        uid: message.uid.to_string(),
        conversation_id: conversation,
        direction: message.direction,
        author: message.author,
        author_id: message.author_id,
        sent_at: message.sent_at,
        edited_at: message.edited_at,
        deleted_at: message.deleted_at,
        can_edit: on_network && age < u64::from(windows.0) && !message.text.is_empty(),
        can_delete: on_network && age < u64::from(windows.1),
        automatic: message.automatic,
        verdict: message.verdict,
        judged: message.judged,
        text: message.text,
        entities: message.entities,
        files: message.files.into_iter().map(file).collect(),
        extras: message.extras,
        system: message.system,
        reply_to: quote,
        forwarded_from: message.forwarded_from,
        album: message.album,
        reactions: message
            .reactions
            .into_iter()
            .map(|(emoji, count)| ReactionView {
                emoji,
                count: u32::try_from(count).unwrap_or(u32::MAX),
            })
            .collect(),
        tick: message.tick.filter(|_| out),
        delivery: message.delivery.map(|delivery| DeliveryView {
            state: delivery.state,
            reason: delivery.reason,
            retry_at: (delivery.state == DeliveryState::Parked).then_some(delivery.retry_at),
            attempts: u32::try_from(delivery.attempts).unwrap_or(u32::MAX),
        }),
    }
}

fn file(file: Attachment) -> FileView {
    FileView {
        id: file.id,
        kind: file.kind,
        name: file.name,
        mime: file.mime,
        size: file.size,
        width: file.width,
        height: file.height,
        duration_ms: file.duration_ms,
        waveform: file.waveform,
        state: file.state,
        reason: file.reason,
        link: file.link,
    }
}

pub(crate) async fn send(app: &App, request: SendMessage) -> Result<SentMessages, ApiError> {
    let uid = request
        .uid
        .parse()
        .map(Uid)
        .map_err(|_| ApiError::field("uid", Reason::new("error.wrong_shape")))?;
    let submission = Submission {
        conversation_id: request.conversation_id,
        uid,
        text: request.text,
        files: request
            .uploads
            .iter()
            .map(|upload| SubmittedFile {
                upload_id: upload.upload_id,
                kind: upload.kind,
            })
            .collect(),
        reply_to: request.reply_to,
        author: boot::profile(app).await?.name,
        reply: None,
    };
    Ok(SentMessages {
        message_ids: app.engine().submit(submission).await?,
    })
}

/// Changed on the network first: editing again is harmless, a text that only we see is not.
pub(crate) async fn edit(app: &App, request: EditMessage) -> Result<Empty, ApiError> {
    let text = request.text.trim();
    if text.is_empty() {
        return Err(ApiError::field("text", Reason::new("error.empty_message")));
    }
    let (message, chat, connector) = own(app, request.message_id).await?;
    let editing = connector
        .editing()
        .ok_or_else(|| ApiError::of(Code::Refused, "error.no_editing"))?;
    let remote = message.remote_id.as_ref().ok_or_else(not_there)?;
    editing.edit(&chat, remote, text, &[]).await?;
    let mut tx = app.store().write().await?;
    store::messages::edit(&mut tx, message.id, &Content::plain(text), app.now()).await?;
    tx.commit().await?;
    changed(app, &message);
    Ok(Empty {})
}

/// Deleted on the network first, for everybody.
pub(crate) async fn delete(app: &App, request: MessageRef) -> Result<Empty, ApiError> {
    let (message, chat, connector) = own(app, request.message_id).await?;
    let editing = connector
        .editing()
        .ok_or_else(|| ApiError::of(Code::Refused, "error.no_editing"))?;
    let remote = message.remote_id.as_ref().ok_or_else(not_there)?;
    editing.delete(&chat, remote).await?;
    let mut tx = app.store().write().await?;
    store::messages::mark_deleted(&mut tx, message.id, app.now()).await?;
    tx.commit().await?;
    changed(app, &message);
    Ok(Empty {})
}

type Own = (
    MessageFacts,
    domain::RemoteId,
    std::sync::Arc<dyn contracts::channel::Connector>,
);

/// A message of ours with its chat and the line it went over.
async fn own(app: &App, id: MessageId) -> Result<Own, ApiError> {
    let db = app.store().read();
    let message = store::messages::get(db, id).await?;
    if message.direction != Direction::Out {
        return Err(ApiError::of(Code::Refused, "error.not_ours"));
    }
    let conversation = store::conversations::get(db, message.conversation_id).await?;
    let account = conversation
        .account_id
        .ok_or_else(|| ApiError::of(Code::Refused, "error.no_channel"))?;
    let offline = contracts::channel::CallError::Network {
        reason: Reason::new("reason.offline"),
        certainty: Certainty::NotDone,
    };
    let connector = app.engine().connector(account).ok_or(offline)?;
    Ok((message, conversation.remote_id, connector))
}

fn not_there() -> ApiError {
    ApiError::of(Code::Refused, "error.not_on_network")
}

fn changed(app: &App, message: &MessageFacts) {
    app.engine()
        .changes()
        .announce(Change::Messages(message.conversation_id));
    app.engine()
        .changes()
        .announce(Change::Conversations(vec![message.conversation_id]));
}

pub(crate) async fn retry(app: &App, request: MessageRef) -> Result<Empty, ApiError> {
    decide(app, request.message_id, DeliveryEvent::Retried).await
}

/// The same where a message may be on its way already: then there is nothing to retry.
pub(crate) async fn retry_if_failed(app: &App, request: MessageRef) -> Result<(), ApiError> {
    let known = deliveries::of_message(app.store().read(), request.message_id).await?;
    match known.and_then(|(_, state)| state.next(DeliveryEvent::Retried)) {
        None => Ok(()),
        Some(_) => retry(app, request).await.map(|_| ()),
    }
}

pub(crate) async fn confirm_sent(app: &App, request: MessageRef) -> Result<Empty, ApiError> {
    decide(app, request.message_id, DeliveryEvent::Acknowledged).await
}

pub(crate) async fn give_up(app: &App, request: MessageRef) -> Result<Empty, ApiError> {
    decide(app, request.message_id, DeliveryEvent::GivenUp).await
}

/// A person decides about a message that waits, failed or has an unknown outcome.
async fn decide(app: &App, id: MessageId, event: DeliveryEvent) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    let message = store::messages::get(&mut *tx, id).await?;
    let too_late = || ApiError::of(Code::Refused, "error.too_late");
    let (delivery, state) = deliveries::of_message(&mut *tx, id).await?.ok_or_else(too_late)?;
    let next = state.next(event).ok_or_else(too_late)?;
    let now = app.now();
    let step = Step {
        state: next,
        reason: None,
        retry_at: now,
        tried: false,
        now,
    };
    deliveries::step(&mut tx, delivery, state, step).await?;
    if next == DeliveryState::Sent {
        store::messages::set_tick(&mut tx, id, Tick::Sent).await?;
    }
    tx.commit().await?;
    changed(app, &message);
    if let Some(account) = account_of(app, &message).await? {
        app.engine().poke_delivery(account);
    }
    Ok(Empty {})
}

async fn account_of(app: &App, message: &MessageFacts) -> Result<Option<AccountId>, ApiError> {
    Ok(store::conversations::get(app.store().read(), message.conversation_id)
        .await?
        .account_id)
}

pub(crate) async fn retry_file(app: &App, request: FileRef) -> Result<Empty, ApiError> {
    let mut tx = app.store().write().await?;
    let file = store::attachments::get(&mut *tx, request.attachment_id).await?;
    store::attachments::retry(&mut tx, file.id).await?;
    tx.commit().await?;
    if let Some(id) = file.message_id {
        let message = store::messages::get(app.store().read(), id).await?;
        changed(app, &message);
        if let Some(account) = account_of(app, &message).await? {
            app.engine().poke_fetch(account);
        }
    }
    Ok(Empty {})
}
