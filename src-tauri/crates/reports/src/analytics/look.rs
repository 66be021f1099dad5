//! A look at the figures of a period, beside the period before it.

use std::collections::BTreeMap;

use domain::{AccountId, At};
use jiff::{civil::Date, tz::TimeZone};
use store::{
    Store, StoreError,
    reports::{
        counting,
        figures::{self, Cell, DayVolume, Days},
    },
};

use super::{
    scale::{Histogram, middle_ms},
    source_text,
};
use crate::{
    Period,
    period::{QUARTER_MS, begin_of, day_number, local},
};

/// Whose figures, of when.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The days.
    pub period: Period,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// Days are days of this zone.
    pub zone: TimeZone,
    /// Conversations that have waited since then have waited for long.
    pub late_since: At,
}

/// Everything that the page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// The period as a whole.
    pub totals: Totals,
    /// The period before it.
    pub before: Totals,
    /// Who waits now, whatever the period.
    pub waiting: Waiting,
    /// Day by day.
    pub days: Vec<DayFigures>,
    /// Channel by channel.
    pub accounts: Vec<AccountFigures>,
    /// Those of ours who answered.
    pub operators: Vec<OperatorFigures>,
    /// How long people waited.
    pub lengths: Vec<Length>,
    /// Messages of clients by day of the week (Monday first) and hour.
    pub hours: Vec<[i64; 24]>,
    /// Where first-time clients came from.
    pub sources: Vec<SourceFigures>,
    /// Conversations that are not counted yet: the figures follow in a moment.
    pub behind: i64,
}

/// Sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Clients who wrote for the first time.
    pub firsts: i64,
    /// Messages of clients.
    pub incoming: i64,
    /// Messages of ours.
    pub outgoing: i64,
    /// Turns that began and called for an answer.
    pub asked: i64,
    /// Those of them that were answered.
    pub answered: i64,
    /// Times when no answer was needed, by the word of a person.
    pub dismissed: i64,
    /// Half of the answers came within, ms.
    pub median_ms: Option<i64>,
    /// Nine of ten answers came within, ms.
    pub p90_ms: Option<i64>,
}

/// Who waits now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Conversations.
    pub all: i64,
    /// Those that have waited for long.
    pub late: i64,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFigures {
    /// Which.
    pub day: Date,
    /// Its sums.
    pub totals: Totals,
    /// Clients who wrote for the first time, by account; 0: deleted ones.
    pub firsts: Vec<(AccountId, i64)>,
}

/// A channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFigures {
    /// Which; 0: deleted ones.
    pub account_id: AccountId,
    /// Clients who wrote for the first time.
    pub firsts: i64,
    /// The same in the period before.
    pub firsts_before: i64,
    /// Messages of clients.
    pub incoming: i64,
    /// Messages of ours.
    pub outgoing: i64,
}

/// One of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorFigures {
    /// By the name in the messages; empty: not known.
    pub name: String,
    /// Different conversations in which they answered.
    pub conversations: i64,
    /// Turns that were theirs: answered by them, or waiting where they answered last.
    pub asked: i64,
    /// Those of them that were answered.
    pub answered: i64,
    /// Half of the answers came within, ms.
    pub median_ms: Option<i64>,
    /// Nine of ten answers came within, ms.
    pub p90_ms: Option<i64>,
}

/// How many waited how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// At most so many minutes, more than the one before; `None`: longer than all.
    pub minutes: Option<i64>,
    /// Answered turns.
    pub turns: i64,
}

/// A way to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFigures {
    /// As people see it; empty: not known.
    pub source: String,
    /// Clients who wrote for the first time.
    pub clients: i64,
    /// The same in the period before.
    pub clients_before: i64,
}

/// Limits that people think in, minutes.
const LENGTHS: [i64; 7] = [1, 5, 15, 30, 60, 240, 1440];

