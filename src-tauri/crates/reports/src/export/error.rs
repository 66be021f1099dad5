use std::{
    io::{self, ErrorKind},
    path::Path,
};

use domain::Reason;
use rust_xlsxwriter::XlsxError;
use store::StoreError;

/// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`: the file is open in another program.
/// <https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes--0-499->
const OPEN_ELSEWHERE: [i32; 2] = [32, 33];

/// Why there is no file. Nothing of it stands under its name; what was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A person, or the end of the program, stopped it.
    #[error("stopped")]
    Stopped,
    /// The disk.
    #[error("disk: {0}")]
    Disk(#[from] io::Error),
    /// The spreadsheet can't be written.
    #[error("spreadsheet: {0}")]
    Spreadsheet(XlsxError),
    /// The archive can't be written.
    #[error("archive: {0}")]
    Archive(zip::result::ZipError),
    /// What was ordered can't be read by this version.
    #[error("the order can't be read")]
    Order,
    /// The thread that writes is gone.
    #[error("the writing ended without a word")]
    Broken,
}

impl ExportError {
    /// What happened and what to do, for a person.
    pub fn reason(&self, folder: &Path) -> Reason {
        match self {
            Self::Store(_) => Reason::new("error.storage"),
            Self::Stopped => Reason::new("exports.error.stopped"),
            Self::Disk(error) => disk(error, folder),
            Self::Spreadsheet(_) | Self::Archive(_) | Self::Order | Self::Broken => Reason::new("exports.error.file"),
        }
    }
}

impl From<XlsxError> for ExportError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) | XlsxError::ZipError(zip::result::ZipError::Io(error)) => Self::Disk(error),
            error => Self::Spreadsheet(error),
        }
    }
}

impl From<zip::result::ZipError> for ExportError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::Disk(error),
            error => Self::Archive(error),
        }
    }
}

impl From<::csv::Error> for ExportError {
    fn from(error: ::csv::Error) -> Self {
        Self::Disk(error.into())
    }
}

/// What the disk says, as a text with the folder and the way out.
pub(super) fn disk(error: &io::Error, folder: &Path) -> Reason {
    let key = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => "exports.error.disk_full",
        _ if error
            .raw_os_error()
            .is_some_and(|code| cfg!(windows) && OPEN_ELSEWHERE.contains(&code)) =>
        {
            "exports.error.open_elsewhere"
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "exports.error.open_elsewhere",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "exports.error.read_only",
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "exports.error.no_folder",
        _ => "exports.error.disk",
    };
    Reason::new(key).with("folder", folder.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_of_the_disk_has_its_own_words() {
        let folder = Path::new("Документы");
        for (kind, key) in [
            (ErrorKind::StorageFull, "exports.error.disk_full"),
            (ErrorKind::PermissionDenied, "exports.error.read_only"),
            (ErrorKind::ReadOnlyFilesystem, "exports.error.read_only"),
            (ErrorKind::NotADirectory, "exports.error.no_folder"),
            (ErrorKind::ResourceBusy, "exports.error.open_elsewhere"),
            (ErrorKind::TimedOut, "exports.error.disk"),
        ] {
            let reason = ExportError::from(io::Error::from(kind)).reason(folder);
            assert_eq!((&*reason.key, &*reason.params["folder"]), (key, "Документы"));
        }
        let full = XlsxError::IoError(io::Error::from(ErrorKind::StorageFull));
        assert_eq!(ExportError::from(full).reason(folder).key, "exports.error.disk_full");
    }
}
