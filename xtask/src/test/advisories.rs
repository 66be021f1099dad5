//! Whether the RustSec database can be fetched from here.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// Where cargo-deny clones the database from.
pub(super) const HOST: &str = "github.com";

/// A machine that only reaches registries must not fail for it; the hosted workflow always checks.
pub(super) fn can_be_fetched() -> bool {
    let addresses = (HOST, 443).to_socket_addrs().into_iter().flatten();
    addresses
        .take(2)
        .any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(3)).is_ok())
}
