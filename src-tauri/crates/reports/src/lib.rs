//! What managers take away and look at: files of messages, and figures.
//!
//! ```text
//!   [exports] ─► export::write ── pages of messages ─► cells ─► xlsx | csv | jsonl | html ─► a name in a folder
//!   [uncounted] ─► analytics::count ─► [turns, cells]      analytics::look ◄── [quarters, cells, firsts]
//! ```
//!
//! A file appears under its name only when it is whole. Figures are sums of what was counted already: looking at them
//! reads no message.
//!
//! Must not: read a clock, hold SQL, name a vendor, keep a read open while a file grows.

pub mod analytics;
pub mod export;
mod period;
pub use period::{Period, PeriodError};
mod words;
pub use words::Words;
