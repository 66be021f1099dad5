//! What a message says: which kinds there are, and what each must have.

use super::error::Refusal;
use crate::amocrm::rest::page::text;
use crate::media::Media;
use crate::outward;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value;
use url::Url;

/// Kinds that carry a file.
pub(super) const FILES: &[&str] = &["picture", "video", "file", "voice", "audio", "sticker"];

/// Checks a message of a program.
pub(super) fn check(content: &Value) -> Result<(), Refusal> {
    let kind = text(content, "type").ok_or(Refusal::Invalid("message.type is required"))?;
    match kind {
        "text" => {
            let said = text(content, "text").is_some_and(|text| !text.is_empty());
            said.then_some(()).ok_or(Refusal::Invalid("message.text is required"))
        }
        "location" => {
            let point = content.get("location");
            let has = |name: &str| point.and_then(|point| point.get(name)).is_some_and(Value::is_number);
            (has("lon") && has("lat"))
                .then_some(())
                .ok_or(Refusal::Invalid("message.location is required"))
        }
        "contact" => {
            let card = content.get("contact");
            let has = |name: &str| card.and_then(|card| text(card, name)).is_some();
            (has("name") && has("phone"))
                .then_some(())
                .ok_or(Refusal::Invalid("message.contact is required"))
        }
        kind if FILES.contains(&kind) => {
            let media = text(content, "media").and_then(|media| Url::parse(media).ok());
            media.map(|_| ()).ok_or(Refusal::Invalid("message.media is required"))
        }
        _ => Err(Refusal::Invalid("message.type is not supported")),
    }
}

/// Fetches the file of a message, as the service does; what is not on this machine stays an address.
pub(super) async fn fetch(content: &Value) -> Option<Media> {
    let address = Url::parse(text(content, "media")?).ok()?;
    let answer = outward::call(&address, Request::get("/"), "".into()).await.ok()?;
    if !answer.status().is_success() {
        return None;
    }
    let mime = answer
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .map(str::to_owned);
    let bytes = to_bytes(Body::new(answer.into_body()), usize::MAX).await.ok()?;
    let last = address
        .path_segments()
        .and_then(|mut steps| steps.next_back())
        .unwrap_or("file");
    let mut media = Media::new(text(content, "file_name").unwrap_or(last), bytes);
    media.mime = mime.unwrap_or(media.mime);
    Some(media)
}
