//! Writing first: a manager opens a chat from a card (AMO-10), or a person here picks a card (AMO-11).

use contracts::crm::{Bound, BoundKey, CrmConversation, CrmError, ReplyTarget, Urgency};
use domain::{ConversationKind, CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    errors::{ApiError, reason},
    link::AmoLink,
    wire::{Company, Contact, Talk},
};

impl AmoLink {
    /// The person on the card from which a manager has opened a chat. The chat waits for its conversation: the first
    /// answer has to name it.
    pub(super) async fn person_of(&self, talk: &Talk, chat: CrmRef) -> Result<ReplyTarget, ApiError> {
        let card = match talk.contact_id {
            Some(id) => self.contact_card(id, Urgency::Reply).await?,
            None => None,
        };
        let Some(card) = card else {
            return Ok(ReplyTarget::Bound(chat));
        };
        self.deps.notebook.bind(&waiting(card.id), Bound::to(chat)).await?;
        let lead = talk.entity_id.filter(|_| talk.entity_type.as_deref() == Some("lead"));
        let from = lead.map_or_else(
            || CrmRef::new(CrmEntity::Contact, card.id),
            |lead| CrmRef::new(CrmEntity::Lead, lead),
        );
        Ok(ReplyTarget::Person {
            phone: card.phones().iter().find_map(|phone| domain::text::phone(phone)),
            username: self.username(&card).await?,
            account: None,
            card: Some(from),
        })
    }

    /// The name in one of the identity fields.
    async fn username(&self, card: &Contact) -> Result<Option<String>, ApiError> {
        let layout = self.layout(Urgency::Reply).await?;
        let ours = layout.contact_fields.iter().filter(|field| {
            let code = field.code.as_deref().unwrap_or_default();
            code.starts_with("BESEDKA_")
        });
        let marks = ours.flat_map(|field| card.texts_of(field.id));
        let name = |mark: String| {
            let last = mark
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            let last = last.trim_start_matches('@').to_owned();
            (!last.is_empty()).then_some(last)
        };
        Ok(marks.into_iter().find_map(name))
    }

    /// See [`contracts::crm::CrmLink::adopt`].
    pub(super) async fn take_to(&self, conversation: &CrmConversation, chosen: &CrmRef) -> Result<(), ApiError> {
        if conversation.kind == ConversationKind::Comments {
            return Err(CrmError::Refused(reason("amocrm.reason.not_into_comments")).into());
        }
        let id: i64 = chosen.id.parse().map_err(|_| gone())?;
        match chosen.entity {
            CrmEntity::Contact => self.take_to_contact(conversation, id).await,
            CrmEntity::Lead | CrmEntity::Deal | CrmEntity::Unsorted => self.take_to_lead(conversation, id).await,
            CrmEntity::Company => self.take_to_company(conversation, id, None).await,
            CrmEntity::Chat | CrmEntity::Message | CrmEntity::Note | CrmEntity::Task | CrmEntity::File => {
                Err(gone().into())
            }
        }
    }

    async fn take_to_contact(&self, conversation: &CrmConversation, id: i64) -> Result<(), ApiError> {
        self.contact_card(id, Urgency::Reply).await?.ok_or_else(gone)?;
        self.bind_contact(&self.contact_key(conversation), id).await?;
        self.take_waiting_chat(conversation, id).await
    }

    /// The lead, and the contact on it whose number is written to; where the number is the firm's, a new contact.
    async fn take_to_lead(&self, conversation: &CrmConversation, id: i64) -> Result<(), ApiError> {
        let mut leads = self.leads(&[id], Urgency::Reply).await?;
        let Some(lead) = leads.remove(&id) else {
            return self.take_to_request(conversation, id).await;
        };
        let identity = self.identity(conversation, Urgency::Reply).await?;
        let mut contact = None;
        for one in lead.contacts() {
            let card = self.contact_card(one, Urgency::Reply).await?;
            if card.is_some_and(|card| identity.is_on(&card)) {
                contact = Some(one);
                break;
            }
        }
        if contact.is_none()
            && let Some(company) = lead.company()
            && self.is_firms(company, &identity.phones).await?
        {
            self.take_to_company(conversation, company, Some(id)).await?;
        } else if let Some(contact) = contact.or(lead.main_contact()) {
            self.take_to_contact(conversation, contact).await?;
        } else {
            let person = self.contact(conversation, Urgency::Reply).await?;
            self.hang(person.id, "leads", id).await?;
        }
        self.bind_lead(&self.lead_key(conversation), id).await
    }

    /// A lead that nobody has taken yet: it is not listed, its contact is.
    async fn take_to_request(&self, conversation: &CrmConversation, id: i64) -> Result<(), ApiError> {
        if !self.waiting_leads(Urgency::Reply).await?.contains(&id) {
            return Err(gone().into());
        }
        let person = self.contact(conversation, Urgency::Reply).await?;
        self.take_waiting_chat(conversation, person.id).await?;
        self.bind_lead(&self.lead_key(conversation), id).await
    }

    /// A contact with the firm's number, linked to the firm and to the lead.
    async fn take_to_company(
        &self,
        conversation: &CrmConversation,
        company: i64,
        lead: Option<i64>,
    ) -> Result<(), ApiError> {
        let person = self.contact(conversation, Urgency::Reply).await?;
        self.hang(person.id, "companies", company).await?;
        match lead {
            Some(lead) => self.hang(person.id, "leads", lead).await,
            None => Ok(()),
        }
    }

    async fn is_firms(&self, company: i64, phones: &[String]) -> Result<bool, ApiError> {
        let company: Option<Company> = self
            .client
            .get(&format!("companies/{company}"), &[], Urgency::Reply)
            .await?;
        let numbers = company.map(|company| company.phones()).unwrap_or_default();
        let firms = |phone: &String| numbers.iter().any(|one| crate::shared::same_phone(one, phone));
        Ok(phones.iter().any(firms))
    }

    /// Links a contact to a card. Harmless to repeat.
    async fn hang(&self, contact: i64, on: &str, id: i64) -> Result<(), ApiError> {
        let body = json!([{ "to_entity_id": id, "to_entity_type": on }]);
        self.client
            .post::<Value>(&format!("contacts/{contact}/link"), &body, Urgency::Reply)
            .await?;
        Ok(())
    }

    /// A manager's chat becomes the conversation's, when one waits for it.
    async fn take_waiting_chat(&self, conversation: &CrmConversation, contact: i64) -> Result<(), ApiError> {
        let key = waiting(contact);
        let Some(bound) = self.deps.notebook.bound(&key).await? else {
            return Ok(());
        };
        if self.bound_chat(conversation).await?.is_none() {
            let opened = Bound {
                reference: bound.reference,
                data: json!("opened"),
            };
            self.deps.notebook.bind(&Self::chat_key(conversation), opened).await?;
        }
        Ok(self.deps.notebook.unbind(&key).await?)
    }
}

/// The chat that a manager opened from this card, until its conversation is there.
fn waiting(contact: i64) -> BoundKey {
    BoundKey::link(format!("waiting:{contact}"))
}

fn gone() -> CrmError {
    CrmError::Gone(reason("amocrm.reason.gone"))
}
