//! The person's card: bound, found by number, known by our own mark, or made.
//! <https://apidocs.bitrix24.com/api-reference/crm/duplicates/crm-duplicate-find-by-comm.html>

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency};
use domain::{ConversationKind, CrmEntity, CrmRef};
use serde_json::{Map, Value, json};

use super::{
    cards::word,
    errors::{ApiError, nothing_came},
    layout::{number, rows, whole},
    link::BxLink,
    options::account,
};

/// Who made a card: by it and [`origin`] a card of ours is found again.
const ORIGINATOR: &str = "BESEDKA";

/// Our own name of a person's card.
fn origin(conversation: &CrmConversation) -> String {
    conversation.contact.uid.to_string()
}

pub(super) fn contact_key(conversation: &CrmConversation) -> BoundKey {
    BoundKey::contact(conversation.contact.id, "contact")
}

/// What a search by number finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) leads: Vec<i64>,
    pub(super) contacts: Vec<i64>,
    pub(super) companies: Vec<i64>,
}

/// The numbers of a person. A group has none.
pub(super) fn phones(conversation: &CrmConversation) -> Vec<String> {
    if conversation.kind == ConversationKind::Group {
        return Vec::new();
    }
    conversation
        .contact
        .identities
        .iter()
        .filter_map(|one| one.phone.clone())
        .collect()
}

/// The person's page on the network, as it stands in the sites of a card.
fn page(conversation: &CrmConversation) -> Option<String> {
    conversation.contact.identities.first()?.link.clone()
}

impl BxLink {
    /// Cards with one of these numbers.
    pub(super) async fn by_numbers(&self, phones: &[String], urgency: Urgency) -> Result<Found, ApiError> {
        if phones.is_empty() {
            return Ok(Found::default());
        }
        // «No more than 20 values».
        let values: Vec<&String> = phones.iter().take(20).collect();
        let params = json!({ "type": "PHONE", "values": values });
        let told = self.client.ask("crm.duplicate.findbycomm", params, urgency).await?;
        let of = |kind: &str| {
            let ids = told.result.get(kind).map(rows).unwrap_or_default();
            ids.iter().filter_map(whole).collect()
        };
        Ok(Found {
            leads: of("LEAD"),
            contacts: of("CONTACT"),
            companies: of("COMPANY"),
        })
    }

    /// The contact where there is one: bound and alive, else found.
    pub(super) async fn known_contact(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<Value>, ApiError> {
        let key = contact_key(conversation);
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            if let Some(card) = self.get(CrmEntity::Contact, &bound.reference.id, urgency).await? {
                return Ok(Some(card));
            }
            self.deps.notebook.unbind(&key).await?;
        }
        let found = self.by_numbers(&phones(conversation), urgency).await?;
        for id in found.contacts.into_iter().rev() {
            if let Some(card) = self.get(CrmEntity::Contact, &id.to_string(), urgency).await? {
                self.bind_contact(conversation, id).await?;
                return Ok(Some(card));
            }
        }
        let marked = self.marked(CrmEntity::Contact, conversation, urgency).await?;
        Ok(marked.into_iter().next())
    }

