//! The user's network options, made ready for use.

use contracts::channel::{ConnectError, Endpoint, LoginError, Network};
use domain::Reason;

use crate::{BaseAddress, Client, Options, ProxyAddress, SetupError};

/// The HTTP client that goes the way the user wants.
///
/// # Errors
/// [`SetupError`] when the proxy address is none.
pub fn client(network: &Network) -> Result<Client, SetupError> {
    client_trusting(network, None)
}

/// The same for a service that shows a certificate of its own, which the user gave in PEM.
///
/// # Errors
/// [`SetupError`] when the proxy address is none, or the certificate.
pub fn client_trusting(network: &Network, certificate: Option<&str>) -> Result<Client, SetupError> {
    let proxy = network.proxy.as_ref().map(|text| ProxyAddress::parse(text.expose()));
    Client::new(&Options {
        proxy: proxy.transpose()?,
        extra_roots: certificate.map(str::to_owned).into_iter().collect(),
        ..Options::default()
    })
}

/// Where the endpoint `key` lives: the user's address, or the network's own.
///
/// # Errors
/// [`SetupError::Endpoint`] when the user's address is none.
pub fn base(network: &Network, endpoints: &[Endpoint], key: &str) -> Result<BaseAddress, SetupError> {
    let default = endpoints.iter().find(|endpoint| endpoint.key == key);
    let text = own_address(network, key).or(default.map(|endpoint| endpoint.default));
    BaseAddress::parse(text.unwrap_or_default())
}

/// The user's address of an endpoint, when there is one.
pub fn own_address<'a>(network: &'a Network, key: &str) -> Option<&'a str> {
    let text = network.endpoints.get(key)?.trim();
    (!text.is_empty()).then_some(text)
}

/// An option that makes no sense, for a connector.
pub fn connect_error(error: SetupError) -> ConnectError {
    ConnectError::Network(reason(error))
}

/// An option that makes no sense, for a login: names the field.
pub fn login_error(error: SetupError) -> LoginError {
    let field = match error {
        SetupError::Endpoint => "endpoint",
        SetupError::Proxy | SetupError::Certificate | SetupError::Tls => "proxy",
    };
    LoginError::field(field, reason(error))
}

fn reason(error: SetupError) -> Reason {
    Reason::new(match error {
        SetupError::Proxy => "reason.proxy_address",
        SetupError::Endpoint => "reason.endpoint_address",
        SetupError::Certificate | SetupError::Tls => "reason.tls",
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use contracts::Secret;

    use super::*;

    #[test]
    fn an_address_of_ones_own_replaces_the_networks() {
        let own = |address: &str| Network {
            endpoints: BTreeMap::from([("api".to_owned(), address.to_owned())]),
            ..Network::default()
        };
        let known = [Endpoint {
            key: "api",
            default: "https://api.example.org",
        }];
        let at = |network| base(&network, &known, "api").map(|base| base.as_str().to_owned());
        assert_eq!(at(own("http://localhost:8081")).unwrap(), "http://localhost:8081/");
        assert!(
            at(own(" ")).unwrap().starts_with("https://"),
            "an empty field is no address"
        );
        assert_eq!(at(own("localhost")), Err(SetupError::Endpoint));
    }

    #[test]
    fn a_proxy_that_is_none_is_named_without_its_password() {
        let wrong = Network {
            proxy: Some(Secret::new("proxy.example:tajna".to_owned())),
            ..Network::default()
        };
        let error = login_error(client(&wrong).unwrap_err());
        assert!(matches!(&error, LoginError::Fields(fields) if fields[0].field == "proxy"));
        assert!(!format!("{error:?}").contains("tajna"));
    }
}
