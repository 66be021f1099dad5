//! Failures that say what to do: whether to try again, whether the outcome is certain, whether the link goes on.

use std::time::Duration;

use domain::{LinkAction, Reason, Retry, UserAction};

use crate::channel::{CallError, Certainty};

/// Why a call to a CRM failed.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum CrmError {
    /// The CRM can't be reached, or answers with its own trouble (5xx, a broken body).
    #[error("network: {reason}")]
    Network {
        /// Why.
        reason: Reason,
        /// Whether it may have been done.
        certainty: Certainty,
    },
    /// Something on the way refuses this service as such.
    #[error("blocked: {0}")]
    Blocked(Reason),
    /// Too fast: nothing was done. The bucket rests for so long.
    #[error("rate limit, wait {wait:?}")]
    TooFast {
        /// Which of [`super::Limits::buckets`].
        bucket: &'static str,
        /// For so long.
        wait: Duration,
    },
    /// Access is over (revoked, expired beyond renewal): a person has to connect anew. Switches the link off.
    #[error("logged out: {0}")]
    LoggedOut(Reason),
    /// The account may not do what the link lives by. Switches the link off.
    #[error("no rights: {0}")]
    NoRights(Reason),
    /// The plan is not paid or lacks what the link lives by. Switches the link off.
    #[error("unpaid: {0}")]
    Unpaid(Reason),
    /// A setting, here or there, has to be changed before anything can go on. Switches the link off.
    #[error("stuck: {reason}")]
    Stuck {
        /// Why.
        reason: Reason,
        /// What would help.
        action: LinkAction,
    },
    /// The CRM understood and refuses this very thing; repeating is pointless, others may go on.
    #[error("refused: {0}")]
    Refused(Reason),
    /// What the call was about is gone in the CRM (deleted, merged).
    #[error("gone: {0}")]
    Gone(Reason),
    /// Reading a local file, or writing to the notebook, failed: the engine stops or the disk is full.
    #[error("local: {0}")]
    Local(Reason),
}

impl CrmError {
    /// Whether and when to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Network { .. } | Self::Blocked(_) | Self::Local(_) => Retry::Soon,
            Self::TooFast { wait, .. } => Retry::After(*wait),
            Self::LoggedOut(_) | Self::NoRights(_) | Self::Unpaid(_) | Self::Stuck { .. } => Retry::Never,
            Self::Refused(_) | Self::Gone(_) => Retry::Never,
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

    /// Whether the whole link ends with it: the queue is kept, a person has to act.
    pub fn fatal(&self) -> bool {
        matches!(
            self,
            Self::LoggedOut(_) | Self::NoRights(_) | Self::Unpaid(_) | Self::Stuck { .. }
        )
    }

    /// For people.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Network { reason, .. } | Self::Stuck { reason, .. } => reason.clone(),
            Self::TooFast { wait, .. } => Reason::new("reason.too_fast").with("seconds", wait.as_secs().max(1)),
            Self::Blocked(reason)
            | Self::LoggedOut(reason)
            | Self::NoRights(reason)
            | Self::Unpaid(reason)
            | Self::Refused(reason)
            | Self::Gone(reason)
            | Self::Local(reason) => reason.clone(),
        }
    }

    /// A failed call that is not about access, in the words of a CRM; `bucket` is whose rate was exceeded.
    pub fn of_call(error: CallError, bucket: &'static str) -> Self {
        match error {
            CallError::Network { reason, certainty } => Self::Network { reason, certainty },
            CallError::Blocked(reason) => Self::Blocked(reason),
            CallError::TooFast { wait } => Self::TooFast { bucket, wait },
            CallError::LoggedOut(reason) => Self::LoggedOut(reason),
            CallError::Stuck { reason, .. } => Self::Stuck {
                reason,
                action: LinkAction::FixSettings,
            },
            CallError::Refused(reason) => Self::Refused(reason),
            CallError::Local(reason) => Self::Local(reason),
        }
    }
}

/// For login steps, which speak the words of channels.
impl From<CrmError> for CallError {
    fn from(error: CrmError) -> Self {
        match error {
            CrmError::Network { reason, certainty } => Self::Network { reason, certainty },
            CrmError::Blocked(reason) => Self::Blocked(reason),
            CrmError::TooFast { wait, .. } => Self::TooFast { wait },
            CrmError::LoggedOut(reason) => Self::LoggedOut(reason),
            CrmError::NoRights(reason) | CrmError::Unpaid(reason) | CrmError::Stuck { reason, .. } => Self::Stuck {
                reason,
                action: UserAction::FixSettings,
            },
            CrmError::Refused(reason) | CrmError::Gone(reason) => Self::Refused(reason),
            CrmError::Local(reason) => Self::Local(reason),
        }
    }
}

/// Why a work was not done.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum ApplyError {
    /// A call failed.
    #[error(transparent)]
    Call(#[from] CrmError),
    /// Not tried, because an earlier one of the same contact failed. Counts as no try.
    #[error("held behind an earlier one")]
    Held,
}

impl From<super::NotebookClosed> for CrmError {
    fn from(_: super::NotebookClosed) -> Self {
        Self::Local(Reason::new("reason.storage"))
    }
}

impl From<super::NotebookClosed> for ApplyError {
    fn from(closed: super::NotebookClosed) -> Self {
        Self::Call(closed.into())
    }
}

impl From<super::PaceClosed> for CrmError {
    /// The engine stops: nothing was called.
    fn from(_: super::PaceClosed) -> Self {
        Self::Network {
            reason: Reason::new("reason.stopping"),
            certainty: Certainty::NotDone,
        }
    }
}

impl From<super::PaceClosed> for ApplyError {
    fn from(closed: super::PaceClosed) -> Self {
        Self::Call(closed.into())
    }
}
