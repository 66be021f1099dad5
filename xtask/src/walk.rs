//! Walking the checkout: the files that people write, none that tools make.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold what was generated or downloaded.
const MADE_BY_TOOLS: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    "gen",
    "test-results",
    "playwright-report",
];

/// Every file below `folder`, in the order of names; dot-folders are left out, except `.ci` and `.github`.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !path.is_dir() {
            found.push(path);
        } else if !skipped(&name) {
            found.extend(files(&path));
        }
    }
    found
}

fn skipped(name: &str) -> bool {
    MADE_BY_TOOLS.contains(&name) || name.starts_with('.') && name != ".ci" && name != ".github"
}
