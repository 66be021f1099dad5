//! `domain` and `filters` are plain types and pure rules: no async, no I/O, no clock.

use super::finding::Finding;
use super::tree::{RUST, Tree, crate_folder};
use super::words::{before_tests, code_lines};

const FORBIDDEN: &[(&str, &str)] = &[
    ("async ", "async code"),
    (".await", "async code"),
    ("tokio", "async code"),
    ("std::fs", "files"),
    ("std::net", "the network"),
    ("std::env", "the environment"),
    ("std::process", "processes"),
    ("SystemTime", "the clock"),
    ("Instant::now", "the clock"),
    ("Timestamp::now", "the clock"),
    ("Zoned::now", "the clock"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let files = ["domain", "filters"]
        .into_iter()
        .flat_map(|name| tree.below(crate_folder(name) + "/src", RUST));
    files.flat_map(|(path, text)| in_file(path, text)).collect()
}

fn in_file(path: &str, text: &str) -> Vec<Finding> {
    let fix = "let the caller bring the value in; what touches the world belongs to store, net or engine";
    code_lines(before_tests(text))
        .filter_map(|(line, code)| {
            let (_, what) = FORBIDDEN.iter().find(|(sign, _)| code.contains(sign))?;
            Some(Finding::error(
                "pure",
                (path, line),
                format!("pure code touches {what}"),
                fix,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_the_domain_is_found() {
        let tree = Tree::of(&[(
            "src-tauri/crates/domain/src/a.rs",
            "// not std::fs\nlet t = Timestamp::now();\n",
        )]);
        let found = check(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 2);
    }
}
