//! Noticing that Rust, SQL or texts of the backend changed.

use std::path::Path;
use std::time::SystemTime;

use crate::{paths, walk};

/// The newest change seen so far.
#[derive(Debug)]
pub(super) struct Sources(Option<SystemTime>);

impl Sources {
    pub(super) fn now() -> Self {
        Self(newest())
    }

    /// Whether something is newer than at the last look.
    pub(super) fn changed(&mut self) -> bool {
        let newest = newest();
        let changed = newest > self.0;
        self.0 = self.0.max(newest);
        changed
    }
}

fn newest() -> Option<SystemTime> {
    let matters = |file: &Path| {
        file.extension()
            .is_some_and(|end| ["rs", "sql", "json", "toml"].iter().any(|it| end == *it))
    };
    let files = walk::files(&paths::root().join("src-tauri"));
    files
        .iter()
        .filter(|file| matters(file))
        .filter_map(|file| file.metadata().ok()?.modified().ok())
        .max()
}
