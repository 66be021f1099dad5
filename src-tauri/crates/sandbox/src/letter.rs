//! What people write: text, files and other parts, in words of no particular network.

use crate::ids::MessageId;
use crate::media::Media;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Text with marks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Text {
    /// The plain text.
    pub text: String,
    /// Marked stretches, in characters (not bytes, not UTF-16 units).
    pub marks: Vec<Mark>,
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            marks: Vec::new(),
        }
    }
}

/// One marked stretch of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Mark {
    /// First character.
    pub from: usize,
    /// How many characters.
    pub length: usize,
    /// What the mark does.
    #[serde(flatten)]
    pub style: Style,
}

/// What a mark does to its stretch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "style", rename_all = "snake_case")]
pub enum Style {
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Struck through.
    Strike,
    /// Monospace.
    Code,
    /// Hidden until tapped.
    Spoiler,
    /// Words that lead to an address.
    Link {
        /// Where to.
        url: String,
    },
}

/// How a file is meant to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A picture shown in the thread.
    Photo,
    /// Any file, offered for saving.
    Document,
    /// A film with controls.
    Video,
    /// A silent loop (GIF).
    Animation,
    /// Music.
    Audio,
    /// A recorded voice message.
    Voice,
    /// A round film.
    VideoNote,
    /// A sticker.
    Sticker,
    /// A drawing by hand (graffiti).
    Drawing,
}

/// A thing that a network's own pages hold and people pass on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharedKind {
    /// A web page.
    Link,
    /// A post of a wall or channel.
    Post,
    /// Goods from the business's shop window.
    Goods,
    /// A story, answered or passed on.
    Story,
    /// A gift.
    Gift,
}

/// One part of a message beside its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A file.
    File {
        /// How it is shown.
        shown_as: FileKind,
        /// The file itself.
        file: Media,
    },
    /// A point on the map.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
    },
    /// A named place.
    Venue {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// Name of the place.
        title: String,
        /// Street and house.
        address: String,
    },
    /// A card from the address book.
    Contact {
        /// Phone with country code.
        phone: String,
        /// First name.
        first_name: String,
        /// Last name, may be empty.
        #[serde(default)]
        last_name: String,
        /// It is the writer's own card: proof of the number.
        #[serde(default)]
        own: bool,
    },
    /// A question with answers to choose from.
    Poll {
        /// The question.
        question: String,
        /// The answers.
        options: Vec<String>,
    },
    /// A rolled die (or dart, ball…).
    Dice {
        /// Which one, 🎲 by default.
        emoji: String,
        /// What fell.
        value: u8,
    },
    /// Something from the network's own pages.
    Shared {
        /// What it is.
        what: SharedKind,
        /// Its title.
        title: String,
        /// Its address.
        url: String,
    },
}

/// One message on its way: text, parts, what it answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Letter {
    /// The text, or the caption of the parts.
    #[serde(flatten)]
    pub text: Text,
    /// Files and other parts. Networks that carry one part a message make an album of several files.
    pub parts: Vec<Part>,
    /// The message of the same chat that this one answers.
    pub reply_to: Option<MessageId>,
    /// The words of that message that are quoted; they must stand in it.
    pub quote: Option<String>,
    /// Passed on: somebody else of this name wrote it.
    pub forwarded_from: Option<String>,
    /// Where the person came from: mark of the link that led to the first message.
    pub source: Option<String>,
}

impl Letter {
    /// A letter of plain text.
    pub fn saying(text: &str) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A letter of one file without a caption.
    pub fn file(shown_as: FileKind, file: Media) -> Self {
        Self {
            parts: vec![Part::File { shown_as, file }],
            ..Self::default()
        }
    }

    /// The same letter with these words (its caption, when there are parts).
    #[must_use]
    pub fn captioned(mut self, text: &str) -> Self {
        self.text = text.into();
        self
    }

    /// The same letter with one more part.
    #[must_use]
    pub fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// The same letter as an answer to `message`.
    #[must_use]
    pub fn answering(mut self, message: &MessageId) -> Self {
        self.reply_to = Some(message.clone());
        self
    }
}
