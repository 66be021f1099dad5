//! SQL stands in `store` and, as migrations, in `schema`; nowhere else.

use super::finding::Finding;
use super::tree::{RUST, Tree, crate_folder};
use super::words::code_lines;

/// How a statement begins inside a string.
const STATEMENTS: &[&str] = &[
    "\"SELECT ",
    "\"INSERT ",
    "\"UPDATE ",
    "\"DELETE FROM ",
    "\"CREATE TABLE ",
    "\"ALTER TABLE ",
    "\"PRAGMA ",
    "\"WITH RECURSIVE ",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let homes = [
        crate_folder("store") + "/",
        crate_folder("schema") + "/",
        "xtask/".to_owned(),
    ];
    let elsewhere = tree
        .below("", RUST)
        .filter(|(path, _)| !homes.iter().any(|home| path.starts_with(home)));
    elsewhere.flat_map(|(path, text)| in_file(path, text)).collect()
}

fn in_file(path: &str, text: &str) -> Vec<Finding> {
    let fix = "make it a function of the store and call that";
    code_lines(text)
        .filter_map(|(line, code)| {
            let library = code.contains("sqlx::") || code.contains("rusqlite::");
            let statement = STATEMENTS.iter().any(|start| code.contains(start));
            let what = if library {
                "uses the database library"
            } else {
                "holds a statement"
            };
            (library || statement).then(|| Finding::error("sql", (path, line), format!("{what} outside store"), fix))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_in_the_engine_is_found() {
        let tree = Tree::of(&[
            ("src-tauri/crates/engine/src/a.rs", "run(\"SELECT 1\");"),
            ("src-tauri/crates/store/src/a.rs", "run(\"SELECT 1\");"),
        ]);
        let files: Vec<_> = check(&tree).into_iter().map(|finding| finding.file).collect();
        assert_eq!(files, ["src-tauri/crates/engine/src/a.rs"]);
    }
}
