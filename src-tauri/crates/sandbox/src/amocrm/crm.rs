//! The account as one CRM among others: the `Wire` and `Crm` traits.

use super::rest::problem::Problem;
use super::state::State;
use super::{ID, Shared, amojo, desk, drive, oauth, rest, seed, switches};
use crate::act::{AccountChange, Refused};
use crate::chaos::Failure;
use crate::crm::{Card, Crm, CrmChat, Deed, Employee, Stage};
use crate::ids::{ManagerId, MessageId};
use crate::vendor::Wire;
use axum::Router;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// The simulated CRM.
#[derive(Debug)]
pub(super) struct Amo(pub(super) Shared);

impl Amo {
    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.0.lock())
    }
}

impl Wire for Amo {
    fn id(&self) -> &'static str {
        ID
    }

    fn routes(&self) -> Router {
        let others = drive::routes().merge(oauth::routes()).merge(amojo::routes());
        rest::routes().merge(others).with_state(self.0.clone())
    }

    /// `leads`, `leads/notes`, `talks`, `access_token`, `sessions`, `new_message` (all events of a program), `history`…:
    /// the path without numbers and names.
    fn method(&self, path: &str, _query: Option<&str>) -> String {
        if let Some(rest) = path.strip_prefix("/v2/origin/custom/") {
            return match rest.split('/').filter(|step| !step.is_empty()).count() {
                0 | 1 => "new_message".to_owned(),
                _ => rest.rsplit('/').next().unwrap_or_default().to_owned(),
            };
        }
        let rest = ["/api/v4/", "/v1.0/", "/oauth2/"]
            .into_iter()
            .find_map(|start| path.strip_prefix(start));
        let words = rest.unwrap_or(path).split('/');
        let named = |word: &&str| !word.is_empty() && word.len() < 24 && !word.chars().all(|one| one.is_ascii_digit());
        words.filter(named).collect::<Vec<_>>().join("/")
    }

    fn fail(&self, failure: Failure) -> Response {
        match failure {
            Failure::TooManyRequests { retry_after } => Problem::TooMany(retry_after),
            Failure::ServerError { status } => Problem::Broken(status),
            Failure::ExpiredToken => Problem::Unauthorized,
        }
        .into_response()
    }

    fn credentials(&self) -> Map<String, Value> {
        self.with(|state| {
            let own = &state.integration;
            let fields = json!({
                "token": state.keys.home, "subdomain": state.account.subdomain, "client_id": own.client_id,
                "client_secret": own.client_secret, "redirect_uri": own.redirect_uri,
            });
            fields.as_object().cloned().unwrap_or_default()
        })
    }

    fn change(&self, change: AccountChange) -> Result<(), Refused> {
        self.with(|state| match change {
            AccountChange::ExpireToken => revoked(state, true),
            AccountChange::RestoreToken => revoked(state, false),
            AccountChange::RenewToken => {
                revoked(state, true);
                seed::home_token(state);
            }
            AccountChange::Ban => state.account.unpaid = true,
            AccountChange::Unban => state.account.unpaid = false,
        });
        Ok(())
    }

    fn special(&self, what: &str, arguments: &Value) -> Result<Value, Refused> {
        self.with(|state| switches::turn(state, what, arguments))
    }
}

/// Takes every access token back, or accepts the living ones again.
fn revoked(state: &mut State, revoked: bool) {
    for access in state.keys.access.values_mut() {
        access.revoked = revoked;
    }
}

impl Crm for Amo {
    fn beside(&self) -> Map<String, Value> {
        self.with(|state| {
            let base = state.host.base_url.as_str().trim_end_matches('/');
            let fields =
                json!({"amojo": base, "amojo_channel_id": state.channel.id, "amojo_secret": state.channel.secret,
                "amojo_account_id": state.account.amojo_id});
            fields.as_object().cloned().unwrap_or_default()
        })
    }

    fn managers(&self) -> Vec<Employee> {
        self.with(|state| desk::shown::managers(state))
    }

    fn stages(&self) -> Vec<Stage> {
        self.with(|state| desk::shown::stages(state))
    }

    fn cards(&self) -> Vec<Card> {
        self.with(|state| desk::shown::cards(state))
    }

    fn chats(&self) -> Vec<CrmChat> {
        self.with(|state| desk::chats::chats(state))
    }

    fn manager_does(&self, who: &ManagerId, deed: Deed) -> Result<Vec<MessageId>, Refused> {
        self.with(|state| desk::deeds::does(state, who, deed))
    }
}
