//! Chats mode (AMO-2): a message is a message of a chat, one chat per conversation.
//!
//! The chat is made first and bound to the contact, so that amoCRM makes neither a second contact nor a second request
//! of its own; where leads are to stand among those that nobody has taken, amoCRM makes the request by itself. Which of
//! a contact's open leads a chat joins is amoCRM's decision: its documents do not say (not proved live).

use std::collections::HashSet;

use contracts::crm::{Applied, ApplyError, Bound, BoundKey, CrmConversation, Outcome, Urgency, Work};
use domain::{ConversationKind, CrmEntity, CrmOperation, CrmRef, Direction, Tick};
use serde_json::{Value, json};

use super::{
    amojo::Amojo,
    append::attachment,
    chat_message::{self, Frame, Linked, Part},
    errors::{ApiError, reason},
    leads::Known,
    link::AmoLink,
    options::{Notify, Stage, account},
};

/// «Other», with words: the only one of the documented codes that says nothing wrong about a cause unknown here.
const OTHER: i64 = 905;
/// The client has deleted the dialogue.
const UNREACHABLE: i64 = 901;
/// Own messages that are remembered per conversation, to know them again among managers'.
const REMEMBERED: usize = 50;

impl AmoLink {
    /// See [`contracts::crm::CrmLink::apply`].
    pub(super) async fn chat_all(&self, works: &[Work]) -> Vec<Outcome> {
        let mut held = HashSet::new();
        let mut outcomes = Vec::with_capacity(works.len());
        for work in works {
            let contact = work.conversation.contact.id;
            let outcome = if held.contains(&contact) {
                Err(ApplyError::Held)
            } else {
                self.chat_one(work).await.map_err(ApplyError::from)
            };
            if outcome.is_err() {
                held.insert(contact);
            }
            outcomes.push(outcome);
        }
        outcomes
    }

    /// The channel and its scope in this account.
    pub(super) async fn amojo(&self) -> Result<(&Amojo, String), ApiError> {
        let amojo = self.amojo.as_ref().ok_or_else(super::prepare::no_channel)?;
        let scope = self.scope.read().await.clone();
        Ok((amojo, scope.ok_or_else(super::prepare::no_channel)?))
    }

    async fn chat_one(&self, work: &Work) -> Result<Applied, ApiError> {
        match work.operation {
            CrmOperation::Message => self.say(work).await,
            CrmOperation::Edit | CrmOperation::Delete => self.change(work).await,
            CrmOperation::Receipt => self.tick(work).await,
        }
    }

    async fn say(&self, work: &Work) -> Result<Applied, ApiError> {
        let conversation = &*work.conversation;
        if conversation.kind == ConversationKind::Group && !self.options.groups() {
            return Ok(Applied::Discarded(reason("amocrm.reason.groups_off")));
        }
        let lead = self.lead_of_chat(work).await?;
        let chat = self.chat(conversation, work.urgency).await?;
        if let Some(lead) = lead {
            self.track(work, lead).await?;
            self.remind(work, lead).await?;
        }
        let (files, mut refs) = self.chat_files(work, lead).await?;
        let parts = chat_message::parts(work, &files);
        let there = match work.intended_at {
            Some(_) => self.already_there(work, &chat.id, &parts).await?,
            None => Vec::new(),
        };
        let layout = self.layout(work.urgency).await?;
        let author = match &work.message.author {
            contracts::crm::Author::Operator(name) => name.as_deref(),
            _ => None,
        };
        let source = self.source(conversation, work.urgency).await?;
        let frame = Frame {
            conversation,
            split: self.options.split_comments(),
            user: layout.user_named(author).filter(|user| user.amojo_id.is_some()),
            silent: self.is_silent(work),
            source: source.as_deref(),
            opened: chat.opened.then_some(chat.id.as_str()),
        };
        let (amojo, scope) = self.amojo().await?;
        for part in &parts {
            if let Some((_, id)) = there.iter().find(|(msgid, _)| *msgid == part.msgid) {
                refs.push(CrmRef::new(CrmEntity::Message, id));
                continue;
            }
            let body = chat_message::new_message(&work.message, part, &frame);
            let made = amojo.message(&self.client, &scope, &body, work.urgency).await?;
            let made = made.ok_or_else(super::link::nothing_came)?;
            refs.push(CrmRef::new(CrmEntity::Message, &made.msgid));
        }
        if work.message.direction == Direction::Out {
            self.remember_own(conversation, &refs).await?;
        }
        self.greeted(conversation, &chat).await?;
        refs.insert(0, CrmRef::new(CrmEntity::Chat, chat.id));
        Ok(Applied::Exported(refs))
    }

    /// Nobody is to be told: ours, what was written long ago, and everything where the settings want it so.
    fn is_silent(&self, work: &Work) -> bool {
        let told = self.options.notify() != Notify::Nothing;
        work.message.direction != Direction::In || work.urgency == Urgency::History || !told
    }

    /// The lead that a client's message needs, where it is ours to make. Ours go into whatever lead the chat is in.
    async fn lead_of_chat(&self, work: &Work) -> Result<Option<i64>, ApiError> {
        let conversation = &*work.conversation;
        let unsorted = self.options.stage(account(conversation)) == Stage::Unsorted;
        if unsorted {
            if self.options.unsorted_contact() {
                self.contact(conversation, work.urgency).await?;
            } else {
                self.known_contact(conversation, work.urgency).await?;
            }
            return self.bound_lead(conversation).await;
        }
        let mut known = Known::default();
        if let Some(id) = self.bound_lead(conversation).await?
            && let Some(lead) = self.lead_now(id, work.urgency).await?
        {
            known.leads.insert(id, lead);
        }
        Ok(Some(self.target(conversation, &mut known, work.urgency).await?))
    }

