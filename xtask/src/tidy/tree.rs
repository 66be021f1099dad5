//! The text files of the checkout in memory, so that every rule is a pure function of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::walk;

const TEXT: &[&str] = &[
    "rs", "ts", "tsx", "mjs", "json", "sql", "svg", "toml", "md", "txt", "css",
];

/// What the frontend is written in.
pub(super) const TYPESCRIPT: &[&str] = &[".ts", ".tsx"];
pub(super) const RUST: &[&str] = &[".rs"];
pub(super) const ANY: &[&str] = &[""];

/// A path and the text behind it.
pub(super) type File<'a> = (&'a str, &'a str);

/// Path (relative, with `/`) to text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    pub(super) fn read(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        for path in walk::files(root) {
            let text_file = path
                .extension()
                .is_some_and(|end| TEXT.iter().any(|known| end == *known));
            let relative = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            if let (true, Ok(text)) = (text_file, fs::read_to_string(&path)) {
                files.insert(relative, text);
            }
        }
        Self { files }
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Files below `folder` (no `/` at its end; empty means all) whose name ends in one of these ways.
    pub(super) fn below(
        &self,
        folder: impl Into<String>,
        ends: &'static [&'static str],
    ) -> impl Iterator<Item = File<'_>> {
        let folder = folder.into();
        let within = move |path: &str| {
            folder.is_empty()
                || path
                    .strip_prefix(folder.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        self.files
            .iter()
            .filter(move |(path, _)| within(path) && ends.iter().any(|end| path.ends_with(end)))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Names of the folders directly in `folder`.
    pub(super) fn folders(&self, folder: &str) -> BTreeSet<&str> {
        self.below(folder, ANY)
            .filter_map(|(path, _)| path.get(folder.len() + 1..)?.split_once('/'))
            .map(|(name, _)| name)
            .collect()
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }
}

/// The folder of one of our crates.
pub(super) fn crate_folder(name: &str) -> String {
    format!("src-tauri/crates/{name}")
}

#[cfg(test)]
mod tests {
    use super::{RUST, Tree};

    #[test]
    fn a_folder_is_not_its_longer_named_neighbour() {
        let tree = Tree::of(&[("a/vk/mod.rs", ""), ("a/vk_more/mod.rs", ""), ("a/lib.rs", "")]);
        assert_eq!(tree.below("a/vk", RUST).count(), 1);
        assert_eq!(tree.folders("a").into_iter().collect::<Vec<_>>(), ["vk", "vk_more"]);
    }
}
