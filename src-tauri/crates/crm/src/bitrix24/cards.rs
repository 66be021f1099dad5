//! The card in whose timeline a conversation is written: a lead, a deal or the contact itself.
//! <https://apidocs.bitrix24.com/api-reference/crm/leads/index.html>, `…/deals/index.html`

use std::collections::HashMap;

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency, Work};
use domain::{CrmEntity, CrmOperation, CrmRef};
use serde_json::{Map, Value, json};

use super::{
    errors::{ApiError, nothing_came},
    layout::{number, rows, text, whole},
    link::BxLink,
    options::account,
    people::phones,
};

/// Cards by number, as they are while one call is at work.
pub(super) type Known = HashMap<String, Value>;

/// Where the card of a person is bound, by its kind: other settings later find their own again.
pub(super) fn card_key(kind: CrmEntity, conversation: &CrmConversation) -> BoundKey {
    BoundKey::contact(conversation.contact.id, format!("card:{}", kind.as_str()))
}

/// The vendor's word for a kind of card.
pub(super) fn word(kind: CrmEntity) -> &'static str {
    match kind {
        CrmEntity::Deal => "deal",
        CrmEntity::Contact => "contact",
        CrmEntity::Company => "company",
        _ => "lead",
    }
}

/// Nothing more happens in it.
pub(super) fn is_closed(kind: CrmEntity, card: &Value) -> bool {
    let semantics = match kind {
        CrmEntity::Lead => "STATUS_SEMANTIC_ID",
        CrmEntity::Deal => "STAGE_SEMANTIC_ID",
        _ => return false,
    };
    let ended = text(card, semantics).is_some_and(|how| matches!(how.as_str(), "S" | "F"));
    ended || text(card, "CLOSED").is_some_and(|closed| closed == "Y")
}

