//! The window in which a conversation is shown: its chat, hung on the contact, and the source that leads it into a
//! pipeline. <https://www.amocrm.ru/developers/content/crm_platform/sources-api>

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency};
use domain::{CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    chat_message,
    errors::ApiError,
    link::AmoLink,
    options::{Stage, account},
    wire::{ChatLink, Contact, Page, Source},
};

/// The chat of a conversation.
pub(super) struct Chat {
    pub(super) id: String,
    /// A manager opened it, and nothing of ours has been in it yet.
    pub(super) opened: bool,
}

impl AmoLink {
    /// The chat of a conversation, where it has one.
    pub(super) async fn bound_chat(&self, conversation: &CrmConversation) -> Result<Option<String>, ApiError> {
        let bound = self.deps.notebook.bound(&Self::chat_key(conversation)).await?;
        Ok(bound.map(|bound| bound.reference.id))
    }

    pub(super) fn chat_key(conversation: &CrmConversation) -> BoundKey {
        BoundKey::conversation(conversation.id, "chat")
    }

    /// The chat: bound, or made and hung on the contact where there is one.
    pub(super) async fn chat(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<Chat, ApiError> {
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
    pub(super) async fn greeted(&self, conversation: &CrmConversation, chat: &Chat) -> Result<(), ApiError> {
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

    /// The source of this channel: through it chats find the pipeline of its stage. Without one they find that of the
    /// account's settings, which is no reason to stop.
    pub(super) async fn source(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<String>, ApiError> {
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
        if let Some(known) = self.known_source(external, urgency).await? {
            return Ok(known);
        }
        let mut body = json!({ "name": name, "external_id": external, "request_id": "source" });
        if let (Stage::At { pipeline, .. }, Some(body)) =
            (self.options.stage(account(conversation)), body.as_object_mut())
        {
            body.insert("pipeline_id".to_owned(), pipeline.into());
        }
        let made: Result<Option<Page>, _> = self.client.post("sources", &json!([body]), urgency).await;
        let made = match made {
            Err(ApiError::Problem(problem)) => {
                // Another conversation of the channel was faster: its source is the one.
                let known = self.known_source(external, urgency).await?;
                return known.ok_or(ApiError::Problem(problem));
            }
            made => made?,
        };
        let made: Vec<Source> = made.map(|page| page.of("sources")).unwrap_or_default();
        made.first()
            .map(|source| source.id)
            .ok_or_else(super::link::nothing_came)
    }
    async fn known_source(&self, external: &str, urgency: Urgency) -> Result<Option<i64>, ApiError> {
        let query = [("filter[external_id][]", external.to_owned())];
        let there: Option<Page> = self.client.get("sources", &query, urgency).await?;
        let there: Vec<Source> = there.map(|page| page.of("sources")).unwrap_or_default();
        let ours = |source: &&Source| source.external_id.as_deref() == Some(external);
        Ok(there.iter().find(ours).map(|source| source.id))
    }
}
