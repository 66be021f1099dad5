//! Bots Long Poll: one poll, and what its answer asks for. <https://dev.vk.com/api/bots-long-poll/getting-started>

use std::time::Duration;

use net::{Client, Failure};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// For how many seconds VK keeps a poll open; what its page uses. Also how soon a dead line is noticed.
const WAIT: u64 = 25;
/// How much longer the answer may take to arrive.
const GRACE: u64 = 10;

/// Where and from where on to poll.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    /// `server` of `groups.getLongPollServer`.
    pub(crate) server: String,
    /// `key`: opens the queue, so it goes into no log.
    pub(crate) key: String,
}

/// What a poll brings.
#[derive(Debug)]
pub(crate) enum Polled {
    /// What happened, and where to go on.
    Updates {
        /// Where to go on.
        ts: String,
        /// Raw: one that can't be read must not hide the others.
        updates: Vec<Value>,
    },
    /// `failed: 1`: what happened before `ts` is not kept any more.
    Outdated {
        /// Where to go on.
        ts: String,
    },
    /// `failed: 2`, and 4, which clients have met: a new key is needed, the number stays good.
    KeyExpired,
    /// `failed: 3`: key and number are lost.
    Lost,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    failed: Option<i64>,
    /// Text in answers with updates, a number in `failed: 1`.
    #[serde(default)]
    ts: Value,
    #[serde(default)]
    updates: Vec<Value>,
}

/// Waits for what happens after `ts`.
///
/// # Errors
/// [`Failure`] when there is no answer, or none that can be read.
pub(crate) async fn poll(http: &Client, post: &Post, ts: &str) -> Result<Polled, Failure> {
    let url = Url::parse(&post.server).map_err(|_| Failure::Invalid)?;
    let wait = WAIT.to_string();
    let query = [("act", "a_check"), ("key", &post.key), ("ts", ts), ("wait", &wait)];
    let request = http.get(url).query(&query).timeout(Duration::from_secs(WAIT + GRACE));
    let answer = request.send().await?;
    let said: Answer = answer.json()?;
    let now_at = match &said.ts {
        Value::String(ts) => Some(ts.clone()),
        Value::Number(ts) => Some(ts.to_string()),
        _ => None,
    };
    match (said.failed, now_at) {
        (None, Some(ts)) => Ok(Polled::Updates {
            ts,
            updates: said.updates,
        }),
        (Some(1), Some(ts)) => Ok(Polled::Outdated { ts }),
        (Some(2 | 4), _) => Ok(Polled::KeyExpired),
        (Some(3), _) => Ok(Polled::Lost),
        (failed, _) => Err(answer.failure().unwrap_or(Failure::Unreadable {
            problem: format!("long poll: failed {failed:?} without ts"),
        })),
    }
}
