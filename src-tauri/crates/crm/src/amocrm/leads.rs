//! The lead in which a conversation goes on (AMO-4): one per contact and channel type while it is open.
//! <https://www.amocrm.ru/developers/content/crm_platform/leads-api>

use std::collections::{HashMap, HashSet};

use contracts::crm::{Bound, BoundKey, CrmConversation, Urgency};
use domain::{CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    contacts::{Person, set, set_tags, side},
    errors::ApiError,
    link::{AmoLink, nothing_came},
    options::{Stage, account},
    values,
    wire::{Lead, Made, Page},
};

/// Leads at once in a list.
const AT_ONCE: usize = 250;

/// Leads as they are while one call is at work, read together for many messages.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// As amoCRM lists them: those that nobody has taken are not among them.
    pub(super) leads: HashMap<i64, Lead>,
    /// Made just now: open, and not looked at again.
    made: HashSet<i64>,
    /// Those that nobody has taken, once somebody asked for them.
    waiting: Option<HashSet<i64>>,
}

impl AmoLink {
    /// Where the lead of this conversation is bound.
    pub(super) fn lead_key(&self, conversation: &CrmConversation) -> BoundKey {
        let side = side(self.options.split_comments(), conversation);
        BoundKey::contact(conversation.contact.id, format!("lead:{}{side}", conversation.channel))
    }

    /// The number of the bound lead.
    pub(super) async fn bound_lead(&self, conversation: &CrmConversation) -> Result<Option<i64>, ApiError> {
        let bound = self.deps.notebook.bound(&self.lead_key(conversation)).await?;
        Ok(bound.and_then(|bound| bound.reference.id.parse().ok()))
    }

