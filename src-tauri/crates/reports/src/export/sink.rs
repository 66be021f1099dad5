use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Cell, ExportError};

/// A column of a file: its header and how wide it is drawn.
#[derive(Debug, Clone)]
pub struct Head {
    /// Key, for files that programs read.
    pub key: String,
    /// Header, for people.
    pub title: String,
    /// In characters.
    pub width: f64,
}

/// Where a sink writes: an unfinished file, and the folder of it for what has to be put aside meanwhile.
#[derive(Debug)]
pub struct Spot<'a> {
    /// The unfinished file.
    pub file: &'a File,
    /// Its folder.
    pub folder: &'a Path,
}

impl Spot<'_> {
    pub(super) fn writer(&self) -> Result<BufWriter<Watched>, ExportError> {
        Ok(BufWriter::with_capacity(1 << 16, Watched(self.file.try_clone()?)))
    }
}

/// A file of one kind, row by row.
pub trait Sink {
    /// One more row.
    ///
    /// # Errors
    /// What the disk says.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError>;

    /// The end: everything is handed to the system.
    ///
    /// # Errors
    /// What the disk says.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// A file whose disk a test can fill.
#[derive(Debug)]
pub(super) struct Watched(File);

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        fail::fail_point!("export.disk", |_| Err(io::ErrorKind::StorageFull.into()));
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl io::Seek for Watched {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}
