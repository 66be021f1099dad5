//! Every command and query of the user interface: the one door through which operators act.
//!
//! ```text
//!   window ── rpc(name, payload) ──► router ──► async fn(&App, Req) -> Result<Res, ApiError> ──► rows
//!   window ◄── changed: tag, id ──── changes ◄── engine
//! ```
//!
//! Must not: know a window, name a vendor, hold SQL, carry rows in events.

mod accounts;
mod analytics;
mod app;
pub use app::{App, AppDeps, MediaFile, StartError, WorkspaceInfo};
mod boot;
pub mod changes;
mod contacts;
mod conversations;
mod crm_cards;
mod desk;
pub mod error;
pub mod export_ts;
mod exports;
mod journal;
mod links;
mod login;
mod messages;
mod placeholders;
mod quick_replies;
mod replies;
mod router;
mod routes;
mod rules;
mod search;
mod uploads;
pub mod wire;
mod words;
mod write_first;
