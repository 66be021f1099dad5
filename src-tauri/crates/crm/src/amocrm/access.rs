//! What is stored of a login, and the token in it, renewed when its time comes.
//! <https://www.amocrm.ru/developers/content/oauth/oauth>

use std::{sync::Arc, time::Duration};

use contracts::{
    Clock, Secret,
    crm::{ConnectError, Notebook},
};
use domain::At;
use serde::{Deserialize, Serialize};

/// A token is renewed so long before its end: the call that takes it may wait for its turn.
pub(super) const EARLY: Duration = Duration::from_secs(5 * 60);

/// The stored login. Never printed: it has no `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Login {
    /// `olga.amocrm.ru`.
    pub(super) domain: String,
    /// The access token.
    pub(super) token: String,
    /// By what it is renewed; nothing for a long-lived one.
    #[serde(default)]
    pub(super) oauth: Option<OAuth>,
    /// The account's own chat channel, where it has one.
    #[serde(default)]
    pub(super) channel: Option<ChatChannel>,
}

/// An integration that was signed in to.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct OAuth {
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// As the integration has it; the token is refused with any other.
    pub(super) redirect_uri: String,
    /// Good for one renewal.
    pub(super) refresh_token: String,
    /// Milliseconds.
    pub(super) expires_at: i64,
}

/// A chat channel as amoCRM's support gives it out.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct ChatChannel {
    /// UUID.
    pub(super) id: String,
    /// What requests are signed with.
    pub(super) secret: String,
}

impl Login {
    pub(super) fn read(secret: &Secret<String>) -> Result<Self, ConnectError> {
        serde_json::from_str(secret.expose()).map_err(|_| ConnectError::Secret)
    }

    pub(super) fn write(&self) -> Secret<String> {
        Secret::new(serde_json::to_string(self).unwrap_or_default())
    }

    /// Whether the account lives at Kommo, the same service for the rest of the world.
    pub(super) fn is_kommo(&self) -> bool {
        self.domain.ends_with(".kommo.com") || self.domain.ends_with(".amocrm.com")
    }

    /// Whether it is time for a new token.
    pub(super) fn ends_soon(&self, now: At) -> bool {
        let end = self.oauth.as_ref().map(|oauth| At(oauth.expires_at));
        end.is_some_and(|end| end.since(now) < EARLY)
    }
}

/// Who may change the stored login.
#[derive(Clone)]
pub(super) struct Keeper {
    pub(super) clock: Arc<dyn Clock>,
    /// Nobody during a login: what it ends with is kept as a whole.
    pub(super) notebook: Option<Arc<dyn Notebook>>,
}
