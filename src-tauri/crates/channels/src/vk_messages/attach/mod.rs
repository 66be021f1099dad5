//! Attachments of a message: what is a file, what is a card, and what this version can't show.

use contracts::channel::RemoteFile;
use domain::{Card, Extra};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::names::Names;

mod cards;
mod files;

/// Where an attachment stands, so that its address can be asked for again when it has expired.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The dialog.
    pub(super) peer: i64,
    /// The message in it.
    pub(super) cmid: i64,
}

/// What a message carries besides its words.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) extras: Vec<Extra>,
    pub(super) files: Vec<RemoteFile>,
    /// Something in it can't be shown: the raw form is worth keeping.
    pub(super) odd: bool,
}

impl Body {
    /// Adds one attachment, `{"type": "photo", "photo": {…}}`.
    pub(super) fn attach(&mut self, attachment: &Value, spot: Spot, names: &Names) {
        let kind = attachment.get("type").and_then(Value::as_str).unwrap_or("attachment");
        let thing = attachment.get(kind).unwrap_or(&Value::Null);
        let understood = match kind {
            "photo" => self.file(thing, |it| files::photo(it, spot)),
            "doc" => self.file(thing, |it| files::document(it, spot)),
            "audio" => self.file(thing, |it| files::audio(it, spot)),
            "audio_message" => self.file(thing, |it| files::voice(it, spot)),
            "graffiti" => self.file(thing, |it| files::graffiti(it, spot)),
            "sticker" => self.file(thing, files::sticker),
            "video" | "video_message" => self.file(thing, files::video),
            "gift" => self.file(thing, files::gift) && self.card(thing, |_: Value| Some(cards::gift())),
            "wall" => self.card(thing, |it| Some(cards::post(&it, names))),
            "wall_reply" => self.card(thing, |it| Some(cards::comment(&it, names))),
            "market" => self.card(thing, cards::goods),
            "market_album" => self.card(thing, cards::goods_album),
            "link" => self.card(thing, cards::link),
            "story" => self.card(thing, |it| Some(cards::story(&it, names))),
            "call" => self.card(thing, |it| Some(cards::call(&it))),
            "poll" => self.extra(thing, cards::poll),
            _ => false,
        };
        if !understood {
            self.extras.push(Extra::Unsupported { what: kind.to_owned() });
            self.odd = true;
        }
    }

    fn file<T: DeserializeOwned>(&mut self, thing: &Value, convert: impl FnOnce(T) -> Option<RemoteFile>) -> bool {
        let file = T::deserialize(thing).ok().and_then(convert);
        file.map(|file| self.files.push(file)).is_some()
    }

    fn card<T: DeserializeOwned>(&mut self, thing: &Value, convert: impl FnOnce(T) -> Option<Card>) -> bool {
        self.extra(thing, |it| convert(it).map(Extra::Card))
    }

    fn extra<T: DeserializeOwned>(&mut self, thing: &Value, convert: impl FnOnce(T) -> Option<Extra>) -> bool {
        let extra = T::deserialize(thing).ok().and_then(convert);
        extra.map(|extra| self.extras.push(extra)).is_some()
    }
}

/// The files among these attachments: name and address of each.
pub(super) fn addresses(attachments: &[Value], spot: Spot) -> Vec<(String, String)> {
    let mut body = Body::default();
    for attachment in attachments {
        body.attach(attachment, spot, &Names::default());
    }
    let address = |file: RemoteFile| Some((file.key?, file.fetch.get("url")?.as_str()?.to_owned()));
    body.files
        .into_iter()
        .filter_map(address)
        .filter(|(_, url)| !url.is_empty())
        .collect()
}

/// The word that keeps an attachment in an edited message: VK takes off what an edit does not name.
pub(super) fn name_to_keep(attachment: &Value) -> Option<String> {
    let kind = attachment.get("type")?.as_str()?;
    // Previews and stickers are kept by `keep_snippets`, or can't be edited at all.
    let attachable = matches!(
        kind,
        "photo" | "video" | "audio" | "doc" | "wall" | "market" | "poll" | "story"
    );
    let thing = attachment.get(kind).filter(|_| attachable)?;
    let id = Id::deserialize(thing).ok()?;
    let name = thing_name(kind, id.owner_id, id.id);
    let key = thing
        .get("access_key")
        .and_then(Value::as_str)
        .map(|key| format!("_{key}"));
    Some(name + &key.unwrap_or_default())
}

/// `photo-1_2`: the name by which VK knows a thing.
pub(super) fn thing_name(kind: &str, owner_id: i64, id: i64) -> String {
    format!("{kind}{owner_id}_{id}")
}

/// Owner and number, which nearly everything has.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Id {
    pub(super) owner_id: i64,
    pub(super) id: i64,
}
