use std::time::Duration;

use async_trait::async_trait;
use domain::{At, Uid};

/// Time and chance. Business code never asks the system for either, so tests own both.
#[async_trait]
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> At;

    /// Returns after `wait`. Only the supervisor, delivery, fetch and outbox loops may call it.
    async fn sleep(&self, wait: Duration);

    /// An even chance in 0..1, for jitter.
    fn chance(&self) -> f64;

    /// A fresh uid.
    fn uid(&self) -> Uid;
}

/// The real thing.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the system is asked")]
    fn now(&self) -> At {
        At(jiff::Timestamp::now().as_millisecond())
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    fn chance(&self) -> f64 {
        rand::random()
    }

    fn uid(&self) -> Uid {
        Uid::from_parts(self.now(), rand::random())
    }
}
