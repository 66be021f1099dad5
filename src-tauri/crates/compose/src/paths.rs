use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use directories::{ProjectDirs, UserDirs};

/// Overrides where the data lies; an option on the command line comes before it.
pub(crate) const DATA_VARIABLE: &str = "BESEDKA_DATA";

/// Why there is no place for the data.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    /// The system names no home.
    #[error("this system names no folder for a user's data: name one with --data-dir or {DATA_VARIABLE}")]
    NoHome,
    /// The folder can't be made.
    #[error("{}: {source}", folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Where a workspace keeps its things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The database, its key's note, backups, media.
    pub data: PathBuf,
    /// What the program tells about itself.
    pub logs: PathBuf,
    /// Files that people ordered, for them to take: no secrets are beside them.
    pub exports: PathBuf,
}

impl Paths {
    /// `given`, else `BESEDKA_DATA`, else where this system keeps a user's data: `~/.local/share/besedka`,
    /// `~/Library/Application Support/app.Besedka.Besedka`, `%APPDATA%\Besedka\Besedka\data`.
    ///
    /// # Errors
    /// [`PathsError::NoHome`].
    pub fn choose(given: Option<PathBuf>) -> Result<Self, PathsError> {
        let named = given.or_else(|| {
            env::var_os(DATA_VARIABLE)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        });
        if let Some(folder) = named {
            return Ok(Self::at(std::path::absolute(&folder).unwrap_or(folder)));
        }
        let own = ProjectDirs::from("app", "Besedka", "Besedka").ok_or(PathsError::NoHome)?;
        let paths = Self::at(own.data_local_dir().to_owned());
        // Where people look for their files; a system without such a folder has them beside the data.
        let documents = UserDirs::new().and_then(|user| user.document_dir().map(Path::to_owned));
        Ok(match documents {
            Some(documents) => Self {
                exports: documents.join("Besedka"),
                ..paths
            },
            None => paths,
        })
    }

    /// All of it in one folder.
    pub fn at(data: PathBuf) -> Self {
        Self {
            logs: data.join("logs"),
            exports: data.join("exports"),
            data,
        }
    }

    /// The demo's own folder inside. Never the real one: a demo is thrown away at its next start.
    #[must_use]
    pub fn demo(&self) -> Self {
        Self::at(self.data.join("demo"))
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.data.join("besedka.db")
    }

    /// Makes the folders, for this user's eyes only.
    ///
    /// # Errors
    /// [`PathsError::Folder`].
    pub fn make(&self) -> Result<(), PathsError> {
        [&self.data, &self.logs].into_iter().try_for_each(|folder| {
            private_folder(folder).map_err(|source| PathsError::Folder {
                folder: folder.clone(),
                source,
            })
        })
    }
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// A user's folder is private by itself here.
#[cfg(not(unix))]
fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
