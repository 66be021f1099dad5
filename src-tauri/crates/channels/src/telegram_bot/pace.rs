use std::time::Duration;

use contracts::channel::CallError;
use domain::At;
use net::rate_limit::{Pace, Rate};
use tokio::time::Instant;

/// About a message a second in one chat, «short bursts» pass (core.telegram.org/bots/faq#my-bot-is-hitting-limits).
const CHAT: Rate = Rate::new(3, Duration::from_secs(3));
/// Twenty a minute in one group (the same page).
const GROUP: Rate = Rate::new(20, Duration::from_secs(60));
/// Thirty a second in all (the same page).
const BOT: Rate = Rate::new(30, Duration::from_secs(1));
/// A message waits for its turn this long; more, and its conversation should not hold a worker meanwhile.
const PATIENCE: Duration = Duration::from_secs(4);

/// Keeps one bot within the server's limits.
#[derive(Debug)]
pub(super) struct Pacing {
    pace: Pace<Key>,
    /// A clock that nobody sets: the server counts real seconds.
    began: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Bot,
    Chat(i64),
}

impl Default for Pacing {
    fn default() -> Self {
        Self {
            pace: Pace::default(),
            began: Instant::now(),
        }
    }
}

impl Pacing {
    /// Returns when a message may go into the chat.
    pub(super) async fn turn(&self, chat: i64) -> Result<(), CallError> {
        let wanted = [(Key::Chat(chat), rate(chat)), (Key::Bot, BOT)];
        let wait = self.pace.reserve(&wanted, self.now(), PATIENCE);
        tokio::time::sleep(wait.map_err(|wait| CallError::TooFast { wait })?).await;
        Ok(())
    }

    /// The server wants this chat left alone for so long.
    pub(super) fn hold(&self, chat: i64, wait: Duration) {
        self.pace.hold(Key::Chat(chat), rate(chat), self.now().plus(wait));
    }

    fn now(&self) -> At {
        At::default().plus(self.began.elapsed())
    }
}

/// Groups have negative numbers.
fn rate(chat: i64) -> Rate {
    if chat < 0 { GROUP } else { CHAT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_then_messages_wait_and_a_flood_is_put_off() {
        let (pacing, began) = (Pacing::default(), Instant::now());
        for _ in 0..5 {
            pacing.turn(7).await.unwrap();
        }
        assert_eq!(began.elapsed().as_secs(), 2, "three at once, two after a second each");
        pacing.hold(7, Duration::from_secs(30));
        assert!(matches!(pacing.turn(7).await, Err(CallError::TooFast { .. })));
        assert_eq!(pacing.turn(8).await, Ok(()), "another chat is free");
    }
}
