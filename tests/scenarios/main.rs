//! Whole-application stories: real engine, real channels, simulated networks.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]

mod bad_input;
mod conversation;
mod crash_anywhere;
mod damaged;
mod files;
mod groups;
mod kinds;
mod rough_line;
mod two_workspaces;
