//! The texts that leave the program, in the language of the profile: those of the interface, of channels and of CRMs.

use std::{
    collections::BTreeMap,
    sync::{PoisonError, RwLock},
};

use contracts::{Words, channel::Texts};
use domain::Reason;
use serde_json::Value;

type Dictionary = BTreeMap<String, String>;

/// The interface's own texts of reasons, with the name of their section; empty: the file names its sections itself.
const REASONS: &[(&str, &str, &str)] = &[
    (
        "ru",
        "reason",
        include_str!("../../../../frontend/src/shared/i18n/ru/reason.json"),
    ),
    (
        "en",
        "reason",
        include_str!("../../../../frontend/src/shared/i18n/en/reason.json"),
    ),
    (
        "es",
        "reason",
        include_str!("../../../../frontend/src/shared/i18n/es/reason.json"),
    ),
    (
        "ru",
        "",
        include_str!("../../../../frontend/src/shared/i18n/ru/outcomes.json"),
    ),
    (
        "en",
        "",
        include_str!("../../../../frontend/src/shared/i18n/en/outcomes.json"),
    ),
    (
        "es",
        "",
        include_str!("../../../../frontend/src/shared/i18n/es/outcomes.json"),
    ),
    (
        "ru",
        "error",
        include_str!("../../../../frontend/src/shared/i18n/ru/errors.json"),
    ),
    (
        "en",
        "error",
        include_str!("../../../../frontend/src/shared/i18n/en/errors.json"),
    ),
    (
        "es",
        "error",
        include_str!("../../../../frontend/src/shared/i18n/es/errors.json"),
    ),
    (
        "ru",
        "system",
        include_str!("../../../../frontend/src/shared/i18n/ru/system.json"),
    ),
    (
        "en",
        "system",
        include_str!("../../../../frontend/src/shared/i18n/en/system.json"),
    ),
    (
        "es",
        "system",
        include_str!("../../../../frontend/src/shared/i18n/es/system.json"),
    ),
    (
        "ru",
        "",
        include_str!("../../../../frontend/src/shared/i18n/ru/rules.json"),
    ),
    (
        "en",
        "",
        include_str!("../../../../frontend/src/shared/i18n/en/rules.json"),
    ),
    (
        "es",
        "",
        include_str!("../../../../frontend/src/shared/i18n/es/rules.json"),
    ),
];

/// Dictionaries by language.
pub(crate) struct Dictionaries {
    texts: BTreeMap<&'static str, Dictionary>,
    language: RwLock<String>,
}

impl Dictionaries {
    /// Of the interface, and of everything that brings texts along.
    pub(crate) fn of<'a>(brought: impl Iterator<Item = (&'a str, Texts)>) -> Self {
        let mut texts: BTreeMap<&'static str, Dictionary> = BTreeMap::new();
        for (language, section, json) in REASONS {
            add(texts.entry(language).or_default(), section, json);
        }
        for (id, of) in brought {
            for (language, json) in [("ru", of.ru), ("en", of.en), ("es", of.es)] {
                add(texts.entry(language).or_default(), id, json);
            }
        }
        Self {
            texts,
            language: RwLock::new("ru".to_owned()),
        }
    }

    /// From now on in this language.
    pub(crate) fn speak(&self, language: &str) {
        language.clone_into(&mut self.language.write().unwrap_or_else(PoisonError::into_inner));
    }
}

fn add(dictionary: &mut Dictionary, section: &str, json: &str) {
    match serde_json::from_str(json) {
        Ok(texts) => flatten(dictionary, section.to_owned(), texts),
        Err(error) => tracing::error!(section, %error, "texts can't be read"),
    }
}

fn flatten(dictionary: &mut Dictionary, key: String, texts: Value) {
    match texts {
        Value::String(text) => {
            dictionary.insert(key, text);
        }
        Value::Object(inner) => {
            for (name, texts) in inner {
                let key = if key.is_empty() { name } else { format!("{key}.{name}") };
                flatten(dictionary, key, texts);
            }
        }
        _ => {}
    }
}

impl Words for Dictionaries {
    fn text(&self, reason: &Reason) -> String {
        let language = self.language.read().unwrap_or_else(PoisonError::into_inner);
        let found = self
            .texts
            .get(language.as_str())
            .and_then(|texts| texts.get(&*reason.key));
        let mut text = found.cloned().unwrap_or_else(|| reason.key.to_string());
        for (name, value) in &reason.params {
            text = text.replace(&format!("{{{{{name}}}}}"), value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_said_in_the_language_of_the_profile() {
        let fake = Texts {
            ru: r#"{"reason.gone": "Сделки {{id}} больше нет"}"#,
            en: r#"{"reason.gone": "Lead {{id}} is gone"}"#,
            es: "{}",
        };
        let words = Dictionaries::of([("fake", fake)].into_iter());
        let gone = Reason::new("fake.reason.gone").with("id", 17);
        assert_eq!(words.text(&gone), "Сделки 17 больше нет");
        words.speak("en");
        assert_eq!(words.text(&gone), "Lead 17 is gone");
        let wait = Reason::new("reason.too_fast").with("seconds", 5);
        assert!(words.text(&wait).contains('5') && !words.text(&wait).contains("{{"));
    }
}
