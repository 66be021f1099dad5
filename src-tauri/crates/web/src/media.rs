//! A file of a message as an HTTP answer: ranges, a safe name, and nothing that a browser would run.
//!
//! The shell answers its own scheme with the same rules ([`Plan`]), so that both look alike to a page.

use std::{fmt::Write, io, ops::RangeInclusive};

use api::MediaFile;
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Reason;
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncSeekExt, SeekFrom},
};
use tokio_util::io::ReaderStream;

use crate::{Backend, Refusal};

/// Kinds that a page may show in place. Everything else, HTML above all, is only ever saved.
const SHOWN: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "video/ogg",
    "audio/mpeg",
    "audio/mp4",
    "audio/aac",
    "audio/ogg",
    "audio/opus",
    "audio/wav",
    "audio/x-wav",
    "audio/webm",
    "audio/flac",
    "audio/x-m4a",
];
/// A drawing may hold scripts: an `<img>` does not run them, a document would. It is never shown as a document.
const DRAWING: &str = "image/svg+xml";

/// What to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// 200, 206 or 416.
    pub status: StatusCode,
    /// Which bytes; `None` for 416 and for empty files.
    pub bytes: Option<RangeInclusive<u64>>,
    /// With which headers.
    pub headers: Vec<(HeaderName, String)>,
}

impl Plan {
    /// For a file of `size` bytes, asked for by `range` (the header as it came). `save` asks for a download.
    pub fn of(file: &MediaFile, size: u64, range: Option<&str>, save: bool) -> Self {
        let mime = file
            .mime
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let shown = SHOWN.contains(&mime.as_str());
        let kind = if shown || mime == DRAWING {
            mime
        } else {
            "application/octet-stream".to_owned()
        };
        let placed = if shown && !save { "inline" } else { "attachment" };
        let mut headers = vec![
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, disposition(placed, &file.name)),
            (header::ACCEPT_RANGES, "bytes".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            // Whatever it is after all: no script, no form, no origin of ours.
            (
                header::CONTENT_SECURITY_POLICY,
                "sandbox; default-src 'none'".to_owned(),
            ),
            // What stands under one number never changes.
            (header::CACHE_CONTROL, "private, max-age=3600, immutable".to_owned()),
        ];
        let (status, bytes) = match range.map(|range| asked(range, size)) {
            None | Some(Asked::Everything) => (StatusCode::OK, size.checked_sub(1).map(|last| 0..=last)),
            Some(Asked::Part(part)) => {
                headers.push((
                    header::CONTENT_RANGE,
                    format!("bytes {}-{}/{size}", part.start(), part.end()),
                ));
                (StatusCode::PARTIAL_CONTENT, Some(part))
            }
            Some(Asked::Nothing) => {
                headers.push((header::CONTENT_RANGE, format!("bytes */{size}")));
                (StatusCode::RANGE_NOT_SATISFIABLE, None)
            }
        };
        let mut plan = Self { status, bytes, headers };
        plan.headers.push((header::CONTENT_LENGTH, plan.length().to_string()));
        plan
    }

    /// The same with a part of no more than `most` bytes: a server may answer with less than was asked for (RFC 9110,
    /// section 15.3.7), and the player asks for the rest. Whole files stay whole.
    #[must_use]
    pub fn at_most(mut self, most: u64, size: u64) -> Self {
        let Some(bytes) = self.bytes.clone() else { return self };
        if self.status != StatusCode::PARTIAL_CONTENT || self.length() <= most || most == 0 {
            return self;
        }
        let (first, last) = (*bytes.start(), bytes.start() + most - 1);
        self.bytes = Some(first..=last);
        for (name, value) in &mut self.headers {
            if *name == header::CONTENT_RANGE {
                *value = format!("bytes {first}-{last}/{size}");
            } else if *name == header::CONTENT_LENGTH {
                *value = most.to_string();
            }
        }
        self
    }

    /// How many bytes go out.
    pub fn length(&self) -> u64 {
        self.bytes.as_ref().map_or(0, |bytes| bytes.end() - bytes.start() + 1)
    }
}

enum Asked {
    Everything,
    Part(RangeInclusive<u64>),
    Nothing,
}

/// RFC 9110, section 14.2: a header that is not understood is ignored; several parts at once are answered by all of it.
fn asked(range: &str, size: u64) -> Asked {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|part| part.split_once('-')) else {
        return Asked::Everything;
    };
    let end = size.saturating_sub(1);
    let part = match (first.trim(), last.trim()) {
        ("", tail) => tail
            .parse()
            .ok()
            .map(|tail: u64| (size.saturating_sub(tail), end, tail == 0)),
        (first, "") => first.parse().ok().map(|first| (first, end, false)),
        (first, last) => match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first <= last => Some((first, last.min(end), false)),
            _ => None,
        },
    };
    match part {
        None => Asked::Everything,
        Some((first, _, nothing)) if nothing || first >= size => Asked::Nothing,
        Some((first, last, _)) => Asked::Part(first..=last),
    }
}

