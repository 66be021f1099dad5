//! The visitor's number of a first message, on its way into a card (BX-6).

use contracts::crm::{Bound, BoundKey, Work};
use domain::{CrmEntity, CrmRef, Direction};
use serde_json::{Value, json};

use super::{
    cards::word,
    errors::ApiError,
    layout::{rows, text, whole},
    link::BxLink,
};
use crate::shared::System;

impl BxLink {
    /// The same for the card that the line's tracker has tied to a chat.
    pub(super) async fn track_chat(&self, work: &Work, chat: i64) -> Result<(), ApiError> {
        if self.options.comments() || self.code(work).await?.is_none() {
            return Ok(());
        }
        let cards = self.cards_of_chat(chat, work.urgency).await?;
        let wanted = [CrmEntity::Deal, CrmEntity::Lead, CrmEntity::Contact];
        let card = wanted
            .iter()
            .find_map(|kind| cards.iter().find(|card| card.entity == *kind));
        match card {
            Some(card) => self.track_card(work, card).await,
            None => Ok(()),
        }
    }

    /// Puts the number that a message brings into the card's field. Once per conversation: later messages that quote
    /// the greeting say nothing new.
    pub(super) async fn track_card(&self, work: &Work, card: &CrmRef) -> Result<(), ApiError> {
        let Some((system, code)) = self.code(work).await? else {
            return Ok(());
        };
        let field = self.tracking_field(card.entity, system, work).await?;
        let mut fields = serde_json::Map::new();
        fields.insert(field, code.into());
        let params = json!({ "id": card.id, "fields": fields });
        let method = format!("crm.{}.update", word(card.entity));
        match self.client.does(&method, params, work.urgency).await {
            Err(error) if error.refused() => tracing::warn!(link = %self.id, %error, "a card takes no source"),
            done => drop(done?),
        }
        let key = tracked_key(work);
        Ok(self.deps.notebook.bind(&key, Bound::to(card.clone())).await?)
    }

    /// Whose number a message brings, and which; nothing where it was written down before.
    async fn code(&self, work: &Work) -> Result<Option<(System, String)>, ApiError> {
        if work.message.direction != Direction::In {
            return Ok(None);
        }
        let Some(found) = self.options.tracking().code_in(&work.message.content.text) else {
            return Ok(None);
        };
        let written = self.deps.notebook.bound(&tracked_key(work)).await?;
        Ok(written.is_none().then_some(found))
    }

    /// The field `UF_CRM_YANDEX` and the like: found by name, made where there is none.
    /// <https://apidocs.bitrix24.com/api-reference/crm/leads/userfield/crm-lead-userfield-add.html>
    async fn tracking_field(&self, kind: CrmEntity, system: System, work: &Work) -> Result<String, ApiError> {
        let name = format!("UF_CRM_{}", system.field().to_uppercase());
        let _alone = self.state.making.lock().await;
        let params = json!({ "filter": { "FIELD_NAME": name } });
        let there = self
            .client
            .ask(&format!("crm.{}.userfield.list", word(kind)), params, work.urgency)
            .await?;
        let there = rows(&there.result);
        if there
            .iter()
            .any(|row| text(row, "FIELD_NAME").as_deref() == Some(name.as_str()))
        {
            return Ok(name);
        }
        let fields = json!({
            "FIELD_NAME": system.field().to_uppercase(),
            "USER_TYPE_ID": "string",
            "EDIT_FORM_LABEL": system.field(),
            "LIST_COLUMN_LABEL": system.field(),
        });
        let made = self
            .client
            .does(
                &format!("crm.{}.userfield.add", word(kind)),
                json!({ "fields": fields }),
                work.urgency,
            )
            .await?;
        tracing::info!(link = %self.id, field = ?whole(&made), "made a field for sources");
        Ok(name)
    }

    /// The cards that a chat belongs to: `LEAD|0|COMPANY|0|CONTACT|7|DEAL|12`.
    pub(super) async fn cards_of_chat(
        &self,
        chat: i64,
        urgency: contracts::crm::Urgency,
    ) -> Result<Vec<CrmRef>, ApiError> {
        let told = match self
            .client
            .ask("imopenlines.dialog.get", json!({ "CHAT_ID": chat }), urgency)
            .await
        {
            Ok(told) => told.result,
            Err(ApiError::Problem(_)) => Value::Null,
            Err(error) => return Err(error),
        };
        let data = text(&told, "entity_data_2").unwrap_or_default();
        let parts: Vec<&str> = data.split('|').collect();
        let card = |pair: &[&str]| {
            let [kind, id] = pair else { return None };
            let kind = match *kind {
                "LEAD" => CrmEntity::Lead,
                "DEAL" => CrmEntity::Deal,
                "CONTACT" => CrmEntity::Contact,
                "COMPANY" => CrmEntity::Company,
                _ => return None,
            };
            (*id != "0" && !id.is_empty()).then(|| CrmRef::new(kind, id))
        };
        Ok(parts.chunks(2).filter_map(card).collect())
    }
}

fn tracked_key(work: &Work) -> BoundKey {
    BoundKey::conversation(work.conversation.id, "tracking")
}
