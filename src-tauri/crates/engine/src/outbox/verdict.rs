//! Whether a message may go to CRMs: the one place where the outbox looks at the rules of the channel.

use domain::{Direction, Reason, Tick, Verdict as OfRules};
use store::NewsMessage;

/// What is to become of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It goes.
    Passes,
    /// A rule keeps it out: which.
    KeptOut(Reason),
    /// There is nothing for a CRM in it, and no status to show: not sent yet, or never.
    Nothing,
}

/// About one message. The rules' own row is committed together with the message.
pub(crate) fn of(message: &NewsMessage) -> Verdict {
    // What did not reach the network was never said.
    if message.direction == Direction::Out && message.tick.is_none_or(|tick| tick < Tick::Sent) {
        return Verdict::Nothing;
    }
    match message.verdict {
        OfRules::Pass => Verdict::Passes,
        OfRules::Filtered | OfRules::Held => Verdict::KeptOut(
            message
                .verdict_reason
                .clone()
                .unwrap_or_else(|| Reason::new("sync.kept_out")),
        ),
    }
}
