use std::{fmt, io, path::Path};

use futures::TryStreamExt;
pub use reqwest::multipart::{Form, Part};
use tokio_util::io::ReaderStream;

use crate::Failure;

/// Pieces of a file as they are read: large enough for a fast disk, small enough for a slow line's progress.
const PIECE: usize = 64 * 1024;

/// Reading the file failed in the middle of an upload. Travels through the HTTP library to [`Failure::Local`].
#[derive(Debug)]
pub(crate) struct LocalRead(pub(crate) io::ErrorKind);

impl fmt::Display for LocalRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "local file: {}", self.0)
    }
}

impl std::error::Error for LocalRead {}

/// A part of a form that streams a file from disk under a clean name; a media type that is none is left out.
///
/// # Errors
/// [`Failure::Local`] when the file can't be opened.
pub async fn file_part(path: &Path, name: &str, mime: &str) -> Result<Part, Failure> {
    let file = tokio::fs::File::open(path).await.map_err(local)?;
    let size = file.metadata().await.map_err(local)?.len();
    let pieces = ReaderStream::with_capacity(file, PIECE).map_err(|e| io::Error::other(LocalRead(e.kind())));
    let part = move || {
        let body = reqwest::Body::wrap_stream(pieces);
        Part::stream_with_length(body, size).file_name(name.to_owned())
    };
    // `mime_str` swallows the part when it fails, so it is tried on an empty one first.
    Ok(match Part::bytes(Vec::new()).mime_str(mime) {
        Ok(_) => part().mime_str(mime).map_err(|_| Failure::Invalid)?,
        Err(_) => part(),
    })
}

fn local(error: io::Error) -> Failure {
    Failure::Local(error.kind())
}
