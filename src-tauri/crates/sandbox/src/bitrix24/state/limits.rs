//! How often and how long methods may run. <https://apidocs.bitrix24.com/settings/performance/limits.html>

use std::collections::{BTreeMap, VecDeque};
use tokio::time::Instant;

/// Requests that fit in at once, and how many leave per second, on every plan but Enterprise.
const SIZE: f64 = 50.0;
const LEAK: f64 = 2.0;

/// Seconds that one method may run for one app within the window; the example of the documents.
const MOST: f64 = 480.0;
/// Baskets of a minute each.
const BASKETS: i64 = 10;
const BASKET: i64 = 60;

/// The leaking bucket of portal and address. It counts by the machine's time: that is what a client paces itself by.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    level: f64,
    at: Option<Instant>,
}

impl Bucket {
    /// Counts a request; false when the bucket is full.
    pub(crate) fn admit(&mut self) -> bool {
        let now = Instant::now();
        let passed = self.at.map_or(0.0, |at| now.duration_since(at).as_secs_f64());
        self.at = Some(now);
        self.level = (self.level - passed * LEAK).max(0.0);
        if self.level + 1.0 > SIZE {
            return false;
        }
        self.level += 1.0;
        true
    }
}

/// Running time by app (or webhook) and method.
#[derive(Debug, Default)]
pub(crate) struct Operating {
    baskets: BTreeMap<(String, String), VecDeque<Basket>>,
}

/// One minute of calls.
#[derive(Debug, Clone, Copy)]
struct Basket {
    since: i64,
    seconds: f64,
}

/// What `time` of an answer tells about it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spent {
    pub(crate) seconds: f64,
    /// When the oldest minute leaves.
    pub(crate) reset_at: i64,
}

impl Operating {
    /// The method may run once more.
    pub(crate) fn admit(&mut self, who: &str, method: &str, now: i64) -> bool {
        self.spent(who, method, now).seconds <= MOST
    }

    /// Adds running time.
    pub(crate) fn add(&mut self, who: &str, method: &str, now: i64, seconds: f64) -> Spent {
        let baskets = self.baskets.entry((who.to_owned(), method.to_owned())).or_default();
        match baskets.back_mut().filter(|last| now - last.since < BASKET) {
            Some(last) => last.seconds += seconds,
            None => baskets.push_back(Basket { since: now, seconds }),
        }
        self.spent(who, method, now)
    }

    fn spent(&mut self, who: &str, method: &str, now: i64) -> Spent {
        let Some(baskets) = self.baskets.get_mut(&(who.to_owned(), method.to_owned())) else {
            return Spent::default();
        };
        baskets.retain(|basket| now - basket.since < BASKETS * BASKET);
        Spent {
            seconds: baskets.iter().map(|basket| basket.seconds).sum(),
            reset_at: baskets.front().map_or(0, |oldest| oldest.since + BASKETS * BASKET),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_ran_too_long_waits_until_its_oldest_minute_leaves() {
        let mut operating = Operating::default();
        operating.add("app", "crm.item.list", 0, 400.0);
        assert!(operating.admit("app", "crm.item.list", 70));
        let spent = operating.add("app", "crm.item.list", 70, 100.0);
        assert_eq!((spent.seconds, spent.reset_at), (500.0, 600));
        assert!(!operating.admit("app", "crm.item.list", 599));
        assert!(operating.admit("app", "crm.deal.list", 599));
        assert!(operating.admit("app", "crm.item.list", 600));
    }
}
