//! The actual crate graph against the list in `docs/ARCHITECTURE.md`: that list is the table, there is no second one.
//!
//! ```text
//! <!-- crate graph: checked by `cargo xtask tidy` -->
//! engine   → domain, contracts, store     what it is for
//! channels (tests) → sandbox              what its own tests may use beyond that
//! ```

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::Finding;
use super::tree::Tree;

const PAGE: &str = "docs/ARCHITECTURE.md";
const MARK: &str = "<!-- crate graph";

/// The one package that may know the desktop shell, and the libraries that are the shell.
const SHELL: (&str, &str) = ("besedka", "tauri");
/// The crates that may know the database library: the store, and the migrations that its queries compile against.
const DATABASE: (&[&str], &[&str]) = (&["store", "schema"], &["sqlx", "libsqlite3-sys", "rusqlite"]);

#[derive(Debug, PartialEq, Eq)]
enum Allowed<'a> {
    Everything,
    These(Vec<&'a str>),
}

impl Allowed<'_> {
    fn cover(&self, name: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::These(names) => names.contains(&name),
        }
    }
}

pub(super) fn check(tree: &Tree, metadata: &Value) -> Vec<Finding> {
    let list = list(tree.get(PAGE).unwrap_or_default());
    if list.is_empty() {
        let fix = format!("put the list back, after a line that begins with `{MARK}`");
        return vec![Finding::error(
            "graph",
            (PAGE, 0),
            "the list of crates and their direction is gone",
            fix,
        )];
    }
    let packages = metadata.get("packages").and_then(Value::as_array).into_iter().flatten();
    packages.flat_map(|package| of_package(tree, &list, package)).collect()
}

/// Lines `name → a, b      remark` of the block after the mark; `everything` and `(nothing …)` are words of it.
fn list(page: &str) -> BTreeMap<&str, Allowed<'_>> {
    let block = page.split_once(MARK).map_or("", |(_, after)| after);
    let lines = block.lines().skip_while(|line| !line.starts_with("```")).skip(1);
    let edges = lines
        .take_while(|line| !line.starts_with("```"))
        .filter_map(|line| line.split_once('→'));
    edges
        .map(|(name, rest)| {
            let cell = rest.trim().split("  ").next().unwrap_or_default();
            let allowed = match cell {
                "everything" => Allowed::Everything,
                _ if cell.starts_with('(') => Allowed::These(Vec::new()),
                _ => Allowed::These(cell.split(',').map(str::trim).collect()),
            };
            (name.trim(), allowed)
        })
        .collect()
}

fn of_package(tree: &Tree, list: &BTreeMap<&str, Allowed<'_>>, package: &Value) -> Vec<Finding> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let name = text(package, "name");
    let manifest = manifest_of(tree, &name);
    let line_of = |dependency: &str| {
        let manifest = tree.get(&manifest).unwrap_or_default();
        manifest
            .lines()
            .position(|line| line.starts_with(dependency))
            .map_or(0, |at| at + 1)
    };
    let Some(allowed) = list.get(name.as_str()) else {
        let fix = format!("add a line `{name} → …` to the list in {PAGE}");
        return vec![Finding::error(
            "graph",
            (&manifest, 0),
            format!("the crate {name} is not in the list"),
            fix,
        )];
    };
    let tests = format!("{name} (tests)");
    let for_tests = list.get(tests.as_str());
    let dependencies = package
        .get("dependencies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let finding = |dependency: &str, what: &str, fix: String| {
        Finding::error(
            "graph",
            (&manifest, line_of(dependency)),
            format!("{name} → {dependency}: {what}"),
            fix,
        )
    };
    dependencies
        .filter_map(|dependency| {
            let (other, ours) = (
                text(dependency, "name"),
                dependency.get("path").is_some_and(Value::is_string),
            );
            let in_tests = text(dependency, "kind") == "dev" && for_tests.is_some_and(|more| more.cover(&other));
            let listed = allowed.cover(&other) || in_tests;
            let shell = other == SHELL.1 || other.starts_with("tauri-");
            if ours && !listed && other != name {
                let fix = format!("turn the arrow round, or change {PAGE} and say why in docs/decisions");
                return Some(finding(&other, "this direction is not in the list", fix));
            }
            if shell && name != SHELL.0 {
                return Some(finding(
                    &other,
                    "only src-tauri knows the shell",
                    "move it to src-tauri".to_owned(),
                ));
            }
            let (may, database) = DATABASE;
            let forbidden = database.contains(&other.as_str()) && !may.contains(&name.as_str());
            forbidden.then(|| finding(&other, "only store knows the database", "ask the store".to_owned()))
        })
        .collect()
}

/// Where a package of this name has its manifest, for messages.
fn manifest_of(tree: &Tree, name: &str) -> String {
    let line = format!("name = \"{name}\"");
    let manifests = tree
        .below("", &["Cargo.toml"])
        .filter(|(_, text)| text.contains("[package]"));
    let found = manifests
        .filter(|(_, text)| text.lines().any(|candidate| candidate == line))
        .map(|(path, _)| path);
    found
        .map(str::to_owned)
        .next()
        .unwrap_or_else(|| "Cargo.toml".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LIST: &str = "# A\n<!-- crate graph -->\n```text\ndomain → (nothing of ours)\nengine → domain    the pipeline\n\
                        store → domain\nengine (tests) → store\ntests → everything\n```\n";

    fn what(packages: &Value) -> Vec<String> {
        let tree = Tree::of(&[(PAGE, LIST)]);
        check(&tree, &json!({ "packages": packages }))
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn edges_of_the_list_pass() {
        let domain = json!({"name": "domain", "path": "/d"});
        let found = what(&json!([
            {"name": "engine", "dependencies": [domain, {"name": "serde"}]},
            {"name": "tests", "dependencies": [domain]},
        ]));
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn an_edge_against_the_list_is_found() {
        let found = what(&json!([{"name": "domain", "dependencies": [{"name": "engine", "path": "/e"}]}]));
        assert_eq!(found, ["domain → engine: this direction is not in the list"]);
    }

    #[test]
    fn a_crates_tests_may_use_more() {
        let edge = |kind| json!([{"name": "engine", "dependencies": [{"name": "store", "path": "/s", "kind": kind}]}]);
        assert_eq!(what(&edge(json!("dev"))), Vec::<String>::new());
        assert_eq!(
            what(&edge(Value::Null)),
            ["engine → store: this direction is not in the list"]
        );
    }

    #[test]
    fn the_shell_and_the_database_have_one_owner_each() {
        let found = what(&json!([
            {"name": "engine", "dependencies": [{"name": "tauri"}, {"name": "sqlx"}]},
            {"name": "store", "dependencies": [{"name": "sqlx"}]},
        ]));
        assert_eq!(
            found,
            [
                "engine → tauri: only src-tauri knows the shell",
                "engine → sqlx: only store knows the database"
            ]
        );
    }

    #[test]
    fn a_crate_that_nobody_listed_is_found() {
        assert_eq!(
            what(&json!([{"name": "extra", "dependencies": []}])),
            ["the crate extra is not in the list"]
        );
    }
}
