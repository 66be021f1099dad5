use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a manager's message is on its way from the CRM to the client (ответ из CRM). Held by a row of `crm_replies`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReplyState {
    /// Stored; not with the network yet.
    Queued,
    /// The network has it.
    Sent,
    /// Did not go: the reason says why, a person may retry.
    Failed,
}

/// What happens to a manager's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyEvent {
    /// Not now: a file is still to be fetched, the channel is away.
    Postponed,
    /// The network confirmed it.
    Confirmed,
    /// It will not go by itself.
    Rejected,
    /// A person says: once more.
    Retried,
}

impl ReplyState {
    /// The state after `event`; `None` where the event makes no sense, and nothing must change.
    #[must_use]
    pub fn next(self, event: ReplyEvent) -> Option<Self> {
        use ReplyEvent as E;
        use ReplyState as S;
        Some(match (self, event) {
            (S::Queued, E::Postponed) | (S::Failed, E::Retried) => S::Queued,
            // The network's echo may prove a message sent that was given up.
            (S::Queued | S::Failed, E::Confirmed) => S::Sent,
            (S::Queued, E::Rejected) => S::Failed,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ReplyEvent as E, ReplyState as S};

    #[test]
    fn a_sent_reply_is_never_sent_again() {
        for event in [E::Postponed, E::Confirmed, E::Rejected, E::Retried] {
            assert_eq!(S::Sent.next(event), None);
        }
        assert_eq!(S::Failed.next(E::Retried), Some(S::Queued));
    }
}
