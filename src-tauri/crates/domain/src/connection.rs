use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{At, Reason};

/// The state of a channel as people see it, with what they can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Connection {
    /// In one word.
    pub status: ConnectionStatus,
    /// Why, when there is something to say.
    pub reason: Option<Reason>,
    /// The way out that a person has, if any.
    pub action: Option<UserAction>,
    /// Since when it is so.
    pub since: At,
    /// When the next try starts, while reconnecting.
    pub retry_at: Option<At>,
    /// Number of failures in a row.
    pub attempt: u32,
}

/// A channel's state in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionStatus {
    /// Switched off by a person, or by a fatal error (then with a reason).
    Off,
    /// The first try of this start.
    Connecting,
    /// Messages flow.
    Online,
    /// The network was lost; it comes back by itself.
    Reconnecting,
    /// The network no longer knows us: a person has to log in.
    NeedsLogin,
    /// Something on the way refuses this network as such: a proxy is the way out.
    Blocked,
    /// A person has to change something on the network's side.
    NeedsAttention,
}

/// What a person can do about a channel's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UserAction {
    /// Log in once more.
    Login,
    /// Set a proxy, or another one.
    SetProxy,
    /// Stop the other program that uses the same account, then try again.
    StopOther,
    /// Let us take the channel over from the other service, then try again.
    TakeOver,
    /// Change a setting on the network's side, then try again.
    FixSettings,
}

/// What happens to a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionEvent {
    /// A person, or the start of the program, switches it on.
    SwitchedOn,
    /// A person switches it off.
    SwitchedOff,
    /// The network answered and messages flow.
    Established,
    /// It broke; the next try is at the given moment.
    Lost {
        /// Why.
        reason: Reason,
        /// When to try again.
        retry_at: At,
    },
    /// The network does not let us through at all; tried again at the given moment, and a proxy may help.
    Blocked {
        /// Why.
        reason: Reason,
        /// When to try again.
        retry_at: At,
    },
    /// The network forgot us.
    LoggedOut {
        /// Why.
        reason: Reason,
    },
    /// A person has to act on the network's side.
    Stuck {
        /// Why.
        reason: Reason,
        /// What would help.
        action: UserAction,
    },
}

impl Connection {
    /// Switched off, nothing to say.
    pub fn off(since: At) -> Self {
        Self {
            status: ConnectionStatus::Off,
            reason: None,
            action: None,
            since,
            retry_at: None,
            attempt: 0,
        }
    }

    /// The connection after `event` at `now`. `since` stays when the word stays the same.
    #[must_use]
    pub fn next(&self, event: ConnectionEvent, now: At) -> Self {
        use ConnectionEvent as E;
        use ConnectionStatus as S;
        let fresh = |status| Self {
            status,
            ..Self::off(now)
        };
        let next = match event {
            E::SwitchedOn => fresh(S::Connecting),
            E::SwitchedOff => fresh(S::Off),
            E::Established => fresh(S::Online),
            E::Lost { reason, retry_at } => Self {
                reason: Some(reason),
                retry_at: Some(retry_at),
                attempt: self.attempt.saturating_add(1),
                ..fresh(S::Reconnecting)
            },
            E::Blocked { reason, retry_at } => Self {
                reason: Some(reason),
                retry_at: Some(retry_at),
                action: Some(UserAction::SetProxy),
                attempt: self.attempt.saturating_add(1),
                ..fresh(S::Blocked)
            },
            E::LoggedOut { reason } => Self {
                reason: Some(reason),
                action: Some(UserAction::Login),
                ..fresh(S::NeedsLogin)
            },
            E::Stuck { reason, action } => Self {
                reason: Some(reason),
                action: Some(action),
                ..fresh(S::NeedsAttention)
            },
        };
        if next.status == self.status {
            Self {
                since: self.since,
                ..next
            }
        } else {
            next
        }
    }

    /// Whether a person has to act before messages flow again.
    pub fn needs_a_person(&self) -> bool {
        use ConnectionStatus as S;
        matches!(self.status, S::NeedsLogin | S::NeedsAttention | S::Blocked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flapping_line_keeps_counting_until_it_holds() {
        let lost = |at| ConnectionEvent::Lost {
            reason: Reason::new("reason.network"),
            retry_at: At(at),
        };
        let line = Connection::off(At(0)).next(ConnectionEvent::SwitchedOn, At(1));
        let line = line.next(lost(10), At(5)).next(lost(30), At(10));
        assert_eq!(
            (line.status, line.attempt, line.since),
            (ConnectionStatus::Reconnecting, 2, At(5))
        );
        let line = line.next(ConnectionEvent::Established, At(31));
        assert_eq!(
            (line.status, line.attempt, line.reason),
            (ConnectionStatus::Online, 0, None)
        );
    }
}