    /// The files of a message with addresses for the service, and references to what was made for them.
    async fn chat_files<'a>(
        &self,
        work: &'a Work,
        lead: Option<i64>,
    ) -> Result<(Vec<Linked<'a>>, Vec<CrmRef>), ApiError> {
        let mut refs = Vec::new();
        let mut linked = Vec::new();
        let by_drive = self.options.chat_files_by_drive();
        let layout = self.layout(work.urgency).await?;
        for file in &work.message.files {
            let (Some(path), Some(drive)) = (&file.path, &layout.account.drive_url) else {
                linked.push((file, file.link.clone()));
                continue;
            };
            let kept = match self.client.keep_file(drive, file, path, work.urgency).await {
                Ok(kept) => kept,
                Err(error) if error.about_this_only() => {
                    linked.push((file, file.link.clone()));
                    continue;
                }
                Err(error) => return Err(error),
            };
            refs.push(CrmRef::new(CrmEntity::File, &kept.uuid));
            if by_drive && kept.link.is_some() {
                linked.push((file, kept.link));
                continue;
            }
            linked.push((file, None));
            if let Some(lead) = lead {
                let note = json!([attachment(lead, &kept)]);
                self.client.post::<Value>("leads/notes", &note, work.urgency).await?;
            }
        }
        Ok((linked, refs))
    }

    /// The words of a message anew. There is no way to delete: the words say so.
    async fn change(&self, work: &Work) -> Result<Applied, ApiError> {
        let mut links = Vec::new();
        let mut kept = work.refs.iter().filter(|one| one.entity == CrmEntity::File);
        let layout = self.layout(work.urgency).await?;
        for file in &work.message.files {
            let link = match (file.path.is_some(), &layout.account.drive_url) {
                (true, Some(drive)) => match kept.next() {
                    Some(kept) => self.client.kept_file(drive, &kept.id, work.urgency).await?,
                    None => None,
                },
                _ => file.link.clone(),
            };
            links.push((file, link));
        }
        let parts = chat_message::parts(work, &links);
        let spoken = |part: &&Part| part.message.get("text").is_some();
        let Some(part) = parts.iter().find(spoken) else {
            return Ok(Applied::Discarded(reason("amocrm.reason.no_words")));
        };
        let (amojo, scope) = self.amojo().await?;
        let body = chat_message::edited(work, part);
        match amojo.message(&self.client, &scope, &body, work.urgency).await {
            Ok(_) => Ok(Applied::Exported(work.refs.clone())),
            Err(error) if error.gone() => Ok(Applied::Discarded(reason("amocrm.reason.no_message"))),
            Err(error) => Err(error),
        }
    }

    /// How far a message of ours has come.
    async fn tick(&self, work: &Work) -> Result<Applied, ApiError> {
        let error = work.message.failure.as_ref().map(|(_, text)| text.as_str());
        let Some(tick) = work
            .message
            .tick
            .filter(|tick| *tick != Tick::Sending && *tick != Tick::Sent)
        else {
            // «Sent» is what a message is while nothing else was said.
            return Ok(Applied::Discarded(reason("amocrm.reason.no_ticks")));
        };
        let messages = work.refs.iter().filter(|one| one.entity == CrmEntity::Message);
        for message in messages {
            self.tell_status(&message.id, tick, error, work.urgency).await?;
        }
        Ok(Applied::Exported(work.refs.clone()))
    }

    /// Says what became of a message, in the service's numbers.
    pub(super) async fn tell_status(
        &self,
        message: &str,
        tick: Tick,
        error: Option<&str>,
        urgency: Urgency,
    ) -> Result<(), ApiError> {
        let (amojo, scope) = self.amojo().await?;
        let body = status_body(message, tick, error);
        match amojo.status(&self.client, &scope, message, &body, urgency).await {
            // A message that a manager has deleted wants no status.
            Err(error) if error.gone() => Ok(()),
            told => told,
        }
    }

    /// Remembers our own messages: among those that managers wrote they would be sent to the client again.
    async fn remember_own(&self, conversation: &CrmConversation, refs: &[CrmRef]) -> Result<(), ApiError> {
        let key = BoundKey::conversation(conversation.id, "own");
        let before = self.deps.notebook.bound(&key).await?;
        let mut ids: Vec<Value> = before
            .and_then(|bound| bound.data.as_array().cloned())
            .unwrap_or_default();
        let messages = refs.iter().filter(|one| one.entity == CrmEntity::Message);
        ids.extend(messages.map(|one| json!(one.id)));
        let from = ids.len().saturating_sub(REMEMBERED);
        let bound = Bound {
            reference: CrmRef::new(
                CrmEntity::Message,
                ids.last().and_then(Value::as_str).unwrap_or_default(),
            ),
            data: Value::Array(ids.split_off(from)),
        };
        Ok(self.deps.notebook.bind(&key, bound).await?)
    }
}

/// -1 failed, 1 delivered, 2 read. <https://www.amocrm.ru/developers/content/chats/chat-api-reference>
pub(super) fn status_body(message: &str, tick: Tick, error: Option<&str>) -> Value {
    match tick {
        Tick::Read => json!({ "msgid": message, "delivery_status": 2 }),
        Tick::Error => {
            let code = if error.is_some() { OTHER } else { UNREACHABLE };
            json!({ "msgid": message, "delivery_status": -1, "error_code": code, "error": error.unwrap_or_default() })
        }
        Tick::Delivered | Tick::Sent | Tick::Sending => json!({ "msgid": message, "delivery_status": 1 }),
    }
}
