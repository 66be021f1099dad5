//! The rules of the house that no compiler checks. One file per rule; each finding says where, what, and how to fix it.
//!
//! Exceptions stand in `.ci/tidy-allow.txt`, each with its reason; one that excuses nothing is a finding itself.

mod allow;
mod channels;
mod crate_docs;
mod finding;
mod graph;
mod migrations;
mod names;
mod purity;
mod shell;
mod sizes;
mod sql;
mod texts;
mod tree;
mod vendors;
mod words;

use anyhow::{Context, Result, bail};

use self::finding::{Finding, Level};
use self::tree::Tree;
use crate::cmd::Cmd;
use crate::paths;

/// The rules that look at files alone.
const RULES: &[fn(&Tree) -> Vec<Finding>] = &[
    sizes::check,
    vendors::check,
    purity::check,
    sql::check,
    shell::check,
    channels::check,
    texts::check,
    names::check,
    migrations::check,
    crate_docs::check,
];

pub(crate) fn run() -> Result<()> {
    let tree = Tree::read(&paths::root());
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.extend(graph::check(&tree, &metadata()?));
    let findings = allow::excuse(&tree, findings);
    for finding in &findings {
        println!("{finding}");
    }
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    println!(
        "tidy: {} files read, {} errors, {} warnings",
        tree.len(),
        count(Level::Error),
        count(Level::Warning)
    );
    if count(Level::Error) > 0 {
        bail!(
            "the rules above are broken; an exception needs a line with its reason in {}",
            allow::FILE
        );
    }
    Ok(())
}

fn metadata() -> Result<serde_json::Value> {
    let text = Cmd::cargo()
        .words("metadata --no-deps --format-version 1")
        .quiet()
        .output()?;
    serde_json::from_str(&text).context("cargo metadata printed something that is not JSON")
}
