//! Keychain on macOS, Credential Manager on Windows, Secret Service (GNOME Keyring, KWallet) elsewhere.

use std::fmt;

use contracts::{DatabaseKey, Secret, SecretError, SecretStore};
use domain::Reason;
use keyring::{Entry, Error};
use zeroize::Zeroizing;

/// Which programs share a shelf of the keyring: a development build never meets a person's real key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What people install.
    Release,
    /// Built while developing.
    Debug,
    /// Automatic tests.
    Test,
}

impl Kind {
    /// Of the running program.
    pub const fn of_this_build() -> Self {
        if cfg!(debug_assertions) {
            Self::Debug
        } else {
            Self::Release
        }
    }

    /// The name of the shelf; people see it in their keyring.
    const fn shelf(self) -> &'static str {
        match self {
            Self::Release => "Besedka",
            Self::Debug => "Besedka (development)",
            Self::Test => "Besedka (tests)",
        }
    }
}

/// The system's keyring. Its calls may wait for a person who unlocks it: never make them where others wait too.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeyring {
    kind: Kind,
}

impl SystemKeyring {
    /// The shelf of this kind of program.
    pub const fn new(kind: Kind) -> Self {
        Self { kind }
    }

    /// Takes a key away for good, with it everything that it encrypts. A key that is not there is no error.
    ///
    /// # Errors
    /// As [`SecretStore::database_key`].
    pub fn forget(&self, workspace: &str) -> Result<(), SecretError> {
        match self.entry(workspace)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(said(&error)),
        }
    }

    fn entry(&self, workspace: &str) -> Result<Entry, SecretError> {
        Entry::new(self.kind.shelf(), workspace).map_err(|error| said(&error))
    }
}

impl SecretStore for SystemKeyring {
    fn database_key(&self, workspace: &str) -> Result<DatabaseKey, SecretError> {
        let entry = self.entry(workspace)?;
        match entry.get_secret() {
            Ok(stored) => {
                let stored = Zeroizing::new(stored);
                let key: [u8; 32] = stored
                    .as_slice()
                    .try_into()
                    .map_err(|_| SecretError::Damaged(Reason::new("key.gone")))?;
                Ok(Secret::new(key))
            }
            Err(Error::NoEntry) => {
                let key = Secret::new(rand::random::<[u8; 32]>());
                entry.set_secret(key.expose()).map_err(|error| said(&error))?;
                Ok(key)
            }
            Err(error) => Err(said(&error)),
        }
    }
}

/// What the keyring said, without what it may have quoted: some errors carry the stored bytes.
fn said(error: &Error) -> SecretError {
    match error {
        Error::NoStorageAccess(_) => SecretError::Denied(Reason::new("key.refused")),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) | Error::Ambiguous(_) => {
            SecretError::Damaged(Reason::new("key.gone"))
        }
        // No session bus, no keyring behind it, a system without one.
        _ => SecretError::Unavailable(Reason::new("key.no_keyring")),
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shelf())
    }
}
