//! VK over plain HTTP, as a client sees it; the people act through the sandbox.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests

#[path = "../common/mod.rs"]
mod common;

mod clients;
mod errors;
mod history;
mod long_poll;
mod media;
mod people;
mod sending;
mod sign_in;
mod world;
