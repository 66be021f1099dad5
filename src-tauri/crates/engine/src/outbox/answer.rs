//! Makes messages of managers' replies: through the same door as an operator, exactly once, in order.

use std::{collections::HashSet, sync::Arc, time::Duration};

use contracts::{
    channel::{CallError, WriteFirstTarget},
    crm::{Media, ReplyTarget},
};
use domain::{AccountId, Backoff, ConversationId, CrmRef, MessageId, Reason, ReplyEvent, ReplyState, Retry};
use store::{NewUpload, ReplyRow, StoreError, attachments, crm_bindings, crm_replies, files, outbox_works};
use tokio::fs;
use tokio_util::sync::CancellationToken;

use super::{
    link::{Ready, RunningLink},
    works,
};
use crate::{
    changes::Change,
    engine::{Engine, Shared},
    fetch,
    outgoing::{Submission, SubmitError, SubmittedFile},
    write_first::OpenError,
};

/// Looked at in one go.
const TOGETHER: i64 = 100;
/// Looks after the rows now and then even if nobody poked.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// A channel or a CRM that is away for so many tries: a person decides.
const GIVE_UP_AFTER: u32 = 20;

pub(crate) async fn run(shared: Arc<Shared>, running: Arc<RunningLink>, ready: Ready, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let work = round(&shared, &running, &ready);
        let wait = tokio::select! {
            () = stop.cancelled() => return,
            done = work => done,
        };
        let wait = wait
            .inspect_err(|error| tracing::error!(link = %running.id, %error, "replies"))
            .unwrap_or(LOOK_AGAIN);
        tokio::select! {
            () = stop.cancelled() => {}
            () = running.answer.notified() => {}
            () = shared.clock.sleep(wait) => {}
        }
    }
}

/// Answers how long there is nothing more to do.
async fn round(shared: &Arc<Shared>, running: &RunningLink, ready: &Ready) -> Result<Duration, StoreError> {
    let mut wait = LOOK_AGAIN;
    let mut held: HashSet<String> = HashSet::new();
    for reply in crm_replies::waiting(shared.store.read(), running.id, TOGETHER).await? {
        let now = shared.clock.now();
        if held.contains(&reply.target) {
            continue;
        }
        if reply.retry_at > now {
            wait = wait.min(reply.retry_at.since(now));
            held.insert(reply.target.clone());
            continue;
        }
        let target = reply.target.clone();
        if let Err(trouble) = one(shared, ready, &reply).await {
            held.insert(target);
            wait = wait.min(put_off(shared, &reply, trouble).await?);
        }
    }
    for change in crm_replies::changed(shared.store.read(), running.id).await? {
        carry_over(shared, change).await?;
    }
    Ok(wait)
}

