//! What placeholders of quick replies stand for in a conversation (INB-5).

use std::time::Duration;

use contracts::crm::{Card, CardLead};
use domain::{ContactId, ConversationId};
use filters::{Filled, Template};
use futures::future::join_all;
use store::conversations::ConversationFacts;

use crate::{app::App, boot, crm_cards, error::ApiError};

/// Somebody waits with the cursor in the field: a CRM that takes longer than this has said nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The text with what is known of the person, the operator, the channel and, when the text asks for them, of the lead
/// and the firm in the CRMs.
pub(crate) async fn fill_in(app: &App, template: &Template, conversation: ConversationId) -> Result<Filled, ApiError> {
    let db = app.store().read();
    let conversation = store::conversations::get(db, conversation).await?;
    let client = Client::of(app, conversation.contact_id).await?;
    let operator = boot::profile(app).await?;
    let channel = match conversation.account_id {
        Some(id) => Some(store::accounts::get(db, id).await?.name),
        None => None,
    };
    let deal = if template.asks(Deal::KEYS) {
        Deal::of(app, &conversation).await?
    } else {
        Deal::default()
    };
    Ok(template.fill(|key| match key {
        "contact.name" => Some(client.name.clone()),
        "contact.first_name" => client.name.split_whitespace().next().map(str::to_owned),
        "contact.phone" => client.phone.clone(),
        "contact.username" => client.username.clone(),
        "contact.city" => client.city.clone(),
        "operator.name" => Some(operator.name.clone()),
        "operator.phone" => Some(operator.phone.clone()),
        "operator.email" => Some(operator.email.clone()),
        "channel.name" => channel.clone(),
        key => deal.value(key),
    }))
}

/// What placeholders may say of a client.
struct Client {
    name: String,
    phone: Option<String>,
    username: Option<String>,
    city: Option<String>,
}

impl Client {
    async fn of(app: &App, id: ContactId) -> Result<Self, ApiError> {
        let db = app.store().read();
        let contact = store::contacts::get(db, id).await?;
        let identities = store::contacts::identities(db, id).await?;
        Ok(Self {
            name: if contact.own_name.is_empty() {
                contact.network_name
            } else {
                contact.own_name
            },
            phone: identities.iter().find_map(|identity| identity.phone.clone()),
            username: identities.iter().find_map(|identity| identity.username.clone()),
            city: contact.city,
        })
    }
}

/// What they may say of the business with a client: of the first CRM that knows it.
#[derive(Default)]
struct Deal {
    lead: Option<CardLead>,
    company: Option<String>,
}

impl Deal {
    const KEYS: &[&str] = &["lead.", "company.", "responsible."];

    /// Nothing where no CRM is linked, where none answers in time, and where it says no: a fallback may stand in.
    async fn of(app: &App, conversation: &ConversationFacts) -> Result<Self, ApiError> {
        let ask = |link| tokio::time::timeout(PATIENCE, app.engine().crm_card(link, conversation.id));
        let asked = crm_cards::knowing(app, conversation).await?.into_iter().map(ask);
        let told = join_all(asked).await.into_iter();
        let cards: Vec<Card> = told.filter_map(|told| told.ok()?.ok()).collect();
        Ok(Self {
            lead: cards.iter().find_map(|card| card.leads.first().cloned()),
            company: cards.into_iter().find_map(|card| card.contact?.company),
        })
    }

    fn value(&self, key: &str) -> Option<String> {
        let lead = self.lead.as_ref();
        match key {
            "lead.id" => lead.map(|lead| lead.reference.id.clone()),
            "lead.name" => lead.map(|lead| lead.title.clone()),
            "lead.budget" => lead?.budget.clone(),
            "lead.status" => lead?.stage.as_deref().map(stage_alone),
            "responsible.name" => lead?.responsible.clone(),
            "responsible.email" => lead?.responsible_email.clone(),
            "company.name" => self.company.clone(),
            _ => None,
        }
    }
}

/// A card shows `Pipeline · Stage`; the client is told the stage.
fn stage_alone(shown: &str) -> String {
    let alone = shown.rsplit_once(" · ").map_or(shown, |(_, stage)| stage);
    alone.to_owned()
}
