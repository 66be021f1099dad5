//! The portal as one service among others.

use super::{ID, Shared, desk, door, files, oauth, pull, rest::ApiError, switches};
use crate::act::{AccountChange, Refused};
use crate::chaos::Failure;
use crate::crm::{Card, Crm, CrmChat, Deed, Employee, Stage};
use crate::ids::{ManagerId, MessageId};
use crate::vendor::Wire;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use tokio_util::sync::DropGuard;

/// The simulated portal.
#[derive(Debug)]
pub(super) struct Bitrix24 {
    shared: Shared,
    /// Ends open sockets with the portal.
    _gone: DropGuard,
}

impl Bitrix24 {
    pub(super) fn new(shared: Shared) -> Self {
        let gone = shared.lock().pull.gone.clone().drop_guard();
        Self { shared, _gone: gone }
    }
}

impl Wire for Bitrix24 {
    fn id(&self) -> &'static str {
        ID
    }

    fn routes(&self) -> Router {
        let routes = door::routes().merge(oauth::routes()).merge(pull::routes());
        routes.merge(files::routes()).with_state(self.shared.clone())
    }

    fn method(&self, path: &str, _query: Option<&str>) -> String {
        let path = path.trim_matches('/');
        match path.split_once('/') {
            Some(("rest", rest)) => door::target(rest).method.to_ascii_lowercase(),
            Some(("oauth" | "oauth.bitrix.info", rest)) => format!("oauth.{}", rest.rsplit('/').next().unwrap_or(rest)),
            _ if path == "sub" || path == "subws" => "pull".to_owned(),
            _ => "file".to_owned(),
        }
    }

    /// A server that collapses answers with the page of its web server; REST itself knows only 500.
    fn fail(&self, failure: Failure) -> Response {
        match failure {
            Failure::TooManyRequests { .. } => ApiError::too_many().into_response(),
            Failure::ExpiredToken => ApiError::expired().into_response(),
            Failure::ServerError { status: 500 } => {
                ApiError::new(500, "INTERNAL_SERVER_ERROR", "Internal server error").into_response()
            }
            Failure::ServerError { status } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
                let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>");
                (status, [(header::CONTENT_TYPE, "text/html")], page).into_response()
            }
        }
    }

    fn credentials(&self) -> Map<String, Value> {
        let state = self.shared.lock();
        let mut found = Map::new();
        if let Some(app) = state.access.home() {
            found.insert("client_id".to_owned(), json!(app.client_id));
            found.insert("client_secret".to_owned(), json!(app.client_secret));
        }
        if let Some(webhook) = state.access.webhooks.first() {
            let base = state.host.base_url.as_str();
            let address = format!("{base}rest/{}/{}/", webhook.user, webhook.code);
            found.insert("webhook".to_owned(), json!(address));
        }
        found
    }

    fn change(&self, change: AccountChange) -> Result<(), Refused> {
        let mut state = self.shared.lock();
        let now = state.now();
        match change {
            AccountChange::ExpireToken => state.access.expire(now),
            AccountChange::RestoreToken => state.access.revive(now),
            // A new secret in the card of the app, a new code of the webhook: all that was given out is void.
            AccountChange::RenewToken => {
                state.access.revoke();
                let (secret, code) = (state.secret(50), state.secret(16));
                if let Some(app) = state.access.home_mut() {
                    app.client_secret = secret;
                }
                if let Some(webhook) = state.access.webhooks.first_mut() {
                    webhook.code = code;
                }
            }
            AccountChange::Ban => state.portal.rest = false,
            AccountChange::Unban => state.portal.rest = true,
        }
        Ok(())
    }

    fn special(&self, what: &str, arguments: &Value) -> Result<Value, Refused> {
        switches::turn(&mut self.shared.lock(), what, arguments)
    }
}

impl Crm for Bitrix24 {
    fn managers(&self) -> Vec<Employee> {
        desk::staff(&self.shared.lock())
    }

    fn stages(&self) -> Vec<Stage> {
        desk::stages(&self.shared.lock())
    }

    fn cards(&self) -> Vec<Card> {
        desk::cards(&self.shared.lock())
    }

    fn chats(&self) -> Vec<CrmChat> {
        desk::chats(&self.shared.lock())
    }

    fn manager_does(&self, who: &ManagerId, deed: Deed) -> Result<Vec<MessageId>, Refused> {
        desk::does(&mut self.shared.lock(), who, deed)
    }
}
