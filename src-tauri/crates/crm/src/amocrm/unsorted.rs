//! Leads among those that nobody has taken («неразобранное»). <https://www.amocrm.ru/developers/content/crm_platform/unsorted-api>
//!
//! Category `forms`: the only one that REST makes besides calls. Chats make theirs themselves.

use contracts::crm::{BoundKey, CrmConversation, Urgency};
use serde_json::{Value, json};

use super::{
    contacts::side,
    errors::ApiError,
    leads::{Known, Target, embed},
    link::{AmoLink, nothing_came},
    wire::{Page, Unsorted},
};

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

    /// A request of somebody of whom there is no card yet: amoCRM makes lead and contact of what it carries. The way
    /// into the lead's number is the answer; after an unknown outcome the list.
    pub(super) async fn unsorted_of_nobody(
        &self,
        conversation: &CrmConversation,
        key: &BoundKey,
        tried: bool,
        known: &mut Known,
        urgency: Urgency,
    ) -> Result<Target, ApiError> {
        let earlier = match tried {
            true => self.earlier_request(conversation, urgency).await?,
            false => None,
        };
        let (request, fresh) = match earlier {
            Some(request) => (request, false),
            None => (self.make_request(conversation, key, urgency).await?, true),
        };
        let lead = request.lead().ok_or_else(nothing_came)?;
        if let Some(contact) = request.contact() {
            self.bind_contact(&self.contact_key(conversation), contact).await?;
        }
        self.bind_lead(key, lead).await?;
        self.now_known(lead, known, urgency).await?;
        Ok(Target { lead, fresh })
    }

    async fn earlier_request(
        &self,
        conversation: &CrmConversation,
        urgency: Urgency,
    ) -> Result<Option<Unsorted>, ApiError> {
        let query = [
            ("filter[category]", "forms".to_owned()),
            ("order[created_at]", "desc".to_owned()),
            ("limit", "250".to_owned()),
        ];
        let page: Option<Page> = self.client.get("leads/unsorted", &query, urgency).await?;
        let requests: Vec<Unsorted> = page.map(|page| page.of("unsorted")).unwrap_or_default();
        let ours = self.form_id(conversation);
        Ok(requests.into_iter().find(|request| request.form() == ours))
    }

    async fn make_request(
        &self,
        conversation: &CrmConversation,
        key: &BoundKey,
        urgency: Urgency,
    ) -> Result<Unsorted, ApiError> {
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
            self.deps.notebook.give_up(key).await?;
        }
        let made: Vec<Unsorted> = made?.map(|page| page.of("unsorted")).unwrap_or_default();
        made.into_iter().next().ok_or_else(nothing_came)
    }
}