/// RFC 6266 with both forms of the name: letters only for old readers, the whole name in UTF-8 for the rest. A name
/// comes from a stranger: no path, no quotes, no line breaks, nothing that would end the header.
fn disposition(placed: &str, name: &str) -> String {
    let name = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('.');
    let name = if name.trim().is_empty() { "file" } else { name };
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_. ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        // attr-char of RFC 8187
        if byte.is_ascii_alphanumeric() || b"-_.~!#$&+^`|".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(whole, "%{byte:02X}");
        }
    }
    format!("{placed}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

pub(crate) async fn media<B: Backend>(State(backend): State<B>, Path(id): Path<i64>, request: Request) -> Response {
    let save = request
        .uri()
        .query()
        .is_some_and(|query| query.split('&').any(|pair| pair == "download=1"));
    let range = range_of(request.headers());
    let file = match backend.media(id).await {
        Ok(file) => file,
        Err(refusal) => return refusal.into_response(),
    };
    answer(&file, range.as_deref(), save).await.unwrap_or_else(|error| {
        tracing::warn!(attachment = id, %error, "a file of a message can't be read");
        Refusal::not_found(Reason::new("error.file_not_here")).into_response()
    })
}

/// A finished export: saved, never shown.
pub(crate) async fn export<B: Backend>(State(backend): State<B>, Path(id): Path<i64>, request: Request) -> Response {
    let range = range_of(request.headers());
    let file = match backend.export(id).await {
        Ok(file) => file,
        Err(refusal) => return refusal.into_response(),
    };
    answer(&file, range.as_deref(), true).await.unwrap_or_else(|error| {
        tracing::warn!(export = id, %error, "an ordered file can't be read");
        Refusal::not_found(Reason::new("error.file_not_here")).into_response()
    })
}

fn range_of(headers: &HeaderMap) -> Option<String> {
    headers.get(header::RANGE)?.to_str().ok().map(str::to_owned)
}

async fn answer(media: &MediaFile, range: Option<&str>, save: bool) -> io::Result<Response> {
    let mut file = File::open(&media.path).await?;
    let plan = Plan::of(media, file.metadata().await?.len(), range, save);
    let body = match &plan.bytes {
        None => Body::empty(),
        Some(bytes) => {
            file.seek(SeekFrom::Start(*bytes.start())).await?;
            Body::from_stream(ReaderStream::with_capacity(file.take(plan.length()), 64 << 10))
        }
    };
    let mut response = (plan.status, body).into_response();
    for (name, value) in plan.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a(mime: &str, name: &str) -> MediaFile {
        MediaFile {
            path: "unused".into(),
            mime: mime.to_owned(),
            name: name.to_owned(),
        }
    }

    fn header<'a>(plan: &'a Plan, name: &HeaderName) -> &'a str {
        plan.headers
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, value)| value)
    }

    #[test]
    fn ranges_are_answered_as_the_rfc_says() {
        for (asked, status, bytes) in [
            (None, 200, Some(0..=99)),
            (Some("bytes=0-"), 206, Some(0..=99)),
            (Some("bytes=10-19"), 206, Some(10..=19)),
            (Some("bytes=90-200"), 206, Some(90..=99)),
            (Some("bytes=-5"), 206, Some(95..=99)),
            (Some("bytes=-500"), 206, Some(0..=99)),
            (Some("bytes=100-"), 416, None),
            (Some("bytes=-0"), 416, None),
            (Some("bytes=0-1,5-6"), 200, Some(0..=99)),
            (Some("bytes=9-3"), 200, Some(0..=99)),
            (Some("lines=1-2"), 200, Some(0..=99)),
        ] {
            let plan = Plan::of(&a("video/mp4", "v.mp4"), 100, asked, false);
            assert_eq!((plan.status.as_u16(), plan.bytes), (status, bytes), "{asked:?}");
        }
        assert_eq!(
            Plan::of(&a("video/mp4", ""), 0, Some("bytes=0-"), false)
                .status
                .as_u16(),
            416
        );
        assert_eq!(Plan::of(&a("video/mp4", ""), 0, None, false).length(), 0);
    }

    #[test]
    fn a_part_may_be_cut_and_says_so() {
        let cut = Plan::of(&a("video/mp4", "v.mp4"), 100, Some("bytes=10-"), false).at_most(20, 100);
        assert_eq!((cut.bytes.clone(), cut.length()), (Some(10..=29), 20));
        assert_eq!(header(&cut, &header::CONTENT_RANGE), "bytes 10-29/100");
        assert_eq!(header(&cut, &header::CONTENT_LENGTH), "20");
        let whole = Plan::of(&a("video/mp4", "v.mp4"), 100, None, false).at_most(20, 100);
        assert_eq!(whole.length(), 100);
    }

    #[test]
    fn a_page_from_a_stranger_is_saved_never_shown() {
        let page = Plan::of(&a("text/html; charset=utf-8", "Счёт.html"), 9, None, false);
        assert_eq!(header(&page, &header::CONTENT_TYPE), "application/octet-stream");
        assert!(header(&page, &header::CONTENT_DISPOSITION).starts_with("attachment"));
        let drawing = Plan::of(&a("image/svg+xml", "logo.svg"), 9, None, false);
        assert!(header(&drawing, &header::CONTENT_DISPOSITION).starts_with("attachment"));
        let photo = Plan::of(&a("image/jpeg", "photo.jpg"), 9, None, false);
        assert!(header(&photo, &header::CONTENT_DISPOSITION).starts_with("inline"));
    }

    #[test]
    fn a_name_cannot_leave_its_header_or_its_folder() {
        for (name, shown) in [
            (
                "../../.bashrc",
                "attachment; filename=\"bashrc\"; filename*=UTF-8''bashrc",
            ),
            (
                "a\"\r\nSet-Cookie: x",
                "attachment; filename=\"a___Set-Cookie_ x\"; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20x",
            ),
            (
                "Чек.pdf",
                "attachment; filename=\"___.pdf\"; filename*=UTF-8''%D0%A7%D0%B5%D0%BA.pdf",
            ),
            ("", "attachment; filename=\"file\"; filename*=UTF-8''file"),
        ] {
            assert_eq!(disposition("attachment", name), shown);
        }
    }
}
