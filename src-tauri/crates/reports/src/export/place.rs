//! From an unfinished file to a name in a folder: written beside, synced, renamed over nobody.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use domain::{Uid, text};
use tempfile::{NamedTempFile, TempPath};

/// How many files of one name are tried before it is given up.
const NAMES: u32 = 10_000;

/// An unfinished file in the folder where it will stand. Dropped, it is gone.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    file: File,
    path: TempPath,
}

impl Place {
    /// Takes a place for the file of an order. What an earlier try left behind is thrown away.
    ///
    /// # Errors
    /// What the disk says.
    pub fn take(folder: &Path, order: Uid) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Self::forget(folder, order)?;
        let name = unfinished(order);
        let file: NamedTempFile = tempfile::Builder::new()
            .prefix(&name)
            .rand_bytes(0)
            .tempfile_in(folder)?;
        let (file, path) = file.into_parts();
        Ok(Self {
            folder: folder.to_owned(),
            file,
            path,
        })
    }

    /// Whether files can be made in a folder at all.
    ///
    /// # Errors
    /// What the disk says.
    pub fn try_out(folder: &Path, order: Uid) -> io::Result<()> {
        Self::take(folder, order).map(drop)
    }

    /// Throws away what a try that was cut off left in a folder.
    ///
    /// # Errors
    /// What the disk says.
    pub fn forget(folder: &Path, order: Uid) -> io::Result<()> {
        match fs::remove_file(folder.join(unfinished(order))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Whether an unfinished file of that order lies in a folder.
    pub fn is_taken(folder: &Path, order: Uid) -> bool {
        folder.join(unfinished(order)).exists()
    }

    /// The unfinished file.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts everything on the disk and tells how much it is.
    ///
    /// # Errors
    /// What the disk says.
    pub fn sync(&self) -> io::Result<u64> {
        self.file.sync_all()?;
        Ok(self.file.metadata()?.len())
    }

    /// A name like the wanted one that nobody has.
    ///
    /// # Errors
    /// When ten thousand have it.
    pub fn free_name(&self, wanted: &str) -> io::Result<String> {
        let wanted = text::file_name(wanted);
        let (stem, ending) = wanted.rsplit_once('.').unwrap_or((&wanted, ""));
        (1..=NAMES)
            .map(|number| {
                if number == 1 {
                    wanted.clone()
                } else {
                    format!("{stem} ({number}).{ending}")
                }
            })
            .find(|name| !self.folder.join(name).exists())
            .ok_or_else(|| io::ErrorKind::AlreadyExists.into())
    }

    /// The file stands under `name` from now on; never in the place of another.
    ///
    /// # Errors
    /// What the disk says, [`io::ErrorKind::AlreadyExists`] among it; the unfinished file is gone then.
    pub fn stand(self, name: &str) -> io::Result<()> {
        self.path
            .persist_noclobber(self.folder.join(name))
            .map_err(|error| error.error)?;
        // The name itself is on the disk only when its folder is.
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        Ok(())
    }
}

fn unfinished(order: Uid) -> String {
    format!(".besedka-{order}.part")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn order() -> Uid {
        Uid::from_parts(domain::At(1), [7; 10])
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_takes_a_name_that_nobody_has() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Беседка.xlsx"), "чужое").unwrap();
        let place = Place::take(folder.path(), order()).unwrap();
        place.file().write_all(b"whole").unwrap();
        let name = place.free_name("Беседка.xlsx").unwrap();
        assert_eq!((place.sync().unwrap(), &*name), (5, "Беседка (2).xlsx"));
        place.stand(&name).unwrap();
        assert_eq!(names(folder.path()), ["Беседка (2).xlsx", "Беседка.xlsx"]);
        assert_eq!(
            fs::read(folder.path().join("Беседка.xlsx")).unwrap(),
            "чужое".as_bytes()
        );
    }

    #[test]
    fn a_try_that_ends_leaves_nothing_and_one_that_was_cut_off_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        drop(Place::take(folder.path(), order()).unwrap());
        assert!(names(folder.path()).is_empty());
        fs::write(folder.path().join(unfinished(order())), "half").unwrap();
        assert!(Place::is_taken(folder.path(), order()));
        let place = Place::take(folder.path(), order()).unwrap();
        assert_eq!(place.sync().unwrap(), 0);
    }

    #[test]
    fn a_folder_that_is_a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(Place::try_out(&file.join("exports"), order()).is_err());
    }
}
