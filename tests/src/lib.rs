//! The world in which the scenarios play: a real workspace, the real engine, the real channels, and simulated networks
//! with people on them. Only the clock is ours.
//!
//! ```no_run
//! # async fn story() {
//! let world = tests::World::start().await;
//! let anna = world.customer("vk", "Анна");
//! anna.writes("Здравствуйте, есть диван «Осло»?").unwrap();
//! let olga = world.operator();
//! let talk = olga.sees("есть диван").await;
//! olga.answers(talk, "Есть, серый и зелёный").await;
//! world.stop().await;
//! # }
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod clock;
mod log;
mod office;
mod operator;
mod shelf;
mod waiting;
mod world;

pub use clock::{HastyClock, QuickClock};
pub use log::Log;
pub use office::{Office, heard_by};
pub use operator::{Operator, Talk};
pub use shelf::{Put, Shelf, Words, message};
pub use waiting::{eventually, heard};
pub use world::{NETWORKS, Network, Place, World, start};
