//! By what a card is a person's: a number, or an id in the field of this network (AMO-8).

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency};
use domain::{ConversationKind, CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    errors::ApiError,
    link::AmoLink,
    options::account,
    values,
    wire::{Contact, Field, Page},
};
use crate::shared::{same_link, same_phone};

/// What a conversation's person is known by on cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// Numbers, that of this conversation first. A group has its id here (AMO-14).
    pub(super) phones: Vec<String>,
    /// The page, the name or the id: where there is no number, always something.
    pub(super) mark: Option<String>,
    /// The field in which the mark stands.
    pub(super) field: Option<i64>,
}

impl Identity {
    /// Whether this card is that person's.
    pub(super) fn is_on(&self, card: &Contact) -> bool {
        let numbers = card.phones();
        let by_number = self
            .phones
            .iter()
            .any(|phone| numbers.iter().any(|one| same_number(one, phone)));
        by_number || self.mark_on(card)
    }

    fn mark_on(&self, card: &Contact) -> bool {
        let (Some(mark), Some(field)) = (&self.mark, self.field) else {
            return false;
        };
        card.texts_of(field).iter().any(|text| same_link(text, mark))
    }

    /// The fields of a new card.
    pub(super) fn fields(&self) -> Vec<Value> {
        let phone = self.phones.first().map(|phone| values::phone(phone));
        phone.into_iter().chain(self.mark_value()).collect()
    }

    /// What this card lacks. Nothing that stands there is changed: a number is added, a mark only where there is none.
    pub(super) fn missing_on(&self, card: &Contact) -> Vec<Value> {
        let numbers = card.phones();
        let unknown = self
            .phones
            .first()
            .filter(|phone| !numbers.iter().any(|one| same_number(one, phone)));
        let more = unknown.map(|phone| {
            let all: Vec<String> = numbers.iter().chain(std::iter::once(phone)).cloned().collect();
            values::phones(&all)
        });
        let empty = self.field.is_some_and(|field| card.texts_of(field).is_empty());
        let mark = self.mark_value().filter(|_| empty);
        more.into_iter().chain(mark).collect()
    }

    fn mark_value(&self) -> Option<Value> {
        let (mark, field) = (self.mark.as_ref()?, self.field?);
        Some(json!({ "field_id": field, "values": [{ "value": mark }] }))
    }

    /// What to ask amoCRM's search for: it looks into all fields at once, so little of a number is enough to find it in
    /// every writing. What it finds is looked at again.
    pub(super) fn queries(&self) -> Vec<String> {
        let numbers = self.phones.iter().map(|phone| {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            // A Russian number is written with 8 and with +7.
            match digits.strip_prefix('7').filter(|rest| rest.len() == 10) {
                Some(rest) => rest.to_owned(),
                None => digits,
            }
        });
        let mark = self.field.and(self.mark.as_ref());
        let name = mark.map(|mark| {
            let last = mark.trim_end_matches('/').rsplit('/').next().unwrap_or(mark);
            last.trim_start_matches('@').to_owned()
        });
        numbers.chain(name).filter(|query| !query.is_empty()).collect()
    }
}

/// A group's id is no number, and is the same only to the letter.
fn same_number(one: &str, other: &str) -> bool {
    same_phone(one, other) || one.trim() == other.trim()
}

impl AmoLink {
    /// What this conversation's person is known by; makes the field where there is none.
    pub(super) async fn identity(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Identity, ApiError> {
        let person = &conversation.contact;
        let Some(own) = person.identities.first() else {
            return Ok(Identity {
                phones: Vec::new(),
                mark: None,
                field: None,
            });
        };
        if conversation.kind == ConversationKind::Group {
            return Ok(Identity {
                phones: vec![own.remote_id.clone()],
                mark: None,
                field: None,
            });
        }
        let phones: Vec<String> = person.identities.iter().filter_map(|one| one.phone.clone()).collect();
        let name = own.username.as_ref().map(|name| format!("@{name}"));
        let number_is_all = own.phone.is_some() && own.link.is_none();
        let mark = own
            .link
            .clone()
            .or(name)
            .or_else(|| (!number_is_all).then(|| own.remote_id.clone()));
        let field = match &mark {
            Some(_) => Some(self.identity_field(conversation, urgency).await?),
            None => None,
        };
        Ok(Identity { phones, mark, field })
    }

    /// The field for ids of this channel: the chosen one while it exists, else our own, made anew when it was deleted.
    async fn identity_field(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<i64, ApiError> {
        let layout = self.layout(urgency).await?;
        let chosen = self.options.identity_field(account(conversation));
        if let Some(field) = chosen.filter(|field| layout.contact_field(*field).is_some()) {
            return Ok(field);
        }
        let key = BoundKey::link(format!("field:{}", conversation.channel));
        if let Some(bound) = self.deps.notebook.bound(&key).await? {
            let id = bound.reference.id.parse().unwrap_or_default();
            if layout.contact_field(id).is_some() {
                return Ok(id);
            }
            self.deps.notebook.unbind(&key).await?;
        }
        let name = conversation
            .account
            .as_ref()
            .map_or(&conversation.channel, |account| &account.network);
        let code = format!("BESEDKA_{}", conversation.channel.to_uppercase());
        let id = self.own_field("contacts", &key, name, &code, urgency).await?;
        Ok(id)
    }

    /// A text field with this code, found or made, and bound.
    pub(super) async fn own_field(
        &self,
        of: &str,
        key: &BoundKey,
        name: &str,
        code: &str,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let _alone = self.making_fields.lock().await;
        let notebook = &self.deps.notebook;
        let before = notebook.intend(key).await?;
        // What the memory holds may be older than a field that an earlier try has made.
        let layout = match before {
            Some(_) => self.look_around(urgency).await?,
            None => self.layout(urgency).await?,
        };
        let fields = if of == "contacts" {
            &layout.contact_fields
        } else {
            &layout.lead_fields
        };
        let by_code = fields.iter().find(|field| field.code.as_deref() == Some(code));
        let by_name = || {
            fields
                .iter()
                .find(|field| is_text(field) && field.name.eq_ignore_ascii_case(name))
        };
        let id = match by_code.or_else(by_name) {
            Some(field) => field.id,
            None => {
                let id = self.make_field(of, name, code, urgency).await?;
                self.look_around(urgency).await?;
                id
            }
        };
        notebook.bind(key, Bound::to(CrmRef::new(CrmEntity::File, id))).await?;
        Ok(id)
    }

    async fn make_field(&self, of: &str, name: &str, code: &str, urgency: Urgency) -> Result<i64, ApiError> {
        let body = json!([{ "name": name, "type": "text", "code": code }]);
        let made: Option<Page> = self.client.post(&format!("{of}/custom_fields"), &body, urgency).await?;
        let made: Vec<Field> = made.map(|page| page.of("custom_fields")).unwrap_or_default();
        made.first().map(|field| field.id).ok_or_else(super::link::nothing_came)
    }
}

fn is_text(field: &Field) -> bool {
    matches!(field.kind.as_str(), "text" | "textarea" | "url" | "tracking_data")
}
