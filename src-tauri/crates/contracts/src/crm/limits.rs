use std::time::Duration;

use async_trait::async_trait;

/// How fast and how much at once, as data: the engine keeps to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// The service's rates. A call names the bucket that it draws from.
    pub buckets: Vec<Bucket>,
    /// Works in one [`super::CrmLink::apply`]: as many as one remote call can carry (1 where each is a call).
    pub batch: usize,
    /// [`super::CrmLink::apply`] calls at once.
    pub at_once: usize,
    /// How long between two polls when nothing rings; `None`: the mode has no replies.
    pub poll_every: Option<Duration>,
    /// The same while a bell works: the backstop.
    pub poll_beside_bell: Duration,
}

/// A rate as the service's documents state it. The engine stays a little below, because two calls may come closer
/// together there than they left here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucket {
    /// Its name; the address of the service serves well where the limit is one per address.
    pub key: &'static str,
    /// Calls a second in the long run.
    pub per_second: f64,
    /// Calls at once after a rest. 1 where the service counts calls in a sliding second: evenly spread then.
    pub burst: u32,
}

/// Who goes first when calls have to wait. Smaller goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// A manager's message and what became of it; a person waits in front of the screen.
    Reply,
    /// A message that has just come.
    Live,
    /// A backlog, and what was written before the link existed.
    History,
}

/// Whose turn it is. The engine's; a link asks before each remote call.
#[async_trait]
pub trait Pace: Send + Sync + 'static {
    /// Returns when one more call may leave. Ask right before the call, not earlier.
    ///
    /// # Errors
    /// [`PaceClosed`] when the link stops: call nobody, leave.
    async fn turn(&self, bucket: &str, urgency: Urgency) -> Result<(), PaceClosed>;

    /// The service said «too fast», or its budget runs out (operating time): nobody has a turn for so long.
    fn rest(&self, bucket: &str, wait: Duration);
}

/// The link stops.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("the link stops")]
pub struct PaceClosed;
