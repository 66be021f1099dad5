use std::time::Duration;

/// What a failure says about trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It may work if tried again; the caller's own backoff decides when.
    Soon,
    /// Not before this long: the other side said so.
    After(Duration),
    /// Never by itself: something has to change first.
    Never,
}
