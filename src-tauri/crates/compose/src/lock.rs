//! One program per folder: two engines on one workspace would answer everybody twice, and networks that allow one
//! listener would throw them out in turns.

use std::{
    fs::{File, TryLockError},
    io,
    path::Path,
};

/// Held for as long as the folder is ours; the system lets it go with the process, however that ends.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

/// Why it could not be had.
#[derive(Debug)]
pub(crate) enum LockError {
    /// Another program has it.
    Taken,
    /// The file can't be made.
    File(io::Error),
}

impl FolderLock {
    pub(crate) fn take(folder: &Path) -> Result<Self, LockError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("in-use.lock"))
            .map_err(LockError::File)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Taken),
            Err(TryLockError::Error(error)) => Err(LockError::File(error)),
        }
    }
}
