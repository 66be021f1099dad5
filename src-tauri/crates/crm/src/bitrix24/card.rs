//! What stands beside a conversation (INB-7), and cards to write to first (BX-5).

use contracts::crm::{Card, CardContact, CardLead, CrmConversation, Pick, PickKind, Picked, Picks, Urgency};
use domain::{CrmEntity, CrmRef};
use serde_json::{Value, json};

use super::{
    cards::{card_key, is_closed, word},
    errors::ApiError,
    layout::{Layout, number, rows, text},
    link::BxLink,
    people::{contact_key, numbers},
};

/// Cards of a person that are shown.
const SHOWN: usize = 20;

impl BxLink {
    /// See [`contracts::crm::CrmLink::card`].
    pub(super) async fn shown_card(&self, conversation: &CrmConversation) -> Result<Card, ApiError> {
        let urgency = Urgency::Reply;
        let mut known = self.bound_cards(conversation).await?;
        if let Some(chat) = self.bound_chat(conversation).await? {
            let of_chat = self.cards_of_chat(chat.id, urgency).await?;
            known.extend(of_chat.into_iter().filter(|card| card.entity != CrmEntity::Company));
        }
        let mut contact = self.of_kind(&known, CrmEntity::Contact).await?;
        if contact.is_none() {
            contact = self.known_contact(conversation, urgency).await?;
        }
        let mut leads = Vec::new();
        for kind in [CrmEntity::Deal, CrmEntity::Lead] {
            if let Some(card) = self.of_kind(&known, kind).await? {
                leads.push((kind, card));
            }
        }
        if let Some(id) = contact.as_ref().and_then(|card| number(card, "ID")) {
            leads.extend(self.others(id, &leads).await?);
        }
        leads.truncate(SHOWN);
        let layout = self.layout(urgency).await?;
        Ok(Card {
            leads: leads
                .iter()
                .filter_map(|(kind, card)| self.lead_card(*kind, card, &layout))
                .collect(),
            contact: match contact {
                Some(card) => self.contact_shown(&card).await?,
                None => None,
            },
        })
    }

    async fn bound_cards(&self, conversation: &CrmConversation) -> Result<Vec<CrmRef>, ApiError> {
        let mut found = Vec::new();
        let keys = [
            card_key(CrmEntity::Deal, conversation),
            card_key(CrmEntity::Lead, conversation),
            contact_key(conversation),
        ];
        for key in keys {
            found.extend(self.deps.notebook.bound(&key).await?.map(|bound| bound.reference));
        }
        Ok(found)
    }

    async fn of_kind(&self, known: &[CrmRef], kind: CrmEntity) -> Result<Option<Value>, ApiError> {
        match known.iter().find(|card| card.entity == kind) {
            Some(card) => self.get(kind, &card.id, Urgency::Reply).await,
            None => Ok(None),
        }
    }

    /// Further deals of the contact, the latest first.
    async fn others(&self, contact: i64, known: &[(CrmEntity, Value)]) -> Result<Vec<(CrmEntity, Value)>, ApiError> {
        let params = json!({ "filter": { "CONTACT_ID": contact }, "order": { "ID": "DESC" } });
        let told = self.client.ask("crm.deal.list", params, Urgency::Reply).await?;
        let is_known = |card: &Value| {
            let same = |(kind, one): &(CrmEntity, Value)| *kind == CrmEntity::Deal && one.get("ID") == card.get("ID");
            known.iter().any(same)
        };
        let deals = rows(&told.result).into_iter().filter(|card| !is_known(card));
        Ok(deals.map(|card| (CrmEntity::Deal, card)).collect())
    }

    async fn contact_shown(&self, card: &Value) -> Result<Option<CardContact>, ApiError> {
        let Some(id) = number(card, "ID") else { return Ok(None) };
        let company = match text(card, "COMPANY_ID").filter(|id| id != "0" && !id.is_empty()) {
            Some(id) => self.get(CrmEntity::Company, &id, Urgency::Reply).await?,
            None => None,
        };
        Ok(Some(CardContact {
            reference: CrmRef::new(CrmEntity::Contact, id),
            name: person_name(card),
            page: Some(self.page_of(CrmEntity::Contact, id)),
            company: company.and_then(|company| text(&company, "TITLE")),
        }))
    }

    fn lead_card(&self, kind: CrmEntity, card: &Value, layout: &Layout) -> Option<CardLead> {
        let id = number(card, "ID")?;
        let stage = text(
            card,
            if kind == CrmEntity::Deal {
                "STAGE_ID"
            } else {
                "STATUS_ID"
            },
        );
        let stage = stage.and_then(|stage| layout.stage(kind, &stage));
        let user = number(card, "ASSIGNED_BY_ID").and_then(|id| layout.user(id));
        let sum = text(card, "OPPORTUNITY").filter(|sum| sum.parse::<f64>().is_ok_and(|sum| sum > 0.0));
        let currency = text(card, "CURRENCY_ID").unwrap_or_default();
        Some(CardLead {
            reference: CrmRef::new(kind, id),
            title: text(card, "TITLE").unwrap_or_default(),
            stage: stage.map(
                |stage| match layout.board(stage.board()).filter(|_| kind == CrmEntity::Deal) {
                    Some(board) => format!("{board} · {}", stage.name),
                    None => stage.name.clone(),
                },
            ),
            colour: stage.and_then(super::layout::Stage::shade),
            responsible: user.map(|user| user.name.clone()),
            responsible_email: user.and_then(|user| user.email.clone()),
            budget: sum.map(|sum| format!("{} {currency}", sum.trim_end_matches(".00")).trim().to_owned()),
            closed: is_closed(kind, card),
            page: Some(self.page_of(kind, id)),
        })
    }

