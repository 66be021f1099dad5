//! What a token says about itself. It is amoCRM's to check its signature; for us its claims are hints.
//! Claim `exp` is documented, `scopes` was seen in live tokens; others are not relied upon.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::At;
use serde::Deserialize;

/// The claims that matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Claims {
    exp: Option<i64>,
    /// What it may do; absent in tokens of old integrations, which may do everything.
    pub(super) scopes: Option<Vec<String>>,
    /// `amocrm.ru` or `kommo.com`.
    pub(super) base_domain: Option<String>,
}

impl Claims {
    /// When it ends.
    pub(super) fn expires_at(&self) -> Option<At> {
        self.exp.map(At::from_secs)
    }

    /// Whether it may do this; a token that says nothing may.
    pub(super) fn allows(&self, scope: &str) -> bool {
        self.scopes
            .as_ref()
            .is_none_or(|all| all.iter().any(|one| one == scope))
    }
}

/// The claims of a token; `None` where it is no token at all.
pub(super) fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_head, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let json = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&json).ok()
}
