//! Opening Olga's workspace: with a keyring, with a passphrase, twice, damaged, as a demo.
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
