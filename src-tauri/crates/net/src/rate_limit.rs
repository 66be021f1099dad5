//! Keeps within a service's limits before it has to say no.
//!
//! ```
//! use domain::At;
//! use net::rate_limit::{Pace, Rate};
//! use std::time::Duration;
//! let pace = Pace::default();
//! let rate = Rate::new(1, Duration::from_secs(1)); // one a second, no burst
//! let none = Duration::ZERO;
//! assert_eq!(pace.reserve(&[("chat", rate)], At(0), none), Ok(none));
//! assert_eq!(pace.reserve(&[("chat", rate)], At(400), none), Err(Duration::from_millis(600)));
//! ```

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::At;

/// Above so many keys the ones that are full again are forgotten.
const PRUNE_ABOVE: usize = 1024;

/// So many at once, refilled evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    burst: u32,
    refill: Duration,
}

impl Rate {
    /// `burst` at once, and all of them anew within `per`.
    pub const fn new(burst: u32, per: Duration) -> Self {
        let burst = if burst == 0 { 1 } else { burst };
        // Whole milliseconds, rounded up: a limit is kept, not met.
        let refill = Duration::from_millis((per.as_millis() as u64).div_ceil(burst as u64));
        Self { burst, refill }
    }
}

/// Token buckets by key. Shared by reference; never sleeps: it says how long to wait.
#[derive(Debug)]
pub struct Pace<K> {
    /// When a bucket will be full again.
    full_at: Mutex<HashMap<K, At>>,
}

impl<K> Default for Pace<K> {
    fn default() -> Self {
        Self {
            full_at: Mutex::new(HashMap::new()),
        }
    }
}

impl<K: Eq + Hash + Clone> Pace<K> {
    /// Takes one token from every bucket named, or none at all. The answer is how long to wait before using them.
    ///
    /// # Errors
    /// The wait, when it would exceed `patience`; nothing was taken then.
    pub fn reserve(&self, wanted: &[(K, Rate)], now: At, patience: Duration) -> Result<Duration, Duration> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() > PRUNE_ABOVE {
            full_at.retain(|_, at| *at > now);
        }
        let after: Vec<(K, At, Duration)> = wanted
            .iter()
            .map(|(key, rate)| {
                let before = full_at.get(key).copied().unwrap_or(now).max(now);
                // With k tokens gone, the bucket is full k refills from now; one more must be within `burst` of them.
                let room = rate.refill.saturating_mul(rate.burst - 1);
                (
                    key.clone(),
                    before.plus(rate.refill),
                    before.since(now).saturating_sub(room),
                )
            })
            .collect();
        let wait = after.iter().map(|(_, _, wait)| *wait).max().unwrap_or_default();
        if wait > patience {
            return Err(wait);
        }
        full_at.extend(after.into_iter().map(|(key, full, _)| (key, full)));
        Ok(wait)
    }

    /// The service itself asked to leave this bucket alone until then.
    pub fn hold(&self, key: K, rate: Rate, until: At) {
        let full = until.plus(rate.refill.saturating_mul(rate.burst - 1));
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = full_at.entry(key).or_insert(full);
        *entry = full.max(*entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENT: Duration = Duration::from_secs(600);

    #[test]
    fn a_burst_passes_and_then_comes_one_a_second() {
        let (pace, rate) = (Pace::default(), Rate::new(3, Duration::from_secs(3)));
        let waits: Vec<_> = (0..5)
            .map(|_| pace.reserve(&[("all", rate)], At(0), PATIENT).unwrap().as_secs())
            .collect();
        assert_eq!(waits, [0, 0, 0, 1, 2]);
        let later = pace.reserve(&[("all", rate)], At(60_000), PATIENT);
        assert_eq!(later, Ok(Duration::ZERO), "full again");
    }

    #[test]
    fn a_chat_that_has_to_wait_takes_nothing_from_the_others() {
        let (chat, all) = (
            Rate::new(1, Duration::from_secs(1)),
            Rate::new(2, Duration::from_secs(1)),
        );
        let pace = Pace::default();
        let none = Duration::ZERO;
        assert_eq!(pace.reserve(&[("anna", chat), ("all", all)], At(0), none), Ok(none));
        let refused = pace.reserve(&[("anna", chat), ("all", all)], At(0), none);
        assert_eq!(refused, Err(Duration::from_secs(1)));
        assert_eq!(pace.reserve(&[("boris", chat), ("all", all)], At(0), none), Ok(none));
    }

    #[test]
    fn what_the_service_says_counts_more() {
        let (pace, rate) = (Pace::default(), Rate::new(30, Duration::from_secs(1)));
        pace.hold("all", rate, At(5_000));
        let wait = pace.reserve(&[("all", rate)], At(1_000), PATIENT);
        assert_eq!(wait, Ok(Duration::from_secs(4)));
    }
}
