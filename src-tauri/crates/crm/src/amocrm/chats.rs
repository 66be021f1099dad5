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
    link::AmoLink,
    options::{Notify, Stage, account},
    wire::{ChatLink, Contact, Page, Source},
};

/// «Other», with words: the only one of the documented codes that says nothing wrong about a cause unknown here.
const OTHER: i64 = 905;
/// The client has deleted the dialogue.
const UNREACHABLE: i64 = 901;
/// Own messages that are remembered per conversation, to know them again among managers'.
const REMEMBERED: usize = 50;

/// The chat of a conversation.
struct Chat {
    id: String,
    /// A manager opened it, and nothing of ours has been in it yet.
    opened: bool,
}

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
        let mut known = self.known_leads(std::iter::once(conversation), work.urgency).await?;
        Ok(Some(self.target(conversation, &mut known, work.urgency).await?.lead))
    }

    /// The chat of a conversation, where it has one.
    pub(super) async fn bound_chat(&self, conversation: &CrmConversation) -> Result<Option<String>, ApiError> {
        let bound = self.deps.notebook.bound(&Self::chat_key(conversation)).await?;
        Ok(bound.map(|bound| bound.reference.id))
    }

    pub(super) fn chat_key(conversation: &CrmConversation) -> BoundKey {
        BoundKey::conversation(conversation.id, "chat")
    }

    /// The chat: bound, or made and hung on the contact where there is one.
    async fn chat(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<Chat, ApiError> {
        let key = Self::chat_key(conversation);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            return Ok(Chat {
                id: bound.reference.id,
                opened: bound.data == json!("opened"),
            });
        }
        let (amojo, scope) = self.amojo().await?;
        let mut body = json!({
            "conversation_id": conversation.uid.to_string(),
            "user": chat_message::client(conversation, self.options.split_comments()),
        });
        if let (Some(source), Some(body)) = (self.source(conversation, urgency).await?, body.as_object_mut()) {
            body.insert("source".to_owned(), json!({ "external_id": source }));
        }
        // The same conversation gives the same chat, however often it is asked for.
        let id = amojo.chat(&self.client, &scope, &body, urgency).await?;
        let contact = self.deps.notebook.bound(&self.contact_key(conversation)).await?;
        if let Some(contact) = contact.and_then(|bound| bound.reference.id.parse::<i64>().ok()) {
            let body = json!([{ "contact_id": contact, "chat_id": id, "request_id": "chat" }]);
            match self.client.post::<Value>("contacts/chats", &body, urgency).await {
                Ok(_) => {}
                // It hangs on a contact already: on this one, or where a manager has put it.
                Err(ApiError::Problem(problem)) => {
                    tracing::info!(link = %self.id, status = problem.status, "a chat keeps its contact");
                }
                Err(error) => return Err(error),
            }
        }
        let reference = CrmRef::new(CrmEntity::Chat, &id);
        self.deps.notebook.bind(&key, Bound::to(reference)).await?;
        Ok(Chat { id, opened: false })
    }

    /// A chat that a manager opened knows our name of it from the first answer on.
    async fn greeted(&self, conversation: &CrmConversation, chat: &Chat) -> Result<(), ApiError> {
        if !chat.opened {
            return Ok(());
        }
        let reference = CrmRef::new(CrmEntity::Chat, &chat.id);
        Ok(self
            .deps
            .notebook
            .bind(&Self::chat_key(conversation), Bound::to(reference))
            .await?)
    }

    /// The card on which this conversation's chat hangs.
    pub(super) async fn contact_of_chat(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<Contact>, ApiError> {
        let Some(bound) = self.deps.notebook.bound(&Self::chat_key(conversation)).await? else {
            return Ok(None);
        };
        let query = [("chat_id[]", bound.reference.id)];
        let page: Option<Page> = match self.client.get("contacts/chats", &query, urgency).await {
            Ok(page) => page,
            Err(error) if error.gone() => None,
            Err(error) => return Err(error),
        };
        let links: Vec<ChatLink> = page.map(|page| page.of("chats")).unwrap_or_default();
        match links.first() {
            Some(link) => self.contact_card(link.contact_id, urgency).await,
            None => Ok(None),
        }
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

    /// The source of this channel: through it chats find the pipeline of its stage. Without one they find that of the
    /// account's settings, which is no reason to stop.
    async fn source(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<Option<String>, ApiError> {
        let Some(channel) = &conversation.account else {
            return Ok(None);
        };
        let key = BoundKey::link(format!("source:{}", channel.uid));
        let external = channel.uid.to_string();
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            return Ok((!bound.reference.id.is_empty()).then_some(external));
        }
        let made = match self.make_source(&external, &channel.name, conversation, urgency).await {
            Ok(id) => id.to_string(),
            Err(ApiError::Problem(problem)) => {
                tracing::warn!(link = %self.id, status = problem.status, "the account takes no sources");
                String::new()
            }
            Err(error) => return Err(error),
        };
        let there = !made.is_empty();
        self.deps
            .notebook
            .bind(&key, Bound::to(CrmRef::new(CrmEntity::File, made)))
            .await?;
        Ok(there.then_some(external))
    }

    async fn make_source(
        &self,
        external: &str,
        name: &str,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let query = [("filter[external_ids][]", external.to_owned())];
        let there: Option<Page> = self.client.get("sources", &query, urgency).await?;
        let there: Vec<Source> = there.map(|page| page.of("sources")).unwrap_or_default();
        if let Some(source) = there
            .iter()
            .find(|source| source.external_id.as_deref() == Some(external))
        {
            return Ok(source.id);
        }
        let mut body = json!({ "name": name, "external_id": external, "request_id": "source" });
        if let (Stage::At { pipeline, .. }, Some(body)) =
            (self.options.stage(account(conversation)), body.as_object_mut())
        {
            body.insert("pipeline_id".to_owned(), pipeline.into());
        }
        let made: Option<Page> = self.client.post("sources", &json!([body]), urgency).await?;
        let made: Vec<Source> = made.map(|page| page.of("sources")).unwrap_or_default();
        made.first()
            .map(|source| source.id)
            .ok_or_else(super::link::nothing_came)
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
