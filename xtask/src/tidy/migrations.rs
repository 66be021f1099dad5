//! Migrations say where they come from and what stays compatible; every column says what it holds.

mod columns;

use std::collections::BTreeSet;

use self::columns::{Change, changes};
use super::finding::Finding;
use super::tree::{Tree, crate_folder};

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let store = crate_folder("store");
    let files: Vec<_> = tree.below(format!("{store}/migrations"), &[".sql"]).collect();
    let mut found: Vec<Finding> = files
        .iter()
        .enumerate()
        .filter_map(|(at, (path, text))| opening(at + 1, path, text))
        .collect();
    if !files.is_empty() {
        found.extend(comments(tree, &files, &format!("{store}/schema.sql")));
    }
    found
}

/// `-- from 2, compatible with ≥1` opens `0003_what.sql`: which schema it starts from, and the oldest build
/// that may still open the file afterwards.
fn opening(number: usize, path: &str, text: &str) -> Option<Finding> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if !name.starts_with(&format!("{number:04}_")) {
        let fix = format!("number migrations without gaps: this one is {number:04}_what.sql");
        return Some(Finding::error(
            "migration",
            (path, 0),
            "its number does not follow its predecessor's",
            fix,
        ));
    }
    let line = text.lines().next().unwrap_or_default();
    let oldest = line.strip_prefix(&format!("-- from {}, compatible with ≥", number - 1));
    let readable = oldest.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
    if readable.is_some_and(|oldest| (1..=number).contains(&oldest)) {
        return None;
    }
    let fix = format!(
        "open with `-- from {}, compatible with ≥M`, M at most {number}",
        number - 1
    );
    Some(Finding::error(
        "migration",
        (path, 1),
        "the first line does not say where it comes from",
        fix,
    ))
}

/// Every column of the dumped schema has a comment in the migration that made it.
fn comments(tree: &Tree, migrations: &[(&str, &str)], dump: &str) -> Vec<Finding> {
    let Some(schema) = tree.get(dump) else {
        return vec![Finding::error(
            "column",
            (dump, 0),
            "there is no dump of the schema",
            "run `cargo xtask sqlx`",
        )];
    };
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    for change in migrations.iter().flat_map(|(_, text)| changes(text)) {
        match change {
            Change::Column {
                table,
                name,
                commented: true,
                ..
            } => {
                told.insert((table, name));
            }
            Change::Column { .. } => {}
            Change::TableRenamed { from, to } => {
                let moved: Vec<_> = told.iter().filter(|(table, _)| *table == from).cloned().collect();
                told.extend(moved.into_iter().map(|(_, name)| (to.clone(), name)));
            }
            Change::ColumnRenamed { table, from, to } => {
                if told.contains(&(table.clone(), from)) {
                    told.insert((table, to));
                }
            }
        }
    }
    let fix = "write what it holds, with its unit, after it or above it in the migration";
    let silent = changes(schema).into_iter().filter_map(|change| match change {
        Change::Column { table, name, line, .. } if !told.contains(&(table.clone(), name.clone())) => Some(
            Finding::error("column", (dump, line), format!("{table}.{name} has no comment"), fix),
        ),
        _ => None,
    });
    silent.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(migrations: &[(&str, &str)], schema: &str) -> Vec<String> {
        let path = |file: &str| format!("src-tauri/crates/store/{file}");
        let dump = path("schema.sql");
        let mut files: Vec<_> = migrations
            .iter()
            .map(|(name, text)| (path(&format!("migrations/{name}")), *text))
            .collect();
        files.push((dump, schema));
        let borrowed: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        check(&Tree::of(&borrowed))
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    const FIRST: &str =
        "-- from 0, compatible with ≥1\nCREATE TABLE a (\n  id INTEGER PRIMARY KEY, -- local id\n  n TEXT\n) STRICT;\n";

    #[test]
    fn a_column_without_a_comment_is_found() {
        assert_eq!(what(&[("0001_first.sql", FIRST)], FIRST), ["a.n has no comment"]);
    }

    #[test]
    fn a_comment_in_a_later_migration_counts() {
        let second =
            "-- from 1, compatible with ≥1\n-- when it came, ms since 1970\nALTER TABLE a ADD COLUMN at INTEGER;\n";
        let schema = "CREATE TABLE a (id INTEGER, at INTEGER);";
        assert_eq!(
            what(&[("0001_first.sql", FIRST), ("0002_second.sql", second)], schema),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_gap_and_a_wrong_first_line_are_found() {
        let found = what(
            &[
                ("0001_first.sql", "CREATE TABLE a (x);"),
                ("0003_third.sql", "-- from 2, compatible with ≥1"),
            ],
            "",
        );
        assert_eq!(
            found,
            [
                "the first line does not say where it comes from",
                "its number does not follow its predecessor's"
            ]
        );
    }
}
