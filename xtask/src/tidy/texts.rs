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

/// What stands before and after the language in a path; files that differ only in the language are one group.
type Group<'a> = (&'a str, &'a str);

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut groups: BTreeMap<Group<'_>, BTreeMap<&str, &str>> = BTreeMap::new();
    for (path, text) in tree.below("", &[".json"]) {
        if let Some((group, language)) = language_of(path) {
            groups.entry(group).or_default().insert(language, text);
        }
    }
    groups
        .into_iter()
        .flat_map(|(group, files)| in_group(group, &files))
        .collect()
}

/// `…/i18n/ru.json`, `…/texts.ru.json` and `…/i18n/ru/inbox.json` are Russian.
fn language_of(path: &str) -> Option<(Group<'_>, &'static str)> {
    let signs = |language: &str| {
        [
            format!("/{language}.json"),
            format!(".{language}.json"),
            format!("/{language}/"),
        ]
    };
    LANGUAGES.iter().find_map(|(language, _)| {
        let at = signs(language).iter().find_map(|sign| path.find(sign.as_str()))? + 1;
        Some(((path.get(..at)?, path.get(at + language.len()..)?), *language))
    })
}

fn in_group((before, after): Group<'_>, files: &BTreeMap<&str, &str>) -> Vec<Finding> {
    let path = |language: &str| format!("{before}{language}{after}");
    let mut findings = Vec::new();
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (language, _) in LANGUAGES {
        match files.get(language).map(|text| keys_of(text)) {
            None => {
                let fix = "translate one of its neighbours";
                findings.push(Finding::error(
                    "texts",
                    (&path(language), 0),
                    "there is no such file",
                    fix,
                ));
            }
            Some(Err(error)) => {
                let at = (&*path(language), error.line());
                findings.push(Finding::error("texts", at, format!("not JSON: {error}"), "repair it"));
            }
            Some(Ok(found)) => {
                keys.insert(language, found);
            }
        }
    }
    let wanted = wanted(&keys);
    for (language, forms) in LANGUAGES {
        let Some(found) = keys.get(language) else { continue };
        let missing = missing(&wanted, forms, found).into_iter();
        findings.extend(missing.map(|key| {
            let fix = "translate it from a neighbour";
            Finding::error("texts", (&path(language), 0), format!("has no text for {key}"), fix)
        }));
    }
    findings
}

fn missing(wanted: &BTreeMap<String, bool>, forms: &[&str], found: &BTreeSet<String>) -> Vec<String> {
    let needed = wanted.iter().flat_map(|(key, plural)| {
        if *plural {
            forms.iter().map(|form| format!("{key}_{form}")).collect()
        } else {
            vec![key.clone()]
        }
    });
    needed.filter(|key| !found.contains(key)).collect()
}

fn keys_of(text: &str) -> serde_json::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    flatten("", &serde_json::from_str(text)?, &mut found);
    Ok(found)
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
            ("a/i18n/ru.json", r#"{"n_one": "", "n_few": "", "filter_other": ""}"#),
            ("a/i18n/en.json", r#"{"n_one": "", "n_other": "", "filter_other": ""}"#),
            ("a/i18n/es.json", r#"{"n_one": "", "n_other": "", "filter_other": ""}"#),
        ]);
        assert_eq!(found, ["a/i18n/ru.json: has no text for n_many"]);
    }

    #[test]
    fn a_folder_for_each_language_is_a_group_for_each_file() {
        let found = what(&[
            ("i18n/ru/inbox.json", r#"{"a": ""}"#),
            ("i18n/en/inbox.json", "{}"),
            ("i18n/es/inbox.json", "{}"),
        ]);
        assert_eq!(
            found,
            [
                "i18n/en/inbox.json: has no text for a",
                "i18n/es/inbox.json: has no text for a"
            ]
        );
    }

    #[test]
    fn a_language_without_its_file_is_found() {
        let found = what(&[("a/i18n/ru.json", "{}"), ("a/i18n/en.json", "{}")]);
        assert_eq!(found, ["a/i18n/es.json: there is no such file"]);
    }
}
