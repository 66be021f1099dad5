//! What an operator sends becomes rows: messages and their deliveries, in one transaction.

use contracts::{
    Clock,
    channel::{Capabilities, MediaLimit},
};
use domain::{
    AccountId, At, AttachmentKind, Content, ConversationId, Direction, FetchState, Flow, MessageId, Moved, Preview,
    Reachability, RemoteId, ReplyId, Tick, Uid, UploadId,
};
use store::{NewAttachment, NewMessage, NewVerdict, StoreError, Tx, Upload};

use crate::{changes::Gathered, engine::Engine, judge};

/// One press of «send».
#[derive(Debug, Clone)]
pub struct Submission {
    /// Where.
    pub conversation_id: ConversationId,
    /// Made by the caller: the same submission twice is one.
    pub uid: Uid,
    /// Text or caption, of any length.
    pub text: String,
    /// Files, in order.
    pub files: Vec<SubmittedFile>,
    /// What it answers.
    pub reply_to: Option<MessageId>,
    /// Who writes.
    pub author: String,
    /// The manager's message in a CRM that it is made of.
    pub reply: Option<ReplyId>,
}

/// A file of a submission.
#[derive(Debug, Clone, Copy)]
pub struct SubmittedFile {
    /// Which.
    pub upload_id: UploadId,
    /// As what; `None`: as it was recognised.
    pub kind: Option<AttachmentKind>,
}

/// Why nothing was queued. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Neither text nor file.
    #[error("nothing to send")]
    Empty,
    /// The account was deleted: the history can be read, not answered.
    #[error("no channel")]
    NoChannel,
    /// The client does not let us write.
    #[error("unreachable")]
    Unreachable,
    /// A file is larger than the network takes.
    #[error("{name} is larger than {max_bytes} bytes")]
    FileTooLarge {
        /// Which.
        name: String,
        /// The limit.
        max_bytes: u64,
    },
}

impl Engine {
    /// Queues a submission; answers the messages made of it.
    ///
    /// # Errors
    /// See [`SubmitError`].
    pub async fn submit(&self, submission: Submission) -> Result<Vec<MessageId>, SubmitError> {
        let shared = &self.shared;
        if submission.text.trim().is_empty() && submission.files.is_empty() {
            return Err(SubmitError::Empty);
        }
        let mut tx = shared.store.write().await?;
        if let Some(known) = store::messages::by_client_key(&mut *tx, submission.uid.key()).await? {
            return Ok(vec![known.id]);
        }
        let conversation = store::conversations::get(&mut *tx, submission.conversation_id).await?;
        let account = conversation.account_id.ok_or(SubmitError::NoChannel)?;
        let channel = self.channel(&conversation.channel).ok_or(SubmitError::NoChannel)?;
        if conversation.reachability == Reachability::Blocked {
            return Err(SubmitError::Unreachable);
        }
        let capabilities = &channel.descriptor().capabilities;
        let files = files(&mut tx, &submission.files, capabilities).await?;
        let quote = match submission.reply_to.filter(|_| capabilities.replies) {
            None => None,
            Some(id) => store::messages::get(&mut *tx, id).await?.remote_id,
        };
        let rules = shared.rules.of(&mut tx, account).await?;
        let why = judge::ours(&mut tx, &rules, conversation.id).await?;
        let mut flow = store::conversations::flow(&mut *tx, conversation.id).await?;
        let letter = Letter {
            conversation_id: conversation.id,
            account,
            author: Some(submission.author.clone()).filter(|name| !name.is_empty()),
            automatic: false,
            uid: submission.uid,
            quote,
            sent_at: shared.clock.now(),
            reply: submission.reply,
            parts: parts(&submission.text, files, capabilities),
        };
        let ids = write(&mut tx, &*shared.clock, letter, &mut flow).await?;
        let verdicts: Vec<NewVerdict> = ids.iter().map(|id| judge::row(*id, conversation.id, &why)).collect();
        store::verdicts::put(&mut tx, rules.revision, &verdicts, shared.clock.now()).await?;
        store::conversations::save_flows(&mut tx, [(conversation.id, &flow)]).await?;
        fail::fail_point!("submit.written");
        tx.commit().await?;
        fail::fail_point!("submit.committed");
        let mut gathered = Gathered::default();
        gathered.thread(conversation.id);
        gathered.announce(&shared.changes);
        self.poke_delivery(account);
        Ok(ids)
    }
}

