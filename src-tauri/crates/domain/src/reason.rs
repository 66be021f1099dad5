use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why something is as it is, for a person: the key of a text and what goes into it. Never a cause's `to_string()`,
/// never a secret. Keys of a channel start with its id and live in its `texts.*.json`; the rest with the app's texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reason {
    /// The key of the text.
    #[ts(type = "string")]
    pub key: Cow<'static, str>,
    /// Values for its placeholders.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(type = "Record<string, string>", optional)]
    pub params: BTreeMap<Cow<'static, str>, String>,
}

impl Reason {
    /// A reason without placeholders.
    pub const fn new(key: &'static str) -> Self {
        Self {
            key: Cow::Borrowed(key),
            params: BTreeMap::new(),
        }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.insert(Cow::Borrowed(name), value.to_string());
        self
    }
}

impl fmt::Display for Reason {
    /// For logs only: the key and its values, not a text for people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)?;
        self.params
            .iter()
            .try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}
