use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a message says, without its files.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct Content {
    /// Plain text; empty when there is none.
    pub text: String,
    /// Marked stretches of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// What is neither text nor file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
}

impl Content {
    /// Only text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Only something that is neither text nor file.
    pub fn of(extra: Extra) -> Self {
        Self {
            extras: vec![extra],
            ..Self::default()
        }
    }
}

/// A marked stretch of a text. Offsets and lengths count UTF-16 units, as both the networks and the UI do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Entity {
    /// Where it begins, in UTF-16 units.
    pub offset: u32,
    /// How long it is, in UTF-16 units.
    pub length: u32,
    /// What it is.
    #[serde(flatten)]
    pub kind: EntityKind,
}

/// What a marked stretch is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntityKind {
    /// Heavy.
    Bold,
    /// Slanted.
    Italic,
    /// With a line under it.
    Underline,
    /// With a line through it.
    Strike,
    /// Hidden until clicked.
    Spoiler,
    /// Fixed width.
    Code,
    /// A quotation inside the text.
    Quote,
    /// Text that leads somewhere else than it says.
    Link {
        /// Where to; checked by the UI before it becomes clickable.
        url: String,
    },
    /// A person's name.
    Mention,
}

/// What is neither text nor file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Extra {
    /// A place.
    Location {
        /// Degrees, north positive.
        lat: f64,
        /// Degrees, east positive.
        lon: f64,
        /// Name of the place, when it has one.
        title: Option<String>,
        /// Its address, when known.
        address: Option<String>,
    },
    /// A contact card.
    Contact {
        /// As the sender's address book has it.
        name: String,
        /// In international form where the network gives one.
        phone: Option<String>,
    },
    /// A poll, shown as it was asked.
    Poll {
        /// The question.
        question: String,
        /// The answers to choose from.
        options: Vec<String>,
    },
    /// A post, an item for sale, a link with its preview, a gift, a story.
    Card(Card),
    /// Messages of somebody else, passed on inside this one.
    Forwarded {
        /// Whose they were.
        author: String,
        /// What they said.
        text: String,
    },
    /// A throw of dice and the like.
    Dice {
        /// What was thrown.
        emoji: String,
        /// What came up.
        value: i32,
    },
    /// A thing this version can't show; the raw form is kept with the message.
    Unsupported {
        /// The network's own word for it.
        what: String,
    },
}

/// A thing with a title that lives elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Card {
    /// The network's word: `wall`, `market`, `link`, `story`, `gift`, `video` …; picks the icon.
    pub what: String,
    /// First line.
    pub title: String,
    /// Second line.
    pub text: Option<String>,
    /// Where it lives.
    pub url: Option<String>,
    /// As the network prints it, currency included.
    pub price: Option<String>,
}