/// What is to be written into a conversation, and by whom.
pub(crate) struct Letter {
    pub(crate) conversation_id: ConversationId,
    pub(crate) account: AccountId,
    /// Who of ours writes.
    pub(crate) author: Option<String>,
    /// The auto-reply writes.
    pub(crate) automatic: bool,
    /// Of the first message.
    pub(crate) uid: Uid,
    /// What the first message answers.
    pub(crate) quote: Option<RemoteId>,
    pub(crate) sent_at: At,
    /// The manager's message in a CRM that it is made of.
    pub(crate) reply: Option<ReplyId>,
    pub(crate) parts: Vec<Part>,
}

/// Writes the messages of a letter with their deliveries, and what the conversation remembers of them into `flow`.
pub(crate) async fn write(
    tx: &mut Tx,
    clock: &dyn Clock,
    letter: Letter,
    flow: &mut Flow,
) -> Result<Vec<MessageId>, StoreError> {
    let now = clock.now();
    let (mut ids, mut uid, mut quote) = (Vec::new(), Some(letter.uid), letter.quote);
    for part in letter.parts {
        let names = |file: &(Upload, AttachmentKind)| (file.1, Some(file.0.file.name.clone()));
        let names: Vec<_> = part.files.iter().map(names).collect();
        let kinds: Vec<_> = names.iter().map(|(kind, name)| (*kind, name.as_deref())).collect();
        let content = Content::plain(part.text);
        let uid = uid.take().unwrap_or_else(|| clock.uid());
        let row = NewMessage {
            uid,
            conversation_id: letter.conversation_id,
            remote_id: None,
            client_key: Some(uid.key()),
            direction: Direction::Out,
            author_id: None,
            author_name: letter.author.clone(),
            sent_at: letter.sent_at,
            preview: Preview::of(&content, &kinds).kind,
            content,
            system: None,
            reply_to: quote.take(),
            reply_author: None,
            reply_text: None,
            forwarded_from: None,
            album: None,
            edited_at: None,
            tick: Some(Tick::Sending),
            catch_up: false,
            automatic: letter.automatic,
            raw: None,
        };
        let stored = store::messages::insert(tx, &[row], now).await?;
        let id = stored.first().ok_or(StoreError::NotFound)?.id;
        attach(tx, clock, letter.account, id, &part.files).await?;
        store::deliveries::insert(tx, id, letter.conversation_id, letter.account, now).await?;
        if let Some(reply) = letter.reply {
            store::crm_replies::add_part(tx, reply, id).await?;
        }
        flow.take(Moved {
            id,
            direction: Direction::Out,
            sent_at: letter.sent_at,
            read: true,
            automatic: letter.automatic,
        });
        ids.push(id);
    }
    let hour = now.millis().div_euclid(3_600_000);
    let count = i64::try_from(ids.len()).unwrap_or(0);
    store::accounts::add_hours(tx, &[(letter.account, hour, 0, count)]).await?;
    Ok(ids)
}

/// The chosen files with the kind each is sent as.
async fn files(
    tx: &mut Tx,
    chosen: &[SubmittedFile],
    capabilities: &Capabilities,
) -> Result<Vec<(Upload, AttachmentKind)>, SubmitError> {
    let mut files = Vec::with_capacity(chosen.len());
    for file in chosen {
        let upload = store::attachments::upload(&mut **tx, file.upload_id).await?;
        let wanted = file.kind.unwrap_or(upload.file.kind);
        let size = u64::try_from(upload.file.size).unwrap_or(0);
        let fits = |limit: &&MediaLimit| {
            size <= limit.max_bytes && (limit.mimes.is_empty() || limit.mimes.contains(&upload.file.mime.as_str()))
        };
        let own = capabilities
            .media
            .iter()
            .find(|limit| limit.kind == wanted)
            .filter(fits);
        let kind = if own.is_some() {
            wanted
        } else {
            AttachmentKind::Document
        };
        if let Some(limit) = capabilities.media_limit(kind).filter(|limit| size > limit.max_bytes) {
            return Err(SubmitError::FileTooLarge {
                name: upload.file.name,
                max_bytes: limit.max_bytes,
            });
        }
        files.push((upload, kind));
    }
    Ok(files)
}

