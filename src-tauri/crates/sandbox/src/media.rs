//! Files that travel in messages.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use image::ImageReader;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};
use std::borrow::Cow;
use std::io::Cursor;
use thiserror::Error;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A file in memory. As JSON it shows its description (never its bytes) and is read from base64 `data`
/// or from the name of a `sample`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "MediaForm")]
pub struct Media {
    /// File name with its ending.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// The bytes.
    pub data: Bytes,
    /// Pixels, for what can be seen.
    pub width: Option<u32>,
    /// Pixels, for what can be seen.
    pub height: Option<u32>,
    /// Seconds, for what can be played.
    pub seconds: Option<u32>,
}

impl Media {
    /// A file whose MIME type follows from the ending of its name.
    pub fn new(name: &str, data: impl Into<Bytes>) -> Self {
        Self {
            name: name.to_owned(),
            mime: mime_guess::from_path(name).first_or_octet_stream().to_string(),
            data: data.into(),
            width: None,
            height: None,
            seconds: None,
        }
    }

    /// The same file with its measures in pixels.
    #[must_use]
    pub fn sized(mut self, width: u32, height: u32) -> Self {
        (self.width, self.height) = (Some(width), Some(height));
        self
    }

    /// The same file with its length in seconds.
    #[must_use]
    pub fn lasting(mut self, seconds: u32) -> Self {
        self.seconds = Some(seconds);
        self
    }
}

/// Size of a picture by its header; none for what is no picture.
pub(crate) fn pixels(data: &[u8]) -> Option<(u32, u32)> {
    ImageReader::new(Cursor::new(data))
        .with_guessed_format()
        .ok()?
        .into_dimensions()
        .ok()
}

impl Serialize for Media {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shown = serializer.serialize_struct("Media", 6)?;
        shown.serialize_field("name", &self.name)?;
        shown.serialize_field("mime", &self.mime)?;
        shown.serialize_field("size", &self.data.len())?;
        shown.serialize_field("width", &self.width)?;
        shown.serialize_field("height", &self.height)?;
        shown.serialize_field("seconds", &self.seconds)?;
        shown.end()
    }
}

/// How a file is written in JSON: `data` with a `name`, or a `sample`. What comes out has a `size` in place of them.
#[derive(Deserialize, ToSchema)]
struct MediaForm {
    /// File name with its ending.
    name: Option<String>,
    /// MIME type; follows from the name when left out.
    mime: Option<String>,
    /// The bytes in base64 (going in only).
    data: Option<String>,
    /// Name of a ready-made file (going in only), see `/samples`.
    sample: Option<String>,
    /// Pixels.
    width: Option<u32>,
    /// Pixels.
    height: Option<u32>,
    /// Seconds.
    seconds: Option<u32>,
}

impl PartialSchema for Media {
    fn schema() -> RefOr<Schema> {
        MediaForm::schema()
    }
}

impl ToSchema for Media {
    fn name() -> Cow<'static, str> {
        "Media".into()
    }
}

/// Why a described file could not be made.
#[derive(Debug, Error)]
pub enum MediaError {
    /// `data` is not base64.
    #[error("`data` is not base64: {0}")]
    NotBase64(#[from] base64::DecodeError),
    /// There is no sample of that name.
    #[error("no sample is called `{0}`")]
    NoSuchSample(String),
    /// Neither `data` nor `sample` was given.
    #[error("give `data` (base64) with `name`, or the name of a `sample`")]
    Empty,
}

impl TryFrom<MediaForm> for Media {
    type Error = MediaError;

    fn try_from(form: MediaForm) -> Result<Self, MediaError> {
        let mut media = match (form.data, form.sample) {
            (Some(data), _) => Media::new(form.name.as_deref().unwrap_or("file.bin"), STANDARD.decode(data)?),
            (None, Some(sample)) => crate::samples::by_name(&sample).ok_or(MediaError::NoSuchSample(sample))?,
            (None, None) => return Err(MediaError::Empty),
        };
        if let Some(name) = form.name {
            media.name = name;
        }
        if let Some(mime) = form.mime {
            media.mime = mime;
        }
        media.width = form.width.or(media.width);
        media.height = form.height.or(media.height);
        media.seconds = form.seconds.or(media.seconds);
        Ok(media)
    }
}
