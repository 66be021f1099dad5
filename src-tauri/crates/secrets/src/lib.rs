//! The key of the database: the system's keyring, or a passphrase
