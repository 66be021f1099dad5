//! The time of the simulated world: the wall clock, moved ahead or frozen where a test needs it.
//!
//! Only time stamps and expiries ask it. Long polls wait on the real clock, since a client on the other side of a
//! socket waits on the real one too.

use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A shared clock; clones show the same time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    setting: Arc<Mutex<Setting>>,
}

#[derive(Clone, Copy, Debug)]
enum Setting {
    Wall { ahead: SignedDuration },
    Frozen(Timestamp),
    Hurrying { from: Timestamp, times: i32 },
}

impl Default for Setting {
    fn default() -> Self {
        Self::Wall {
            ahead: SignedDuration::ZERO,
        }
    }
}

impl Clock {
    /// Runs with the machine's clock.
    pub fn wall() -> Self {
        Self::default()
    }

    /// Stands still at `at` until it is advanced.
    pub fn frozen(at: Timestamp) -> Self {
        Self {
            setting: Arc::new(Mutex::new(Setting::Frozen(at))),
        }
    }

    /// Runs so many times faster than the machine's clock, as if both had shown the same at `from`.
    pub fn hurrying(from: Timestamp, times: i32) -> Self {
        Self {
            setting: Arc::new(Mutex::new(Setting::Hurrying { from, times })),
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        match *self.lock() {
            Setting::Wall { ahead } => machine_time().saturating_add(ahead).unwrap_or(Timestamp::MAX),
            Setting::Frozen(at) => at,
            Setting::Hurrying { from, times } => {
                let gone = machine_time().duration_since(from).saturating_mul(times);
                from.saturating_add(gone).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The time now in whole Unix seconds, as most vendors write it.
    pub fn unix(&self) -> i64 {
        self.now().as_second()
    }

    /// Moves the clock on; a running one keeps running from there.
    pub fn advance(&self, by: SignedDuration) {
        let mut setting = self.lock();
        *setting = match *setting {
            Setting::Wall { ahead } => Setting::Wall {
                ahead: ahead.saturating_add(by),
            },
            Setting::Frozen(at) => Setting::Frozen(at.saturating_add(by).unwrap_or(Timestamp::MAX)),
            // Moving its beginning back moves it ahead by all that the difference grows to.
            Setting::Hurrying { from, times } => Setting::Hurrying {
                from: from.saturating_sub(by / times.saturating_sub(1).max(1)).unwrap_or(from),
                times,
            },
        };
    }

    fn lock(&self) -> MutexGuard<'_, Setting> {
        self.setting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[allow(clippy::disallowed_methods)] // the one place of the sandbox that asks the machine
fn machine_time() -> Timestamp {
    Timestamp::now()
}
