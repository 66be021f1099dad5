//! Whole-application stories: real engine, real channels, simulated networks.

mod bad_input;
mod conversation;
mod crash_anywhere;
mod damaged;
mod rough_line;
mod two_workspaces;
