use std::{fmt, time::Duration};

use reqwest::{Method, Proxy, redirect};
use url::Url;

use crate::{ProxyAddress, Request, SetupError, resolve::Resolver, tls};

/// What we call ourselves.
const USER_AGENT: &str = concat!("Besedka/", env!("CARGO_PKG_VERSION"));

/// How a client reaches the network.
#[derive(Debug, Clone)]
pub struct Options {
    /// Everything goes through it. The system's own proxy settings are not asked: each account has its own.
    pub proxy: Option<ProxyAddress>,
    /// Certificates in PEM beside the system's, for services that use one of their own: an authority's, or the very one
    /// that the service shows. One text may hold several.
    pub extra_roots: Vec<String>,
    /// For name lookup, connection and TLS handshake together.
    pub connect_timeout: Duration,
    /// The longest time without a single byte in files that go up or down, and in the middle of an answer.
    pub silence: Duration,
}

impl Default for Options {
    /// 10 s to connect, as three lost SYN packets take 7 s; 60 s of silence: a service may well think about a film for
    /// half a minute after its last byte.
    fn default() -> Self {
        Self {
            proxy: None,
            extra_roots: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            silence: Duration::from_secs(60),
        }
    }
}

/// The HTTP client of one account. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    pub(crate) proxied: bool,
    pub(crate) silence: Duration,
}

impl Client {
    /// Makes a client. Calls nobody.
    ///
    /// # Errors
    /// [`SetupError`] when the options make no sense.
    pub fn new(options: &Options) -> Result<Self, SetupError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(&options.extra_roots)?)
            .user_agent(USER_AGENT)
            .connect_timeout(options.connect_timeout)
            .tcp_keepalive(Duration::from_secs(30))
            .dns_resolver(Resolver)
            // No API of ours redirects; a redirect is a provider's page, or would carry a token away.
            .redirect(redirect::Policy::none())
            // Repeating is the caller's decision: it knows whether that doubles a message.
            .retry(reqwest::retry::never());
        builder = match &options.proxy {
            Some(proxy) => builder.proxy(Proxy::all(proxy.url().clone()).map_err(|_| SetupError::Proxy)?),
            None => builder.no_proxy(),
        };
        Ok(Self {
            http: builder.build().map_err(|_| SetupError::Tls)?,
            proxied: options.proxy.is_some(),
            silence: options.silence,
        })
    }

    /// Asks for something.
    pub fn get(&self, url: Url) -> Request {
        self.request(Method::GET, url)
    }

    /// Sends something.
    pub fn post(&self, url: Url) -> Request {
        self.request(Method::POST, url)
    }

    /// Changes something.
    pub fn patch(&self, url: Url) -> Request {
        self.request(Method::PATCH, url)
    }

    /// By any method.
    pub fn request(&self, method: Method, url: Url) -> Request {
        Request::new(self.clone(), self.http.request(method, url))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("proxied", &self.proxied).finish()
    }
}
