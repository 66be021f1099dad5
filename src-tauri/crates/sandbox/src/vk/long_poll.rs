//! The address that `groups.getLongPollServer` gives out. <https://dev.vk.com/api/bots-long-poll/getting-started>

use super::Shared;
use super::state::long_poll::Found;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// What a poll is called in chaos patterns.
pub(super) const METHOD: &str = "a_check";

/// Longest wait in seconds that VK accepts, and the one it uses when none is given.
const LONGEST: u64 = 90;
const USUAL: u64 = 25;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/lp/{server}", get(check).post(check))
}

#[derive(Debug, Deserialize)]
struct Poll {
    #[serde(default)]
    key: String,
    #[serde(default)]
    ts: String,
    wait: Option<u64>,
}

/// Answers at once when something is there, else when something comes, else empty when the wait is over.
async fn check(State(shared): State<Shared>, Path(server): Path<String>, Query(poll): Query<Poll>) -> Json<Value> {
    let Some(group) = server.strip_prefix("wh").and_then(|id| id.parse::<i64>().ok()) else {
        return failed(2);
    };
    let until = Instant::now() + Duration::from_secs(poll.wait.unwrap_or(USUAL).min(LONGEST));
    loop {
        let Some(arrived) = shared.lock().community(group).map(|one| one.long_poll.arrived.clone()) else {
            return failed(2);
        };
        let notified = arrived.notified();
        tokio::pin!(notified);
        // Listening starts before looking: what arrives in between is not missed.
        notified.as_mut().enable();
        if let Some(answer) = look(&shared, group, &poll) {
            return answer;
        }
        if tokio::time::timeout_at(until, notified).await.is_err() {
            return Json(json!({"ts": poll.ts, "updates": []}));
        }
    }
}

fn failed(code: i64) -> Json<Value> {
    Json(json!({"failed": code}))
}

fn look(shared: &Shared, group: i64, poll: &Poll) -> Option<Json<Value>> {
    let mut state = shared.lock();
    let (chaos, now) = (state.host.chaos.clone(), state.now());
    // A number that is none is as good as one from another age.
    let ts = poll.ts.parse().unwrap_or(-1);
    match state.community(group)?.long_poll.look(&poll.key, ts, now) {
        Found::Nothing => None,
        Found::Events { ts, mut updates } => {
            chaos.batch(METHOD, &mut updates);
            Some(Json(json!({"ts": ts.to_string(), "updates": updates})))
        }
        Found::Outdated { ts } => Some(Json(json!({"failed": 1, "ts": ts.to_string()}))),
        Found::KeyExpired => Some(failed(2)),
        Found::Lost => Some(failed(3)),
    }
}
