//! Failures that say what to do: whether to try again, and whether the outcome is certain.

use std::time::Duration;

use domain::{Reason, Retry, UserAction};

/// Whether we know what happened on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Nothing was done there.
    NotDone,
    /// It may have been done: the request left and no answer came.
    Unknown,
}

/// Why a remote call failed.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The network can't be reached, or answers with its own trouble (5xx, a broken body).
    #[error("network: {reason}")]
    Network {
        /// Why.
        reason: Reason,
        /// Whether it may have been done.
        certainty: Certainty,
    },
    /// Something on the way refuses this network as such (reset at once, a page of the provider).
    #[error("blocked: {0}")]
    Blocked(Reason),
    /// Too fast.
    #[error("rate limit, wait {wait:?}")]
    TooFast {
        /// For so long.
        wait: Duration,
    },
    /// The network no longer knows us.
    #[error("logged out: {0}")]
    LoggedOut(Reason),
    /// A person has to act on the network's side.
    #[error("stuck: {reason}")]
    Stuck {
        /// Why.
        reason: Reason,
        /// What would help.
        action: UserAction,
    },
    /// The network understood and refuses this very call; repeating is pointless.
    #[error("refused: {0}")]
    Refused(Reason),
    /// Reading or writing a local file failed.
    #[error("local file: {0}")]
    Local(Reason),
}

impl CallError {
    /// Whether and when to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Network { .. } | Self::Blocked(_) => Retry::Soon,
            Self::TooFast { wait } => Retry::After(*wait),
            Self::LoggedOut(_) | Self::Stuck { .. } | Self::Refused(_) | Self::Local(_) => Retry::Never,
        }
    }

    /// Whether nothing was done on the other side, for sure.
    pub fn certain(&self) -> bool {
        !matches!(
            self,
            Self::Network {
                certainty: Certainty::Unknown,
                ..
            }
        )
    }

    /// For people.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Network { reason, .. } | Self::Stuck { reason, .. } => reason.clone(),
            Self::TooFast { wait } => Reason::new("reason.too_fast").with("seconds", wait.as_secs().max(1)),
            Self::Blocked(reason) | Self::LoggedOut(reason) | Self::Refused(reason) | Self::Local(reason) => {
                reason.clone()
            }
        }
    }
}

/// Why a message was not sent.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum SendError {
    /// The call failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The client can't be written to (blocked us, never allowed it): the conversation is marked.
    #[error("unreachable: {0}")]
    Unreachable(Reason),
}

impl SendError {
    /// Whether and when to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Call(error) => error.retry(),
            Self::Unreachable(_) => Retry::Never,
        }
    }

    /// Whether it was not sent, for sure.
    pub fn certain(&self) -> bool {
        match self {
            Self::Call(error) => error.certain(),
            Self::Unreachable(_) => true,
        }
    }

    /// For people.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Call(error) => error.reason(),
            Self::Unreachable(reason) => reason.clone(),
        }
    }
}

/// How a session of receiving ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// We were asked to stop.
    Stopped,
    /// It broke: the error says whether to come back by itself, when, and what a person can do.
    Broken(CallError),
}

/// The engine takes no more events.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
#[error("the engine takes no more events")]
pub struct SinkClosed;

/// What is stored for an account can't be used.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum ConnectError {
    /// The stored secret is not what this channel writes: log in anew.
    #[error("stored login unreadable")]
    Secret,
    /// The proxy or an endpoint is not an address.
    #[error("network settings: {0}")]
    Network(Reason),
}
