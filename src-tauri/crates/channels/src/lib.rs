//! One folder per network that speaks HTTP; each implements [`contracts::channel::Channel`] and nothing else.
//!
//! To add one: a folder with the same file names as its neighbours, one entry in [`registry`], one simulator.
//! Must not: reach the store, import another channel (common things live in `shared/`), sleep or reconnect.

pub mod registry;
mod shared;
pub mod telegram_bot;
pub mod vk_messages;
pub use registry::CHANNELS;
