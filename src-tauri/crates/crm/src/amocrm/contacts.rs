//! The card of a person: bound, found by number or mark, or made (AMO-3, AMO-4).
//! <https://www.amocrm.ru/developers/content/crm_platform/contacts-api>

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency};
use domain::{At, ConversationKind, CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    errors::ApiError,
    identity::Identity,
    link::{AmoLink, nothing_came},
    options::account,
    values,
    wire::{Contact, Made, Page},
};

/// The person's card.
pub(super) struct Person {
    pub(super) id: i64,
    /// As it was before anything was written into it; `None`: it has just been made.
    pub(super) card: Option<Contact>,
}

/// Comments stand apart where the user wants it (AMO-9).
pub(super) fn side(split: bool, conversation: &CrmConversation) -> &'static str {
    if split && conversation.kind == ConversationKind::Comments {
        ":comments"
    } else {
        ""
    }
}

impl AmoLink {
    /// Where the card of this conversation's person is bound.
    pub(super) fn contact_key(&self, conversation: &CrmConversation) -> BoundKey {
        let side = side(self.options.split_comments(), conversation);
        BoundKey::contact(conversation.contact.id, format!("contact{side}"))
    }

    /// The card: bound and alive, else found, else made.
    pub(super) async fn contact(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<Person, ApiError> {
        if let Some(known) = self.known_contact(conversation, urgency).await? {
            return Ok(known);
        }
        let key = self.contact_key(conversation);
        let identity = self.identity(conversation, urgency).await?;
        let since = self.deps.notebook.intend(&key).await?;
        if let Some(since) = since
            && let Some(card) = self
                .made_since(since, &identity, &conversation.contact.name, urgency)
                .await?
        {
            self.bind_contact(&key, card.id).await?;
            return Ok(Person {
                id: card.id,
                card: None,
            });
        }
        let id = self.make_contact(conversation, &identity, &key, urgency).await?;
        self.bind_contact(&key, id).await?;
        self.wrote_identity(conversation, id).await?;
        Ok(Person { id, card: None })
    }

    /// The card where there is one: bound, that of the chat, or found. Makes none.
    pub(super) async fn known_contact(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<Person>, ApiError> {
        let key = self.contact_key(conversation);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            let id = bound.reference.id.parse().unwrap_or_default();
            if let Some(card) = self.contact_card(id, urgency).await? {
                let identity = self.identity(conversation, urgency).await?;
                self.complete(conversation, &identity, &card, urgency).await?;
                return Ok(Some(Person { id, card: Some(card) }));
            }
            self.deps.notebook.unbind(&key).await?;
        }
        let by_chat = self.contact_of_chat(conversation, urgency).await?;
        let identity = self.identity(conversation, urgency).await?;
        let apart = !side(self.options.split_comments(), conversation).is_empty();
        let found = match by_chat {
            Some(card) => Some(card),
            // What stands apart must not find the card of the other side again.
            None if apart => None,
            None => self.find_contact(&identity, urgency).await?,
        };
        let Some(card) = found else { return Ok(None) };
        self.bind_contact(&key, card.id).await?;
        self.complete(conversation, &identity, &card, urgency).await?;
        Ok(Some(Person {
            id: card.id,
            card: Some(card),
        }))
    }

    pub(super) async fn bind_contact(&self, key: &BoundKey, id: i64) -> Result<(), ApiError> {
        let reference = CrmRef::new(CrmEntity::Contact, id);
        Ok(self.deps.notebook.bind(key, Bound::to(reference)).await?)
    }

    /// One card; `None` when it is gone.
    pub(super) async fn contact_card(&self, id: i64, urgency: Urgency) -> Result<Option<Contact>, ApiError> {
        let with = [("with", "leads".to_owned())];
        match self
            .client
            .get::<Contact>(&format!("contacts/{id}"), &with, urgency)
            .await
        {
            Ok(card) => Ok(card.filter(|card| !card.is_deleted)),
            Err(error) if error.gone() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The card that is this person's by number or mark; of several the one that was last touched.
    async fn find_contact(&self, identity: &Identity, urgency: Urgency) -> Result<Option<Contact>, ApiError> {
        for query in identity.queries() {
            let asked = [
                ("query", query),
                ("limit", "50".to_owned()),
                ("with", "leads".to_owned()),
            ];
            let page: Option<Page> = self.client.get("contacts", &asked, urgency).await?;
            let cards: Vec<Contact> = page.map(|page| page.of("contacts")).unwrap_or_default();
            let ours = cards
                .into_iter()
                .filter(|card| !card.is_deleted && identity.is_on(card));
            if let Some(card) = ours.max_by_key(|card| (card.updated_at, card.id)) {
                return Ok(Some(card));
            }
        }
        Ok(None)
    }

    /// What an earlier try has made: amoCRM's search may lag behind, its list does not.
    async fn made_since(
        &self,
        since: At,
        identity: &Identity,
        name: &str,
        urgency: Urgency,
    ) -> Result<Option<Contact>, ApiError> {
        let asked = [
            ("order[id]", "desc".to_owned()),
            ("limit", "250".to_owned()),
            ("with", "leads".to_owned()),
        ];
        let page: Option<Page> = self.client.get("contacts", &asked, urgency).await?;
        let cards: Vec<Contact> = page.map(|page| page.of("contacts")).unwrap_or_default();
        let nameless = identity.fields().is_empty();
        let made = |card: &Contact| {
            let fresh = card.created_at >= since.secs() - CLOCKS_DIFFER;
            fresh && (identity.is_on(card) || nameless && card.name == name)
        };
        Ok(cards.into_iter().find(made))
    }

    async fn make_contact(
        &self,
        conversation: &CrmConversation,
        identity: &Identity,
        key: &BoundKey,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let mut body = self.new_contact(conversation, identity, urgency).await?;
        let mut made = self.client.post::<Page>("contacts", &json!([body]), urgency).await;
        if made.as_ref().is_err_and(ApiError::names_a_field) {
            // A field was deleted under our feet: see what there is, make ours anew, once.
            self.look_around(urgency).await?;
            let identity = self.identity(conversation, urgency).await?;
            body = self.new_contact(conversation, &identity, urgency).await?;
            made = self.client.post::<Page>("contacts", &json!([body]), urgency).await;
        }
        if made.as_ref().is_err_and(ApiError::refused) {
            self.deps.notebook.give_up(key).await?;
        }
        let made: Vec<Made> = made?.map(|page| page.of("contacts")).unwrap_or_default();
        made.first().map(|one| one.id).ok_or_else(nothing_came)
    }

    /// A new card as amoCRM takes it.
    pub(super) async fn new_contact(
        &self,
        conversation: &CrmConversation,
        identity: &Identity,
        urgency: Urgency,
    ) -> Result<Value, ApiError> {
        let layout = self.layout(urgency).await?;
        let mut fields = identity.fields();
        let chosen = self.options.fields("contact_fields", conversation);
        fields.extend(
            chosen
                .iter()
                .filter_map(|(id, text)| values::filled(layout.contact_field(*id)?, text)),
        );
        let group = conversation
            .title
            .as_ref()
            .filter(|_| conversation.kind == ConversationKind::Group);
        let mut body = json!({
            "name": group.unwrap_or(&conversation.contact.name),
            "responsible_user_id": self.responsible(conversation, &layout.account),
            "request_id": "contact",
        });
        set(&mut body, "custom_fields_values", fields);
        set_tags(&mut body, self.options.tags("contact_tags", conversation));
        Ok(body)
    }

    /// Who is responsible for new cards of this conversation.
    pub(super) fn responsible(&self, conversation: &CrmConversation, of: &super::wire::Account) -> i64 {
        self.options
            .responsible(account(conversation))
            .unwrap_or(of.current_user_id)
    }

    /// Writes into a card by what this conversation's person is known, once per network. What a manager has written
    /// stays; a refusal (a card that may not be changed) is no reason to stop messages.
    async fn complete(
        &self,
        conversation: &CrmConversation,
        identity: &Identity,
        card: &Contact,
        urgency: Urgency,
    ) -> Result<(), ApiError> {
        let key = identity_key(conversation);
        let written = self.deps.notebook.bound(&key).await?;
        if written.is_some_and(|bound| bound.reference.id == card.id.to_string()) {
            return Ok(());
        }
        let missing = identity.missing_on(card);
        if missing.is_empty() {
            return Ok(());
        }
        let body = json!({ "custom_fields_values": missing });
        match self
            .client
            .patch::<Value>(&format!("contacts/{}", card.id), &body, urgency)
            .await
        {
            Err(ApiError::Crm(error)) => Err(error.into()),
            Err(ApiError::Problem(problem)) => {
                tracing::warn!(link = %self.id, status = problem.status, "a card takes no identity");
                Ok(())
            }
            Ok(_) => self.wrote_identity(conversation, card.id).await,
        }
    }

    async fn wrote_identity(&self, conversation: &CrmConversation, id: i64) -> Result<(), ApiError> {
        self.bind_contact(&identity_key(conversation), id).await
    }

    /// Whether the card held this conversation's identity before we came (AMO-4): one lead serves both then.
    pub(super) async fn held_before(
        &self,
        conversation: &CrmConversation,
        person: &Person,
        urgency: Urgency,
    ) -> Result<bool, ApiError> {
        let Some(card) = &person.card else { return Ok(false) };
        let written = self.deps.notebook.bound(&identity_key(conversation)).await?;
        if written.is_some_and(|bound| bound.reference.id == person.id.to_string()) {
            return Ok(false);
        }
        Ok(self.identity(conversation, urgency).await?.is_on(card))
    }
}

/// Seconds by which amoCRM's clock and ours may differ.
pub(super) const CLOCKS_DIFFER: i64 = 120;

fn identity_key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::contact(conversation.contact.id, format!("identity:{}", conversation.channel))
}

/// Sets a list that is not empty: amoCRM refuses empty ones in places.
pub(super) fn set(body: &mut Value, key: &str, list: Vec<Value>) {
    if let Some(body) = body.as_object_mut().filter(|_| !list.is_empty()) {
        body.insert(key.to_owned(), Value::Array(list));
    }
}

/// Tags of a new card.
pub(super) fn set_tags(body: &mut Value, tags: Vec<String>) {
    let tags: Vec<Value> = tags.into_iter().map(|name| json!({ "name": name })).collect();
    if tags.is_empty() {
        return;
    }
    if let Some(body) = body.as_object_mut() {
        let embedded = body.entry("_embedded").or_insert_with(|| json!({}));
        if let Some(embedded) = embedded.as_object_mut() {
            embedded.insert("tags".to_owned(), Value::Array(tags));
        }
    }
}
