//! Stories about a community's messages: recorded updates first, then a whole VK on 127.0.0.1.

mod converting;
mod errors;
mod login;
mod receiving;
mod sending;
mod storm;
mod texts;
mod world;
