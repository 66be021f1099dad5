//! What the engine asks of the outside: channels, CRMs, the keeper of the database key, the clock.
//!
//! ```text
//!   channels ── ConnectorEvent, in batches ──►  Sink (engine)  ── committed? ──►  cursor moves
//!   channels ◄── OutgoingMessage ───────────── delivery (engine)
//!   crm      ◄── Work, in batches ──────────── outbox (engine)     asks Pace, writes into Notebook
//!   crm      ── Polled ─────────────────────►  replies (engine)    committed? ──► confirm
//! ```
//!
//! A connector never sees the store: it emits events, answers calls, and keeps nothing whose loss matters.
//! Must not: hold a rule of the product, name a vendor, know a table.

pub mod channel;
mod clock;
pub use clock::{Clock, SystemClock};
pub mod crm;
mod secrets;
pub use secrets::{DatabaseKey, Secret, SecretError, SecretStore};
#[cfg(feature = "testkit")]
pub mod testkit;
mod words;
pub use words::Words;
