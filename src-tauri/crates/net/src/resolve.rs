use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// A name that its owners keep resolvable for documentation (RFC 2606) and that nobody has a reason to hide: when it
/// is found and another is not, the network is there and the other was taken out of it.
const WITNESS: &str = "example.com";
/// A resolver that has not answered by then will not.
const WITNESS_WAIT: Duration = Duration::from_secs(4);

/// Looks names up by the system, and knows a lie when it gets one.
#[derive(Clone, Copy)]
pub(crate) struct Resolver;

/// What went wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameError {
    /// No address.
    NotFound,
    /// Only addresses that can't belong to a public service.
    Poisoned,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "name not found",
            Self::Poisoned => "name leads nowhere",
        })
    }
}

impl std::error::Error for NameError {}

/// Whether names are found at all: tells a lost network from a service that was taken out of it.
pub(crate) async fn names_are_found() -> bool {
    let lookup = tokio::net::lookup_host((WITNESS, 443));
    matches!(tokio::time::timeout(WITNESS_WAIT, lookup).await, Ok(Ok(_)))
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0))
                .await
                .map_err(|_| NameError::NotFound)?;
            let found = honest(name.as_str(), found.collect())?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Providers answer for a name they hide with an address that leads nowhere. Names of this machine may lead to it.
fn honest(name: &str, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NameError> {
    let own = !name.contains('.') || name.ends_with(".localhost") || name.ends_with(".local");
    if found.is_empty() {
        return Err(NameError::NotFound);
    }
    if !own && found.iter().all(|address| leads_nowhere(address.ip())) {
        return Err(NameError::Poisoned);
    }
    Ok(found)
}

/// Private networks are not among these: a company may well run a server of its own under a public name.
fn leads_nowhere(address: IpAddr) -> bool {
    address.is_loopback() || address.is_unspecified()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Vec<SocketAddr> {
        vec![SocketAddr::new(address.parse().unwrap(), 0)]
    }

    #[test]
    fn a_public_name_that_leads_to_this_machine_is_a_lie() {
        for lie in ["127.0.0.1", "0.0.0.0", "::1"] {
            assert_eq!(honest("api.example.org", at(lie)), Err(NameError::Poisoned), "{lie}");
        }
        assert!(
            honest("api.example.org", at("10.1.2.3")).is_ok(),
            "a company's own server"
        );
        assert!(honest("localhost", at("127.0.0.1")).is_ok());
        assert_eq!(honest("api.example.org", vec![]), Err(NameError::NotFound));
    }
}
