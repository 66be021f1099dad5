//! Every command and query of the user interface: the one door through which operators act.
//!
//! ```text
//!   window ── rpc(name, payload) ──► router ──► async fn(&App, Req) -> Result<Res, ApiError> ──► rows
//!   window ◄── changed: tag, id ──── changes ◄── engine
//! ```
//!
//! Must not: know a window, name a vendor, hold SQL, carry rows in events.

pub mod changes;
pub mod error;
pub mod export_ts;
mod routes;
pub mod wire;
