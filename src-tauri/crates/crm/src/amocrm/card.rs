//! What stands beside a conversation (INB-7), and cards to write to first (AMO-11).

use std::collections::HashMap;

use contracts::crm::{Card, CardContact, CardLead, CrmConversation, Pick, PickKind, Picked, Picks, Urgency};
use domain::{CrmEntity, CrmRef};

use super::{
    errors::ApiError,
    layout::Layout,
    link::AmoLink,
    wire::{Company, Contact, Lead, Page},
};

/// Leads of a contact that are shown.
const SHOWN: usize = 20;
/// Cards of one page.
const PAGE: usize = 50;

impl AmoLink {
    /// See [`contracts::crm::CrmLink::card`].
    pub(super) async fn shown_card(&self, conversation: &CrmConversation) -> Result<Card, ApiError> {
        let bound = self.deps.notebook.bound(&self.contact_key(conversation)).await?;
        let bound: Option<i64> = bound.and_then(|bound| bound.reference.id.parse().ok());
        let contact = match bound {
            Some(id) => self.contact_card(id, Urgency::Reply).await?,
            None => self.contact_of_chat(conversation, Urgency::Reply).await?,
        };
        let own = self.bound_lead(conversation).await?;
        let mut ids: Vec<i64> = own.into_iter().collect();
        ids.extend(contact.iter().flat_map(Contact::leads).filter(|id| Some(*id) != own));
        ids.truncate(SHOWN);
        let leads = self.leads(&ids, Urgency::Reply).await?;
        let layout = self.layout(Urgency::Reply).await?;
        let domain = self.client.login().await.domain;
        let mut shown: Vec<&Lead> = ids.iter().filter_map(|id| leads.get(id)).collect();
        // The conversation's own lead stays in front; of the others the open and latest ones.
        shown.sort_by_key(|lead| {
            let behind = Some(lead.id) != own;
            (behind, Layout::is_closed(lead), std::cmp::Reverse(lead.updated_at))
        });
        Ok(Card {
            leads: shown
                .into_iter()
                .map(|lead| lead_card(lead, &layout, &domain))
                .collect(),
            contact: match contact {
                Some(contact) => Some(self.contact_shown(&contact, &domain).await?),
                None => None,
            },
        })
    }

    async fn contact_shown(&self, contact: &Contact, domain: &str) -> Result<CardContact, ApiError> {
        let company = match contact.company() {
            Some(id) => {
                self.client
                    .get::<Company>(&format!("companies/{id}"), &[], Urgency::Reply)
                    .await?
            }
            None => None,
        };
        Ok(CardContact {
            reference: CrmRef::new(CrmEntity::Contact, contact.id),
            name: contact.name.clone(),
            page: Some(format!("https://{domain}/contacts/detail/{}", contact.id)),
            company: company.map(|company| company.name),
        })
    }

    /// See [`contracts::crm::CrmLink::pick`].
    pub(super) async fn found(&self, query: &Pick) -> Result<Picks, ApiError> {
        let (path, with) = match query.kind {
            PickKind::Contacts => ("contacts", "leads"),
            PickKind::Leads | PickKind::Deals => ("leads", "contacts"),
            PickKind::Companies => ("companies", "contacts"),
        };
        let page: usize = query
            .cursor
            .as_ref()
            .and_then(|cursor| cursor.parse().ok())
            .unwrap_or(1);
        let mut asked = vec![
            ("with", with.to_owned()),
            ("limit", PAGE.to_string()),
            ("page", page.to_string()),
            ("order[updated_at]", "desc".to_owned()),
        ];
        let text = query.text.trim();
        if !text.is_empty() {
            asked.push((
                "query",
                domain::text::phone(text).map_or(text.to_owned(), |phone| phone.replace('+', "")),
            ));
        }
        let found: Page = self.client.get(path, &asked, Urgency::Reply).await?.unwrap_or_default();
        let next = found.goes_on().then(|| (page + 1).to_string());
        let found = match query.kind {
            PickKind::Contacts => self.picked_contacts(found.of("contacts")).await?,
            PickKind::Leads | PickKind::Deals => self.picked_leads(found.of("leads")).await?,
            PickKind::Companies => self.picked_companies(found.of("companies")).await,
        };
        Ok(Picks { found, next })
    }

