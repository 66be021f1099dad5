//! What was ordered: stored with the job, so that a restart makes the same file.

use domain::{AccountId, ContactId, Direction, Tick};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::reports::rows::Selection;

use super::{COLUMNS, Column, Head};
use crate::{Period, PeriodError, Words, analytics::Table};

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A spreadsheet.
    Xlsx,
    /// Values with separators, for anything.
    Csv,
    /// A JSON object per line, for programs.
    Jsonl,
    /// A page per conversation with its media, in one archive.
    Html,
}

impl Format {
    /// All of them, the usual one first.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::Jsonl, Self::Html];

    /// Its name in orders.
    pub fn key(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Html => "html",
        }
    }

    /// The one with that name.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// How names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "zip",
            format => format.key(),
        }
    }
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Of what.
    pub what: What,
    /// Both days included, in `zone`.
    pub period: Period,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// As what.
    pub format: Format,
    /// Language of its words.
    pub language: String,
    /// Zone of its moments, an IANA name.
    pub zone: String,
}

/// What is in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Messages.
    Messages(MessagesWish),
    /// A table of the analytics.
    Table(TableWish),
}

/// Which messages, and what of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagesWish {
    /// Only with that person.
    pub contact_id: Option<ContactId>,
    /// Only theirs or ours.
    pub direction: Option<Direction>,
    /// Only ours that came so far; empty: any.
    pub statuses: Vec<Tick>,
    /// Only in conversations with this tag.
    pub tag: Option<String>,
    /// Keys of columns; empty: the usual ones.
    pub columns: Vec<String>,
}

/// Which table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableWish {
    /// Which.
    pub table: Table,
}

/// Why an order makes no file; the field to correct.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WishError {
    /// The days.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// There is no such column.
    #[error("no column {0}")]
    NoColumn(String),
    /// This kind of file is not made of figures.
    #[error("figures make no such file")]
    NoSuchFile,
}

impl Wish {
    /// The zone; UTC when this system knows the name no more.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// Its words.
    pub fn words(&self) -> Words {
        Words::of(&self.language)
    }

    /// Whether it can be made at all.
    ///
    /// # Errors
    /// [`WishError`].
    pub fn check(&self) -> Result<(), WishError> {
        match &self.what {
            What::Messages(wish) => match wish.columns.iter().find(|key| column(key).is_none()) {
                Some(key) => Err(WishError::NoColumn(key.clone())),
                None => Ok(()),
            },
            What::Table(_) if self.format == Format::Html => Err(WishError::NoSuchFile),
            What::Table(_) => Ok(()),
        }
    }

    /// The chosen columns of messages, in the order of files.
    pub fn columns(&self) -> Vec<&'static Column> {
        let chosen: &[String] = match &self.what {
            What::Messages(wish) => &wish.columns,
            What::Table(_) => &[],
        };
        let is_chosen = |column: &&Column| {
            if chosen.is_empty() {
                column.usual
            } else {
                chosen.iter().any(|key| key == column.key)
            }
        };
        COLUMNS.iter().filter(is_chosen).collect()
    }

    pub(super) fn heads(&self, words: &Words) -> Vec<Head> {
        let head = |column: &Column| Head {
            key: column.key.to_owned(),
            title: words.get(&format!("column.{}", column.key)).to_owned(),
            width: column.width,
        };
        self.columns().into_iter().map(head).collect()
    }

    /// Which messages the store is asked for.
    pub fn selection(&self) -> Selection {
        let (from, to) = self.period.moments(&self.time_zone());
        let everything = Selection {
            account_ids: self.account_ids.clone(),
            from,
            to,
            ..Selection::default()
        };
        let What::Messages(wish) = &self.what else {
            return everything;
        };
        let columns = self.columns();
        let has = |keys: &[&str]| columns.iter().any(|column| keys.contains(&column.key));
        Selection {
            contact_id: wish.contact_id,
            direction: wish.direction,
            ticks: wish.statuses.clone(),
            tag: wish.tag.clone(),
            with_person: has(&["phone", "username", "source"]),
            with_tags: has(&["tags"]),
            ..everything
        }
    }

    /// «Беседка_мебель_2026-11-01_2026-11-21.xlsx»; `channel`: the only account's name.
    pub fn file_name(&self, channel: Option<&str>) -> String {
        let words = self.words();
        let of = match (&self.what, self.account_ids.len(), channel) {
            (What::Table(wish), ..) => words.get(&format!("table.{}", wish.table.key())).to_owned(),
            (_, 0, _) => words.get("file.all").to_owned(),
            (_, 1, Some(name)) => name.to_owned(),
            _ => words.get("file.several").to_owned(),
        };
        let Period { first, last } = self.period;
        let (prefix, ending) = (words.get("file.prefix"), self.format.ending());
        let name = format!("{prefix}_{of}_{first}_{last}.{ending}").replace(char::is_whitespace, "_");
        // The name of a channel may hold anything, a path among it.
        domain::text::file_name(&name.replace(['/', '\\'], "_"))
    }
}

fn column(key: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.key == key)
}
