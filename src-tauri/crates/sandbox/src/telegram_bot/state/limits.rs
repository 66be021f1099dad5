//! How often the bot may send.
//!
//! The documents name about one message a second in one chat (short bursts pass), twenty a minute in one group and
//! thirty a second in all (core.telegram.org/bots/faq). How long a burst may be is not written; the numbers here are
//! a guess on the generous side.

use std::collections::HashMap;
use tokio::time::{Duration, Instant};

#[derive(Clone, Copy, Debug)]
struct Rule {
    burst: f64,
    per_second: f64,
}

const CHAT: Rule = Rule {
    burst: 8.0,
    per_second: 1.0,
};
const GROUP: Rule = Rule {
    burst: 20.0,
    per_second: 20.0 / 60.0,
};
const OVERALL: Rule = Rule {
    burst: 30.0,
    per_second: 30.0,
};

/// Added to the time until the next message fits, as the real server asks for more than the least.
const PENALTY_SECONDS: u64 = 2;

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    filled_at: Instant,
    closed_until: Option<Instant>,
}

/// The buckets of one bot.
#[derive(Debug)]
pub(crate) struct Limits {
    on: bool,
    overall: Bucket,
    chats: HashMap<i64, Bucket>,
}

impl Limits {
    pub(crate) fn new(on: bool) -> Self {
        Self {
            on,
            overall: Bucket::full(OVERALL),
            chats: HashMap::new(),
        }
    }

    /// Counts `messages` into `chat`, or says how many seconds to wait.
    pub(crate) fn spend(&mut self, chat: i64, messages: usize) -> Result<(), u64> {
        if !self.on {
            return Ok(());
        }
        let rule = if chat > 0 { CHAT } else { GROUP };
        let bucket = self.chats.entry(chat).or_insert_with(|| Bucket::full(rule));
        bucket.spend(rule, messages)?;
        self.overall.spend(OVERALL, messages)
    }
}

impl Bucket {
    fn full(rule: Rule) -> Self {
        Self {
            left: rule.burst,
            filled_at: Instant::now(),
            closed_until: None,
        }
    }

    fn spend(&mut self, rule: Rule, messages: usize) -> Result<(), u64> {
        let now = Instant::now();
        if let Some(until) = self.closed_until.filter(|until| *until > now) {
            return Err((until - now).as_secs() + 1);
        }
        let earned = (now - self.filled_at).as_secs_f64() * rule.per_second;
        (self.left, self.filled_at) = ((self.left + earned).min(rule.burst), now);
        // A whole album passes while anything is left: it is one call.
        if self.left >= 1.0 {
            self.left -= messages as f64;
            return Ok(());
        }
        let wait = ((1.0 - self.left) / rule.per_second).ceil() as u64 + PENALTY_SECONDS;
        self.closed_until = Some(now + Duration::from_secs(wait));
        Err(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_then_the_chat_closes_for_the_time_told() {
        let mut limits = Limits::new(true);
        let sent = (0..20).take_while(|_| limits.spend(5, 1).is_ok()).count();
        assert_eq!(sent, 8);
        let wait = limits.spend(5, 1).unwrap_err();
        assert!(limits.spend(6, 1).is_ok(), "another chat is open");
        tokio::time::advance(Duration::from_secs(wait + 1)).await;
        assert!(limits.spend(5, 1).is_ok());
    }
}
