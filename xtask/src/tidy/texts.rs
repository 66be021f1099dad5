//! Texts in Russian, English and Spanish have the same keys, and each language has its own plural forms.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::finding::Finding;
use super::tree::Tree;

/// Each language with the CLDR plural forms that whole numbers need in it.
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ru", &["one", "few", "many"]),
    ("en", &["one", "other"]),
    ("es", &["one", "other"]),
];
const FORMS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut groups: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for (path, text) in tree.below("", &[".json"]) {
        if let Some((stem, language)) = language_of(path) {
            groups.entry(stem).or_default().insert(language, text);
        }
    }
    groups
        .into_iter()
        .flat_map(|(stem, files)| group(stem, &files))
        .collect()
}

/// `…/i18n/ru.json` and `…/texts.ru.json` belong to the groups `…/i18n/` and `…/texts.`.
fn language_of(path: &str) -> Option<(&str, &str)> {
    LANGUAGES.iter().find_map(|(language, _)| {
        let stem = path.strip_suffix(".json")?.strip_suffix(language)?;
        (stem.ends_with('/') || stem.ends_with('.')).then_some((stem, *language))
    })
}

fn group(stem: &str, files: &BTreeMap<&str, &str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (language, _) in LANGUAGES {
        let path = format!("{stem}{language}.json");
        match files.get(language).map(|text| serde_json::from_str::<Value>(text)) {
            None => findings.push(Finding::error(
                "texts",
                (&path, 0),
                "there is no such file",
                "translate its neighbours",
            )),
            Some(Err(error)) => {
                findings.push(Finding::error(
                    "texts",
                    (&path, error.line()),
                    format!("not JSON: {error}"),
                    "repair it",
                ));
            }
            Some(Ok(value)) => {
                let mut found = BTreeSet::new();
                flatten("", &value, &mut found);
                keys.insert(language, found);
            }
        }
    }
    let wanted = wanted(&keys);
    for (language, forms) in LANGUAGES {
        let Some(found) = keys.get(language) else { continue };
        let missing = wanted.iter().flat_map(|(key, plural)| {
            let forms = forms.iter().map(move |form| format!("{key}_{form}"));
            if *plural { forms.collect() } else { vec![key.clone()] }
        });
        let path = format!("{stem}{language}.json");
        findings.extend(missing.filter(|key| !found.contains(key)).map(|key| {
            Finding::error(
                "texts",
                (&path, 0),
                format!("has no text for {key}"),
                "translate it from a neighbour",
            )
        }));
    }
    findings
}

fn flatten(prefix: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let path = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                flatten(&path, inner, found);
            }
        }
        _ => {
            found.insert(prefix.to_owned());
        }
    }
}

/// Every key that some language has, and whether it comes in plural forms. `_other` alone is no sign of a
/// plural: it is a word too.
fn wanted(keys: &BTreeMap<&str, BTreeSet<String>>) -> BTreeMap<String, bool> {
    let all: BTreeSet<&String> = keys.values().flatten().collect();
    let counted = |base: &str| {
        ["one", "few", "many"]
            .iter()
            .any(|form| all.contains(&format!("{base}_{form}")))
    };
    all.iter()
        .map(|key| {
            let base = FORMS.iter().find_map(|form| key.strip_suffix(form)?.strip_suffix('_'));
            match base.filter(|base| counted(base)) {
                Some(base) => (base.to_owned(), true),
                None => ((*key).clone(), false),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files))
            .into_iter()
            .map(|finding| format!("{}: {}", finding.file, finding.what))
            .collect()
    }

    #[test]
    fn a_text_missing_in_one_language_is_found() {
        let found = what(&[
            ("a/texts.ru.json", r#"{"hint": "…", "login": {"token": "…"}}"#),
            ("a/texts.en.json", r#"{"hint": "…", "login": {}}"#),
            ("a/texts.es.json", r#"{"hint": "…", "login": {"token": "…"}}"#),
        ]);
        assert_eq!(found, ["a/texts.en.json: has no text for login.token"]);
    }

    #[test]
    fn plural_forms_differ_by_language() {
        let found = what(&[
            ("i18n/ru.json", r#"{"n_one": "", "n_few": "", "filter_other": ""}"#),
            ("i18n/en.json", r#"{"n_one": "", "n_other": "", "filter_other": ""}"#),
            ("i18n/es.json", r#"{"n_one": "", "n_other": "", "filter_other": ""}"#),
        ]);
        assert_eq!(found, ["i18n/ru.json: has no text for n_many"]);
    }

    #[test]
    fn a_language_without_its_file_is_found() {
        let found = what(&[("i18n/ru.json", "{}"), ("i18n/en.json", "{}")]);
        assert_eq!(found, ["i18n/es.json: there is no such file"]);
    }
}
