//! What a person brings back from a page on which they have signed in: the whole address, or the code alone.

use std::collections::BTreeMap;

use url::Url;

/// What was pasted.
pub(crate) struct Pasted {
    pub(crate) code: String,
    said: BTreeMap<String, String>,
}

/// Why it leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PastedError {
    /// Nothing was pasted.
    Empty,
    /// It belongs to another sign-in.
    Foreign,
    /// The person did not agree on the page.
    Denied,
    /// An address without a code.
    NoCode,
}

impl Pasted {
    /// Reads it; `state` is what the page was opened with.
    pub(crate) fn read(pasted: &str, state: &str) -> Result<Self, PastedError> {
        if pasted.is_empty() {
            return Err(PastedError::Empty);
        }
        let address = Url::parse(pasted).ok();
        let Some(url) = address.filter(|url| matches!(url.scheme(), "http" | "https")) else {
            return Ok(Self {
                code: pasted.to_owned(),
                said: BTreeMap::new(),
            });
        };
        let said: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
        if said.get("state").is_some_and(|told| told != state) {
            return Err(PastedError::Foreign);
        }
        match said.get("code").filter(|code| !code.is_empty()) {
            Some(code) => Ok(Self {
                code: code.clone(),
                said,
            }),
            None if said.contains_key("error") => Err(PastedError::Denied),
            None => Err(PastedError::NoCode),
        }
    }

    /// What else the address says.
    pub(crate) fn said(&self, key: &str) -> Option<&str> {
        self.said.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }
}
