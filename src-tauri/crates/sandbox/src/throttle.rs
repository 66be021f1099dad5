//! Calls per second of whoever calls, counted in a window that slides.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use tokio::time::Instant;

/// The calls of the last second by token or address. It counts by the machine's time: that is what a client paces itself by.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    calls: BTreeMap<String, VecDeque<Instant>>,
}

impl Throttle {
    /// Counts a call; false when it is one too many. A refused call does not count.
    pub(crate) fn admit(&mut self, token: &str, most: usize) -> bool {
        let now = Instant::now();
        let calls = self.calls.entry(token.to_owned()).or_default();
        while calls
            .front()
            .is_some_and(|at| now.duration_since(*at) >= Duration::from_secs(1))
        {
            calls.pop_front();
        }
        if calls.len() >= most {
            return false;
        }
        calls.push_back(now);
        true
    }
}
