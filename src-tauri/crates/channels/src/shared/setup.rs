//! The user's network options, made ready for use.

use contracts::channel::{Descriptor, Network};
pub(crate) use net::connector::{client, connect_error, login_error, own_address};
use net::{BaseAddress, SetupError};

/// Where the endpoint `key` lives: the user's address, or the network's own.
pub(crate) fn base(network: &Network, descriptor: &Descriptor, key: &str) -> Result<BaseAddress, SetupError> {
    net::connector::base(network, descriptor.endpoints, key)
}
