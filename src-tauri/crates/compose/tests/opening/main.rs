//! Opening Olga's workspace: with a keyring, with a passphrase, twice, damaged, as a demo, and both beside each other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories fail by panicking"
)]

mod damage;
mod demo;
mod keys;
mod office;
/// Only here is it one variable that takes the keyring away.
#[cfg(target_os = "linux")]
mod program;
