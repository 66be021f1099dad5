use std::fmt;

use url::Url;

use crate::redact;

/// Network settings that make no sense. Says which; never repeats what was entered (a proxy holds a password).
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum SetupError {
    /// Not `http://`, `https://`, `socks5://` or `socks5h://` with a host.
    #[error("the proxy is not an address")]
    Proxy,
    /// Not `http://` or `https://` with a host.
    #[error("the endpoint is not an address")]
    Endpoint,
    /// A root certificate of ours can't be read.
    #[error("a root certificate is not one")]
    Certificate,
    /// The TLS library refuses to start.
    #[error("TLS can't be set up")]
    Tls,
}

/// A proxy, with its name and password inside: shows neither.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyAddress(Url);

impl ProxyAddress {
    /// Reads `http://`, `https://`, `socks5://` or `socks5h://`, with `name:password@` where needed.
    ///
    /// # Errors
    /// [`SetupError::Proxy`].
    pub fn parse(text: &str) -> Result<Self, SetupError> {
        let url = Url::parse(text.trim()).map_err(|_| SetupError::Proxy)?;
        let known = matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h");
        let bare = url.path().is_empty() || url.path() == "/";
        if known && bare && url.host_str().is_some_and(|host| !host.is_empty()) {
            Ok(Self(url))
        } else {
            Err(SetupError::Proxy)
        }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }
}

/// Where a service lives: the network's own address, or the one that replaces it.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseAddress(Url);

impl BaseAddress {
    /// Reads `http://` or `https://`; a path is kept, so a service may live below one.
    ///
    /// # Errors
    /// [`SetupError::Endpoint`].
    pub fn parse(text: &str) -> Result<Self, SetupError> {
        let mut url = Url::parse(text.trim()).map_err(|_| SetupError::Endpoint)?;
        let known = matches!(url.scheme(), "http" | "https");
        if !known || url.host_str().is_none_or(str::is_empty) {
            return Err(SetupError::Endpoint);
        }
        url.set_query(None);
        url.set_fragment(None);
        // `Url::join` replaces what follows the last slash.
        let below = format!("{}/", url.path().trim_end_matches('/'));
        url.set_path(&below);
        Ok(Self(url))
    }

    /// An address below this one. `path` is relative and may bring its own query.
    ///
    /// # Errors
    /// [`SetupError::Endpoint`] when the path leads away to another host.
    pub fn join(&self, path: &str) -> Result<Url, SetupError> {
        // Written out instead of `Url::join`: `bot12:AA/getMe` would read as an address with the scheme `bot12`.
        let url = Url::parse(&format!("{}{}", self.0, path.trim_start_matches('/')));
        url.ok()
            .filter(|url| url.host() == self.0.host())
            .ok_or(SetupError::Endpoint)
    }

    /// The address as text, with a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for BaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact::url(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_one_of_four_kinds_and_never_shows_its_password() {
        let proxy = ProxyAddress::parse(" socks5h://olga:tajna@proxy.example:1080 ").unwrap();
        assert_eq!(format!("{proxy:?}"), "socks5h://proxy.example");
        for nonsense in [
            "proxy.example:1080",
            "ftp://proxy.example",
            "socks5://",
            "http://a.example/path",
        ] {
            assert_eq!(ProxyAddress::parse(nonsense), Err(SetupError::Proxy), "{nonsense}");
        }
    }

    #[test]
    fn a_replaced_address_keeps_its_path() {
        let base = BaseAddress::parse("http://localhost:8081/below").unwrap();
        let url = base.join("bot12:AA/getMe").unwrap();
        assert_eq!(url.as_str(), "http://localhost:8081/below/bot12:AA/getMe");
        assert_eq!(BaseAddress::parse("localhost:8081"), Err(SetupError::Endpoint));
    }
}
