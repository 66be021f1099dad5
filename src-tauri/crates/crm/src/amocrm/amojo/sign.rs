//! How a request to the chats is signed. <https://www.amocrm.ru/developers/content/chats/chat-start>

use std::fmt::Write;

use domain::At;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};
use md5::{Digest, Md5};
use sha1::Sha1;

/// All bodies are of this kind; it is part of what is signed, of requests without a body too.
pub(super) const CONTENT_TYPE: &str = "application/json";

/// The headers of a signed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Signed {
    pub(in super::super) date: String,
    pub(in super::super) content_md5: String,
    pub(in super::super) signature: String,
}

/// Signs with the secret of the channel, as text. Good for 15 minutes from `now`.
pub(in super::super) fn signed(secret: &str, method: &str, path: &str, body: &[u8], now: At) -> Signed {
    let date = date(now);
    let content_md5 = hex(&Md5::digest(body));
    let what = [method, &content_md5, CONTENT_TYPE, &date, path].join("\n");
    Signed {
        signature: hmac(secret, what.as_bytes()),
        date,
        content_md5,
    }
}

/// Whether the service signed this: webhooks are signed over the body alone, with the secret as text.
/// <https://www.amocrm.ru/developers/content/chats/chat-webhooks>
pub(in super::super) fn is_signed(secret: &str, body: &[u8], signature: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else {
        return false;
    };
    mac.update(body);
    bytes(signature).is_some_and(|signature| mac.verify_slice(&signature).is_ok())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let hex = hex.as_bytes();
    if !hex.len().is_multiple_of(2) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    hex.chunks(2).map(byte).collect()
}

fn hmac(secret: &str, what: &[u8]) -> String {
    // HMAC takes keys of any length: the error can't come.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(what);
    hex(&mac.finalize().into_bytes())
}

/// `Tue, 13 Dec 2022 11:00:00 +0000`.
fn date(now: At) -> String {
    let at = Timestamp::from_millisecond(now.millis()).unwrap_or(Timestamp::UNIX_EPOCH);
    rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
