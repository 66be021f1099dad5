//! Messages on their way into open lines (BX-2, BX-4): many clients of one line go out in one call.

use std::collections::HashMap;

use contracts::{
    channel::Certainty,
    crm::{Applied, ApplyError, Author, Bound, BoundKey, CrmConversation, CrmError, Outcome, Urgency, Work},
};
use domain::{ConversationKind, CrmEntity, CrmOperation, CrmRef, Direction, Tick};
use serde_json::{Value, json};

use super::{
    errors::{ApiError, Problem, nothing_came, reason},
    history::{self, message_ref},
    line_message::{self, Frame},
    lines::Door,
    link::BxLink,
    places::Places,
    replies::look_key,
};

/// A message ready to be sent: what waited for it, then itself.
struct Ready<'a> {
    at: usize,
    work: &'a Work,
    entries: Vec<Value>,
    released: bool,
}

/// What one work came to before anything was sent.
enum Prepared {
    Send {
        door: Door,
        entries: Vec<Value>,
        released: bool,
    },
    Done(Applied),
}

impl BxLink {
    /// Works of different contacts, each answered in its place.
    pub(super) async fn do_round(&self, works: &[&Work]) -> Vec<Outcome> {
        let off = |work: &Work| work.conversation.kind == ConversationKind::Group && !self.options.groups();
        let wanted: Vec<&Work> = works.iter().copied().filter(|work| !off(work)).collect();
        let mut said = Vec::new();
        if self.options.lines() {
            said = self.to_lines(&wanted).await;
        }
        if self.options.chats() {
            said = self.to_chats(&wanted).await;
        }
        if self.options.comments() {
            said = self.and_to_cards(&wanted, said).await;
        }
        let mut said = said.into_iter();
        let outcome = |work: &&Work| {
            if off(work) {
                return Ok(Applied::Discarded(reason("bitrix24.reason.groups_off")));
            }
            said.next().unwrap_or(Err(ApplyError::Held))
        };
        works.iter().map(outcome).collect()
    }

    /// «Both»: what came into its line or chat is written into its card as well.
    async fn and_to_cards(&self, works: &[&Work], said: Vec<Outcome>) -> Vec<Outcome> {
        if said.is_empty() {
            return self.to_cards(works).await;
        }
        let mut outcomes = said;
        let well: Vec<usize> = (0..works.len())
            .filter(|at| matches!(outcomes.get(*at), Some(Ok(_))))
            .collect();
        let those: Vec<&Work> = well.iter().filter_map(|at| works.get(*at).copied()).collect();
        let written = self.to_cards(&those).await;
        for (at, written) in well.into_iter().zip(written) {
            if let Some(outcome) = outcomes.get_mut(at) {
                *outcome = both(std::mem::replace(outcome, Err(ApplyError::Held)), written);
            }
        }
        outcomes
    }

    async fn to_lines(&self, works: &[&Work]) -> Vec<Outcome> {
        let mut outcomes = Places::of(works.len());
        let mut ready: HashMap<Door, Vec<Ready<'_>>> = HashMap::new();
        for (at, work) in works.iter().enumerate() {
            let prepared = match work.operation {
                CrmOperation::Message => self.ready_message(work).await,
                CrmOperation::Edit | CrmOperation::Delete => self.change(work).await.map(Prepared::Done),
                CrmOperation::Receipt => Ok(Prepared::Done(self.receipt(work))),
            };
            match prepared {
                Ok(Prepared::Send {
                    door,
                    entries,
                    released,
                }) => {
                    let one = Ready {
                        at,
                        work,
                        entries,
                        released,
                    };
                    ready.entry(door).or_default().push(one);
                }
                Ok(Prepared::Done(applied)) => outcomes.put(at, Ok(applied)),
                Err(error) => outcomes.put(at, Err(error.into())),
            }
        }
        for (door, ready) in ready {
            self.send(&door, ready, &mut outcomes).await;
        }
        outcomes.outcomes()
    }

    async fn ready_message(&self, work: &Work) -> Result<Prepared, ApiError> {
        let conversation = &*work.conversation;
        if let Some(refs) = self.said_before(work).await? {
            return Ok(Prepared::Done(Applied::Exported(refs)));
        }
        let user = self.written_by(work).await?;
        if self.is_to_hold(work).await? {
            self.hold(work, user.unwrap_or_default()).await?;
            return Ok(Prepared::Done(Applied::Discarded(reason("bitrix24.reason.held"))));
        }
        let door = self.door(conversation, work.urgency).await?;
        let mut entries = self.held(conversation).await?;
        let released = !entries.is_empty();
        let mut there = None;
        if work.intended_at.is_some() || released && self.bound_chat(conversation).await?.is_some() {
            there = self.already_said(work, &door).await?;
        }
        let is_there = |id: &str| there.as_ref().is_some_and(|there| there.contains(id));
        if is_there(&work.marker) {
            self.release(conversation).await?;
            let chat = self.bound_chat(conversation).await?;
            return Ok(Prepared::Done(Applied::Exported(refs(work, &door, chat.as_ref()))));
        }
        entries.retain(|one| !one.pointer("/message/id").and_then(Value::as_str).is_some_and(is_there));
        let frame = Frame {
            user,
            urls: self.fetchable(work).await?,
            client_data: self.options.client_data(),
        };
        entries.push(line_message::entry(work, &frame));
        Ok(Prepared::Send {
            door,
            entries,
            released,
        })
    }

