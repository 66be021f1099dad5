//! What `net` calls a failure, in the words of the contracts.

pub(crate) use net::connector::{call_error, call_error_at_own_address};
