//! How the account is furnished: users, fields, pipelines. Read when the link is prepared and kept in memory; what has
//! changed meanwhile shows itself by a refusal, and it is read anew.

use std::sync::Arc;

use contracts::crm::{CrmError, Urgency};
use serde::de::DeserializeOwned;

use super::{
    client::Client,
    errors::{ApiError, Problem, reason},
    link::AmoLink,
    wire::{Account, Field, Lead, Page, Pipeline, User},
};

/// Won.
const WON: i64 = 142;
/// Lost.
const LOST: i64 = 143;
/// Pages of a list at most: an account has some users and hundreds of fields at the most.
const PAGES: usize = 40;

/// The account's furniture.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) account: Account,
    pub(super) users: Vec<User>,
    pub(super) contact_fields: Vec<Field>,
    pub(super) lead_fields: Vec<Field>,
    pub(super) pipelines: Vec<Pipeline>,
}

/// The account, with all that is asked of it here.
pub(super) async fn account(client: &Client, urgency: Urgency) -> Result<Account, ApiError> {
    let with = "amojo_id,drive_url,task_types,datetime_settings";
    let account = client.get("account", &[("with", with.to_owned())], urgency).await?;
    account.ok_or_else(|| missing().into())
}

/// One user; `None`: amoCRM does not tell, which it does to administrators only.
pub(super) async fn user(client: &Client, id: i64, urgency: Urgency) -> Result<Option<User>, ApiError> {
    let with = [("with", "amojo_id".to_owned())];
    match client.get(&format!("users/{id}"), &with, urgency).await {
        Err(ApiError::Problem(Problem { status: 403, .. })) => Ok(None),
        told => told,
    }
}

fn missing() -> CrmError {
    CrmError::Refused(reason("amocrm.reason.refused").with("status", 204))
}

/// All pages of a list.
pub(super) async fn all<T: DeserializeOwned>(
    client: &Client,
    path: &str,
    name: &str,
    limit: usize,
    urgency: Urgency,
) -> Result<Vec<T>, ApiError> {
    let mut found = Vec::new();
    for page in 1..=PAGES {
        let mut query = vec![("page", page.to_string()), ("limit", limit.to_string())];
        if path == "users" {
            query.push(("with", "amojo_id".to_owned()));
        }
        let Some(page) = client.get::<Page>(path, &query, urgency).await? else {
            break;
        };
        found.extend(page.of(name));
        if !page.goes_on() {
            break;
        }
    }
    Ok(found)
}

impl AmoLink {
    /// The furniture, read when there is none yet.
    pub(super) async fn layout(&self, urgency: Urgency) -> Result<Arc<Layout>, ApiError> {
        if let Some(layout) = self.layout.read().await.clone() {
            return Ok(layout);
        }
        self.look_around(urgency).await
    }

    /// Reads the furniture anew.
    pub(super) async fn look_around(&self, urgency: Urgency) -> Result<Arc<Layout>, ApiError> {
        let client = &self.client;
        let layout = Arc::new(Layout {
            account: account(client, urgency).await?,
            users: all(client, "users", "users", 250, urgency).await?,
            // «Up to 50 fields for one request».
            contact_fields: all(client, "contacts/custom_fields", "custom_fields", 50, urgency).await?,
            lead_fields: all(client, "leads/custom_fields", "custom_fields", 50, urgency).await?,
            pipelines: all(client, "leads/pipelines", "pipelines", 250, urgency).await?,
        });
        *self.layout.write().await = Some(layout.clone());
        Ok(layout)
    }
}

impl Layout {
    /// Whose token it is.
    pub(super) fn me(&self) -> Option<&User> {
        self.users.iter().find(|user| user.id == self.account.current_user_id)
    }

    pub(super) fn user(&self, id: i64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user whom people call so, else the one whose token it is.
    pub(super) fn user_named(&self, name: Option<&str>) -> Option<&User> {
        let same = |user: &&User| name.is_some_and(|name| domain::text::fold(&user.name) == domain::text::fold(name));
        self.users.iter().find(same).or_else(|| self.me())
    }

    pub(super) fn contact_field(&self, id: i64) -> Option<&Field> {
        self.contact_fields.iter().find(|field| field.id == id)
    }

    pub(super) fn lead_field(&self, id: i64) -> Option<&Field> {
        self.lead_fields.iter().find(|field| field.id == id)
    }

    /// A lead in which something still happens: in one of the chosen stages, or simply neither won nor lost. What
    /// nobody has taken yet is always open.
    pub(super) fn is_open(&self, lead: &Lead, chosen: &[(i64, i64)]) -> bool {
        if lead.is_deleted {
            return false;
        }
        if chosen.is_empty() || self.is_unsorted(lead) {
            return !matches!(lead.status_id, WON | LOST);
        }
        chosen.contains(&(lead.pipeline_id, lead.status_id))
    }

    fn is_unsorted(&self, lead: &Lead) -> bool {
        let pipeline = self.pipelines.iter().find(|pipeline| pipeline.id == lead.pipeline_id);
        let mut statuses = pipeline.into_iter().flat_map(|pipeline| pipeline.statuses());
        statuses.any(|status| status.id == lead.status_id && status.kind == 1)
    }

    /// «Pipeline · stage», and the stage's colour.
    pub(super) fn stage(&self, lead: &Lead) -> Option<(String, Option<String>)> {
        let pipeline = self.pipelines.iter().find(|pipeline| pipeline.id == lead.pipeline_id)?;
        let status = pipeline.statuses().iter().find(|status| status.id == lead.status_id)?;
        Some((format!("{} · {}", pipeline.name, status.name), status.color.clone()))
    }

    /// Nothing more happens in it.
    pub(super) fn is_closed(lead: &Lead) -> bool {
        matches!(lead.status_id, WON | LOST) || lead.is_deleted
    }
}