    /// The contact, made where there is none.
    pub(super) async fn contact(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<i64, ApiError> {
        if let Some(card) = self.known_contact(conversation, urgency).await? {
            let id = number(&card, "ID").ok_or_else(nothing_came)?;
            self.bind_contact(conversation, id).await?;
            self.complete(CrmEntity::Contact, id, &card, conversation, urgency)
                .await?;
            return Ok(id);
        }
        let mut fields = self.person_fields(conversation, urgency).await?;
        for (field, text) in self.options.fields("contact_fields", conversation) {
            fields.entry(field).or_insert_with(|| text.into());
        }
        let id = self.make(CrmEntity::Contact, fields, urgency).await?;
        self.bind_contact(conversation, id).await?;
        Ok(id)
    }

    pub(super) async fn bind_contact(&self, conversation: &CrmConversation, id: i64) -> Result<(), ApiError> {
        let bound = Bound::to(CrmRef::new(CrmEntity::Contact, id));
        Ok(self.deps.notebook.bind(&contact_key(conversation), bound).await?)
    }

    /// The cards with our mark, that an earlier try or an earlier installation has made, then those with the person's
    /// page: filled in by somebody, or what ours was merged into, for a merged card keeps the sites of both and the mark
    /// of neither. The latest first of each, in one call. Filters by sites take the exact value only:
    /// <https://dev.1c-bitrix.ru/rest_help/crm/contacts/crm_contact_list.php>
    pub(super) async fn marked(
        &self,
        kind: CrmEntity,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Vec<Value>, ApiError> {
        let ours = json!({ "ORIGINATOR_ID": ORIGINATOR, "ORIGIN_ID": origin(conversation) });
        let theirs = page(conversation).filter(|_| kind != CrmEntity::Deal);
        let filters = [Some(ours), theirs.map(|page| json!({ "WEB": page }))];
        let method = format!("crm.{}.list", word(kind));
        let list = |filter: Value| {
            let params = json!({ "filter": filter, "order": { "ID": "DESC" }, "select": ["*", "PHONE", "UF_*"] });
            (method.as_str(), params)
        };
        let calls: Vec<(&str, Value)> = filters.into_iter().flatten().map(list).collect();
        let mut found = Vec::new();
        for told in self.client.batch(&calls, urgency).await? {
            found.extend(rows(&told?.result));
        }
        Ok(found)
    }

    /// What is known of a person, as cards take it.
    pub(super) async fn person_fields(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Map<String, Value>, ApiError> {
        let person = &conversation.contact;
        let title = conversation
            .title
            .as_ref()
            .filter(|_| conversation.kind == ConversationKind::Group);
        let me = self.layout(urgency).await?.me;
        let mut fields = Map::new();
        fields.insert("NAME".to_owned(), title.unwrap_or(&person.name).as_str().into());
        fields.insert("ORIGINATOR_ID".to_owned(), ORIGINATOR.into());
        fields.insert("ORIGIN_ID".to_owned(), origin(conversation).into());
        let responsible = self.options.responsible(account(conversation)).unwrap_or(me);
        fields.insert("ASSIGNED_BY_ID".to_owned(), responsible.into());
        if let Some(phone) = phones(conversation).first().filter(|_| self.options.client_data()) {
            fields.insert("PHONE".to_owned(), json!([{ "VALUE": phone, "VALUE_TYPE": "WORK" }]));
        }
        if let Some(page) = page(conversation) {
            fields.insert("WEB".to_owned(), json!([{ "VALUE": page, "VALUE_TYPE": "OTHER" }]));
        }
        Ok(fields)
    }

    /// Adds the number to a card that has none (BX-6). What stands there is never changed.
    pub(super) async fn complete(
        &self,
        kind: CrmEntity,
        id: i64,
        card: &Value,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<(), ApiError> {
        let Some(phone) = phones(conversation)
            .into_iter()
            .next()
            .filter(|_| self.options.client_data())
        else {
            return Ok(());
        };
        if kind == CrmEntity::Deal || !numbers(card).is_empty() {
            return Ok(());
        }
        let fields = json!({ "PHONE": [{ "VALUE": phone, "VALUE_TYPE": "WORK" }] });
        let params = json!({ "id": id, "fields": fields });
        match self
            .client
            .does(&format!("crm.{}.update", word(kind)), params, urgency)
            .await
        {
            // A card that may not be changed is no reason to stop messages.
            Err(error) if error.refused() => {
                tracing::warn!(link = %self.id, %error, "a card takes no number");
                Ok(())
            }
            done => done.map(drop),
        }
    }
}

/// The numbers on a card, as they are written there.
pub(super) fn numbers(card: &Value) -> Vec<String> {
    let phones = card.get("PHONE").map(rows).unwrap_or_default();
    let value = |one: &Value| one.get("VALUE")?.as_str().map(str::to_owned);
    phones
        .iter()
        .filter_map(value)
        .filter(|value| !value.is_empty())
        .collect()
}