/// Reads the figures.
///
/// # Errors
/// What the database says.
pub async fn look(store: &Store, wanted: &Wanted) -> Result<Overview, StoreError> {
    let db = store.read();
    let (period, accounts) = (wanted.period, wanted.account_ids.as_slice());
    let before = period.before();
    let bounds = day_bounds(period, &wanted.zone);
    let bounds_before = [before.quarters(&wanted.zone)];
    let (days, days_before) = (numbers(period), numbers(before));
    let now = async {
        let volumes = figures::volumes(db, &bounds, accounts).await?;
        let cells = figures::cells(db, days, accounts).await?;
        Ok::<_, StoreError>((volumes, cells))
    };
    let then = async {
        let volumes = figures::volumes(db, &bounds_before, accounts).await?;
        let cells = figures::cells(db, days_before, accounts).await?;
        Ok::<_, StoreError>((volumes, cells))
    };
    let beside = async {
        let hours = figures::incoming_by_quarter(db, period.quarters(&wanted.zone), accounts).await?;
        let talks = figures::conversations_by_operator(db, days, accounts).await?;
        let names = figures::operators(db).await?;
        Ok::<_, StoreError>((hours, talks, names))
    };
    let others = async {
        let arrived = figures::sources(db, period.moments(&wanted.zone), accounts).await?;
        let arrived_before = figures::sources(db, before.moments(&wanted.zone), accounts).await?;
        let waiting = figures::waiting(db, wanted.late_since, accounts).await?;
        Ok::<_, StoreError>((arrived, arrived_before, waiting, counting::behind(db).await?))
    };
    let (
        (volumes, cells),
        (volumes_before, cells_before),
        (quarters, talks, names),
        (arrived, arrived_before, waiting, behind),
    ) = tokio::try_join!(now, then, beside, others)?;
    let (totals, earlier) = (
        totals(&volumes, &all(&cells)),
        totals(&volumes_before, &all(&cells_before)),
    );
    Ok(Overview {
        totals,
        before: earlier,
        waiting: Waiting {
            all: waiting.0,
            late: waiting.1,
        },
        days: by_day(period, &volumes, &cells),
        accounts: by_account(&volumes, &volumes_before),
        operators: by_operator(&cells, &talks, &names),
        lengths: lengths(&all(&cells)),
        hours: by_hour(&quarters, &wanted.zone),
        sources: by_source(&arrived, totals.firsts, &arrived_before, earlier.firsts),
        behind,
    })
}

fn numbers(period: Period) -> Days {
    (day_number(period.first), day_number(period.last))
}

fn day_bounds(period: Period, zone: &TimeZone) -> Vec<(i64, i64)> {
    let begins: Vec<i64> = period
        .days()
        .map(|day| begin_of(day, zone).0)
        .chain([period.moments(zone).1.0])
        .map(|at| at.div_euclid(QUARTER_MS))
        .collect();
    begins.iter().copied().zip(begins.iter().copied().skip(1)).collect()
}

fn all(cells: &[Cell]) -> Histogram {
    let mut histogram = Histogram::default();
    cells.iter().for_each(|cell| histogram.add(cell.bucket, cell.turns));
    histogram
}

fn totals<'a>(volumes: impl IntoIterator<Item = &'a DayVolume>, waits: &Histogram) -> Totals {
    let mut totals = Totals {
        asked: waits.answered() + waits.waiting(),
        answered: waits.answered(),
        dismissed: waits.dismissed(),
        median_ms: waits.percentile(50),
        p90_ms: waits.percentile(90),
        ..Totals::default()
    };
    for volume in volumes {
        totals.firsts += volume.firsts;
        totals.incoming += volume.incoming;
        totals.outgoing += volume.outgoing;
    }
    totals
}

fn by_day(period: Period, volumes: &[DayVolume], cells: &[Cell]) -> Vec<DayFigures> {
    let mut written: BTreeMap<i64, Vec<&DayVolume>> = BTreeMap::new();
    volumes
        .iter()
        .for_each(|volume| written.entry(volume.day).or_default().push(volume));
    let mut waits: BTreeMap<i64, Histogram> = BTreeMap::new();
    cells
        .iter()
        .for_each(|cell| waits.entry(cell.day).or_default().add(cell.bucket, cell.turns));
    let nothing = Histogram::default();
    (0..)
        .zip(period.days())
        .map(|(at, day)| {
            let written = written.get(&at).map_or(&[][..], Vec::as_slice);
            let firsts = written.iter().filter(|volume| volume.firsts != 0);
            DayFigures {
                day,
                totals: totals(written.iter().copied(), waits.get(&day_number(day)).unwrap_or(&nothing)),
                firsts: firsts.map(|volume| (volume.account_id, volume.firsts)).collect(),
            }
        })
        .collect()
}