impl BxLink {
    /// One card; `None` when it is gone.
    pub(super) async fn get(&self, kind: CrmEntity, id: &str, urgency: Urgency) -> Result<Option<Value>, ApiError> {
        let told = self
            .client
            .ask(&format!("crm.{}.get", word(kind)), json!({ "id": id }), urgency)
            .await;
        match told {
            Ok(told) => Ok(Some(told.result).filter(Value::is_object)),
            Err(error) if error.gone() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes a card. What was made by a try whose answer was lost is found by its origin.
    pub(super) async fn make(
        &self,
        kind: CrmEntity,
        fields: Map<String, Value>,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let params = json!({ "fields": fields, "params": { "REGISTER_SONET_EVENT": "Y" } });
        let made = self
            .client
            .does(&format!("crm.{}.add", word(kind)), params, urgency)
            .await?;
        whole(&made).ok_or_else(nothing_came)
    }

    /// The cards that are bound to these conversations as they are now, read together.
    pub(super) async fn known_cards(&self, works: &[&Work]) -> Result<Known, ApiError> {
        let kind = self.options.card();
        let mut ids = Vec::new();
        for work in works.iter().filter(|work| work.operation == CrmOperation::Message) {
            let bound = self.deps.notebook.bound(&card_key(kind, &work.conversation)).await?;
            ids.extend(bound.map(|bound| bound.reference.id));
        }
        if ids.is_empty() {
            return Ok(Known::new());
        }
        let urgency = works.iter().map(|work| work.urgency).min().unwrap_or(Urgency::History);
        // A page holds as many rows as there are works at most.
        let params = json!({ "filter": { "@ID": ids }, "select": ["*", "PHONE"], "start": -1 });
        let told = self
            .client
            .ask(&format!("crm.{}.list", word(kind)), params, urgency)
            .await?;
        let cards = rows(&told.result).into_iter();
        Ok(cards.filter_map(|card| Some((text(&card, "ID")?, card))).collect())
    }

    /// The card of a conversation: bound and open, found, or made; `None`: there is none and none is to be made.
    pub(super) async fn target(
        &self,
        conversation: &CrmConversation,
        known: &Known,
        urgency: Urgency,
    ) -> Result<Option<CrmRef>, ApiError> {
        let kind = self.options.card();
        let key = card_key(kind, conversation);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            let card = known.get(&bound.reference.id).filter(|card| !is_closed(kind, card));
            if let (Some(card), Some(id)) = (card, card.and_then(|card| number(card, "ID"))) {
                self.complete(kind, id, card, conversation, urgency).await?;
                return Ok(Some(bound.reference));
            }
            self.deps.notebook.unbind(&key).await?;
        }
        let id = match self.open_card(kind, conversation, urgency).await? {
            Some(id) => Some(id),
            None if self.options.creates() => Some(self.make_card(kind, conversation, urgency).await?),
            None => None,
        };
        let Some(id) = id else { return Ok(None) };
        let reference = CrmRef::new(kind, id);
        self.deps.notebook.bind(&key, Bound::to(reference.clone())).await?;
        Ok(Some(reference))
    }

    /// An open card of the person, the latest of several.
    async fn open_card(
        &self,
        kind: CrmEntity,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<i64>, ApiError> {
        let contact = self.known_contact(conversation, urgency).await?;
        let contact_id = contact.as_ref().and_then(|card| number(card, "ID"));
        if kind == CrmEntity::Contact {
            if let (Some(card), Some(id)) = (&contact, contact_id) {
                self.complete(kind, id, card, conversation, urgency).await?;
            }
            return Ok(contact_id);
        }
        let mut open = Vec::new();
        if let Some(id) = contact_id {
            open = self.open_where(kind, json!({ "CONTACT_ID": id }), urgency).await?;
        }
        if kind == CrmEntity::Lead {
            let found = self.by_numbers(&phones(conversation), urgency).await?;
            if !found.leads.is_empty() {
                open.extend(self.open_where(kind, json!({ "@ID": found.leads }), urgency).await?);
            }
        }
        let marked = self.marked(kind, conversation, urgency).await?.into_iter();
        open.extend(marked.filter(|card| !is_closed(kind, card)));
        let latest = open.into_iter().max_by_key(|card| number(card, "ID"));
        let Some(card) = latest else { return Ok(None) };
        let id = number(&card, "ID").ok_or_else(nothing_came)?;
        self.complete(kind, id, &card, conversation, urgency).await?;
        Ok(Some(id))
    }

    async fn open_where(&self, kind: CrmEntity, filter: Value, urgency: Urgency) -> Result<Vec<Value>, ApiError> {
        let params = json!({ "filter": filter, "order": { "ID": "DESC" }, "select": ["*", "PHONE"] });
        let told = self
            .client
            .ask(&format!("crm.{}.list", word(kind)), params, urgency)
            .await?;
        let cards = rows(&told.result).into_iter();
        Ok(cards.filter(|card| !is_closed(kind, card)).collect())
    }

    async fn make_card(
        &self,
        kind: CrmEntity,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        if kind == CrmEntity::Contact {
            return self.contact(conversation, urgency).await;
        }
        let mut fields = self.person_fields(conversation, urgency).await?;
        if kind == CrmEntity::Deal {
            // A deal has no person of its own.
            ["NAME", "PHONE", "WEB"]
                .into_iter()
                .for_each(|field| drop(fields.remove(field)));
            fields.insert(
                "CONTACT_ID".to_owned(),
                self.contact(conversation, urgency).await?.into(),
            );
        } else if let Some(card) = self.known_contact(conversation, urgency).await?
            && let Some(id) = number(&card, "ID")
        {
            fields.insert("CONTACT_ID".to_owned(), id.into());
        }
        fields.insert("TITLE".to_owned(), self.options.card_name(conversation).into());
        if let Some(stage) = self.options.stage(kind, account(conversation)) {
            let layout = self.layout(urgency).await?;
            let field = if kind == CrmEntity::Deal {
                "STAGE_ID"
            } else {
                "STATUS_ID"
            };
            if let Some(stage) = layout.stage(kind, stage) {
                fields.insert(field.to_owned(), stage.id.clone().into());
                if kind == CrmEntity::Deal {
                    fields.insert("CATEGORY_ID".to_owned(), stage.board().into());
                }
            }
        }
        for (field, text) in self.options.fields("card_fields", conversation) {
            fields.entry(field).or_insert_with(|| text.into());
        }
        self.make(kind, fields, urgency).await
    }
}
