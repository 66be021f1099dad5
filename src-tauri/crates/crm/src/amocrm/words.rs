//! The few words that are written into the CRM, in the language in which its managers read it.

use std::collections::BTreeMap;

use super::DESCRIPTOR;

/// The text `word.<key>` in the language of the account: Russian, Spanish, else English.
pub(super) fn word(language: Option<&str>, key: &str) -> String {
    let texts = &DESCRIPTOR.texts;
    let json = match language {
        Some("ru") => texts.ru,
        Some("es") => texts.es,
        _ => texts.en,
    };
    let all: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    all.get(&format!("word.{key}")).cloned().unwrap_or_default()
}
