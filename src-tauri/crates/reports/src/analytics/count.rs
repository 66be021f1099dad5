//! The stage that keeps the figures true: takes conversations whose messages have changed, and tells their turns anew
//! from the turn before the change on. Each step is one transaction; killed anywhere, the next start continues.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::{
    Store, StoreError,
    reports::counting::{self, Counted, Spoken, TurnRow},
};

use super::{
    Hours,
    scale::{DISMISSED, WAITS, bucket},
    turns::{End, turns},
};
use crate::period::{day_number, local};

/// Conversations of one step: a dozen statements whatever their number; so many keep the writer for less than a frame.
const STEP: i64 = 100;
/// Where the store remembers what everything was counted by.
const COUNTED_BY: &str = "analytics.counted_by";

/// What turns are counted by: days are days of a zone, waiting is waiting in working hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// An IANA name.
    pub zone: String,
    /// Working hours.
    pub hours: Hours,
}

impl Basis {
    /// The zone; UTC when this system does not know the name.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }
}

/// One step. Returns how many conversations were counted; none: there was nothing to do.
///
/// # Errors
/// What the database says; the step is as if it had not been.
pub async fn count(store: &Store, basis: &Basis) -> Result<usize, StoreError> {
    let by: Option<Basis> = store::settings::get(store.read(), COUNTED_BY).await?;
    if by.as_ref() == Some(basis) && counting::behind(store.read()).await? == 0 {
        return Ok(0);
    }
    let mut tx = store.write().await?;
    if by.as_ref() != Some(basis) {
        // Nothing is counted yet, or by another zone or other hours.
        if by.is_some() {
            counting::begin_anew(&mut tx).await?;
        }
        store::settings::set(&mut tx, COUNTED_BY, basis).await?;
    }
    let waiting = counting::uncounted(&mut *tx, STEP).await?;
    let said = counting::spoken(&mut tx, &waiting).await?;
    let mut operators = counting::last_operators(&mut tx, &waiting).await?;
    let zone = basis.time_zone();
    let counted: Vec<Counted> = waiting
        .into_iter()
        .map(|of| {
            let said = said.get(&of.conversation_id).map_or(&[][..], Vec::as_slice);
            let operator = operators.remove(&of.conversation_id).unwrap_or_default();
            let turns = rows(said, operator, basis, &zone);
            Counted { of, turns }
        })
        .collect();
    counting::replace(&mut tx, &counted).await?;
    tx.commit().await?;
    Ok(counted.len())
}

fn rows(said: &[Spoken], operator: String, basis: &Basis, zone: &TimeZone) -> Vec<TurnRow> {
    let told = turns(said, operator).into_iter().map(|turn| {
        let asked = turn.asked.0;
        let (closed_at, bucket) = match turn.end {
            End::Waits => (None, WAITS),
            End::Dismissed(at) => (Some(at), DISMISSED),
            End::Answered(at) => (Some(at), bucket(basis.hours.between(asked, at, zone))),
        };
        TurnRow {
            asked: turn.asked,
            closed_at,
            day: day_number(local(asked, zone).date()),
            operator: turn.operator,
            bucket,
        }
    });
    told.collect()
}

/// The turns of a conversation told from all its messages at once: what the steps have to come to.
pub fn naive(said: &[Spoken], basis: &Basis) -> Vec<TurnRow> {
    rows(said, String::new(), basis, &basis.time_zone())
}