    fn page_of(&self, kind: CrmEntity, id: i64) -> String {
        format!("{}/crm/{}/details/{id}/", self.page, word(kind))
    }

    /// See [`contracts::crm::CrmLink::pick`].
    pub(super) async fn found(&self, query: &Pick) -> Result<Picks, ApiError> {
        let kind = match query.kind {
            PickKind::Contacts => CrmEntity::Contact,
            PickKind::Leads => CrmEntity::Lead,
            PickKind::Deals => CrmEntity::Deal,
            PickKind::Companies => CrmEntity::Company,
        };
        let start: i64 = query
            .cursor
            .as_ref()
            .and_then(|cursor| cursor.parse().ok())
            .unwrap_or(0);
        let mut cards = Vec::new();
        let mut next = None;
        for filter in self.filters(kind, query.text.trim()).await? {
            let params = json!({
                "filter": filter, "order": { "ID": "DESC" }, "select": ["*", "PHONE", "WEB", "IM"], "start": start,
            });
            let told = self
                .client
                .ask(&format!("crm.{}.list", word(kind)), params, Urgency::Reply)
                .await?;
            next = next.max(told.next);
            let new = rows(&told.result).into_iter();
            let new: Vec<Value> = new
                .filter(|card| !cards.iter().any(|one: &Value| one.get("ID") == card.get("ID")))
                .collect();
            cards.extend(new);
        }
        let layout = self.layout(Urgency::Reply).await?;
        let mut found = Vec::new();
        for card in &cards {
            found.extend(self.picked(kind, card, &layout).await?);
        }
        Ok(Picks {
            found,
            next: next.map(|next| next.to_string()),
        })
    }

    /// What is asked for: a number, else a part of the name.
    async fn filters(&self, kind: CrmEntity, sought: &str) -> Result<Vec<Value>, ApiError> {
        if sought.is_empty() {
            return Ok(vec![json!({})]);
        }
        if let Some(phone) = domain::text::phone(sought) {
            let found = self.by_numbers(&[phone], Urgency::Reply).await?;
            return Ok(match kind {
                CrmEntity::Contact => vec![json!({ "@ID": one_at_least(found.contacts) })],
                CrmEntity::Company => vec![json!({ "@ID": one_at_least(found.companies) })],
                CrmEntity::Deal => vec![json!({ "@CONTACT_ID": one_at_least(found.contacts) })],
                _ => vec![json!({ "@ID": one_at_least(found.leads) })],
            });
        }
        Ok(match kind {
            CrmEntity::Contact => vec![json!({ "%NAME": sought }), json!({ "%LAST_NAME": sought })],
            _ => vec![json!({ "%TITLE": sought })],
        })
    }

    async fn picked(&self, kind: CrmEntity, card: &Value, layout: &Layout) -> Result<Option<Picked>, ApiError> {
        let Some(id) = number(card, "ID") else { return Ok(None) };
        let mut phones = numbers(card);
        // A deal has the numbers of its contact.
        let contact = text(card, "CONTACT_ID").filter(|id| kind == CrmEntity::Deal && id != "0" && !id.is_empty());
        if let Some(contact) = contact
            && let Some(person) = self.get(CrmEntity::Contact, &contact, Urgency::Reply).await?
        {
            phones.extend(numbers(&person));
        }
        let values = |field: &str| {
            let rows = card.get(field).map(rows).unwrap_or_default();
            rows.iter().filter_map(|one| text(one, "VALUE")).collect::<Vec<_>>()
        };
        let links = values("WEB").into_iter().chain(values("IM"));
        let lead = self.lead_card(kind, card, layout);
        Ok(Some(Picked {
            reference: CrmRef::new(kind, id),
            title: match kind {
                CrmEntity::Contact => person_name(card),
                _ => text(card, "TITLE").unwrap_or_default(),
            },
            note: lead.and_then(|lead| lead.stage),
            phones: phones
                .into_iter()
                .map(|one| domain::text::phone(&one).unwrap_or(one))
                .collect(),
            links: links.filter(|link| !link.starts_with("imol|")).collect(),
            page: Some(self.page_of(kind, id)),
        }))
    }
}

/// An empty list would mean «all of them».
fn one_at_least(ids: Vec<i64>) -> Vec<i64> {
    if ids.is_empty() { vec![0] } else { ids }
}

fn person_name(card: &Value) -> String {
    let part = |key: &str| text(card, key).unwrap_or_default();
    let name = format!("{} {}", part("NAME"), part("LAST_NAME"));
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
