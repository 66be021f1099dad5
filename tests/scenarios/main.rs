//! Whole-application stories: real engine, real channels, simulated networks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]

mod analytics;
mod auto_reply;
mod bad_input;
mod conversation;
mod crash_anywhere;
mod crm;
mod crm_crash;
mod crm_kill;
mod crm_meddled;
mod crm_rush;
mod damaged;
#[path = "../../src-tauri/crates/sandbox/tests/common/environment.rs"]
mod environment;
mod exports;
mod files;
mod filters;
mod groups;
mod kinds;
mod quick_replies;
mod rough_line;
mod two_workspaces;
mod victim;
