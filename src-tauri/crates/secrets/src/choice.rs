//! Who keeps the key of this data folder, and the key.

use std::path::Path;

use contracts::{DatabaseKey, Secret, SecretError, SecretStore};
use domain::Reason;

use crate::{
    Cost, KeyError, RecordError, passphrase,
    record::{Record, hex},
};

/// What came of it.
#[derive(Debug)]
pub enum Choice {
    /// The key.
    Found(Found),
    /// A person has to enter the passphrase; come again with it.
    Ask {
        /// It is to be invented now, and there is nothing that it could open yet.
        first_time: bool,
        /// Why a passphrase and not the keyring.
        why: Reason,
    },
}

/// The key, and where it was.
#[derive(Debug, Clone)]
pub struct Found {
    /// The key.
    pub key: DatabaseKey,
    /// Where it was.
    pub kept_by: KeptBy,
}

/// Who keeps a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptBy {
    /// The system's keyring.
    Keyring,
    /// A person.
    Passphrase,
}

/// The key of the database in `folder`, which exists: the keyring first, else the passphrase, else the question for
/// one. `has_database` says whether there is something that only the old key opens. `cost` is for a new passphrase.
///
/// May take a second, and longer where the keyring asks a person: not for an async thread.
///
/// # Errors
/// [`KeyError`]; nothing that could still be needed was written over.
pub fn choose(
    folder: &Path,
    has_database: bool,
    keyring: &dyn SecretStore,
    passphrase: Option<&Secret<String>>,
    cost: Cost,
) -> Result<Choice, KeyError> {
    match Record::read(folder)? {
        Some(Record::Keyring { entry, check }) => {
            let key = keyring.database_key(&entry)?;
            if passphrase::check_of(&key, &entry)? != check {
                return Err(SecretError::Damaged(Reason::new("key.gone")).into());
            }
            Ok(found(key, KeptBy::Keyring))
        }
        Some(Record::Passphrase { cost, salt, check }) => match passphrase {
            Some(entered) => Ok(found(passphrase::open(entered, cost, salt, check)?, KeptBy::Passphrase)),
            None => Ok(Choice::Ask {
                first_time: false,
                why: Reason::new("key.passphrase_needed"),
            }),
        },
        None if has_database => Err(RecordError::Missing(Record::path(folder)).into()),
        None => begin(folder, keyring, passphrase, cost),
    }
}

fn begin(
    folder: &Path,
    keyring: &dyn SecretStore,
    passphrase: Option<&Secret<String>>,
    cost: Cost,
) -> Result<Choice, KeyError> {
    let entry = hex(&rand::random::<[u8; 16]>());
    let why = match keyring.database_key(&entry) {
        Ok(key) => {
            let check = passphrase::check_of(&key, &entry)?;
            Record::Keyring { entry, check }.write(folder)?;
            return Ok(found(key, KeptBy::Keyring));
        }
        Err(SecretError::Unavailable(why) | SecretError::Denied(why)) => why,
        Err(error) => return Err(error.into()),
    };
    let Some(invented) = passphrase else {
        return Ok(Choice::Ask { first_time: true, why });
    };
    let (key, record) = passphrase::make(invented, cost)?;
    record.write(folder)?;
    Ok(found(key, KeptBy::Passphrase))
}

fn found(key: DatabaseKey, kept_by: KeptBy) -> Choice {
    Choice::Found(Found { key, kept_by })
}
