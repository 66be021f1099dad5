use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the rules of a channel say about a message. A row of `verdicts`: the inbox and the CRMs read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Goes everywhere.
    #[default]
    Pass,
    /// Kept, and shown only to those who ask for it.
    Filtered,
    /// Our own message to somebody who has not answered yet: shown here, kept from the CRMs until the answer comes.
    Held,
}
