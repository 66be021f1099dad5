//! A browser on the same machine, a page elsewhere, and a backend that remembers what it was asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]

mod backend;
mod calls;
mod files;
mod strangers;
