//! Whose turn it is to call a CRM: a bucket per rate, the urgent first.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use contracts::{
    Clock,
    crm::{Bucket, Pace, PaceClosed, Urgency},
};
use domain::At;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// The part of a documented rate that is used. Calls that leave evenly come unevenly: of eight calls at 96 % of seven a
/// second the first may be 40 ms late without the service ever seeing eight within a second.
const SHARE: f64 = 0.96;
/// A turn taken so much late does not push the next one: timers wake a millisecond or two after their time.
const SLACK_MS: f64 = 10.0;
/// A service whose bucket is not described: one call after the other.
const UNKNOWN: Bucket = Bucket {
    key: "",
    per_second: 1.0,
    burst: 1,
};

/// The buckets of one link.
pub(crate) struct Turns {
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    moved: Notify,
    queues: Mutex<HashMap<String, Queue>>,
}

/// One bucket and those who wait for it.
struct Queue {
    interval_ms: f64,
    room_ms: f64,
    /// When the bucket is full again, ms.
    full_at: f64,
    waiting: BTreeSet<(Urgency, u64)>,
    arrivals: u64,
}

impl Queue {
    /// Nobody knows what was called before this start: no burst until one has been earned.
    fn new(bucket: &Bucket, now: At) -> Self {
        let interval_ms = 1000.0 / (bucket.per_second.max(0.001) * SHARE);
        let room_ms = interval_ms * f64::from(bucket.burst.saturating_sub(1));
        Self {
            interval_ms,
            room_ms,
            full_at: millis(now) + room_ms,
            waiting: BTreeSet::new(),
            arrivals: 0,
        }
    }

    /// Takes a turn at `now`, or says how long there is none: whole milliseconds, as the clock goes by them.
    fn take(&mut self, now: At) -> Result<(), Duration> {
        let now = millis(now);
        let wait = self.full_at - self.room_ms - now;
        if wait > 0.0 {
            return Err(Duration::from_secs_f64(wait.ceil() / 1000.0));
        }
        self.full_at = self.full_at.max(now - SLACK_MS) + self.interval_ms;
        Ok(())
    }

    fn rest(&mut self, until: At) {
        self.full_at = self.full_at.max(millis(until) + self.room_ms);
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
fn millis(at: At) -> f64 {
    at.millis() as f64
}

impl Turns {
    pub(crate) fn new(clock: Arc<dyn Clock>, stop: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            clock,
            stop,
            moved: Notify::new(),
            queues: Mutex::default(),
        })
    }

    /// The rates as the link describes them; a bucket that is known keeps what it holds.
    pub(crate) fn describe(&self, buckets: &[Bucket]) {
        let now = self.clock.now();
        let mut queues = self.lock();
        for bucket in buckets {
            let mut fresh = Queue::new(bucket, now);
            if bucket.burst <= 1 {
                // Counted in a sliding second: the login, or the session before this one, may have used it up.
                fresh.rest(now.plus(Duration::from_secs(1)));
            }
            queues
                .entry(bucket.key.to_owned())
                .and_modify(|queue| (queue.interval_ms, queue.room_ms) = (fresh.interval_ms, fresh.room_ms))
                .or_insert(fresh);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, bucket: &str, act: impl FnOnce(&mut Queue) -> T) -> T {
        let mut queues = self.lock();
        let now = self.clock.now();
        act(queues
            .entry(bucket.to_owned())
            .or_insert_with(|| Queue::new(&UNKNOWN, now)))
    }
}

/// A place in the queue; given up when dropped.
struct Place<'a> {
    turns: &'a Turns,
    bucket: &'a str,
    ticket: (Urgency, u64),
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.turns.with(self.bucket, |queue| queue.waiting.remove(&self.ticket));
        self.turns.moved.notify_waiters();
    }
}

