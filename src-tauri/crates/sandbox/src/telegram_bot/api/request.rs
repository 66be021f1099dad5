//! A call as the server reads it: whatever way the arguments came, they end as text by name, and files by name.

use crate::media::Media;
use crate::telegram_bot::api::error::ApiError;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request as HttpRequest};
use axum::http::{Uri, header};
use serde_json::Value;
use std::collections::HashMap;

/// Uploads end here on the public server: 50 MB for a file, and some room for the other fields.
const MOST_BYTES: usize = 51 << 20;

/// A call.
#[derive(Debug, Default)]
pub(crate) struct Request {
    arguments: HashMap<String, String>,
    files: HashMap<String, Media>,
}

impl Request {
    /// Reads query, form, JSON or multipart.
    pub(crate) async fn read(request: HttpRequest) -> Result<Self, ApiError> {
        let mut call = Self::default();
        call.read_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        let (head, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX)
            .await
            .map_err(|_| ApiError::bad("Can't read the request"))?;
        if body.len() > MOST_BYTES {
            return Err(ApiError::new(413, "Request Entity Too Large"));
        }
        if kind.starts_with("multipart/form-data") {
            call.read_multipart(HttpRequest::from_parts(head, Body::from(body)))
                .await?;
        } else if kind.starts_with("application/json") {
            call.read_json(&body)?;
        } else {
            call.read_form(&body);
        }
        Ok(call)
    }

    fn read_form(&mut self, form: &[u8]) {
        let pairs = url::form_urlencoded::parse(form).map(|(name, value)| (name.into_owned(), value.into_owned()));
        self.arguments.extend(pairs);
    }

    fn read_json(&mut self, body: &[u8]) -> Result<(), ApiError> {
        if body.is_empty() {
            return Ok(());
        }
        let unreadable = |_| ApiError::bad("Can't parse JSON object");
        let Value::Object(fields) = serde_json::from_slice(body).map_err(unreadable)? else {
            return Err(ApiError::bad("Object expected"));
        };
        for (name, value) in fields {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text,
                other => other.to_string(),
            };
            self.arguments.insert(name, text);
        }
        Ok(())
    }

    async fn read_multipart(&mut self, request: HttpRequest) -> Result<(), ApiError> {
        let unreadable = |_| ApiError::bad("Can't parse multipart body");
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| ApiError::bad("boundary not found"))?;
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            let Some(name) = field.name().map(str::to_owned) else {
                continue;
            };
            let file = field.file_name().map(str::to_owned);
            let mime = field.content_type().map(str::to_owned);
            match file {
                None => {
                    self.arguments.insert(name, field.text().await.map_err(unreadable)?);
                }
                Some(file) => {
                    let mut media = Media::new(&file, field.bytes().await.map_err(unreadable)?);
                    let exact = mime.filter(|mime| mime != "application/octet-stream");
                    media.mime = exact.unwrap_or(media.mime);
                    self.files.insert(name, media);
                }
            }
        }
        Ok(())
    }

    /// An argument, empty when it was not given.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.arguments.get(name).map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.arguments.contains_key(name)
    }

    /// A number, or the default when it is none.
    pub(crate) fn number(&self, name: &str, default: i64) -> i64 {
        self.text(name).trim().parse().unwrap_or(default)
    }

    /// `true`, `True`, `1`, `yes`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(
            self.text(name).trim().to_ascii_lowercase().as_str(),
            "true" | "1" | "yes"
        )
    }

    /// An argument that is JSON itself; `complaint` when it does not parse.
    pub(crate) fn json(&self, name: &str, complaint: &str) -> Result<Option<Value>, ApiError> {
        match self.text(name) {
            "" => Ok(None),
            text => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| ApiError::bad(complaint)),
        }
    }

    /// An argument that has to be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, ApiError> {
        match self.text(name) {
            "" => Err(ApiError::bad(&format!("Parameter \"{name}\" is required"))),
            text => Ok(text),
        }
    }

    /// An uploaded file.
    pub(crate) fn file(&self, name: &str) -> Option<&Media> {
        self.files.get(name)
    }

    /// `message_id`; nothing valid is zero, which no message has.
    pub(crate) fn message_id(&self) -> i64 {
        self.number("message_id", 0).max(0)
    }
}

/// The method part of a path, for chaos and for calls: the last piece.
pub(crate) fn method_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// `/bot<token>/<method>`, with `/test` between them for the test data centre.
pub(crate) fn token_and_method(uri: &Uri) -> Option<(String, String)> {
    let rest = uri.path().strip_prefix("/bot")?;
    let (token, method) = rest.split_once('/')?;
    let method = method.strip_prefix("test/").unwrap_or(method).trim_matches('/');
    // Python clients escape the colon of the token.
    let token = token.replace("%3A", ":").replace("%3a", ":");
    Some((token, method.to_owned()))
}
