//! Messages as the network keeps them.

use crate::letter::{FileKind, Part};
use crate::telegram_bot::state::file::FileId;
use crate::telegram_bot::text::Formatted;
use serde_json::{Map, Value};

/// Who wrote or reacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Author {
    /// The bot.
    Bot,
    /// A person.
    User(i64),
    /// The channel itself.
    Channel,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Text(Formatted),
    Media(MediaBody),
    /// Location, venue, contact, poll, dice. `extra` goes into the part's object on the wire.
    Part {
        part: Part,
        extra: Map<String, Value>,
    },
    /// Somebody's story, passed on.
    Story {
        title: String,
    },
    Joined(Vec<i64>),
    Left(i64),
    Titled(String),
    /// A message of the same chat.
    Pinned(i64),
    MigratedTo(i64),
    MigratedFrom(i64),
}

/// A file with a caption.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MediaBody {
    pub(crate) kind: FileKind,
    pub(crate) file: FileId,
    pub(crate) caption: Formatted,
    pub(crate) caption_above: bool,
    pub(crate) spoiler: bool,
    /// Title and performer of music, emoji of a sticker.
    pub(crate) extra: Map<String, Value>,
}

/// What a message answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) chat: i64,
    pub(crate) message: i64,
    pub(crate) quote: Option<Quote>,
}

/// The words that are quoted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Quote {
    pub(crate) text: Formatted,
    /// UTF-16 units from the start of the original.
    pub(crate) position: usize,
}

/// Who wrote a forwarded message at first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Origin {
    Author { author: Author, chat: i64, at: i64 },
    Hidden { name: String, at: i64 },
}

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: i64,
    pub(crate) chat: i64,
    pub(crate) author: Author,
    /// Unix seconds.
    pub(crate) at: i64,
    pub(crate) edited_at: Option<i64>,
    pub(crate) body: Body,
    pub(crate) reply: Option<Reply>,
    pub(crate) album: Option<String>,
    pub(crate) origin: Option<Origin>,
    pub(crate) markup: Option<Value>,
    pub(crate) preview: Option<Value>,
    pub(crate) reactions: Vec<(Author, Value)>,
}

impl Message {
    /// The text or the caption.
    pub(crate) fn words(&self) -> Option<&Formatted> {
        match &self.body {
            Body::Text(text) => Some(text),
            Body::Media(media) => Some(&media.caption),
            _ => None,
        }
    }

    /// Keyboards of replies live at the composer, only inline ones stay with the message on the wire.
    pub(crate) fn inline_markup(&self) -> Option<&Value> {
        self.markup
            .as_ref()
            .filter(|markup| markup.get("inline_keyboard").is_some())
    }
}
