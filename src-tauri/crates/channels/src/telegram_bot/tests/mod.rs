//! Stories about a bot: recorded updates first, then a whole Bot API on 127.0.0.1.

mod kinds;
mod login;
mod media;
mod receiving;
mod sending;
mod strange;
mod texts;
mod world;