/// One message of a submission.
pub(crate) struct Part {
    text: String,
    files: Vec<(Upload, AttachmentKind)>,
}

/// Splits a submission into messages that the network takes: files with the text as a caption where it fits, else the
/// text after them.
pub(crate) fn parts(text: &str, files: Vec<(Upload, AttachmentKind)>, capabilities: &Capabilities) -> Vec<Part> {
    let text = text.trim();
    let as_caption = !files.is_empty() && utf16(text) <= capabilities.caption_limit as usize;
    let per_message = capabilities.files_per_message.max(1) as usize;
    let mut parts = Vec::new();
    let mut caption = if as_caption { text.to_owned() } else { String::new() };
    let mut files = files.into_iter().peekable();
    while files.peek().is_some() {
        let files: Vec<_> = files.by_ref().take(per_message).collect();
        parts.push(Part {
            text: std::mem::take(&mut caption),
            files,
        });
    }
    if !as_caption {
        let pieces = split(text, capabilities.text_limit as usize);
        parts.extend(pieces.into_iter().map(|text| Part {
            text,
            files: Vec::new(),
        }));
    }
    parts
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Pieces of at most `limit` UTF-16 units, cut at the last line break, else the last space, else anywhere between two
/// characters.
fn split(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if utf16(rest) <= limit {
            pieces.push(rest.to_owned());
            break;
        }
        let mut units = 0;
        let end = rest
            .char_indices()
            .find(|(_, c)| {
                units += c.len_utf16();
                units > limit.max(2)
            })
            .map_or(rest.len(), |(at, _)| at);
        let (head, _) = rest.split_at(end);
        let cut = head
            .rfind('\n')
            .or_else(|| head.rfind(char::is_whitespace))
            .filter(|at| *at > 0)
            .unwrap_or(end);
        let (piece, tail) = rest.split_at(cut);
        pieces.push(piece.trim_end().to_owned());
        rest = tail.trim_start();
    }
    pieces
}

async fn attach(
    tx: &mut Tx,
    clock: &dyn Clock,
    account: AccountId,
    message: MessageId,
    files: &[(Upload, AttachmentKind)],
) -> Result<(), StoreError> {
    let rows: Vec<NewAttachment> = files
        .iter()
        .enumerate()
        .map(|(position, (upload, kind))| NewAttachment {
            uid: clock.uid(),
            account_id: account,
            message_id: Some(message),
            contact_id: None,
            position,
            kind: *kind,
            name: upload.file.name.clone(),
            mime: Some(upload.file.mime.clone()),
            size: Some(upload.file.size),
            width: None,
            height: None,
            duration_ms: None,
            waveform: None,
            state: FetchState::Local,
            reason: None,
            link: None,
            fetch: serde_json::Value::Null,
            path: Some(upload.file.path.clone()),
        })
        .collect();
    if !rows.is_empty() {
        store::attachments::insert(tx, &rows).await?;
    }
    for (upload, _) in files {
        store::attachments::forget_upload(tx, upload.id).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_words_and_loses_nothing() {
        let text = "слово ".repeat(2000);
        let pieces = split(&text, 4096);
        assert!(pieces.iter().all(|piece| utf16(piece) <= 4096 && !piece.ends_with(' ')));
        assert_eq!(pieces.join(" "), text.trim());
    }

    #[test]
    fn a_text_without_spaces_is_cut_between_characters() {
        let pieces = split(&"😀".repeat(100), 51);
        assert!(pieces.iter().all(|piece| utf16(piece) <= 51));
        assert_eq!(pieces.concat().chars().count(), 100);
    }
}
