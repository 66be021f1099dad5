//! Messages in chats of the portal's own messenger (BX-2): one per conversation, for the employees that the settings
//! name. They read along and talk among themselves; clients are answered from here.
//! <https://apidocs.bitrix24.com/api-reference/chats/index.html>
//!
//! The portal takes no ids of ours for messages. The last one of a chat is written down therefore: after an uncertain
//! outcome whatever stands behind it, is ours and reads the same was that message.

use contracts::{
    channel::Certainty,
    crm::{Applied, ApplyError, Bound, BoundKey, CrmConversation, CrmError, CrmFile, Outcome, Urgency, Work},
};
use domain::{CrmEntity, CrmOperation, CrmRef, Tick};
use serde_json::{Value, json};

use super::{
    bb,
    client::Told,
    errors::{ApiError, nothing_came, reason},
    layout::{number, rows, text, whole},
    link::BxLink,
    options::account,
    places::Places,
};
use crate::shared::{note, note_mark};

/// By this and the conversation's own id a chat is found again.
const ABOUT: &str = "BESEDKA";
const SAY: &str = "im.message.add";
/// Behind the last message of ours stand at most a few; colleagues may have talked meanwhile.
const LOOKED_AT: usize = 50;

/// A message without files, ready to be said.
struct Ready<'a> {
    at: usize,
    work: &'a Work,
    chat: i64,
    words: String,
}

/// What one work came to before anything was said.
enum Prepared {
    Say { chat: i64, words: String },
    Done(Applied),
}

/// What an earlier try has left: the message, and how many of its files.
struct Standing {
    message: i64,
    files: usize,
}

impl BxLink {
    /// Works of different contacts, each answered in its place.
    pub(super) async fn to_chats(&self, works: &[&Work]) -> Vec<Outcome> {
        let mut outcomes = Places::of(works.len());
        let mut ready = Vec::new();
        for (at, work) in works.iter().copied().enumerate() {
            match self.ready_for_chat(work).await {
                Ok(Prepared::Say { chat, words }) => ready.push(Ready { at, work, chat, words }),
                Ok(Prepared::Done(applied)) => outcomes.put(at, Ok(applied)),
                Err(error) => outcomes.put(at, Err(error.into())),
            }
        }
        self.say_together(&ready, &mut outcomes).await;
        outcomes.outcomes()
    }

    async fn ready_for_chat(&self, work: &Work) -> Result<Prepared, ApiError> {
        match work.operation {
            CrmOperation::Message => self.new_words(work).await,
            CrmOperation::Edit | CrmOperation::Delete => self.other_words(work).await.map(Prepared::Done),
            CrmOperation::Receipt if work.message.tick == Some(Tick::Error) => {
                self.other_words(work).await.map(Prepared::Done)
            }
            CrmOperation::Receipt => Ok(Prepared::Done(Applied::Discarded(reason("bitrix24.reason.no_ticks")))),
        }
    }

    async fn new_words(&self, work: &Work) -> Result<Prepared, ApiError> {
        let conversation = &*work.conversation;
        let chat = self.staff_chat(conversation, work.urgency).await?;
        let files: Vec<(usize, &CrmFile)> = here(work).collect();
        let kept: Vec<usize> = files.iter().map(|(at, _)| *at).collect();
        let words = self.words_for_staff(work, &kept).await?;
        let standing = match work.intended_at {
            Some(_) => self.standing(work, chat, &words).await?,
            None => None,
        };
        if files.is_empty() && standing.is_none() {
            return Ok(Prepared::Say { chat, words });
        }
        let (message, there) = match standing {
            Some(standing) => {
                self.was_last(work, standing.message).await?;
                (standing.message, standing.files)
            }
            None => {
                let params = json!({ "DIALOG_ID": dialog(chat), "MESSAGE": words });
                let told = self.client.does(SAY, params, work.urgency).await;
                (self.said(work, chat, told).await?, 0)
            }
        };
        let mut missing = Vec::new();
        for (at, file) in files.into_iter().skip(there) {
            match self.publish(chat, file, work.urgency).await {
                Ok(()) => {}
                Err(error) if error.about_this_only() => {
                    tracing::warn!(link = %self.id, %error, "the drive takes no file");
                    missing.push(at);
                }
                Err(error) => return Err(error),
            }
        }
        if !missing.is_empty() {
            // Without its files a message still says something: their names.
            let kept: Vec<usize> = kept.into_iter().filter(|at| !missing.contains(at)).collect();
            let words = self.words_for_staff(work, &kept).await?;
            let params = json!({ "MESSAGE_ID": message, "MESSAGE": words });
            self.client.does("im.message.update", params, work.urgency).await?;
        }
        Ok(Prepared::Done(Applied::Exported(refs(chat, message))))
    }

