//! A channel (or CRM) is one complete folder: icon, texts, tests, a line in the registry, a simulator; and it
//! knows nothing of its neighbours.

use super::finding::Finding;
use super::tree::{RUST, Tree, crate_folder};
use super::words::code_lines;

const FILES: &[&str] = &["icon.svg", "texts.ru.json", "texts.en.json", "texts.es.json"];
/// What several channels have in common.
const SHARED: &str = "shared";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    ["channels", "crm"]
        .into_iter()
        .flat_map(|name| in_crate(tree, &(crate_folder(name) + "/src")))
        .collect()
}

fn in_crate(tree: &Tree, source: &str) -> Vec<Finding> {
    let ids: Vec<&str> = tree
        .folders(source)
        .into_iter()
        .filter(|id| *id != SHARED && *id != "tests")
        .collect();
    ids.iter()
        .flat_map(|id| {
            let mut found = parts(tree, source, id);
            found.extend(neighbours(tree, source, id, &ids));
            found
        })
        .collect()
}

fn parts(tree: &Tree, source: &str, id: &str) -> Vec<Finding> {
    let folder = format!("{source}/{id}");
    let has = |path: &str| tree.get(path).is_some();
    let mut found = Vec::new();
    for file in FILES {
        if !has(&format!("{folder}/{file}")) {
            found.push(Finding::error(
                "channel",
                (&folder, 0),
                format!("has no {file}"),
                "add it; its neighbours show how",
            ));
        }
    }
    if !has(&format!("{folder}/tests.rs")) && !has(&format!("{folder}/tests/mod.rs")) {
        let fix = "add tests.rs over recorded payloads in fixtures/";
        found.push(Finding::error("channel", (&folder, 0), "has no tests", fix));
    }
    let registry = format!("{source}/registry.rs");
    if !tree.get(&registry).unwrap_or_default().contains(&format!("{id}::")) {
        let fix = format!("add `&{id}::CHANNEL` (for a CRM: `CRM`) to the list");
        found.push(Finding::error(
            "channel",
            (&registry, 0),
            format!("does not list {id}"),
            fix,
        ));
    }
    if !simulated(tree, id) {
        let fix = format!("write sandbox/src/{id} from the vendor's documents");
        found.push(Finding::error("channel", (&folder, 0), "has no simulator", fix));
    }
    found
}

/// One simulator may serve several channels of a vendor: `vk` serves `vk_messages` and `vk_comments`.
fn simulated(tree: &Tree, id: &str) -> bool {
    let simulators = tree.folders(&(crate_folder("sandbox") + "/src"));
    simulators
        .iter()
        .any(|name| id == *name || id.strip_prefix(name).is_some_and(|rest| rest.starts_with('_')))
}

fn neighbours(tree: &Tree, source: &str, id: &str, all: &[&str]) -> Vec<Finding> {
    let files = tree.below(format!("{source}/{id}"), RUST);
    let lines = files.flat_map(|(path, text)| code_lines(text).map(move |(line, code)| (path, line, code)));
    lines
        .filter_map(|(path, line, code)| {
            let other = all
                .iter()
                .find(|other| **other != id && code.contains(&format!("crate::{other}::")))?;
            let fix = format!("move what both need to {source}/{SHARED}");
            Some(Finding::error(
                "channel",
                (path, line),
                format!("{id} imports its neighbour {other}"),
                fix,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "src-tauri/crates/channels/src";

    fn tree(more: &[(&str, &str)]) -> Tree {
        let path = |file: &str| format!("{SOURCE}/{file}");
        let mut files: Vec<(String, &str)> = FILES
            .iter()
            .map(|file| (path(&format!("vk_messages/{file}")), ""))
            .collect();
        files.push((path("vk_messages/tests.rs"), ""));
        files.push((path("registry.rs"), "&[&vk_messages::CHANNEL]"));
        files.push(("src-tauri/crates/sandbox/src/vk/mod.rs".into(), ""));
        files.extend(more.iter().map(|(file, text)| (path(file), *text)));
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        Tree::of(&borrowed)
    }

    #[test]
    fn a_complete_channel_passes() {
        assert_eq!(check(&tree(&[("shared/vk_api.rs", "")])), []);
    }

    #[test]
    fn a_bare_folder_lacks_everything() {
        let found = check(&tree(&[("avito/mod.rs", "")]));
        assert_eq!(found.len(), FILES.len() + 3, "files, tests, registry, simulator");
    }

    #[test]
    fn a_channel_must_not_import_its_neighbour() {
        let found = check(&tree(&[
            ("vk_messages/wire.rs", "use crate::vk_comments::wire;"),
            ("vk_comments/mod.rs", ""),
        ]));
        assert!(
            found
                .iter()
                .any(|finding| finding.what.contains("imports its neighbour vk_comments"))
        );
    }
}
