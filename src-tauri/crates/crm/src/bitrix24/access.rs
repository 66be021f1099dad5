//! What is stored of a login: a local application that was signed in to, or an incoming webhook.
//! <https://apidocs.bitrix24.com/settings/oauth/index.html>, <https://apidocs.bitrix24.com/local-integrations/local-webhooks.html>

use std::{sync::Arc, time::Duration};

use contracts::{
    Clock, Secret,
    crm::{ConnectError, Notebook},
};
use domain::At;
use serde::{Deserialize, Serialize};

/// A token lives an hour. It is renewed so long before its end: the call that takes it may wait for its turn.
pub(super) const EARLY: Duration = Duration::from_secs(2 * 60);

/// The stored login. Never printed: it has no `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Login {
    /// Host of the portal, with a port where it has one of its own: `olga.bitrix24.ru`.
    pub(super) domain: String,
    /// A portal of one's own may show a certificate that nobody else vouches for: that one, or its authority's, in PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) certificate: Option<String>,
    pub(super) way: Way,
}

/// How we are let in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub(super) enum Way {
    /// A local application.
    App(App),
    /// An incoming webhook: cards only, no open lines.
    Webhook {
        /// Whose it is.
        user: i64,
        /// The secret in its address.
        code: String,
    },
}

/// A local application.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct App {
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// Host of the authorization server. It differs by region: the portal names it.
    pub(super) authority: String,
    pub(super) token: String,
    /// Good for one renewal, within 180 days.
    pub(super) refresh_token: String,
    /// Milliseconds.
    pub(super) expires_at: i64,
}

impl Login {
    pub(super) fn read(secret: &Secret<String>) -> Result<Self, ConnectError> {
        serde_json::from_str(secret.expose()).map_err(|_| ConnectError::Secret)
    }

    pub(super) fn write(&self) -> Secret<String> {
        Secret::new(serde_json::to_string(self).unwrap_or_default())
    }

    /// Whether the portal is the vendor's own: its certificate is everybody's.
    pub(super) fn is_in_cloud(&self) -> bool {
        let host = self.domain.split(':').next().unwrap_or_default();
        host.rsplit('.').nth(1) == Some("bitrix24")
    }

    /// Whether it is an application's: only those have open lines and events.
    pub(super) fn is_app(&self) -> bool {
        matches!(self.way, Way::App(_))
    }
}

impl App {
    /// Whether it is time for a new token.
    pub(super) fn ends_soon(&self, now: At) -> bool {
        At(self.expires_at).since(now) < EARLY
    }
}

/// Who may change the stored login.
#[derive(Clone)]
pub(super) struct Keeper {
    pub(super) clock: Arc<dyn Clock>,
    /// Nobody during a login: what it ends with is kept as a whole.
    pub(super) notebook: Option<Arc<dyn Notebook>>,
}
