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

/// How much faster than the wall's a [`HastyClock`] goes.
const HASTE: i32 = 15;

/// A clock that goes fast, and that a sandbox and other processes share: for services that compare our time with theirs.
#[derive(Clone, Copy, Debug)]
pub struct HastyClock {
    began: At,
}

impl HastyClock {
    /// Begins now.
    pub fn start() -> Self {
        Self {
            began: SystemClock.now(),
        }
    }

    /// The one that began then, in milliseconds.
    pub fn began(millis: i64) -> Self {
        Self { began: At(millis) }
    }

    /// When it began.
    pub fn beginning(self) -> i64 {
        self.began.millis()
    }

    /// The same for the simulated services.
    pub fn theirs(self) -> sandbox::Clock {
        let from = jiff::Timestamp::from_millisecond(self.began.millis()).unwrap();
        sandbox::Clock::hurrying(from, HASTE)
    }
}

#[async_trait]
impl Clock for HastyClock {
    fn now(&self) -> At {
        let gone = SystemClock.now().millis() - self.began.millis();
        At(self.began.millis() + gone * i64::from(HASTE))
    }

    async fn sleep(&self, wait: Duration) {
        SystemClock.sleep(wait / HASTE.unsigned_abs()).await;
    }

    fn chance(&self) -> f64 {
        SystemClock.chance()
    }

    fn uid(&self) -> Uid {
        SystemClock.uid()
    }
}