    async fn say_together(&self, ready: &[Ready<'_>], outcomes: &mut Places) {
        if ready.is_empty() {
            return;
        }
        let call = |one: &Ready<'_>| (SAY, json!({ "DIALOG_ID": dialog(one.chat), "MESSAGE": one.words }));
        let calls: Vec<(&str, Value)> = ready.iter().map(call).collect();
        let urgency = ready.iter().map(|one| one.work.urgency).min();
        match self.client.batch(&calls, urgency.unwrap_or(Urgency::History)).await {
            Ok(told) => {
                for (one, told) in ready.iter().zip(told) {
                    let told = told.map(|Told { result, .. }| result);
                    let said = self.said(one.work, one.chat, told).await;
                    let outcome = said.map(|message| Applied::Exported(refs(one.chat, message)));
                    outcomes.put(one.at, outcome.map_err(ApplyError::from));
                }
            }
            Err(error) => outcomes.put_all(ready.iter().map(|one| one.at), error),
        }
    }

    /// The number of a message that was said, written down as the last one of its chat.
    async fn said(&self, work: &Work, chat: i64, told: Result<Value, ApiError>) -> Result<i64, ApiError> {
        let conversation = &*work.conversation;
        match told {
            Err(error) if error.is("ACCESS_ERROR") || error.is("CHAT_ID_EMPTY") => {
                tracing::info!(link = %self.id, chat, "a chat is closed to us: another one is made");
                self.deps.notebook.unbind(&chat_key(conversation)).await?;
                self.deps.notebook.unbind(&said_key(conversation)).await?;
                Err(CrmError::Network {
                    reason: reason("bitrix24.reason.chat_lost"),
                    certainty: Certainty::NotDone,
                }
                .into())
            }
            told => {
                let message = whole(&told?).ok_or_else(nothing_came)?;
                self.was_last(work, message).await?;
                Ok(message)
            }
        }
    }

    /// Writes down what the last message of a chat is.
    async fn was_last(&self, work: &Work, message: i64) -> Result<(), ApiError> {
        let bound = Bound {
            reference: CrmRef::new(CrmEntity::Message, message),
            data: json!({ "marker": work.marker }),
        };
        Ok(self.deps.notebook.bind(&said_key(&work.conversation), bound).await?)
    }

    /// The chat of a conversation, made when there is none.
    async fn staff_chat(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<i64, ApiError> {
        let key = chat_key(conversation);
        if let Some(id) = self
            .deps
            .notebook
            .bound(&key)
            .await?
            .and_then(|bound| bound.reference.id.parse().ok())
        {
            return Ok(id);
        }
        let about = json!({ "ENTITY_TYPE": ABOUT, "ENTITY_ID": conversation.uid.to_string() });
        let mut found = None;
        if self.deps.notebook.intend(&key).await?.is_some() {
            let told = self.client.ask("im.chat.get", about.clone(), urgency).await?;
            found = number(&told.result, "ID");
        }
        let id = match found {
            Some(id) => id,
            None => self.make_chat(conversation, about, urgency).await?,
        };
        let bound = Bound::to(CrmRef::new(CrmEntity::Chat, id));
        self.deps.notebook.bind(&key, bound).await?;
        Ok(id)
    }

    async fn make_chat(
        &self,
        conversation: &CrmConversation,
        mut params: Value,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        if let Some(params) = params.as_object_mut() {
            params.insert("TYPE".to_owned(), "CHAT".into());
            params.insert("TITLE".to_owned(), self.options.chat_name(conversation).into());
            params.insert(
                "USERS".to_owned(),
                self.options.chat_members(account(conversation)).into(),
            );
        }
        let made = self.client.does("im.chat.add", params, urgency).await;
        if made.as_ref().is_err_and(ApiError::refused) {
            self.deps.notebook.give_up(&chat_key(conversation)).await?;
        }
        whole(&made?).ok_or_else(nothing_came)
    }

    /// What an earlier try has left behind the last message that is known.
    async fn standing(&self, work: &Work, chat: i64, words: &str) -> Result<Option<Standing>, ApiError> {
        let last = self.deps.notebook.bound(&said_key(&work.conversation)).await?;
        let known = last.as_ref().and_then(|last| last.reference.id.parse().ok());
        let ours = last.is_some_and(|last| text(&last.data, "marker").as_deref() == Some(work.marker.as_str()));
        let params = json!({ "DIALOG_ID": dialog(chat), "FIRST_ID": known.unwrap_or(0_i64), "LIMIT": LOOKED_AT });
        let told = self.client.ask("im.dialog.messages.get", params, work.urgency).await?;
        let me = self.layout(work.urgency).await?.me;
        let mut mine = rows(told.result.get("messages").unwrap_or(&Value::Null));
        mine.retain(|row| number(row, "author_id") == Some(me));
        mine.sort_by_key(|row| number(row, "id"));
        let reads_the_same = |row: &&Value| text(row, "text").is_some_and(|said| same(&said, words));
        let message = if ours {
            known
        } else {
            mine.iter().find(reads_the_same).and_then(|row| number(row, "id"))
        };
        Ok(message.map(|message| {
            let of_it = mine.iter().filter(|row| number(row, "id") > Some(message));
            let files = of_it.filter(|row| row.pointer("/params/FILE_ID").is_some()).count();
            Standing { message, files }
        }))
    }

    /// A file as a message of its own. <https://apidocs.bitrix24.com/api-reference/chats/files/index.html>
    async fn publish(&self, chat: i64, file: &CrmFile, urgency: Urgency) -> Result<(), ApiError> {
        let told = self
            .client
            .ask("im.disk.folder.get", json!({ "CHAT_ID": chat }), urgency)
            .await?;
        let folder = number(&told.result, "ID").ok_or_else(nothing_came)?;
        let kept = self.put_on_drive(folder, file, urgency).await?;
        let id = number(&kept, "ID").ok_or_else(nothing_came)?;
        let params = json!({ "CHAT_ID": chat, "UPLOAD_ID": id });
        self.client.does("im.disk.file.commit", params, urgency).await.map(drop)
    }

    /// A message as it is now. What a client has taken back stays, and says so.
    async fn other_words(&self, work: &Work) -> Result<Applied, ApiError> {
        let gone = || Applied::Discarded(reason("bitrix24.reason.no_message"));
        let Some(message) = work.refs.iter().find(|one| one.entity == CrmEntity::Message) else {
            return Ok(gone());
        };
        let kept: Vec<usize> = here(work).map(|(at, _)| at).collect();
        let words = self.words_for_staff(work, &kept).await?;
        let params = json!({ "MESSAGE_ID": message.id, "MESSAGE": words });
        match self.client.does("im.message.update", params, work.urgency).await {
            Ok(_) => Ok(Applied::Exported(work.refs.clone())),
            // Too late for the portal, or it is gone.
            Err(ApiError::Problem(_)) => Ok(gone()),
            Err(error) => Err(error),
        }
    }

    async fn words_for_staff(&self, work: &Work, kept: &[usize]) -> Result<String, ApiError> {
        let layout = self.layout(work.urgency).await?;
        let whole = note(work, self.deps.clock.now(), layout.offset_secs, kept, &[]);
        let words = whole.strip_suffix(&note_mark(work)).unwrap_or(&whole).trim_end();
        let (head, rest) = words.split_once('\n').unwrap_or((words, ""));
        let words = format!("[b]{}[/b]\n{}", bb::literal(head), bb::literal(rest));
        Ok(words.trim_end().to_owned())
    }
}

fn chat_key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::conversation(conversation.id, "staff_chat")
}

/// The last message of ours in the chat.
fn said_key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::conversation(conversation.id, "staff_said")
}

fn dialog(chat: i64) -> String {
    format!("chat{chat}")
}

fn refs(chat: i64, message: i64) -> Vec<CrmRef> {
    vec![
        CrmRef::new(CrmEntity::Chat, chat),
        CrmRef::new(CrmEntity::Message, message),
    ]
}

/// The files of a message that are on this machine, with their places.
fn here(work: &Work) -> impl Iterator<Item = (usize, &CrmFile)> {
    let files = work.message.files.iter().enumerate();
    files.filter(|(_, file)| file.path.is_some())
}

/// Whether two texts say the same, however the portal has set its marks and spaces.
fn same(one: &str, other: &str) -> bool {
    let bare = |marked: &str| -> String {
        let text = bb::content(marked).text;
        text.chars().filter(|letter| letter.is_alphanumeric()).collect()
    };
    bare(one) == bare(other)
}
