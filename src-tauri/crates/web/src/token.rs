use std::fmt;

use axum::http::{HeaderMap, Uri, header::AUTHORIZATION};
use subtle::ConstantTimeEq;

/// What the address carries and every call repeats: 256 bits of chance, made anew at each start.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn random() -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// For the one line that tells a person where to go.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the call brought it: `Authorization: Bearer …`, or `?token=…` where a page can't set headers.
    pub(crate) fn came_with(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let bearer = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        let query = uri
            .query()
            .into_iter()
            .flat_map(|query| query.split('&'))
            .find_map(|pair| pair.strip_prefix("token="));
        bearer.or(query).is_some_and(|given| self.is(given))
    }

    /// Takes as long for a nearly right token as for a wrong one.
    fn is(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
