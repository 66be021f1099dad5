//! The demo's folder, emptied only if a demo filled it.

use std::{fs, io, path::Path};

use super::DemoError;

/// Says that everything beside it may be thrown away.
const MARK: &str = "this-is-a-demo";
/// Held or written by this very process.
const STAYS: [&str; 3] = [MARK, "in-use.lock", "logs"];

/// Makes the folder a demo's, and throws away what the last one left unless it is to be kept and can be.
pub(super) fn prepare(folder: &Path, keep: bool) -> Result<(), DemoError> {
    let said = |source| DemoError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let things: Vec<_> = fs::read_dir(folder)
        .and_then(|entries| entries.collect::<io::Result<Vec<_>>>())
        .map_err(said)?
        .into_iter()
        .filter(|entry| !STAYS.iter().any(|name| entry.file_name() == *name))
        .collect();
    let mark = folder.join(MARK);
    if !things.is_empty() && !mark.exists() {
        return Err(DemoError::NotADemo(folder.to_owned()));
    }
    fs::write(&mark, "Besedka empties this folder when a demo starts.\n").map_err(said)?;
    // What was encrypted with a key in memory can't be kept.
    if keep && folder.join("key.json").exists() {
        return Ok(());
    }
    things.iter().try_for_each(remove).map_err(said)
}

fn remove(thing: &fs::DirEntry) -> io::Result<()> {
    if thing.file_type()?.is_dir() {
        fs::remove_dir_all(thing.path())
    } else {
        fs::remove_file(thing.path())
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn yesterdays_demo_is_thrown_away() {
        let folder = TempDir::new().unwrap();
        prepare(folder.path(), false).unwrap();
        fs::write(folder.path().join("besedka.db"), "yesterday").unwrap();
        prepare(folder.path(), false).unwrap();
        assert!(!folder.path().join("besedka.db").exists());
    }

    #[test]
    fn a_kept_demo_stays_if_its_key_does() {
        let folder = TempDir::new().unwrap();
        prepare(folder.path(), true).unwrap();
        fs::write(folder.path().join("besedka.db"), "yesterday").unwrap();
        fs::write(folder.path().join("key.json"), "{}").unwrap();
        prepare(folder.path(), true).unwrap();
        assert!(folder.path().join("besedka.db").exists());
        fs::remove_file(folder.path().join("key.json")).unwrap();
        prepare(folder.path(), true).unwrap();
        assert!(!folder.path().join("besedka.db").exists());
    }

    #[test]
    fn what_no_demo_made_is_left_alone() {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("besedka.db"), "five years of work").unwrap();
        assert!(matches!(prepare(folder.path(), false), Err(DemoError::NotADemo(_))));
        assert!(folder.path().join("besedka.db").exists());
    }
}
