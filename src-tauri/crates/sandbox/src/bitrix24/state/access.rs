//! Local applications, their tokens, and incoming webhooks.

use std::collections::BTreeMap;

/// Life of an access token, seconds. <https://apidocs.bitrix24.com/settings/oauth/index.html>
pub(crate) const TOKEN_LIFE: i64 = 3_600;
/// Life of a refresh token, seconds: 180 days.
pub(crate) const REFRESH_LIFE: i64 = 180 * 86_400;
/// Life of a code, seconds.
pub(crate) const CODE_LIFE: i64 = 30;

/// Everything that opens the door.
#[derive(Debug, Default)]
pub(crate) struct Access {
    pub(crate) apps: BTreeMap<String, App>,
    pub(crate) codes: BTreeMap<String, Grant>,
    pub(crate) tokens: BTreeMap<String, Grant>,
    pub(crate) refreshes: BTreeMap<String, Grant>,
    pub(crate) webhooks: Vec<Webhook>,
}

/// A local application, as its card in the developer's section says.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) id: i64,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) name: String,
    /// The handler path of the card: where the browser goes with the code.
    pub(crate) handler: String,
    pub(crate) scopes: Vec<String>,
    /// Comes with each event: proof that it is from this portal.
    pub(crate) application_token: String,
    pub(crate) installed: bool,
    /// The trial is over: no more tokens.
    pub(crate) unpaid: bool,
}

/// What a code or a token stands for.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) app: String,
    pub(crate) user: i64,
    /// Unix seconds.
    pub(crate) expires: i64,
}

/// An incoming webhook of somebody.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) user: i64,
    pub(crate) code: String,
    pub(crate) scopes: Vec<String>,
}

/// A fresh pair of tokens.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) expires: i64,
}

impl Access {
    /// The app, while it is installed.
    pub(crate) fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.get(client_id).filter(|app| app.installed)
    }

    /// The first local application: the seeded one.
    pub(crate) fn home(&self) -> Option<&App> {
        self.apps.values().min_by_key(|app| app.id)
    }

    pub(crate) fn home_mut(&mut self) -> Option<&mut App> {
        self.apps.values_mut().min_by_key(|app| app.id)
    }

    pub(crate) fn webhook(&self, user: i64, code: &str) -> Option<&Webhook> {
        self.webhooks.iter().find(|one| one.user == user && one.code == code)
    }

    /// All access tokens end now; they can be renewed.
    pub(crate) fn expire(&mut self, now: i64) {
        for grant in self.tokens.values_mut() {
            grant.expires = now.min(grant.expires);
        }
    }

    /// Access tokens live for another hour from now.
    pub(crate) fn revive(&mut self, now: i64) {
        for grant in self.tokens.values_mut() {
            grant.expires = now + TOKEN_LIFE;
        }
    }

    /// Nothing of what was given to apps opens anything any more.
    pub(crate) fn revoke(&mut self) {
        self.tokens.clear();
        self.refreshes.clear();
        self.codes.clear();
    }
}

impl super::State {
    /// A new pair of tokens for a user of an app.
    pub(crate) fn issue(&mut self, app: &str, user: i64) -> Pair {
        let now = self.now();
        let pair = Pair {
            access: self.secret(70),
            refresh: self.secret(70),
            expires: now + TOKEN_LIFE,
        };
        let grant = |expires| Grant {
            app: app.to_owned(),
            user,
            expires,
        };
        self.access.tokens.insert(pair.access.clone(), grant(pair.expires));
        self.access
            .refreshes
            .insert(pair.refresh.clone(), grant(now + REFRESH_LIFE));
        pair
    }

    /// The REST address of the authorization server. It lives beside the portal, under a path of its own, because
    /// `app.info` there says something else than on the portal.
    pub(crate) fn server_endpoint(&self) -> String {
        self.url("/oauth.bitrix.info/rest/")
    }
}
