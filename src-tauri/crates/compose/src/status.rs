use domain::Reason;
use serde::Serialize;

/// The answer of `workspace.status`: whether there is a workspace to call, and if not, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Which of the three.
    pub state: StatusKind,
    /// Locked: the passphrase is to be invented now, not remembered.
    pub first_time: bool,
    /// Locked: fewest characters of a new passphrase.
    pub shortest_passphrase: usize,
    /// Locked: why a passphrase. Failed: what happened and what to do.
    pub reason: Option<Reason>,
    /// Open, but the check of a large database found it damaged: `workspace.restore` puts the newest backup in its
    /// place and keeps the damaged file.
    pub damaged: bool,
}

/// What a workspace can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// Calls are answered.
    Open,
    /// `workspace.unlock` with a passphrase opens it.
    Locked,
    /// `workspace.retry` tries again.
    Failed,
    /// The program ends.
    Closed,
}

impl Status {
    pub(crate) fn of(state: StatusKind) -> Self {
        Self {
            state,
            first_time: false,
            shortest_passphrase: secrets::SHORTEST_PASSPHRASE,
            reason: None,
            damaged: false,
        }
    }
}