    /// The employee whose words they are, where they are ours.
    async fn written_by(&self, work: &Work) -> Result<Option<i64>, ApiError> {
        if work.message.direction != Direction::Out {
            return Ok(None);
        }
        let name = match &work.message.author {
            Author::Operator(name) => name.as_deref(),
            _ => None,
        };
        Ok(Some(self.layout(work.urgency).await?.user_named(name)))
    }

    /// One call. A line that was switched off under our feet is switched on again, once: nothing was done then.
    async fn send(&self, door: &Door, ready: Vec<Ready<'_>>, outcomes: &mut Places) {
        let mut door = door.clone();
        let mut told = self.post(&door, &ready).await;
        if told.as_ref().is_err_and(is_off)
            && let Some(first) = ready.first()
        {
            self.unhook(&door).await;
            // The same line again, or the one that took the place of a deleted one: a line of our own serves one channel.
            told = match self.door(&first.work.conversation, first.work.urgency).await {
                Ok(again) => {
                    door = again;
                    self.post(&door, &ready).await
                }
                Err(error) => Err(error),
            };
        }
        match told {
            Ok(results) => {
                let mut results = results.into_iter();
                for one in ready {
                    let own: Vec<Value> = results.by_ref().take(one.entries.len()).collect();
                    let outcome = self.sent(&one, &door, own.last()).await;
                    outcomes.put(one.at, outcome.map_err(ApplyError::from));
                }
            }
            Err(error) => outcomes.put_all(ready.iter().map(|one| one.at), error),
        }
    }

