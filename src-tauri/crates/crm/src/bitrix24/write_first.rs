//! A person here picks a card to write to first (BX-5): the conversation goes on in it.
//!
//! The other way round, from the SMS tab of a card in Bitrix24, needs an address of our own that the portal can call:
//! the texts of its SMS providers are in no queue.

use contracts::crm::{Bound, CrmConversation, CrmError, Urgency};
use domain::{ConversationKind, CrmEntity, CrmRef};
use serde_json::json;

use super::{
    cards::{card_key, word},
    errors::{ApiError, reason},
    layout::{number, text},
    link::BxLink,
};

impl BxLink {
    /// See [`contracts::crm::CrmLink::adopt`].
    pub(super) async fn take_to(&self, conversation: &CrmConversation, chosen: &CrmRef) -> Result<(), ApiError> {
        if conversation.kind == ConversationKind::Comments {
            return Err(CrmError::Refused(reason("bitrix24.reason.not_into_comments")).into());
        }
        let gone = || CrmError::Gone(reason("bitrix24.reason.gone"));
        let kind = match chosen.entity {
            kind @ (CrmEntity::Contact | CrmEntity::Lead | CrmEntity::Deal | CrmEntity::Company) => kind,
            _ => return Err(gone().into()),
        };
        let card = self.get(kind, &chosen.id, Urgency::Reply).await?.ok_or_else(gone)?;
        let id = number(&card, "ID").ok_or_else(gone)?;
        match kind {
            CrmEntity::Contact => self.bind_contact(conversation, id).await?,
            CrmEntity::Company => return self.person_of_firm(conversation, id).await,
            _ => {
                if let Some(contact) = number(&card, "CONTACT_ID").filter(|id| *id > 0) {
                    self.bind_contact(conversation, contact).await?;
                }
            }
        }
        let bound = Bound::to(CrmRef::new(kind, id));
        Ok(self.deps.notebook.bind(&card_key(kind, conversation), bound).await?)
    }

    /// The person behind a firm's number: a contact of that firm, found or made.
    async fn person_of_firm(&self, conversation: &CrmConversation, company: i64) -> Result<(), ApiError> {
        let contact = self.contact(conversation, Urgency::Reply).await?;
        let card = self
            .get(CrmEntity::Contact, &contact.to_string(), Urgency::Reply)
            .await?;
        let Some(card) = card else { return Ok(()) };
        let without = text(&card, "COMPANY_ID").is_none_or(|id| id == "0" || id.is_empty());
        if without {
            let params = json!({ "id": contact, "fields": { "COMPANY_ID": company } });
            let method = format!("crm.{}.update", word(CrmEntity::Contact));
            self.client.does(&method, params, Urgency::Reply).await?;
        }
        Ok(())
    }
}
