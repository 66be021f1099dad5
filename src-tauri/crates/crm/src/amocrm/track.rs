//! The visitor's number of a first message, on its way into the lead (AMO-13).

use contracts::crm::{Bound, BoundKey, Work};
use domain::{CrmEntity, CrmRef, Direction};
use serde_json::{Value, json};

use super::{errors::ApiError, link::AmoLink};

impl AmoLink {
    /// Puts the number that a message brings into the lead's field. Once per conversation: later messages that quote
    /// the greeting say nothing new.
    pub(super) async fn track(&self, work: &Work, lead: i64) -> Result<(), ApiError> {
        if work.message.direction != Direction::In {
            return Ok(());
        }
        let Some((system, code)) = self.options.tracking().code_in(&work.message.content.text) else {
            return Ok(());
        };
        let key = BoundKey::conversation(work.conversation.id, "tracking");
        if self.deps.notebook.bound(&key).await?.is_some() {
            return Ok(());
        }
        let name = system.field();
        let field_key = BoundKey::link(format!("field:{name}"));
        let field = self.tracking_field(&field_key, name, work).await?;
        let body = json!({ "custom_fields_values": [{ "field_id": field, "values": [{ "value": code }] }] });
        self.client
            .patch::<Value>(&format!("leads/{lead}"), &body, work.urgency)
            .await?;
        Ok(self
            .deps
            .notebook
            .bind(&key, Bound::to(CrmRef::new(CrmEntity::Lead, lead)))
            .await?)
    }

    async fn tracking_field(&self, key: &BoundKey, name: &str, work: &Work) -> Result<i64, ApiError> {
        let layout = self.layout(work.urgency).await?;
        if let Some(bound) = self.deps.notebook.bound(key).await? {
            let id = bound.reference.id.parse().unwrap_or_default();
            if layout.lead_field(id).is_some() {
                return Ok(id);
            }
            self.deps.notebook.unbind(key).await?;
        }
        let code = format!("BESEDKA_{}", name.to_uppercase());
        self.own_field("leads", key, name, &code, work.urgency).await
    }
}
