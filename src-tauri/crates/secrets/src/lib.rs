//! The key of the database: kept by the system's keyring, or made of a passphrase where there is none.
//!
//! ```text
//!   key.json beside the database      who keeps the key?
//!     none, no database either ──► keyring works? ──► make a key there, note its name
//!                                        └─ no ─────► ask for a passphrase, note its salt
//!     "keyring"                ──► fetch it by its name, compare with the note
//!     "passphrase"             ──► ask, derive (argon2id), compare with the note
//!     none, but a database     ──► say so: a new key would open nothing
//! ```
//!
//! `key.json` holds no key: the name of the keyring's entry or the salt, and a check value that tells a wrong key from
//! a damaged database. A data folder has an entry of its own, so two folders never share a key.
//!
//! Must not: write a key to a file, replace a key that a database may need, know what the database holds.

mod choice;
pub use choice::{Choice, Found, KeptBy, choose};
mod passphrase;
pub use passphrase::{Cost, SHORTEST_PASSPHRASE};
mod record;
pub use record::RecordError;
mod system;
pub use system::{Kind, SystemKeyring};

/// Why the key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The keyring, or the passphrase.
    #[error(transparent)]
    Secret(#[from] contracts::SecretError),
    /// `key.json`.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A new passphrase has too few characters.
    #[error("the passphrase has fewer than {SHORTEST_PASSPHRASE} characters")]
    TooShort,
}
