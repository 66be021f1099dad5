//! What the form of the settings offers to choose from, as the account has it now.

use contracts::crm::{Choice, Urgency};

use super::{
    errors::ApiError,
    layout::Layout,
    link::AmoLink,
    wire::{Field, Pipeline, User},
};

impl AmoLink {
    /// See [`contracts::crm::CrmLink::choices`].
    pub(super) async fn options_of(&self, of: &str) -> Result<Vec<Choice>, ApiError> {
        if of == "snippet" {
            return Ok(self.options.tracking().snippet());
        }
        let layout = self.look_around(Urgency::Reply).await?;
        Ok(match of {
            "stages" => stages(&layout),
            "users" => layout
                .users
                .iter()
                .filter(|user| User::is_active(user))
                .map(user)
                .collect(),
            "lead_fields" => layout
                .lead_fields
                .iter()
                .filter(|one| fillable(one))
                .map(field)
                .collect(),
            "contact_fields" => layout
                .contact_fields
                .iter()
                .filter(|one| fillable(one))
                .map(field)
                .collect(),
            "identity_fields" => {
                let texts = layout
                    .contact_fields
                    .iter()
                    .filter(|one| matches!(one.kind.as_str(), "text" | "url"));
                texts.map(field).collect()
            }
            _ => Vec::new(),
        })
    }
}

/// The main pipeline first. What nobody has taken is an option of its own; archived pipelines take no leads.
fn stages(layout: &Layout) -> Vec<Choice> {
    let mut pipelines: Vec<&Pipeline> = layout
        .pipelines
        .iter()
        .filter(|pipeline| !pipeline.is_archive)
        .collect();
    pipelines.sort_by_key(|pipeline| !pipeline.is_main);
    let stages = pipelines.into_iter().flat_map(|pipeline| {
        let taken = pipeline.statuses().iter().filter(|status| status.kind != 1);
        taken.map(|status| Choice {
            value: format!("{}:{}", pipeline.id, status.id),
            label: status.name.clone(),
            group: Some(pipeline.name.clone()),
            colour: status.color.clone(),
        })
    });
    stages.collect()
}

fn user(user: &User) -> Choice {
    plain(user.id, &user.name)
}

fn field(field: &Field) -> Choice {
    plain(field.id, &field.name)
}

fn plain(id: i64, label: &str) -> Choice {
    Choice {
        value: id.to_string(),
        label: label.to_owned(),
        group: None,
        colour: None,
    }
}

/// A template can stand in it. Numbers and addresses of people are the identity's.
fn fillable(field: &Field) -> bool {
    !matches!(
        field.kind.as_str(),
        "multitext" | "date" | "date_time" | "birthday" | "file" | "legal_entity" | "smart_address" | "items"
    )
}
