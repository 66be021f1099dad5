//! Cards of a CRM: what stands in them, in which column, who is responsible.

use crate::ids::ManagerId;
use crate::media::Media;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Kind of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// Somebody who may buy.
    Lead,
    /// A sale under way, where the CRM tells it from a lead.
    Deal,
    /// A person.
    Contact,
    /// A firm.
    Company,
}

impl CardKind {
    fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Deal => "deal",
            Self::Contact => "contact",
            Self::Company => "company",
        }
    }
}

/// A card by kind and the vendor's number: `lead-17`. Unsorted things have a text instead of a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct CardId(pub String);

impl CardId {
    /// `lead-17`
    pub fn of(kind: CardKind, id: impl fmt::Display) -> Self {
        Self(format!("{}-{id}", kind.word()))
    }

    /// What kind of card it names.
    pub fn kind(&self) -> Option<CardKind> {
        use CardKind::{Company, Contact, Deal, Lead};
        let (word, _) = self.0.split_once('-')?;
        [Lead, Deal, Contact, Company]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    /// The vendor's number of it.
    pub fn number(&self) -> Option<i64> {
        self.0.split_once('-')?.1.parse().ok()
    }
}

/// Somebody who works in the CRM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Employee {
    /// The vendor's id.
    pub id: ManagerId,
    /// First and last name.
    pub name: String,
    /// May change settings and connect programs.
    pub administrator: bool,
}

/// A column of the sales board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Stage {
    /// The vendor's id, unique within the board.
    pub id: String,
    /// The board it is on.
    pub pipeline: String,
    /// What kind of cards stand there.
    pub of: CardKind,
    /// Title of the column.
    pub name: String,
    /// Cards here are done with: won, or lost.
    pub closes: Option<Closing>,
}

/// How a sale ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Bought.
    Won,
    /// Not bought.
    Lost,
}

/// A card as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Card {
    /// Which.
    pub id: CardId,
    /// What it is.
    pub kind: CardKind,
    /// Its name.
    pub title: String,
    /// The column it stands in, by [`Stage::id`]; contacts stand in none.
    pub stage: Option<String>,
    /// The board of that column.
    pub pipeline: Option<String>,
    /// How it ended.
    pub closed: Option<Closing>,
    /// Waits to be accepted: not a real card yet.
    pub unsorted: bool,
    /// Who is responsible.
    pub responsible: Option<ManagerId>,
    /// Words hung on it.
    pub tags: Vec<String>,
    /// Filled fields.
    pub fields: Vec<Field>,
    /// Cards that belong to it.
    pub linked: Vec<CardId>,
    /// Its feed, oldest first.
    pub notes: Vec<Note>,
    /// What is to be done about it.
    pub tasks: Vec<Task>,
}

/// A filled field of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Field {
    /// The vendor's id.
    pub id: String,
    /// Its title.
    pub name: String,
    /// What stands in it; several values are possible.
    pub values: Vec<String>,
}

/// One entry of the feed of a card, chat messages apart.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// The vendor's word for its kind.
    pub kind: String,
    /// Its words.
    pub text: String,
    /// The files of it.
    pub files: Vec<Media>,
    /// Who wrote it; none is a program.
    pub by: Option<ManagerId>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct NoteId(pub String);

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Task {
    /// The vendor's id.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// By whom.
    pub responsible: Option<ManagerId>,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub due: Timestamp,
    /// Done.
    pub done: bool,
}
