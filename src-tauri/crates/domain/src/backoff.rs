use std::time::Duration;

/// How long to wait before the next try: doubling, capped, with jitter, so that a thousand desktops do not
/// come back in the same second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// The wait after the first failure.
    pub first: Duration,
    /// No wait is longer.
    pub ceiling: Duration,
}

impl Backoff {
    /// Reconnecting a channel. The ceiling is what a person still takes for «by itself» when the network is back.
    pub const RECONNECT: Self = Self {
        first: Duration::from_secs(1),
        ceiling: Duration::from_secs(60),
    };
    /// Sending an operator's message again after a failure that certainly left nothing behind.
    pub const DELIVERY: Self = Self {
        first: Duration::from_secs(1),
        ceiling: Duration::from_secs(120),
    };
    /// Fetching a file again. Networks keep links for an hour or more.
    pub const FETCH: Self = Self {
        first: Duration::from_secs(2),
        ceiling: Duration::from_secs(600),
    };

    /// The wait after failure number `attempt` (1 is the first); `chance` in 0..1 spreads it over the upper half.
    pub fn delay(self, attempt: u32, chance: f64) -> Duration {
        let doubled = self
            .first
            .saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1).min(20)));
        doubled.min(self.ceiling).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_ceiling_and_no_further() {
        let waits: Vec<_> = (1..=9).map(|n| Backoff::RECONNECT.delay(n, 1.0).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(Backoff::RECONNECT.delay(u32::MAX, 0.0), Duration::from_secs(30));
    }
}
