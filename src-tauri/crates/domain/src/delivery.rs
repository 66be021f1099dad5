use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an operator's message is on its way to the network. Held by a row of `deliveries`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its turn in the conversation.
    Queued,
    /// The call may be under way: written before the first byte leaves.
    Sending,
    /// Certainly not sent, may heal by itself: tried again at its time; the conversation's later messages wait behind it.
    Parked,
    /// The network has it.
    Sent,
    /// Certainly not sent, and will not heal by itself: a person decides.
    Failed,
    /// Nobody knows whether it was sent, and sending again might double it: a person decides.
    Uncertain,
    /// A person gave it up.
    Cancelled,
}

/// What happens to a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryEvent {
    /// The delivery loop takes it.
    Claimed,
    /// The network confirmed it, by answer or by echo.
    Confirmed,
    /// Certainly not sent; may be tried again.
    Refused,
    /// Certainly not sent; trying again is pointless.
    Rejected,
    /// The answer never came.
    Lost {
        /// The network recognises a repetition, so sending again can't double it.
        repeatable: bool,
    },
    /// A person says: send it (again).
    Retried,
    /// A person says: it did arrive.
    Acknowledged,
    /// A person gives it up.
    GivenUp,
}

impl DeliveryState {
    /// The state after `event`; `None` where the event makes no sense, and nothing must change.
    #[must_use]
    pub fn next(self, event: DeliveryEvent) -> Option<Self> {
        use DeliveryEvent as E;
        use DeliveryState as S;
        Some(match (self, event) {
            (S::Queued | S::Parked, E::Claimed) => S::Sending,
            // An echo may overtake the answer, and may prove a message sent that everybody had given up.
            (S::Queued | S::Sending | S::Parked | S::Uncertain | S::Failed | S::Cancelled, E::Confirmed) => S::Sent,
            (S::Sending, E::Refused | E::Lost { repeatable: true }) => S::Parked,
            (S::Sending, E::Rejected) => S::Failed,
            (S::Sending, E::Lost { repeatable: false }) => S::Uncertain,
            (S::Parked | S::Failed | S::Uncertain, E::Retried) => S::Queued,
            (S::Uncertain, E::Acknowledged) => S::Sent,
            (S::Queued | S::Parked | S::Failed | S::Uncertain, E::GivenUp) => S::Cancelled,
            _ => return None,
        })
    }

    /// Whether later messages of the conversation wait for this one.
    pub fn holds_the_line(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Parked)
    }
}

#[cfg(test)]
mod tests {
    use super::{DeliveryEvent as E, DeliveryState as S};

    #[test]
    fn a_lost_answer_is_repeated_only_where_repeating_is_harmless() {
        assert_eq!(S::Sending.next(E::Lost { repeatable: true }), Some(S::Parked));
        assert_eq!(S::Sending.next(E::Lost { repeatable: false }), Some(S::Uncertain));
        assert_eq!(S::Uncertain.next(E::Claimed), None, "never by itself");
    }

    #[test]
    fn nothing_moves_a_sent_message_back() {
        for event in [
            E::Claimed,
            E::Refused,
            E::Rejected,
            E::Lost { repeatable: true },
            E::Retried,
            E::GivenUp,
        ] {
            assert_eq!(S::Sent.next(event), None, "{event:?}");
        }
    }
}