    async fn post(&self, door: &Door, ready: &[Ready<'_>]) -> Result<Vec<Value>, ApiError> {
        let entries: Vec<&Value> = ready.iter().flat_map(|one| &one.entries).collect();
        let urgency = ready
            .iter()
            .map(|one| one.work.urgency)
            .min()
            .unwrap_or(Urgency::History);
        let params = json!({ "CONNECTOR": door.connector, "LINE": door.line, "MESSAGES": entries });
        let told = self.client.does("imconnector.send.messages", params, urgency).await?;
        let results = told.pointer("/DATA/RESULT").and_then(Value::as_array).cloned();
        results
            .filter(|results| results.len() == entries.len())
            .ok_or_else(nothing_came)
    }

    /// What the answer says of one message.
    async fn sent(&self, one: &Ready<'_>, door: &Door, result: Option<&Value>) -> Result<Applied, ApiError> {
        let result = result.ok_or_else(nothing_came)?;
        refusal(result)?;
        let chat = Self::chat_of(result);
        self.note_sent(one, door, chat.as_ref()).await.map_err(but_sent)?;
        if let Some(chat) = &chat
            && let Err(error) = self.track_chat(one.work, chat.id).await
        {
            // The message is there: a source that could not be written down must not send it again.
            tracing::warn!(link = %self.id, %error, "a chat's card takes no source");
        }
        Ok(Applied::Exported(refs(one.work, door, chat.as_ref())))
    }

    /// What is to be remembered of a message that is in its line.
    async fn note_sent(&self, one: &Ready<'_>, door: &Door, chat: Option<&history::Chat>) -> Result<(), ApiError> {
        let (work, conversation) = (one.work, &*one.work.conversation);
        if let Some(chat) = chat {
            let new = self.bound_chat(conversation).await?.as_ref() != Some(chat);
            if new {
                self.bind_chat(conversation, door, chat).await?;
            }
            self.line_may_have_said(work, door, chat, new).await?;
        }
        if self.options.comments() {
            let bound = Bound {
                reference: message_ref(door, &work.marker),
                data: json!(chat.map(|chat| chat.id)),
            };
            self.deps.notebook.bind(&said_key(conversation), bound).await?;
        }
        if one.released {
            self.release(conversation).await?;
        }
        Ok(())
    }

    /// Of two places the first was reached by an earlier try, and the second was not: the line has it already.
    async fn said_before(&self, work: &Work) -> Result<Option<Vec<CrmRef>>, ApiError> {
        if !self.options.comments() {
            return Ok(None);
        }
        let said = self.deps.notebook.bound(&said_key(&work.conversation)).await?;
        let ours = said.filter(|said| said.reference.id.ends_with(&format!("|{}", work.marker)));
        Ok(ours.map(|said| {
            let chat = said.data.as_i64().map(|chat| CrmRef::new(CrmEntity::Chat, chat));
            chat.into_iter().chain([said.reference]).collect()
        }))
    }

    /// What a line says by itself while our message is taken is not in the queue of our events: the session is looked
    /// at by the next poll. It speaks at the beginning of a session, and after a rating.
    async fn line_may_have_said(
        &self,
        work: &Work,
        door: &Door,
        chat: &history::Chat,
        new: bool,
    ) -> Result<(), ApiError> {
        let rated = matches!(work.message.content.text.trim(), "0" | "1");
        if self.state.source.read().await.is_some() || !(new || rated) {
            return Ok(());
        }
        let bound = Bound {
            reference: CrmRef::new(CrmEntity::Chat, chat.id),
            data: json!({
                "chat": work.conversation.uid.to_string(), "session": chat.session,
                "connector": door.connector, "line": door.line,
            }),
        };
        self.deps.notebook.bind(&look_key(chat.id), bound).await?;
        self.state.looks.notify_one();
        Ok(())
    }

    /// The words of a message anew, or its end.
    async fn change(&self, work: &Work) -> Result<Applied, ApiError> {
        let gone = || Applied::Discarded(reason("bitrix24.reason.no_message"));
        let Some((door, marker)) = history::of_ref(&work.refs) else {
            // It may wait for the client's answer still.
            self.change_held(work).await?;
            return Ok(gone());
        };
        let (method, text) = if work.operation == CrmOperation::Delete {
            ("imconnector.delete.messages", None)
        } else {
            // Files stand in the message already: a place each keeps them from being named once more.
            let there: Vec<(usize, String)> = (0..work.message.files.len()).map(|at| (at, String::new())).collect();
            let words = line_message::words(&work.message, &there);
            ("imconnector.update.messages", Some(words))
        };
        let entry = history::changed(work, &marker, text);
        let params = json!({ "CONNECTOR": door.connector, "LINE": door.line, "MESSAGES": [entry] });
        let told = match self.client.does(method, params, work.urgency).await {
            Ok(told) => told,
            Err(error) if error.refused() => return Ok(gone()),
            Err(error) => return Err(error),
        };
        let result = told.pointer("/DATA/RESULT/0").cloned().unwrap_or(Value::Null);
        match refusal(&result) {
            Ok(()) => Ok(Applied::Exported(work.refs.clone())),
            Err(ApiError::Problem(_)) => Ok(gone()),
            Err(error) => Err(error),
        }
    }

    /// A line shows no ticks for what came in through it.
    fn receipt(&self, work: &Work) -> Applied {
        let failed = work.message.tick == Some(Tick::Error) && self.options.comments();
        if failed {
            // The comment says it.
            return Applied::Exported(work.refs.clone());
        }
        Applied::Discarded(reason("bitrix24.reason.no_ticks"))
    }
}

/// The last message of a conversation that is in its line, while its comment may be missing.
fn said_key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::conversation(conversation.id, "said")
}

fn refs(work: &Work, door: &Door, chat: Option<&history::Chat>) -> Vec<CrmRef> {
    let chat = chat.map(|chat| CrmRef::new(CrmEntity::Chat, chat.id));
    chat.into_iter().chain([message_ref(door, &work.marker)]).collect()
}

/// What failed after the message was taken: it is looked for before it is sent again.
fn but_sent(error: ApiError) -> ApiError {
    CrmError::Network {
        reason: CrmError::from(error).reason(),
        certainty: Certainty::Unknown,
    }
    .into()
}

fn is_off(error: &ApiError) -> bool {
    error.is("NOT_ACTIVE_LINE") || error.is("IMCONNECTOR_NO_CORRECT_PROVIDER")
}

/// Refusals of single messages stand inside of a good answer.
fn refusal(result: &Value) -> Result<(), ApiError> {
    let success = result.get("SUCCESS");
    if success.is_none_or(|success| success == &json!(true) || success == "Y") {
        return Ok(());
    }
    let errors = result.get("ERRORS").and_then(Value::as_array);
    let said = errors.and_then(|errors| errors.first()).and_then(|error| {
        let words = error.get("message").or(Some(error));
        words.and_then(Value::as_str)
    });
    Err(ApiError::Problem(Problem {
        code: String::new(),
        description: said.unwrap_or_default().to_owned(),
    }))
}

/// One outcome of two.
fn both(line: Outcome, card: Outcome) -> Outcome {
    Ok(match (line?, card?) {
        (Applied::Exported(mut refs), Applied::Exported(more)) => {
            refs.extend(more.into_iter().filter(|one| one.entity != CrmEntity::Chat));
            refs.dedup();
            Applied::Exported(refs)
        }
        (Applied::Exported(refs), Applied::Discarded(_)) | (Applied::Discarded(_), Applied::Exported(refs)) => {
            Applied::Exported(refs)
        }
        (discarded @ Applied::Discarded(_), Applied::Discarded(_)) => discarded,
    })
}
