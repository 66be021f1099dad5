use std::time::Duration;

use bytes::Bytes;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;

use crate::{Failure, Sign, Trouble, redact};

/// An answer with its whole body, of any status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// How long to wait before the next call, when the service says so.
    pub retry_after: Option<Duration>,
    /// Media type without its parameters.
    pub mime: Option<String>,
    /// The bytes.
    pub body: Bytes,
}

impl Answer {
    pub(crate) fn new(status: u16, headers: &HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            retry_after: retry_after(headers),
            mime: mime(headers),
            body,
        }
    }

    /// What the status alone says; `None` for a success. The body may say more: ask it first.
    pub fn failure(&self) -> Option<Failure> {
        match self.status {
            200..=299 => None,
            // An `http://` address was asked through a proxy that wants a password.
            407 => Some(Failure::NotConnected(Trouble::ProxyLogin)),
            429 => Some(Failure::TooFast { wait: self.retry_after }),
            500..=599 => Some(Failure::Server { status: self.status }),
            // No API of ours redirects; 451 is «unavailable for legal reasons» (RFC 7725).
            300..=399 | 451 => Some(Failure::Blocked(Sign::Page)),
            403 if self.is_page() => Some(Failure::Blocked(Sign::Page)),
            status => Some(Failure::Status { status }),
        }
    }

    /// The body as JSON, whatever the status: services put their errors there too.
    ///
    /// # Errors
    /// [`Failure::Blocked`] for a page where data should be; what the status says; [`Failure::Unreadable`].
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|error| {
            self.failure().unwrap_or_else(|| {
                if self.is_page() {
                    Failure::Blocked(Sign::Page)
                } else {
                    // Its `Display` quotes the value it stumbled over.
                    let problem = format!(
                        "line {} column {}: {:?}",
                        error.line(),
                        error.column(),
                        error.classify()
                    );
                    Failure::Unreadable {
                        problem: redact::text(&problem),
                    }
                }
            })
        })
    }

    fn is_page(&self) -> bool {
        self.mime.as_deref().is_some_and(|mime| mime.starts_with("text/html"))
    }
}

/// Seconds, or a date, which counts from the answer's own `Date` so that our clock does not matter.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let parser = DateTimeParser::new();
    let until = parser.parse_timestamp(value).ok()?;
    let sent = parser.parse_timestamp(headers.get(DATE)?.to_str().ok()?).ok()?;
    Duration::try_from(until.duration_since(sent)).ok()
}

pub(crate) fn mime(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let mime = value.split(';').next()?.trim().to_ascii_lowercase();
    (!mime.is_empty()).then_some(mime)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> Answer {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        Answer::new(status, &headers, Bytes::from_static(body.as_bytes()))
    }

    #[test]
    fn a_wait_is_read_as_seconds_or_as_a_date() {
        let seconds = answer(429, &[("retry-after", "17")], "");
        let wait = Some(Duration::from_secs(17));
        assert_eq!(seconds.failure(), Some(Failure::TooFast { wait }));
        let dates = [
            ("date", "Wed, 21 Oct 2015 07:28:00 GMT"),
            ("retry-after", "Wed, 21 Oct 2015 07:29:00 GMT"),
        ];
        assert_eq!(answer(503, &dates, "").retry_after, Some(Duration::from_secs(60)));
    }

    #[test]
    fn a_providers_page_is_not_an_answer() {
        let page = [("content-type", "text/html; charset=utf-8")];
        for status in [200, 302, 403, 451] {
            let told = answer(status, &page, "<h1>Доступ ограничен</h1>").json::<u8>();
            assert_eq!(told, Err(Failure::Blocked(Sign::Page)), "{status}");
        }
        let gateway = answer(502, &page, "<h1>Bad gateway</h1>").json::<u8>();
        assert_eq!(gateway, Err(Failure::Server { status: 502 }));
        assert!(matches!(
            answer(200, &[], "{").json::<u8>(),
            Err(Failure::Unreadable { .. })
        ));
    }
}
