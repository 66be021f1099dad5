use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a message is on its way to one CRM (выгрузка). Held by a row of `outbox`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Waits for its turn, or for the next try.
    Queued,
    /// The CRM has it.
    Exported,
    /// It is there already, or the CRM cannot take it: the reason says which.
    Discarded,
    /// A rule of the channel keeps it out.
    Filtered,
    /// It was sent from the CRM itself as part of a mailing.
    Skipped,
    /// Could not be exported, and will not be by itself: the reason says why, a person may retry.
    Failed,
}

/// What happens to a message on its way to a CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncEvent {
    /// The CRM confirmed it, or its trace was found there.
    Confirmed,
    /// Not done for now: network, rate, access. It stays in the queue.
    Refused,
    /// The CRM understood and refused; trying again is pointless until something changes.
    Rejected,
    /// There is nothing to do for the CRM.
    Dropped,
    /// A rule keeps it out.
    KeptOut,
    /// It is a part of a mailing of the CRM.
    OwnMailing,
    /// A person, or a corrected cause, says: once more.
    Retried,
}

impl SyncState {
    /// The state after `event`; `None` where the event makes no sense, and nothing must change.
    #[must_use]
    pub fn next(self, event: SyncEvent) -> Option<Self> {
        use SyncEvent as E;
        use SyncState as S;
        Some(match (self, event) {
            // A trace may be found for what everybody had given up.
            (S::Queued | S::Failed, E::Confirmed) => S::Exported,
            (S::Queued, E::Refused) => S::Queued,
            (S::Queued, E::Rejected) => S::Failed,
            (S::Queued, E::Dropped) => S::Discarded,
            (S::Queued, E::KeptOut) => S::Filtered,
            (S::Queued, E::OwnMailing) => S::Skipped,
            // A filter was changed, a client answered a mailing: what was kept out may go after all.
            (S::Failed | S::Discarded | S::Filtered | S::Skipped, E::Retried) => S::Queued,
            _ => return None,
        })
    }

    /// Whether nothing more happens by itself.
    pub fn settled(self) -> bool {
        self != Self::Queued
    }
}

#[cfg(test)]
mod tests {
    use super::{SyncEvent as E, SyncState as S};

    const EVENTS: [E; 7] = [
        E::Confirmed,
        E::Refused,
        E::Rejected,
        E::Dropped,
        E::KeptOut,
        E::OwnMailing,
        E::Retried,
    ];

    #[test]
    fn what_is_exported_stays_exported() {
        assert!(EVENTS.into_iter().all(|event| S::Exported.next(event).is_none()));
    }

    #[test]
    fn only_a_person_or_a_found_trace_moves_a_failed_one() {
        let moves: Vec<_> = EVENTS.into_iter().filter_map(|event| S::Failed.next(event)).collect();
        assert_eq!(moves, [S::Exported, S::Queued]);
    }
}
