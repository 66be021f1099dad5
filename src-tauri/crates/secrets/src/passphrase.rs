//! A key from a passphrase.

use argon2::{Algorithm, Argon2, Params, Version};
use contracts::{DatabaseKey, Secret, SecretError};
use domain::Reason;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    KeyError,
    record::{Bytes, Record},
};

/// Fewest characters of a new passphrase: NIST SP 800-63B, 3.1.1.2, <https://pages.nist.gov/800-63-4/sp800-63b.html>.
pub const SHORTEST_PASSPHRASE: usize = 8;

/// What one guess costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// The second recommended option of RFC 9106, section 4 (64 MiB, 3 passes, 4 lanes): about 0.2 s here, and the
    /// first one (2 GiB) is not to be had on an office machine. More than the least that OWASP asks for passwords:
    /// this one stands alone before the whole database.
    /// <https://www.rfc-editor.org/rfc/rfc9106#section-4>
    pub const RECOMMENDED: Self = Self {
        memory_kib: 64 << 10,
        passes: 3,
        lanes: 4,
    };

    fn argon2<'a>(self, length: usize) -> Result<Argon2<'a>, SecretError> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(length))
            .map_err(|_| SecretError::Damaged(Reason::new("key.record_damaged")))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// A new key, and the note that finds it again.
pub(crate) fn make(passphrase: &Secret<String>, cost: Cost) -> Result<(DatabaseKey, Record), KeyError> {
    if passphrase.expose().chars().count() < SHORTEST_PASSPHRASE {
        return Err(KeyError::TooShort);
    }
    let salt = rand::random();
    let (key, check) = derive(passphrase, cost, &salt)?;
    let record = Record::Passphrase {
        cost,
        salt: Bytes(salt),
        check: Bytes(check),
    };
    Ok((key, record))
}

/// The key again, or [`SecretError::WrongPassphrase`].
pub(crate) fn open(
    passphrase: &Secret<String>,
    cost: Cost,
    salt: Bytes<16>,
    check: Bytes<16>,
) -> Result<DatabaseKey, SecretError> {
    let (key, derived) = derive(passphrase, cost, &salt.0)?;
    if derived == check.0 {
        Ok(key)
    } else {
        Err(SecretError::WrongPassphrase)
    }
}

/// A check value of a key that is all chance: it needs no cost, only a one-way street.
pub(crate) fn check_of(key: &DatabaseKey, entry: &str) -> Result<Bytes<16>, SecretError> {
    let cheap = Cost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
    let mut check = [0; 16];
    cheap
        .argon2(check.len())?
        .hash_password_into(key.expose(), entry.as_bytes(), &mut check)
        .map_err(|_| SecretError::Damaged(Reason::new("key.record_damaged")))?;
    Ok(Bytes(check))
}

/// The first half is the key; a piece of the second tells whether the passphrase is the one, and says nothing of the first.
fn derive(passphrase: &Secret<String>, cost: Cost, salt: &[u8; 16]) -> Result<(DatabaseKey, [u8; 16]), SecretError> {
    let mut derived = Zeroizing::new([0; 48]);
    cost.argon2(derived.len())?
        .hash_password_into(passphrase.expose().as_bytes(), salt, derived.as_mut_slice())
        .map_err(|_| SecretError::Damaged(Reason::new("key.record_damaged")))?;
    let (mut key, mut check) = (Zeroizing::new([0; 32]), [0; 16]);
    let (first, second) = derived.split_at(key.len());
    key.copy_from_slice(first);
    check.copy_from_slice(second);
    Ok((Secret::new(*key), check))
}
