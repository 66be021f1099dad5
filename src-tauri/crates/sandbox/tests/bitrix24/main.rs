//! Bitrix24 over the wire, as a client sees it; its people act through the sandbox.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests

#[path = "../common/mod.rs"]
mod common;

mod access;
mod batch;
mod cards;
mod chaos;
mod clients;
mod conversations;
mod desk;
mod feed;
mod files;
mod limits;
mod lines;
mod lists;
mod offline;
mod online;
mod push;
mod staff_chats;
mod texts;
mod world;
