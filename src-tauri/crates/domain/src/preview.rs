use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AttachmentKind, Content, Extra};

/// How many characters of a text a row of the list can ever show.
const PREVIEW_CHARS: usize = 160;

/// The one line by which a list tells a message: an icon's worth of kind and some text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preview {
    /// What stands in front of the text.
    pub kind: PreviewKind,
    /// The beginning of the text, on one line; may be empty.
    pub text: String,
}

/// What a message mostly is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewKind {
    /// Text alone.
    Text,
    /// A picture.
    Image,
    /// A film, round or not.
    Video,
    /// A moving picture.
    Animation,
    /// Music.
    Audio,
    /// A voice message.
    Voice,
    /// A file; the text is its name when nothing was written.
    Document,
    /// A sticker.
    Sticker,
    /// A place.
    Location,
    /// A contact card.
    Contact,
    /// A poll.
    Poll,
    /// A post, an item, a link.
    Card,
    /// Somebody else's message passed on.
    Forwarded,
    /// A thing this version can't show.
    Unsupported,
}

impl Preview {
    /// The preview of a message; `files` are the kind and the name of each of its files.
    pub fn of(content: &Content, files: &[(AttachmentKind, Option<&str>)]) -> Self {
        let (kind, fallback) = match (files.first(), content.extras.first()) {
            (Some((kind, name)), _) => (kind.into(), name.unwrap_or_default()),
            (None, Some(extra)) => extra_preview(extra),
            (None, None) => (PreviewKind::Text, ""),
        };
        let text = if content.text.trim().is_empty() {
            fallback
        } else {
            &content.text
        };
        Self {
            kind,
            text: one_line(text),
        }
    }
}

impl From<&AttachmentKind> for PreviewKind {
    fn from(kind: &AttachmentKind) -> Self {
        match kind {
            AttachmentKind::Image => Self::Image,
            AttachmentKind::Video | AttachmentKind::VideoNote => Self::Video,
            AttachmentKind::Animation => Self::Animation,
            AttachmentKind::Audio => Self::Audio,
            AttachmentKind::Voice => Self::Voice,
            AttachmentKind::Document => Self::Document,
            AttachmentKind::Sticker => Self::Sticker,
        }
    }
}

fn extra_preview(extra: &Extra) -> (PreviewKind, &str) {
    match extra {
        Extra::Location { title, .. } => (PreviewKind::Location, title.as_deref().unwrap_or_default()),
        Extra::Contact { name, .. } => (PreviewKind::Contact, name),
        Extra::Poll { question, .. } => (PreviewKind::Poll, question),
        Extra::Card(card) => (PreviewKind::Card, &card.title),
        Extra::Forwarded { text, .. } => (PreviewKind::Forwarded, text),
        Extra::Dice { emoji, .. } => (PreviewKind::Text, emoji),
        Extra::Unsupported { .. } => (PreviewKind::Unsupported, ""),
    }
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(PREVIEW_CHARS);
    for word in text.split_whitespace() {
        if line.chars().count() >= PREVIEW_CHARS {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.chars().take(PREVIEW_CHARS).collect()
}
