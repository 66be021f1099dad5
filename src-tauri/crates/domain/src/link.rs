use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{At, Reason};

/// The state of a CRM link as people see it, with what they can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkState {
    /// In one word.
    pub status: LinkStatus,
    /// Why, when there is something to say.
    pub reason: Option<Reason>,
    /// The way out that a person has, if any.
    pub action: Option<LinkAction>,
    /// Since when it is so.
    pub since: At,
    /// When the next try starts, while reconnecting.
    pub retry_at: Option<At>,
    /// Number of failures in a row.
    pub attempt: u32,
}

/// A CRM link's state in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// Switched off by a person.
    Off,
    /// The first try of this start.
    Connecting,
    /// Messages flow.
    Online,
    /// The CRM can't be reached; it comes back by itself.
    Reconnecting,
    /// The CRM no longer knows us: a person has to connect it anew. The queue is kept.
    NeedsLogin,
    /// The account that was connected may not do what is needed. The queue is kept.
    NoRights,
    /// The CRM's plan is not paid, or does not have what is needed. The queue is kept.
    Unpaid,
    /// A person has to change a setting. The queue is kept.
    NeedsAttention,
}

/// What a person can do about a link's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkAction {
    /// Connect once more; settings are kept.
    Login,
    /// Let an administrator grant the rights, then try again.
    GrantRights,
    /// Pay the CRM or change its plan, then try again.
    Pay,
    /// Set a proxy, or another one.
    SetProxy,
    /// Change a setting here, then try again.
    FixSettings,
}

/// What happens to a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkEvent {
    /// A person, or the start of the program, switches it on.
    SwitchedOn,
    /// A person switches it off.
    SwitchedOff,
    /// The CRM answered and everything is prepared.
    Established,
    /// It can't be reached; the next try is at the given moment.
    Lost {
        /// Why.
        reason: Reason,
        /// When to try again.
        retry_at: At,
    },
    /// The CRM forgot us.
    LoggedOut(Reason),
    /// The account lacks rights.
    Forbidden(Reason),
    /// The plan lacks something.
    Unpaid(Reason),
    /// A person has to act.
    Stuck {
        /// Why.
        reason: Reason,
        /// What would help.
        action: LinkAction,
    },
}

impl LinkState {
    /// Switched off, nothing to say.
    pub fn off(since: At) -> Self {
        Self {
            status: LinkStatus::Off,
            reason: None,
            action: None,
            since,
            retry_at: None,
            attempt: 0,
        }
    }

    /// The state after `event` at `now`. `since` stays when the word stays the same.
    #[must_use]
    pub fn next(&self, event: LinkEvent, now: At) -> Self {
        use LinkEvent as E;
        use LinkStatus as S;
        let fresh = |status| Self {
            status,
            ..Self::off(now)
        };
        let stuck = |status, reason, action| Self {
            reason: Some(reason),
            action: Some(action),
            ..fresh(status)
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
            E::LoggedOut(reason) => stuck(S::NeedsLogin, reason, LinkAction::Login),
            E::Forbidden(reason) => stuck(S::NoRights, reason, LinkAction::GrantRights),
            E::Unpaid(reason) => stuck(S::Unpaid, reason, LinkAction::Pay),
            E::Stuck { reason, action } => stuck(S::NeedsAttention, reason, action),
        };
        let since = if next.status == self.status { self.since } else { now };
        Self { since, ..next }
    }

    /// Whether a person has to act before messages flow again: worth an alert.
    pub fn needs_a_person(&self) -> bool {
        use LinkStatus as S;
        matches!(self.status, S::NeedsLogin | S::NoRights | S::Unpaid | S::NeedsAttention)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revoked_token_asks_for_a_person_and_a_broken_line_does_not() {
        let link = LinkState::off(At(0)).next(LinkEvent::SwitchedOn, At(1));
        let lost = link.next(
            LinkEvent::Lost {
                reason: Reason::new("reason.network"),
                retry_at: At(9),
            },
            At(2),
        );
        assert_eq!((lost.needs_a_person(), lost.attempt), (false, 1));
        let revoked = lost.next(LinkEvent::LoggedOut(Reason::new("reason.revoked")), At(10));
        assert_eq!(
            (revoked.needs_a_person(), revoked.action, revoked.since),
            (true, Some(LinkAction::Login), At(10))
        );
        assert_eq!(revoked.next(LinkEvent::Established, At(11)).reason, None);
    }
}
