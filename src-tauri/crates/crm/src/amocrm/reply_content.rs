//! What a manager's message says, and its files.

use async_trait::async_trait;
use contracts::{
    channel::{CallError, Fetched, Media},
    crm::ReplyFile,
};
use domain::{AttachmentKind, Content, Extra};
use serde_json::{Value, json};
use tokio::io::AsyncWrite;

use super::{
    link::AmoLink,
    wire::{AmojoContent, TalkMessage},
};
use crate::shared::fetch_open;

/// The words, and what has a form of its own.
pub(super) fn of_history(said: &AmojoContent) -> Content {
    let mut content = Content::plain(&said.text);
    content.extras.extend(place(said).or_else(|| person(said)));
    content
}

fn place(said: &AmojoContent) -> Option<Extra> {
    let at = said.location.as_ref()?;
    let number = |name: &str| at.get(name)?.as_f64();
    Some(Extra::Location {
        lat: number("lat")?,
        lon: number("lon")?,
        title: None,
        address: None,
    })
}

fn person(said: &AmojoContent) -> Option<Extra> {
    let card = said.contact.as_ref()?;
    let text = |name: &str| card.get(name)?.as_str().map(str::to_owned);
    Some(Extra::Contact {
        name: text("name")?,
        phone: text("phone"),
    })
}

pub(super) fn files_of_history(said: &AmojoContent) -> Vec<ReplyFile> {
    if said.media.is_empty() {
        return Vec::new();
    }
    vec![ReplyFile {
        kind: kind(&said.kind),
        name: (!said.file_name.is_empty()).then(|| said.file_name.clone()),
        mime: None,
        size: (said.file_size > 0).then_some(said.file_size),
        fetch: json!({ "url": said.media }),
    }]
}

pub(super) fn file_of_rest(message: &TalkMessage) -> Option<ReplyFile> {
    let (link, name) = message.file()?;
    Some(ReplyFile {
        kind: kind(&message.message_type),
        name: name.map(str::to_owned),
        mime: None,
        size: None,
        fetch: json!({ "url": link }),
    })
}

fn kind(word: &str) -> AttachmentKind {
    match word {
        "picture" => AttachmentKind::Image,
        "video" => AttachmentKind::Video,
        "voice" => AttachmentKind::Voice,
        "audio" => AttachmentKind::Audio,
        "sticker" => AttachmentKind::Sticker,
        _ => AttachmentKind::Document,
    }
}

#[async_trait]
impl Media for AmoLink {
    /// Files of managers lie at open addresses, as the service gives them to every channel: nothing of ours goes along.
    async fn fetch(&self, fetch: &Value, into: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<Fetched, CallError> {
        fetch_open(&self.client.reach.http, fetch, "amocrm.reason.no_file", into).await
    }
}
