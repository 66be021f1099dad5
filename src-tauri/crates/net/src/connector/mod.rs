//! What connectors of every kind need: failures in the words of the contracts, the user's network options made ready.

mod failure;
pub use failure::{call_error, call_error_at_own_address};
mod setup;
pub use setup::{base, client, client_trusting, connect_error, login_error, own_address};
