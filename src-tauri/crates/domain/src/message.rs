use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The client wrote it (вх).
    In,
    /// We wrote it, here or in the network's own app (исх).
    Out,
    /// Nobody did: a line about the conversation (missed call, the client blocked us).
    System,
}

/// How far an outgoing message has come, as the ticks show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    /// On its way from here: a clock.
    Sending,
    /// Did not go, or nobody knows: red, with a reason in its delivery.
    Error,
    /// The network has it: one tick.
    Sent,
    /// The client's device has it: two ticks.
    Delivered,
    /// The client has seen it: two blue ticks.
    Read,
}