    /// The bound leads of these conversations as they are now.
    pub(super) async fn known_leads<'a>(
        &self,
        conversations: impl Iterator<Item = &'a CrmConversation>,
        urgency: Urgency,
    ) -> Result<Known, ApiError> {
        let mut ids = Vec::new();
        for conversation in conversations {
            ids.extend(self.bound_lead(conversation).await?);
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(Known {
            leads: self.leads(&ids, urgency).await?,
            ..Known::default()
        })
    }

    /// Leads by number. Those that are gone are not among them.
    pub(super) async fn leads(&self, ids: &[i64], urgency: Urgency) -> Result<HashMap<i64, Lead>, ApiError> {
        let mut known = HashMap::new();
        for some in ids.chunks(AT_ONCE) {
            let mut query: Vec<(&str, String)> = some.iter().map(|id| ("filter[id][]", id.to_string())).collect();
            query.push(("with", "contacts".to_owned()));
            query.push(("limit", AT_ONCE.to_string()));
            let page: Option<Page> = self.client.get("leads", &query, urgency).await?;
            let leads: Vec<Lead> = page.map(|page| page.of("leads")).unwrap_or_default();
            known.extend(
                leads
                    .into_iter()
                    .filter(|lead| !lead.is_deleted)
                    .map(|lead| (lead.id, lead)),
            );
        }
        Ok(known)
    }

    /// The lead for a message: the bound one while it is open (or reused), an open one of the contact, a new one.
    pub(super) async fn target(
        &self,
        conversation: &CrmConversation,
        known: &mut Known,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let key = self.lead_key(conversation);
        if let Some(id) = self.bound_lead(conversation).await? {
            if self.goes_on(id, known, urgency).await? {
                return Ok(id);
            }
            self.deps.notebook.unbind(&key).await?;
        }
        let unsorted = self.options.stage(account(conversation)) == Stage::Unsorted;
        let person = if unsorted && !self.options.unsorted_contact() {
            self.known_contact(conversation, urgency).await?
        } else {
            Some(self.contact(conversation, urgency).await?)
        };
        let tried = self.deps.notebook.intend(&key).await?.is_some();
        let lead = self
            .found_or_made(conversation, person, tried, unsorted, urgency)
            .await?;
        self.bind_lead(&key, lead).await?;
        known.made.insert(lead);
        Ok(lead)
    }

    async fn found_or_made(
        &self,
        conversation: &CrmConversation,
        person: Option<Person>,
        tried: bool,
        unsorted: bool,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        if unsorted
            && tried
            && let Some(lead) = self.earlier_request(conversation, urgency).await?
        {
            return Ok(lead);
        }
        let Some(person) = person else {
            return self.make_request(conversation, urgency).await;
        };
        match self.open_lead(conversation, &person, tried, urgency).await? {
            Some(lead) => Ok(lead.id),
            None => self.make_lead(conversation, person.id, unsorted, urgency).await,
        }
    }

    /// Whether a conversation goes on in its lead. One that is not listed is gone, or nobody has taken it yet.
    async fn goes_on(&self, id: i64, known: &mut Known, urgency: Urgency) -> Result<bool, ApiError> {
        if known.made.contains(&id) {
            return Ok(true);
        }
        if let Some(lead) = known.leads.get(&id) {
            let layout = self.layout(urgency).await?;
            return Ok(layout.is_open(lead, &self.options.open_stages()) || self.options.reuses_closed());
        }
        if known.waiting.is_none() {
            known.waiting = Some(self.waiting_leads(urgency).await?);
        }
        Ok(known.waiting.as_ref().is_some_and(|waiting| waiting.contains(&id)))
    }

    pub(super) async fn bind_lead(&self, key: &BoundKey, id: i64) -> Result<(), ApiError> {
        let reference = CrmRef::new(CrmEntity::Lead, id);
        Ok(self.deps.notebook.bind(key, Bound::to(reference)).await?)
    }

    /// An open lead of the contact that no other channel of the same person has taken; the latest of several. Where the
    /// card held both identities before, one lead serves both.
    async fn open_lead(
        &self,
        conversation: &CrmConversation,
        person: &Person,
        tried: bool,
        urgency: Urgency,
    ) -> Result<Option<Lead>, ApiError> {
        let read_now;
        let card = match &person.card {
            Some(card) if !tried => card,
            // A card that was just made has no leads, unless an earlier try got that far.
            None if !tried => return Ok(None),
            _ => {
                read_now = self.contact_card(person.id, urgency).await?;
                let Some(card) = &read_now else { return Ok(None) };
                card
            }
        };
        let ids: Vec<i64> = card.leads().collect();
        let layout = self.layout(urgency).await?;
        let chosen = self.options.open_stages();
        let mut open: Vec<Lead> = self.leads(&ids, urgency).await?.into_values().collect();
        open.retain(|lead| layout.is_open(lead, &chosen));
        open.sort_by_key(|lead| std::cmp::Reverse((lead.updated_at, lead.id)));
        let held = self.held_before(conversation, person, urgency).await?;
        for lead in open {
            if held || !self.is_taken(conversation, lead.id).await? {
                return Ok(Some(lead));
            }
        }
        Ok(None)
    }

    /// Whether another channel, or another person, goes on in this lead.
    async fn is_taken(&self, conversation: &CrmConversation, lead: i64) -> Result<bool, ApiError> {
        let own = self.lead_key(conversation);
        let who = self.deps.notebook.who(&CrmRef::new(CrmEntity::Lead, lead)).await?;
        Ok(who.iter().any(|key| key.kind.starts_with("lead:") && *key != own))
    }

    async fn make_lead(
        &self,
        conversation: &CrmConversation,
        contact: i64,
        unsorted: bool,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let mut made = self.post_lead(conversation, contact, unsorted, urgency).await;
        if made.as_ref().is_err_and(ApiError::names_a_field) {
            self.look_around(urgency).await?;
            made = self.post_lead(conversation, contact, unsorted, urgency).await;
        }
        if made.as_ref().is_err_and(ApiError::refused) {
            self.deps.notebook.give_up(&self.lead_key(conversation)).await?;
        }
        made
    }

    async fn post_lead(
        &self,
        conversation: &CrmConversation,
        contact: i64,
        unsorted: bool,
        urgency: Urgency,
    ) -> Result<i64, ApiError> {
        let mut body = self.new_lead(conversation, urgency).await?;
        embed(&mut body, "contacts", json!([{ "id": contact, "is_main": true }]));
        if !unsorted {
            let made: Option<Page> = self.client.post("leads", &json!([body]), urgency).await?;
            let made: Vec<Made> = made.map(|page| page.of("leads")).unwrap_or_default();
            return made.first().map(|one| one.id).ok_or_else(nothing_came);
        }
        embed(&mut body, "contacts", json!([{ "id": contact }]));
        embed(&mut body, "metadata", self.form(conversation));
        // The answer of this method is a bare array.
        let made: Option<Vec<Made>> = self.client.post("leads/complex", &json!([body]), urgency).await?;
        made.unwrap_or_default()
            .first()
            .map(|one| one.id)
            .ok_or_else(nothing_came)
    }

    /// A new lead as amoCRM takes it, without its contact.
    pub(super) async fn new_lead(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<Value, ApiError> {
        let layout = self.layout(urgency).await?;
        let fields = self.options.fields("lead_fields", conversation);
        let fields = fields
            .iter()
            .filter_map(|(id, text)| values::filled(layout.lead_field(*id)?, text));
        let mut body = json!({
            "name": self.options.lead_name(conversation),
            "responsible_user_id": self.responsible(conversation, &layout.account),
            "request_id": "lead",
        });
        if let (Stage::At { pipeline, status }, Some(body)) =
            (self.options.stage(account(conversation)), body.as_object_mut())
        {
            body.insert("pipeline_id".to_owned(), pipeline.into());
            body.insert("status_id".to_owned(), status.into());
        }
        set(&mut body, "custom_fields_values", fields.collect());
        set_tags(&mut body, self.options.tags("lead_tags", conversation));
        Ok(body)
    }
}

/// Puts something under `_embedded`.
pub(super) fn embed(body: &mut Value, key: &str, value: Value) {
    let Some(body) = body.as_object_mut() else { return };
    let embedded = body.entry("_embedded").or_insert_with(|| json!({}));
    if let Some(embedded) = embedded.as_object_mut() {
        embedded.insert(key.to_owned(), value);
    }
}
