use std::{
    fmt, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::TryStreamExt;
use reqwest::multipart;
use tokio::time::Instant;
use tokio_util::io::ReaderStream;

use crate::Failure;

/// Pieces of a file as they are read: large enough for a fast disk, small enough for a slow line's progress.
const PIECE: usize = 64 * 1024;

/// A body of named parts, files among them.
#[derive(Debug, Default)]
pub struct Form {
    pub(crate) inner: multipart::Form,
    pub(crate) moving: Vec<Moving>,
}

impl Form {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more line of text.
    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.inner = self.inner.text(name, value.into());
        self
    }

    /// With one more file.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: Part) -> Self {
        self.inner = self.inner.part(name.into(), part.inner);
        self.moving.push(part.moving);
        self
    }
}

/// A file on its way out, read from disk as it is sent.
#[derive(Debug)]
pub struct Part {
    inner: multipart::Part,
    moving: Moving,
}

/// A part that streams a file from disk under a clean name; a media type that is none is left out.
///
/// # Errors
/// [`Failure::Local`] when the file can't be opened.
pub async fn file_part(path: &Path, name: &str, mime: &str) -> Result<Part, Failure> {
    let file = tokio::fs::File::open(path).await.map_err(local)?;
    let size = file.metadata().await.map_err(local)?.len();
    let moving = Moving::default();
    let seen = moving.clone();
    let pieces = ReaderStream::with_capacity(file, PIECE)
        .inspect_ok(move |_| seen.moved())
        .map_err(|error| io::Error::other(LocalRead(error.kind())));
    let part = move || {
        let body = reqwest::Body::wrap_stream(pieces);
        multipart::Part::stream_with_length(body, size).file_name(name.to_owned())
    };
    // `mime_str` swallows the part when it fails, so it is tried on an empty one first.
    let inner = match multipart::Part::bytes(Vec::new()).mime_str(mime) {
        Ok(_) => part().mime_str(mime).map_err(|_| Failure::Invalid)?,
        Err(_) => part(),
    };
    Ok(Part { inner, moving })
}

fn local(error: io::Error) -> Failure {
    Failure::Local(error.kind())
}

/// When a body last moved on: an upload of an hour is fine, one that stands still for a minute is not.
#[derive(Debug, Clone)]
pub(crate) struct Moving(Arc<Mutex<Instant>>);

impl Default for Moving {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }
}

impl Moving {
    fn moved(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns when nothing has moved for so long, counted from now at the earliest.
pub(crate) async fn stands_still(moving: &[Moving], silence: Duration) {
    let mut until = Instant::now() + silence;
    while until > Instant::now() {
        tokio::time::sleep_until(until).await;
        let last = moving.iter().map(|body| body.last() + silence).max();
        until = last.map_or(until, |last| last.max(until));
    }
}

/// Reading the file failed in the middle of an upload. Travels through the HTTP library to [`Failure::Local`].
#[derive(Debug)]
pub(crate) struct LocalRead(pub(crate) io::ErrorKind);

impl fmt::Display for LocalRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "local file: {}", self.0)
    }
}

impl std::error::Error for LocalRead {}