#[async_trait]
impl Pace for Turns {
    async fn turn(&self, bucket: &str, urgency: Urgency) -> Result<(), PaceClosed> {
        let ticket = self.with(bucket, |queue| {
            queue.arrivals += 1;
            let ticket = (urgency, queue.arrivals);
            queue.waiting.insert(ticket);
            ticket
        });
        let place = Place {
            turns: self,
            bucket,
            ticket,
        };
        loop {
            let moved = self.moved.notified();
            let now = self.clock.now();
            let wait = self.with(bucket, |queue| {
                (queue.waiting.first() == Some(&place.ticket)).then(|| queue.take(now))
            });
            let patience = async {
                match wait {
                    Some(Err(wait)) => self.clock.sleep(wait).await,
                    // Somebody is before us: whoever goes wakes us.
                    _ => std::future::pending().await,
                }
            };
            if wait == Some(Ok(())) {
                return Ok(());
            }
            tokio::select! {
                () = self.stop.cancelled() => return Err(PaceClosed),
                () = moved => {}
                () = patience => {}
            }
        }
    }

    fn rest(&self, bucket: &str, wait: Duration) {
        let until = self.clock.now().plus(wait);
        self.with(bucket, |queue| queue.rest(until));
        self.moved.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEVEN: Bucket = Bucket {
        key: "api",
        per_second: 7.0,
        burst: 1,
    };

    /// Takes turns for a minute as fast as they come, waking `late` ms after each time; the moments in ms.
    fn a_minute_of(bucket: &Bucket, late: i64) -> Vec<i64> {
        let (mut queue, mut now, mut taken) = (Queue::new(bucket, At(0)), 0, Vec::new());
        while now < 60_000 {
            match queue.take(At(now)) {
                Ok(()) => taken.push(now),
                Err(wait) => now += i64::try_from(wait.as_millis()).unwrap() + late,
            }
        }
        taken
    }

    #[test]
    fn nearly_all_of_seven_a_second_is_used_and_no_second_ever_sees_eight() {
        for late in [0, 2] {
            let taken = a_minute_of(&SEVEN, late);
            assert!(taken.len() >= 60 * 7 * 95 / 100, "{} late {late}", taken.len());
            assert!(taken.windows(8).all(|eight| eight[7] - eight[0] > 1010), "late {late}");
        }
    }

    #[test]
    fn a_leaking_bucket_never_overflows() {
        let portal = Bucket {
            key: "portal",
            per_second: 2.0,
            burst: 45,
        };
        let taken = a_minute_of(&portal, 1);
        assert!(taken.len() >= 60 * 2 * 95 / 100);
        let mut level = 0.0_f64;
        for two in taken.windows(2) {
            let gap = f64::from(i32::try_from(two[1] - two[0]).unwrap());
            level = (level - gap * 0.002).max(0.0) + 1.0;
            assert!(level <= 50.0);
        }
    }

    #[test]
    fn after_too_fast_nobody_calls_until_the_time_has_passed() {
        let mut queue = Queue::new(&SEVEN, At(0));
        assert_eq!(queue.take(At(0)), Ok(()));
        queue.rest(At(5000));
        assert_eq!(queue.take(At(4000)), Err(Duration::from_secs(1)));
        assert_eq!(queue.take(At(5000)), Ok(()));
    }

    #[tokio::test]
    async fn a_managers_reply_overtakes_the_backlog() {
        let clock = Arc::new(contracts::testkit::FakeClock::at(At(0)));
        let turns = Turns::new(clock.clone(), CancellationToken::new());
        turns.describe(&[SEVEN]);
        // What was called before this start is out of the service's sight.
        clock.advance(Duration::from_secs(1));
        turns.turn("api", Urgency::Live).await.unwrap();
        let went = Arc::new(Mutex::new(Vec::new()));
        let wait = |urgency| {
            let (turns, went) = (turns.clone(), went.clone());
            tokio::spawn(async move {
                turns.turn("api", urgency).await.unwrap();
                went.lock().unwrap().push(urgency);
            })
        };
        let waiting = [wait(Urgency::History), wait(Urgency::Live), wait(Urgency::Reply)];
        tokio::task::yield_now().await;
        for _ in 0..3 {
            clock.advance(Duration::from_millis(200));
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
        }
        for task in waiting {
            task.await.unwrap();
        }
        assert_eq!(*went.lock().unwrap(), [Urgency::Reply, Urgency::Live, Urgency::History]);
    }
}
