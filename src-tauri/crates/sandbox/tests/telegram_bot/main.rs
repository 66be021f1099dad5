//! The Telegram simulator, told as stories over its wire and through third-party clients.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests

#[path = "../common/mod.rs"]
mod common;
mod wire;

mod account;
mod chaos;
mod clients;
mod control;
mod customers;
mod edits;
mod errors;
mod files;
mod groups;
mod living;
mod polling;
mod sending;
