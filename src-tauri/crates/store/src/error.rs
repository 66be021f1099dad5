/// Why the database did not do it. Nothing of the attempted change was kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What SQLite or sqlx says.
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// A file operation beside the database.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A stored JSON does not have its form.
    #[error("stored form of {what}: {source}")]
    Form {
        /// Which column.
        what: &'static str,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// The file is damaged, or the key is not its key; a backup that opens with the key tells the first.
    #[error("the database can't be read: damaged, or another key")]
    Unreadable,
    /// The file is damaged: `PRAGMA quick_check` said so.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The file was made by a newer program that says this one can't read it.
    #[error("made by a newer version: needs {needs}, this program knows {knows}")]
    TooNew {
        /// The version the file needs.
        needs: i64,
        /// The newest version this program knows.
        knows: i64,
    },
    /// A migration failed.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A name that has to be unique is taken.
    #[error("the name is taken")]
    NameTaken,
    /// The row is not there (any more).
    #[error("not found")]
    NotFound,
}

impl StoreError {
    /// Whether it says that the file itself is broken.
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged(_) | Self::Unreadable => true,
            Self::Sql(sqlx::Error::Database(error)) => {
                // 11 SQLITE_CORRUPT, 26 SQLITE_NOTADB: https://www.sqlite.org/rescode.html
                error
                    .code()
                    .and_then(|code| code.parse::<i32>().ok())
                    .is_some_and(|code| matches!(code & 0xff, 11 | 26))
            }
            _ => false,
        }
    }
}

/// Reads a JSON column.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(what: &'static str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|source| StoreError::Form { what, source })
}

/// Reads a JSON column that may be null.
pub(crate) fn from_json_opt<T: serde::de::DeserializeOwned>(
    what: &'static str,
    json: Option<&str>,
) -> Result<Option<T>, StoreError> {
    json.map(|json| from_json(what, json)).transpose()
}

/// Writes a JSON column.
pub(crate) fn to_json<T: serde::Serialize + ?Sized>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|source| StoreError::Form { what, source })
}