    async fn picked_contacts(&self, contacts: Vec<Contact>) -> Result<Vec<Picked>, ApiError> {
        let layout = self.layout(Urgency::Reply).await?;
        let domain = self.client.login().await.domain;
        let alive = contacts.into_iter().filter(|contact| !contact.is_deleted);
        let picked = alive.map(|contact| Picked {
            reference: CrmRef::new(CrmEntity::Contact, contact.id),
            phones: numbers(contact.phones()),
            links: links(&contact, &layout),
            page: Some(format!("https://{domain}/contacts/detail/{}", contact.id)),
            note: None,
            title: contact.name,
        });
        Ok(picked.collect())
    }

    /// Leads with the numbers of their people, which are asked for together.
    async fn picked_leads(&self, leads: Vec<Lead>) -> Result<Vec<Picked>, ApiError> {
        let layout = self.layout(Urgency::Reply).await?;
        let domain = self.client.login().await.domain;
        let people = self.people(leads.iter().flat_map(Lead::contacts)).await?;
        let alive = leads.into_iter().filter(|lead| !lead.is_deleted);
        let picked = alive.map(|lead| {
            let of_lead: Vec<&Contact> = lead.contacts().filter_map(|id| people.get(&id)).collect();
            Picked {
                reference: CrmRef::new(CrmEntity::Lead, lead.id),
                note: layout.stage(&lead).map(|(stage, _)| stage),
                phones: numbers(of_lead.iter().flat_map(|one| one.phones()).collect()),
                links: of_lead.iter().flat_map(|one| links(one, &layout)).collect(),
                page: Some(format!("https://{domain}/leads/detail/{}", lead.id)),
                title: lead.name,
            }
        });
        Ok(picked.collect())
    }

    async fn picked_companies(&self, companies: Vec<Company>) -> Vec<Picked> {
        let domain = self.client.login().await.domain;
        let picked = companies.into_iter().map(|company| Picked {
            reference: CrmRef::new(CrmEntity::Company, company.id),
            note: None,
            phones: numbers(company.phones()),
            links: Vec::new(),
            page: Some(format!("https://{domain}/companies/detail/{}", company.id)),
            title: company.name,
        });
        picked.collect()
    }

    async fn people(&self, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, Contact>, ApiError> {
        let mut ids: Vec<i64> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        ids.truncate(250);
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut asked: Vec<(&str, String)> = ids.iter().map(|id| ("filter[id][]", id.to_string())).collect();
        asked.push(("limit", "250".to_owned()));
        let page: Page = self
            .client
            .get("contacts", &asked, Urgency::Reply)
            .await?
            .unwrap_or_default();
        let people: Vec<Contact> = page.of("contacts");
        Ok(people.into_iter().map(|one| (one.id, one)).collect())
    }
}

fn lead_card(lead: &Lead, layout: &Layout, domain: &str) -> CardLead {
    let stage = layout.stage(lead);
    let responsible = layout.user(lead.responsible_user_id);
    let sign = layout
        .account
        .currency_symbol
        .as_ref()
        .or(layout.account.currency.as_ref());
    let budget = lead.price.filter(|price| *price != 0);
    CardLead {
        reference: CrmRef::new(CrmEntity::Lead, lead.id),
        title: lead.name.clone(),
        colour: stage.as_ref().and_then(|(_, colour)| colour.clone()),
        stage: stage.map(|(name, _)| name),
        responsible: responsible.map(|user| user.name.clone()),
        responsible_email: responsible.and_then(|user| user.email.clone()),
        budget: budget.map(|price| format!("{price} {}", sign.map_or("", String::as_str)).trim().to_owned()),
        closed: Layout::is_closed(lead),
        page: Some(format!("https://{domain}/leads/detail/{}", lead.id)),
    }
}

fn numbers(written: Vec<String>) -> Vec<String> {
    let numbers = written.into_iter().map(|one| domain::text::phone(&one).unwrap_or(one));
    numbers.collect()
}

/// What stands in fields of ids: ours, and whatever looks like an address.
fn links(contact: &Contact, layout: &Layout) -> Vec<String> {
    let fields = layout
        .contact_fields
        .iter()
        .filter(|field| field.kind == "text" || field.kind == "url");
    let texts = fields.flat_map(|field| {
        let ours = field.code.as_deref().is_some_and(|code| code.starts_with("BESEDKA_"));
        let texts = contact.texts_of(field.id).into_iter();
        texts.filter(move |text| ours || text.contains("://") || text.starts_with('@'))
    });
    texts.collect()
}