/// Why a reply is no message yet.
enum Trouble {
    Store(StoreError),
    /// It may heal by itself.
    Later(Reason, Option<Duration>),
    /// A person decides.
    Never(Reason),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CallError> for Trouble {
    fn from(error: CallError) -> Self {
        match error.retry() {
            Retry::After(wait) => Self::Later(error.reason(), Some(wait)),
            Retry::Soon => Self::Later(error.reason(), None),
            // A channel that waits for its login keeps what is to go through it.
            Retry::Never if matches!(error, CallError::LoggedOut(_) | CallError::Stuck { .. }) => {
                Self::Later(error.reason(), None)
            }
            Retry::Never => Self::Never(error.reason()),
        }
    }
}

/// One reply: for whom, its files, the submission. Each step is kept, so that the next try goes on from it.
async fn one(shared: &Arc<Shared>, ready: &Ready, reply: &ReplyRow) -> Result<(), Trouble> {
    let engine = Engine { shared: shared.clone() };
    let conversation = match reply.conversation_id {
        Some(known) => known,
        None => {
            let found = find(&engine, ready, reply).await?;
            let mut tx = shared.store.write().await?;
            crm_replies::set_conversation(&mut tx, reply.id, found).await?;
            tx.commit().await?;
            found
        }
    };
    let mut files = Vec::with_capacity(reply.files.len());
    for file in &reply.files {
        let upload_id = match file.upload_id {
            Some(here) => here,
            None => bring(shared, ready.link.media(), file).await?,
        };
        files.push(SubmittedFile { upload_id, kind: None });
    }
    let db = shared.store.read();
    let reply_to = match &reply.answers {
        None => None,
        Some(answers) => outbox_works::answered(db, reply.link_id, conversation, answers).await?,
    };
    let submission = Submission {
        conversation_id: conversation,
        uid: reply.uid,
        text: reply.text.clone(),
        files,
        reply_to,
        author: reply.author.clone().unwrap_or_default(),
        reply: Some(reply.id),
    };
    engine.submit(submission).await.map_err(refused)?;
    fail::fail_point!("replies.submitted");
    shared.changes.announce(Change::Replies);
    Ok(())
}

fn refused(error: SubmitError) -> Trouble {
    Trouble::Never(match error {
        SubmitError::Store(error) => return Trouble::Store(error),
        SubmitError::Empty => Reason::new("error.empty_message"),
        SubmitError::NoChannel => Reason::new("error.no_channel"),
        SubmitError::Unreachable => Reason::new("error.client_unreachable"),
        SubmitError::FileTooLarge { name, max_bytes } => Reason::new("error.file_too_large")
            .with("name", name)
            .with("megabytes", max_bytes / (1024 * 1024)),
    })
}

/// For whom it is; a person who has not written yet is written to first.
async fn find(engine: &Engine, ready: &Ready, reply: &ReplyRow) -> Result<ConversationId, Trouble> {
    let nobody = || Trouble::Never(Reason::new("reply.nobody"));
    let db = engine.store().read();
    let target: ReplyTarget = serde_json::from_str(&reply.target).map_err(|_| nobody())?;
    match target {
        ReplyTarget::Conversation(uid) => outbox_works::conversation_by_uid(db, uid).await?.ok_or_else(nobody),
        ReplyTarget::Bound(reference) => crm_bindings::conversation_of(db, reply.link_id, &reference)
            .await?
            .ok_or_else(nobody),
        ReplyTarget::Person {
            phone,
            username,
            account,
            card,
        } => {
            let target = phone
                .map(WriteFirstTarget::Phone)
                .or(username.map(WriteFirstTarget::Username))
                .ok_or_else(nobody)?;
            let account = account.and_then(|id| id.parse().ok()).map(AccountId);
            first(engine, ready, account, &target, card.as_ref()).await
        }
    }
}

/// Opens a conversation through the named account, else through the first that takes such an address.
async fn first(
    engine: &Engine,
    ready: &Ready,
    account: Option<AccountId>,
    target: &WriteFirstTarget,
    card: Option<&CrmRef>,
) -> Result<ConversationId, Trouble> {
    let form = match target {
        WriteFirstTarget::Phone(_) => "phone",
        WriteFirstTarget::Username(_) | WriteFirstTarget::Id(_) => "username",
    };
    let accounts = store::accounts::list(engine.store().read()).await?;
    let fits = |row: &&store::Account| {
        let channel = engine.channel(&row.channel);
        let forms = channel.map_or(&[][..], |channel| channel.descriptor().capabilities.write_first);
        account.map_or(row.active && forms.contains(&form), |id| id == row.id)
    };
    let row = accounts
        .iter()
        .find(fits)
        .ok_or_else(|| Trouble::Never(Reason::new("reply.no_channel_for_it")))?;
    let conversation = engine
        .open_conversation(row.id, target)
        .await
        .map_err(|error| match error {
            OpenError::Store(error) => Trouble::Store(error),
            OpenError::Call(error) => error.into(),
            OpenError::Forbidden(reason) => Trouble::Never(reason),
            OpenError::UnknownChannel | OpenError::OnlyAnswers => {
                Trouble::Never(Reason::new("write_first.only_answers"))
            }
        })?;
    if let Some(card) = card {
        adopt(engine, ready, conversation, card).await?;
    }
    Ok(conversation)
}

/// The conversation belongs to that card of the CRM from now on.
async fn adopt(engine: &Engine, ready: &Ready, id: ConversationId, card: &CrmRef) -> Result<(), Trouble> {
    let known = outbox_works::conversations(engine.store().read(), &[id]).await?;
    let Some(row) = known.get(&id) else {
        return Ok(());
    };
    let conversation = works::conversation(row, &*engine.shared.words);
    match ready.link.adopt(&conversation, card).await {
        Ok(()) => Ok(()),
        Err(error) => Err(Trouble::Later(Reason::new("reply.card").with("problem", error), None)),
    }
}

/// A file of a reply, from the CRM into the media folder and into a row.
async fn bring(
    shared: &Shared,
    media: Option<&dyn Media>,
    file: &crm_replies::ReplyFileRow,
) -> Result<domain::UploadId, Trouble> {
    let media = media.ok_or_else(|| Trouble::Never(Reason::new("reason.no_media")))?;
    let path = files::path(shared.clock.uid());
    let folder = shared.store.media_folder();
    let (part, whole) = (folder.join(files::part(&path)), folder.join(&path));
    let (mime, size) = match fetch::download(media, &file.fetch, &part).await {
        Ok(fetched) => fetched,
        Err(error) => {
            let _ = fs::remove_file(&part).await;
            return Err(error.into());
        }
    };
    fs::rename(&part, &whole).await.map_err(StoreError::from)?;
    let new = NewUpload {
        path,
        name: if file.name.is_empty() {
            "file".to_owned()
        } else {
            file.name.clone()
        },
        mime: mime
            .or_else(|| file.mime.clone())
            .unwrap_or_else(|| "application/octet-stream".to_owned()),
        size,
        kind: file.kind,
    };
    let mut tx = shared.store.write().await?;
    let upload = attachments::insert_upload(&mut tx, &new, shared.clock.now()).await?;
    crm_replies::file_fetched(&mut tx, file.id, upload).await?;
    tx.commit().await?;
    Ok(upload)
}

/// Writes down why it is no message yet; answers how long until the next try.
async fn put_off(shared: &Shared, reply: &ReplyRow, trouble: Trouble) -> Result<Duration, StoreError> {
    let now = shared.clock.now();
    let (event, reason, wait) = match trouble {
        Trouble::Store(error) => return Err(error),
        Trouble::Later(reason, _) if reply.attempts >= GIVE_UP_AFTER => (ReplyEvent::Rejected, reason, LOOK_AGAIN),
        Trouble::Later(reason, wait) => {
            let backoff = Backoff::DELIVERY.delay(reply.attempts.saturating_add(1), shared.clock.chance());
            (ReplyEvent::Postponed, reason, wait.unwrap_or(backoff))
        }
        Trouble::Never(reason) => (ReplyEvent::Rejected, reason, LOOK_AGAIN),
    };
    tracing::info!(reply = %reply.id, %reason, ?event, "a reply is no message yet");
    let state = ReplyState::Queued.next(event).unwrap_or(ReplyState::Failed);
    let mut tx = shared.store.write().await?;
    crm_replies::step(&mut tx, reply.id, state, Some(&reason), now.plus(wait), now).await?;
    tx.commit().await?;
    shared.changes.announce(Change::Replies);
    Ok(wait)
}

/// A manager changed or deleted what was sent: the same on the network, where it can be done. Both are harmless twice.
async fn carry_over(shared: &Arc<Shared>, change: crm_replies::ReplyChange) -> Result<(), StoreError> {
    let engine = Engine { shared: shared.clone() };
    for id in &change.parts {
        match changed_on_network(&engine, *id, change.text.as_deref()).await {
            Ok(()) => {}
            Err(Some(error)) if error.retry() != Retry::Never => return Ok(()),
            Err(error) => tracing::info!(message = %id, ?error, "a change of a manager stays without effect"),
        }
        // A text that became several messages can't be told apart again: the first one carries the change.
        if change.text.is_some() {
            break;
        }
    }
    let mut tx = shared.store.write().await?;
    crm_replies::change_done(&mut tx, change.id).await?;
    tx.commit().await
}

/// `Err(None)`: the network has no such thing.
async fn changed_on_network(engine: &Engine, id: MessageId, text: Option<&str>) -> Result<(), Option<CallError>> {
    let storage = |error: StoreError| {
        tracing::error!(%error, "a change of a manager");
        Some(CallError::Local(Reason::new("reason.storage")))
    };
    let db = engine.store().read();
    let message = store::messages::get(db, id).await.map_err(storage)?;
    let conversation = store::conversations::get(db, message.conversation_id)
        .await
        .map_err(storage)?;
    let line = conversation.account_id.and_then(|account| engine.connector(account));
    let (Some(line), Some(remote)) = (line, &message.remote_id) else {
        return Err(None);
    };
    let editing = line.editing().ok_or(None)?;
    let called = match text {
        Some(text) => editing.edit(&conversation.remote_id, remote, text, &[]).await,
        None => editing.delete(&conversation.remote_id, remote).await,
    };
    called.map_err(|error| match error {
        contracts::channel::SendError::Call(error) => Some(error),
        contracts::channel::SendError::Unreachable(_) => None,
    })?;
    let mut tx = engine.store().write().await.map_err(storage)?;
    let now = engine.clock().now();
    let stored = match text {
        Some(text) => store::messages::edit(&mut tx, id, &domain::Content::plain(text), now).await,
        None => store::messages::mark_deleted(&mut tx, id, now).await,
    };
    stored.map_err(storage)?;
    tx.commit().await.map_err(storage)?;
    engine.changes().announce(Change::Messages(message.conversation_id));
    Ok(())
}
