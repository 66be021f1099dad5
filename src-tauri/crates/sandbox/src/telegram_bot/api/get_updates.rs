//! `getUpdates`: the queue, the long poll and its conflicts.

use crate::telegram_bot::TelegramBot;
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::{Duration, Instant, sleep, timeout_at};

/// The server waits no longer, whatever was asked (LONG_POLL_MAX_TIMEOUT of the public server).
const LONGEST_SECONDS: i64 = 50;
/// The same offset again within this time: the server makes a short poll this long.
const BUSY: Duration = Duration::from_secs(3);
/// The same offset again within this time: the server gives one update only.
const VERY_BUSY: Duration = Duration::from_millis(500);
/// Conflicts that follow each other sooner are told this late.
const CONFLICT_DELAY: Duration = Duration::from_secs(3);

const WEBHOOK_ACTIVE: &str =
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const OTHER_POLL: &str =
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
const WEBHOOK_SET: &str = "Conflict: terminated by setWebhook request";

/// What a call asks for, after the server's clamps.
#[derive(Clone, Copy, Debug)]
struct Wish {
    limit: usize,
    wait: Duration,
}

enum Step {
    Answer(Vec<Value>),
    Conflict(&'static str),
    Refused(ApiError),
    Wait,
}

/// Answers at once when updates wait, else holds the call until one comes or the time is up.
pub(crate) async fn get_updates(telegram: &TelegramBot, call: &Request) -> Answer {
    let begun = begin(&mut telegram.state(), call);
    let (wish, wake, mine) = match begun {
        Ok(begun) => begun,
        Err(Step::Answer(updates)) => return deliver(telegram, updates),
        Err(Step::Refused(error)) => return Err(error),
        Err(_) => return conflict(telegram, WEBHOOK_ACTIVE).await,
    };
    let deadline = Instant::now() + wish.wait;
    loop {
        let woken = wake.notified();
        tokio::pin!(woken);
        woken.as_mut().enable();
        let step = look(&telegram.state(), wish, mine);
        match step {
            Step::Answer(updates) => return deliver(telegram, updates),
            Step::Conflict(reason) => return conflict(telegram, reason).await,
            Step::Refused(error) => return Err(error),
            Step::Wait => {}
        }
        if timeout_at(deadline, woken).await.is_err() {
            return Ok(Value::Array(Vec::new()));
        }
    }
}

/// Confirms, applies the guard against busy polling, and takes the place of an older waiting call.
fn begin(state: &mut State, call: &Request) -> Result<(Wish, Arc<Notify>, u64), Step> {
    if state.webhook.is_some() {
        return Err(Step::Conflict(WEBHOOK_ACTIVE));
    }
    let offset = call.number("offset", 0);
    let mut limit = usize::try_from(call.number("limit", 100).clamp(1, 100)).unwrap_or(100);
    let mut wait = Duration::from_secs(call.number("timeout", 0).clamp(0, LONGEST_SECONDS).unsigned_abs());
    state.updates.allow(call.text("allowed_updates"));
    if let Some((before, at)) = state.updates.previous.replace((offset, Instant::now())) {
        if before == offset && at.elapsed() < BUSY {
            wait = wait.max(BUSY);
        }
        if before == offset && at.elapsed() < VERY_BUSY {
            limit = 1;
        }
    }
    let now = state.clock.unix();
    state.updates.expire(now);
    state.updates.confirm(offset);
    let updates = state.updates.first(limit);
    if !updates.is_empty() || wait.is_zero() {
        return Err(Step::Answer(updates));
    }
    state.updates.poll += 1;
    let wake = state.updates.wake.clone();
    wake.notify_waiters();
    Ok((Wish { limit, wait }, wake, state.updates.poll))
}

fn look(state: &State, wish: Wish, mine: u64) -> Step {
    if state.bot.expired || state.bot.banned {
        return Step::Refused(ApiError::unauthorized());
    }
    if state.webhook.is_some() {
        return Step::Conflict(WEBHOOK_SET);
    }
    if state.updates.poll != mine {
        return Step::Conflict(OTHER_POLL);
    }
    match state.updates.first(wish.limit) {
        updates if updates.is_empty() => Step::Wait,
        updates => Step::Answer(updates),
    }
}

fn deliver(telegram: &TelegramBot, mut updates: Vec<Value>) -> Answer {
    telegram.chaos.batch("getUpdates", &mut updates);
    Ok(Value::Array(updates))
}

async fn conflict(telegram: &TelegramBot, reason: &'static str) -> Answer {
    let quiet = {
        let until = &mut telegram.state().updates.conflict_quiet_until;
        let now = Instant::now();
        let quiet = until.is_some_and(|until| now < until);
        if !quiet {
            *until = Some(now + CONFLICT_DELAY);
        }
        quiet
    };
    if quiet {
        sleep(CONFLICT_DELAY).await;
    }
    Err(ApiError::new(409, reason))
}
