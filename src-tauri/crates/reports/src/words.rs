use std::collections::BTreeMap;

/// The words of files in one language: headers of columns, names of sheets, «вх» and «исх».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    language: &'static str,
    by_key: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language; Russian for one that has none.
    pub fn of(language: &str) -> Self {
        let (language, json) = match language {
            "en" => ("en", include_str!("../texts/reports.en.json")),
            "es" => ("es", include_str!("../texts/reports.es.json")),
            _ => ("ru", include_str!("../texts/reports.ru.json")),
        };
        let by_key = serde_json::from_str(json).unwrap_or_else(|error| {
            tracing::error!(language, %error, "the words of files can't be read");
            BTreeMap::new()
        });
        Self { language, by_key }
    }

    /// The word under a key; the key itself when it is missing, so that nothing is left without a name.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.by_key.get(key).map_or(key, String::as_str)
    }

    /// Which language.
    pub fn language(&self) -> &'static str {
        self.language
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analytics::Table, export::COLUMNS};

    #[test]
    fn every_column_has_a_header_in_every_language() {
        for language in ["ru", "en", "es"] {
            let words = Words::of(language);
            assert_eq!(words.language(), language);
            let columns = COLUMNS.iter().map(|column| format!("column.{}", column.key));
            let tables = Table::ALL.iter().flat_map(|table| {
                let heads = table.heads().iter().map(|head| format!("head.{head}"));
                heads.chain([format!("table.{}", table.key())])
            });
            for key in columns.chain(tables) {
                assert_ne!(words.get(&key), key, "{language}");
            }
        }
    }
}
