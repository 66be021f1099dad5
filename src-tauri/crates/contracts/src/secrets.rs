use std::fmt;

use domain::Reason;
use zeroize::{Zeroize, Zeroizing};

/// A value that must not be seen: no `Debug` of the inside, no `Serialize`, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Wraps it.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value itself. Named so that every use stands out.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The 256-bit key of the encrypted database.
pub type DatabaseKey = Secret<[u8; 32]>;

/// Who keeps the database key: the system's keyring, or a passphrase in the user's head.
pub trait SecretStore: Send + Sync {
    /// The key of the workspace called `workspace`, made on the first call.
    ///
    /// # Errors
    /// [`SecretError::Unavailable`] where there is no keeper at all (ask for a passphrase instead),
    /// [`SecretError::Denied`] where it refuses.
    fn database_key(&self, workspace: &str) -> Result<DatabaseKey, SecretError>;
}

/// Why the key could not be had. The outcome is certain: nothing was written.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum SecretError {
    /// This system has no keyring running.
    #[error("no keyring: {0}")]
    Unavailable(Reason),
    /// The keyring, or the person in front of it, said no.
    #[error("the keyring refused: {0}")]
    Denied(Reason),
    /// The passphrase is not the one.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// What the keeper holds is not a key.
    #[error("the stored key is damaged: {0}")]
    Damaged(Reason),
}
