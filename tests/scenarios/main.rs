//! Whole-application stories: real engine, real channels, simulated networks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]

mod auto_reply;
mod bad_input;
mod conversation;
mod crash_anywhere;
mod damaged;
mod filters;
mod quick_replies;
mod rough_line;
mod two_workspaces;
