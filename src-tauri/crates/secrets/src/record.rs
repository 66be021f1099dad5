//! `key.json`: who keeps the key of the database beside it.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::Cost;

/// Its name in the data folder.
const FILE: &str = "key.json";

/// Why `key.json` is of no use.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It can't be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It does not have its form.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// There is a database, and no word about its key.
    #[error("{} is missing, and the database beside it can't be opened without it", .0.display())]
    Missing(PathBuf),
}

/// Who keeps the key. Nothing in it is secret; all of it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kept_by", rename_all = "snake_case")]
pub(crate) enum Record {
    /// The system's keyring, under this name.
    Keyring { entry: String, check: Bytes<16> },
    /// A person's head; what the passphrase is mixed with.
    Passphrase {
        cost: Cost,
        salt: Bytes<16>,
        check: Bytes<16>,
    },
}

impl Record {
    /// Where it lies, for messages.
    pub(crate) fn path(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// `None`: there is none yet.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, RecordError> {
        let path = Self::path(folder);
        match fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json)
                .map(Some)
                .map_err(|_| RecordError::Damaged(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(RecordError::File { path, source }),
        }
    }

    /// On the disk when it returns: the database is made after it, and is worth nothing without it.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), RecordError> {
        let path = Self::path(folder);
        let half = folder.join("key.json.new");
        let written = (|| {
            let mut file = File::create(&half)?;
            file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
            file.sync_all()?;
            fs::rename(&half, &path)
        })();
        written.map_err(|source| RecordError::File { path, source })
    }
}

/// Bytes that are written as hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bytes<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let wrong = || serde::de::Error::custom("not the hexadecimal digits expected");
        let digits: Vec<u8> = text
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        let (pairs, rest) = digits.as_chunks::<2>();
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        let bytes = bytes.try_into().map_err(|_| wrong())?;
        if rest.is_empty() { Ok(Self(bytes)) } else { Err(wrong()) }
    }
}

/// `0a1b…`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
