//! amoCRM and Kommo over plain HTTP, as a program sees them; managers act through the sandbox.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests

#[path = "../common/mod.rs"]
mod common;

mod cards;
mod chats;
mod clients;
mod desk;
mod feed;
mod files;
mod hooks;
mod limits;
mod replies;
mod sign_in;
mod signed;
mod unsorted;
mod world;
