//! What the form of the settings offers to choose from, as the portal has it now.

use contracts::crm::{Choice, Urgency};
use domain::CrmEntity;
use serde_json::{Value, json};

use super::{
    cards::word,
    errors::ApiError,
    layout::{Layout, text},
    link::BxLink,
};

impl BxLink {
    /// See [`contracts::crm::CrmLink::choices`].
    pub(super) async fn options_of(&self, of: &str) -> Result<Vec<Choice>, ApiError> {
        match of {
            "snippet" => Ok(self.options.tracking().snippet()),
            "lines" => {
                let lines = self.all_lines(Urgency::Reply).await?;
                Ok(lines
                    .into_iter()
                    .map(|(id, name)| plain(id.to_string(), name))
                    .collect())
            }
            "card_fields" => self.fields_of(self.options.card()).await,
            "contact_fields" => self.fields_of(CrmEntity::Contact).await,
            "users" => {
                let layout = self.look_around(Urgency::Reply).await?;
                let active = layout.users.iter().filter(|user| user.active);
                Ok(active
                    .map(|user| plain(user.id.to_string(), user.name.clone()))
                    .collect())
            }
            "stages" => Ok(stages(&*self.look_around(Urgency::Reply).await?, self.options.card())),
            _ => Ok(Vec::new()),
        }
    }

    /// Fields that a text can stand in. <https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-fields.html>
    async fn fields_of(&self, kind: CrmEntity) -> Result<Vec<Choice>, ApiError> {
        let told = self
            .client
            .ask(&format!("crm.{}.fields", word(kind)), json!({}), Urgency::Reply)
            .await?;
        let Value::Object(fields) = told.result else {
            return Ok(Vec::new());
        };
        let fillable = fields.into_iter().filter(|(name, about)| {
            let is = |key: &str| about.get(key) == Some(&json!(true));
            let texts = matches!(text(about, "type").as_deref(), Some("string" | "url"));
            texts && !is("isReadOnly") && !is("isMultiple") && !OURS.contains(&name.as_str())
        });
        let label = |name: &str, about: &Value| {
            let named = ["formLabel", "listLabel", "title"]
                .iter()
                .find_map(|key| text(about, key));
            named
                .filter(|label| !label.is_empty())
                .unwrap_or_else(|| name.to_owned())
        };
        let mut choices: Vec<Choice> = fillable
            .map(|(name, about)| plain(name.clone(), label(&name, &about)))
            .collect();
        choices.sort_by(|one, other| one.label.cmp(&other.label));
        Ok(choices)
    }
}

/// Filled by what is known of a person.
const OURS: [&str; 4] = ["NAME", "TITLE", "ORIGINATOR_ID", "ORIGIN_ID"];

fn stages(layout: &Layout, card: CrmEntity) -> Vec<Choice> {
    let of_kind = layout.stages.iter().filter(|stage| stage.kind() == Some(card));
    let choice = |stage: &super::layout::Stage| Choice {
        value: format!("{}:{}", card.as_str(), stage.id),
        label: stage.name.clone(),
        group: (card == CrmEntity::Deal).then(|| layout.board(stage.board()).unwrap_or_default().to_owned()),
        colour: stage.shade(),
    };
    of_kind.map(choice).collect()
}

fn plain(value: String, label: String) -> Choice {
    Choice {
        value,
        label,
        group: None,
        colour: None,
    }
}
