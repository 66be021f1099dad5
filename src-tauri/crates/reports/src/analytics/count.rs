//! The stage that keeps the figures true: takes conversations whose messages have changed, and tells their turns anew
//! from the turn before the change on. Each step is one transaction; killed anywhere, the next start continues.

use domain::{At, ConversationId, MessageId};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::{
    Store, StoreError,
    reports::counting::{self, Beginning, Spoken, TurnRow},
};

use super::{
    Hours,
    scale::{DISMISSED, WAITS, bucket},
    turns::{End, turns},
};
use crate::period::{day_number, local};

/// Conversations of one step: about 20 ms of the writer, so that a message never waits for longer.
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
    let zone = basis.time_zone();
    let waiting = counting::uncounted(&mut *tx, STEP).await?;
    for one in &waiting {
        conversation(&mut tx, one.conversation_id, one.since, basis, &zone).await?;
    }
    tx.commit().await?;
    Ok(waiting.len())
}

async fn conversation(
    tx: &mut store::Tx,
    id: ConversationId,
    since: At,
    basis: &Basis,
    zone: &TimeZone,
) -> Result<(), StoreError> {
    let known = counting::last_turn_before(tx, id, since).await?;
    // Without a turn before, nobody had written before: there is nothing but words of ours.
    let from: Beginning = known.unwrap_or((since, MessageId(i64::MIN)));
    let said = counting::spoken(tx, id, from).await?;
    let operator = counting::last_operator_before(tx, id, from).await?;
    let rows = rows(&said, operator, basis, zone);
    counting::replace_turns(tx, id, from, &rows).await?;
    if known.is_none() {
        counting::settle_first(tx, id).await?;
    }
    Ok(())
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
