use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use contracts::{Clock, SystemClock, testkit::FakeClock};
use domain::{At, Uid};

/// How much of a story's time passes in a millisecond of ours: a minute of backoff takes a third of a second.
const PACE: u32 = 200;
const TICK: Duration = Duration::from_millis(2);

/// A clock of the story's own that runs fast, so that waits for a retry are over before anybody is bored.
#[derive(Debug)]
pub struct QuickClock(FakeClock);

impl QuickClock {
    /// Begins now and runs until the last holder is gone.
    pub fn start() -> Arc<Self> {
        let clock = Arc::new(Self(FakeClock::at(SystemClock.now())));
        let held = Arc::downgrade(&clock);
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(TICK);
            while let Some(clock) = held.upgrade() {
                clock.0.advance(TICK * PACE);
                drop(clock);
                tick.tick().await;
            }
        });
        clock
    }
}

#[async_trait]
impl Clock for QuickClock {
    fn now(&self) -> At {
        self.0.now()
    }

    async fn sleep(&self, wait: Duration) {
        self.0.sleep(wait).await;
    }

    fn chance(&self) -> f64 {
        self.0.chance()
    }

    fn uid(&self) -> Uid {
        SystemClock.uid()
    }
}
