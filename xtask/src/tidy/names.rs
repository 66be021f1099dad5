//! Names say what a thing is. Manager, Helper, Util, Service and Processor say nothing.

use super::finding::Finding;
use super::tree::Tree;
use super::words::{code_lines, words};

const BANNED: &[&str] = &[
    "manager",
    "managers",
    "helper",
    "helpers",
    "util",
    "utils",
    "service",
    "services",
    "processor",
    "processors",
];
const DEFINES: &[&str] = &["struct", "enum", "trait", "type", "union", "class", "interface"];
const FIX: &str = "name it after the noun of the domain it is, or after what it does";

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let sources = tree
        .below("", &[".rs", ".ts", ".tsx"])
        .filter(|(path, _)| !path.ends_with(".gen.ts"));
    sources
        .flat_map(|(path, text)| file_name(path).into_iter().chain(types(path, text)))
        .collect()
}

fn file_name(path: &str) -> Option<Finding> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let word = banned(name)?;
    Some(Finding::error(
        "name",
        (path, 0),
        format!("a file named after nothing: {word}"),
        FIX,
    ))
}

fn types(path: &str, text: &str) -> Vec<Finding> {
    let defined = code_lines(text).filter_map(|(line, code)| Some((line, defined_name(code)?)));
    defined
        .filter_map(|(line, name)| {
            banned(name)?;
            Some(Finding::error(
                "name",
                (path, line),
                format!("a type named after nothing: {name}"),
                FIX,
            ))
        })
        .collect()
}

/// The name that a line such as `pub(crate) struct Name<T> {` or `export interface Name {` defines.
fn defined_name(code: &str) -> Option<&str> {
    let mut tokens = code.split_whitespace();
    let prefix =
        |token: &&str| ["export", "default", "declare", "abstract"].contains(token) || token.starts_with("pub");
    let keyword = tokens.find(|token| !prefix(token))?;
    let name = tokens.next().filter(|_| DEFINES.contains(&keyword))?;
    name.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

fn banned(name: &str) -> Option<String> {
    words(name).into_iter().find(|word| BANNED.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_files_are_looked_at_and_uses_are_not() {
        let tree = Tree::of(&[
            ("a/utils.ts", ""),
            (
                "a/b.rs",
                "pub(crate) struct ChatManager<T> {\nuse winapi::ServiceStatus;\nlet helper = 1;\n",
            ),
            ("a/manage.rs", "pub struct Outbox;"),
        ]);
        let found: Vec<_> = check(&tree)
            .into_iter()
            .map(|finding| (finding.file, finding.line))
            .collect();
        assert_eq!(found, [("a/b.rs".to_owned(), 1), ("a/utils.ts".to_owned(), 0)]);
    }
}
