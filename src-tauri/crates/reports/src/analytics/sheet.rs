//! Each table of the page as a sheet: the same figures, for those who go on counting.

use std::collections::BTreeMap;

use domain::{AccountId, At};
use serde::{Deserialize, Serialize};
use store::{Store, StoreError};

use super::{Overview, Wanted, look};
use crate::{
    Words,
    export::{Cell, Head, Wish},
};

/// The tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Day by day.
    Days,
    /// Channel by channel.
    Channels,
    /// Those of ours who answered.
    Operators,
    /// How long people waited.
    Answers,
    /// Messages by day of the week and hour.
    Hours,
    /// Where first-time clients came from.
    Sources,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Days,
        Self::Channels,
        Self::Operators,
        Self::Answers,
        Self::Hours,
        Self::Sources,
    ];

    /// Its name in orders; its title is the word `table.<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Channels => "channels",
            Self::Operators => "operators",
            Self::Answers => "answers",
            Self::Hours => "hours",
            Self::Sources => "sources",
        }
    }

    /// The one with that name.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.key() == key)
    }

    /// Keys of its columns; their headers are the words `head.<key>`.
    pub fn heads(self) -> &'static [&'static str] {
        match self {
            Self::Days => &[
                "day",
                "firsts",
                "incoming",
                "outgoing",
                "asked",
                "answered",
                "answered_percent",
                "median",
                "p90",
            ],
            Self::Channels => &["channel", "firsts", "firsts_before", "incoming", "outgoing"],
            Self::Operators => &[
                "operator",
                "conversations",
                "asked",
                "answered",
                "answered_percent",
                "median",
                "p90",
            ],
            Self::Answers => &["waited", "answered", "share"],
            Self::Hours => &["weekday", "hour", "incoming"],
            Self::Sources => &["source", "clients", "clients_before"],
        }
    }
}

/// A table with its words.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name of the sheet.
    pub title: String,
    /// Its columns.
    pub heads: Vec<Head>,
    /// Its rows.
    pub rows: Vec<Vec<Cell<'static>>>,
}

/// A table of the figures, for a file.
///
/// # Errors
/// What the database says.
pub async fn table(store: &Store, wish: &Wish, table: Table) -> Result<Sheet, StoreError> {
    let wanted = Wanted {
        period: wish.period,
        account_ids: wish.account_ids.clone(),
        zone: wish.time_zone(),
        late_since: At(0),
    };
    let overview = look(store, &wanted).await?;
    let names: BTreeMap<AccountId, String> = store::accounts::list(store.read())
        .await?
        .into_iter()
        .map(|account| (account.id, account.name))
        .collect();
    let words = wish.words();
    let head = |key: &&str| Head {
        key: (*key).to_owned(),
        title: words.get(&format!("head.{key}")).to_owned(),
        width: if ["channel", "operator", "source", "waited"].contains(key) {
            30.0
        } else {
            18.0
        },
    };
    Ok(Sheet {
        title: words.get(&format!("table.{}", table.key())).to_owned(),
        heads: table.heads().iter().map(head).collect(),
        rows: rows(table, &overview, &names, &words),
    })
}

type Row = Vec<Cell<'static>>;

fn rows(table: Table, overview: &Overview, names: &BTreeMap<AccountId, String>, words: &Words) -> Vec<Row> {
    let named = |name: &str, otherwise: &str| {
        let name = if name.is_empty() { words.get(otherwise) } else { name };
        Cell::text(name.to_owned())
    };
    match table {
        Table::Days => days(overview),
        Table::Channels => overview
            .accounts
            .iter()
            .map(|account| {
                let name = names.get(&account.account_id).map_or("", String::as_str);
                let counts = [
                    account.firsts,
                    account.firsts_before,
                    account.incoming,
                    account.outgoing,
                ];
                [named(name, "channel.gone")]
                    .into_iter()
                    .chain(counts.map(Cell::count))
                    .collect()
            })
            .collect(),
        Table::Operators => overview
            .operators
            .iter()
            .map(|operator| {
                vec![
                    named(&operator.name, "operator.unknown"),
                    Cell::count(operator.conversations),
                    Cell::count(operator.asked),
                    Cell::count(operator.answered),
                    percent(operator.answered, operator.asked),
                    minutes(operator.median_ms),
                    minutes(operator.p90_ms),
                ]
            })
            .collect(),
        Table::Answers => lengths(overview, words),
        Table::Hours => hours(overview, words),
        Table::Sources => overview
            .sources
            .iter()
            .map(|way| {
                let name = named(&way.source, "source.unknown");
                vec![name, Cell::count(way.clients), Cell::count(way.clients_before)]
            })
            .collect(),
    }
}

fn days(overview: &Overview) -> Vec<Row> {
    let row = |day: &super::DayFigures| {
        let totals = &day.totals;
        let counts = [
            totals.firsts,
            totals.incoming,
            totals.outgoing,
            totals.asked,
            totals.answered,
        ];
        let rest = [
            percent(totals.answered, totals.asked),
            minutes(totals.median_ms),
            minutes(totals.p90_ms),
        ];
        [Cell::Moment(day.day.at(0, 0, 0, 0))]
            .into_iter()
            .chain(counts.map(Cell::count))
            .chain(rest)
            .collect()
    };
    overview.days.iter().map(row).collect()
}

fn lengths(overview: &Overview, words: &Words) -> Vec<Row> {
    let answered = overview.totals.answered;
    let row = |length: &super::Length| {
        let key = length
            .minutes
            .map_or("waited.longer".to_owned(), |minutes| format!("waited.{minutes}"));
        vec![
            Cell::text(words.get(&key).to_owned()),
            Cell::count(length.turns),
            percent(length.turns, answered),
        ]
    };
    overview.lengths.iter().map(row).collect()
}

fn hours(overview: &Overview, words: &Words) -> Vec<Row> {
    let mut rows = Vec::with_capacity(7 * 24);
    for (day, hours) in (1..).zip(&overview.hours) {
        let weekday = words.get(&format!("weekday.{day}")).to_owned();
        for (hour, incoming) in (0..).zip(hours) {
            rows.push(vec![
                Cell::text(weekday.clone()),
                Cell::count(hour),
                Cell::count(*incoming),
            ]);
        }
    }
    rows
}

/// A share with one digit after the point; nothing of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of messages fit into a float")]
fn percent(part: i64, of: i64) -> Cell<'static> {
    if of == 0 {
        Cell::Empty
    } else {
        Cell::Number((part as f64 / of as f64 * 1000.0).round() / 10.0)
    }
}

/// Minutes with one digit after the point.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a wait fit into a float")]
fn minutes(ms: Option<i64>) -> Cell<'static> {
    ms.map_or(Cell::Empty, |ms| Cell::Number((ms as f64 / 6000.0).round() / 10.0))
}
