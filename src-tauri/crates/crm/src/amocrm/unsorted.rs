//! Leads among those that nobody has taken («неразобранное»). <https://www.amocrm.ru/developers/content/crm_platform/unsorted-api>
//!
//! Category `forms`: the only one that REST makes besides calls. Chats make theirs themselves.

use std::collections::HashSet;

use contracts::crm::{CrmConversation, Urgency};
use serde_json::{Value, json};

use super::{
    contacts::side,
    errors::ApiError,
    leads::embed,
    link::{AmoLink, nothing_came},
    wire::{Page, Unsorted},
};

/// Pages of what nobody has taken, of 250 each: an account with more than a thousand of them sorts none.
const PAGES: usize = 4;

impl AmoLink {
    /// What a request says of itself. The form carries our name of the conversation: by it an earlier try is found.
    pub(super) fn form(&self, conversation: &CrmConversation) -> Value {
        let network = conversation
            .account
            .as_ref()
            .map_or(&conversation.channel, |account| &account.network);
        json!({
            "category": "forms",
            "form_id": self.form_id(conversation),
            "form_name": network,
            "form_page": network,
            "form_sent_at": self.deps.clock.now().secs(),
            "ip": "127.0.0.1",
            "referer": network,
        })
    }

    fn form_id(&self, conversation: &CrmConversation) -> String {
        format!(
            "{}{}",
            conversation.uid,
            side(self.options.split_comments(), conversation)
        )
    }

    /// The lead of a request that an earlier try has made.
    pub(super) async fn earlier_request(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<i64>, ApiError> {
        let ours = self.form_id(conversation);
        let requests = self.requests(1, urgency).await?.0;
        let Some(request) = requests.into_iter().find(|request| request.form() == ours) else {
            return Ok(None);
        };
        if let Some(contact) = request.contact() {
            self.bind_contact(&self.contact_key(conversation), contact).await?;
        }
        Ok(request.lead())
    }

    /// All leads that nobody has taken. Lists of leads do not show them.
    pub(super) async fn waiting_leads(&self, urgency: Urgency) -> Result<HashSet<i64>, ApiError> {
        let mut waiting = HashSet::new();
        for page in 1..=PAGES {
            let (requests, more) = self.requests(page, urgency).await?;
            waiting.extend(requests.iter().filter_map(Unsorted::lead));
            if !more {
                break;
            }
        }
        Ok(waiting)
    }

    /// A page of requests, the newest first, and whether there is another one.
    async fn requests(&self, page: usize, urgency: Urgency) -> Result<(Vec<Unsorted>, bool), ApiError> {
        let query = [
            ("order[created_at]", "desc".to_owned()),
            ("limit", "250".to_owned()),
            ("page", page.to_string()),
        ];
        let page: Page = self
            .client
            .get("leads/unsorted", &query, urgency)
            .await?
            .unwrap_or_default();
        Ok((page.of("unsorted"), page.goes_on()))
    }

    /// A request of somebody of whom there is no card yet: amoCRM makes lead and contact of what it carries.
    pub(super) async fn make_request(&self, conversation: &CrmConversation, urgency: Urgency) -> Result<i64, ApiError> {
        let identity = self.identity(conversation, urgency).await?;
        let contact = self.new_contact(conversation, &identity, urgency).await?;
        let lead = self.new_lead(conversation, urgency).await?;
        let mut body = json!({
            "request_id": "unsorted",
            "source_name": conversation.account.as_ref().map_or(&conversation.channel, |account| &account.name),
            "source_uid": conversation.uid.to_string(),
            "created_at": self.deps.clock.now().secs(),
            "metadata": self.form(conversation),
        });
        embed(&mut body, "leads", json!([lead]));
        embed(&mut body, "contacts", json!([contact]));
        let made = self
            .client
            .post::<Page>("leads/unsorted/forms", &json!([body]), urgency)
            .await;
        if made.as_ref().is_err_and(ApiError::refused) {
            self.deps.notebook.give_up(&self.lead_key(conversation)).await?;
        }
        let made: Vec<Unsorted> = made?.map(|page| page.of("unsorted")).unwrap_or_default();
        let request = made.first().ok_or_else(nothing_came)?;
        if let Some(contact) = request.contact() {
            self.bind_contact(&self.contact_key(conversation), contact).await?;
        }
        request.lead().ok_or_else(nothing_came)
    }
}