fn by_account(volumes: &[DayVolume], before: &[DayVolume]) -> Vec<AccountFigures> {
    let mut accounts: BTreeMap<AccountId, AccountFigures> = BTreeMap::new();
    let empty = |account_id| AccountFigures {
        account_id,
        firsts: 0,
        firsts_before: 0,
        incoming: 0,
        outgoing: 0,
    };
    for volume in volumes {
        let account = accounts
            .entry(volume.account_id)
            .or_insert_with(|| empty(volume.account_id));
        account.firsts += volume.firsts;
        account.incoming += volume.incoming;
        account.outgoing += volume.outgoing;
    }
    for volume in before {
        accounts
            .entry(volume.account_id)
            .or_insert_with(|| empty(volume.account_id))
            .firsts_before += volume.firsts;
    }
    accounts.into_values().collect()
}

fn by_operator(cells: &[Cell], talks: &[(i64, i64)], names: &[(i64, String)]) -> Vec<OperatorFigures> {
    let mut waits: BTreeMap<i64, Histogram> = BTreeMap::new();
    cells
        .iter()
        .for_each(|cell| waits.entry(cell.operator_id).or_default().add(cell.bucket, cell.turns));
    let names: BTreeMap<i64, &str> = names.iter().map(|(id, name)| (*id, name.as_str())).collect();
    let talks: BTreeMap<i64, i64> = talks.iter().copied().collect();
    let mut operators: Vec<OperatorFigures> = waits
        .iter()
        .map(|(id, waits)| OperatorFigures {
            name: names.get(id).copied().unwrap_or_default().to_owned(),
            conversations: talks.get(id).copied().unwrap_or(0),
            asked: waits.answered() + waits.waiting(),
            answered: waits.answered(),
            median_ms: waits.percentile(50),
            p90_ms: waits.percentile(90),
        })
        .filter(|operator| operator.asked > 0)
        .collect();
    operators.sort_by(|one, other| (other.conversations, &one.name).cmp(&(one.conversations, &other.name)));
    operators
}

fn lengths(waits: &Histogram) -> Vec<Length> {
    let limits = LENGTHS.map(|minutes| Length {
        minutes: Some(minutes),
        turns: 0,
    });
    let mut lengths: Vec<Length> = limits
        .into_iter()
        .chain([Length {
            minutes: None,
            turns: 0,
        }])
        .collect();
    for (bucket, turns) in waits.lengths() {
        let waited = middle_ms(bucket);
        let fits = |length: &&mut Length| length.minutes.is_none_or(|minutes| waited <= minutes * 60_000);
        if let Some(length) = lengths.iter_mut().find(fits) {
            length.turns += turns;
        }
    }
    lengths
}

fn by_hour(quarters: &[(i64, i64)], zone: &TimeZone) -> Vec<[i64; 24]> {
    let mut week = vec![[0; 24]; 7];
    for (quarter, incoming) in quarters {
        let at = local(At(quarter.saturating_mul(QUARTER_MS)), zone);
        let (day, hour) = (
            usize::try_from(at.weekday().to_monday_zero_offset()),
            usize::try_from(at.hour()),
        );
        let place = day
            .ok()
            .zip(hour.ok())
            .and_then(|(day, hour)| week.get_mut(day)?.get_mut(hour));
        if let Some(place) = place {
            *place += incoming;
        }
    }
    week
}

/// Different notes of one way («post / 12», «post/12») are one line; who told nothing comes last.
fn by_source(now: &[(String, i64)], firsts: i64, then: &[(String, i64)], firsts_before: i64) -> Vec<SourceFigures> {
    let mut ways: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    now.iter()
        .for_each(|(json, clients)| ways.entry(source_text(json)).or_default().0 += clients);
    then.iter()
        .for_each(|(json, clients)| ways.entry(source_text(json)).or_default().1 += clients);
    ways.remove("");
    let known = ways.values().fold((0, 0), |sum, way| (sum.0 + way.0, sum.1 + way.1));
    let mut sources: Vec<SourceFigures> = ways
        .into_iter()
        .map(|(source, (clients, clients_before))| SourceFigures {
            source,
            clients,
            clients_before,
        })
        .collect();
    sources.sort_by(|one, other| (other.clients, &one.source).cmp(&(one.clients, &other.source)));
    let unknown = (firsts - known.0, firsts_before - known.1);
    if unknown != (0, 0) {
        sources.push(SourceFigures {
            source: String::new(),
            clients: unknown.0,
            clients_before: unknown.1,
        });
    }
    sources
}
