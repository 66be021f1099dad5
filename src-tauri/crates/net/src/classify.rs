//! What a failure means: whether it was done, whether to try again, and what may stand in the way.

use std::{error::Error, io, time::Duration};

use domain::Retry;
use rustls::{CertificateError, Error as TlsError};

use crate::{
    Client,
    resolve::{NameError, names_are_found},
    upload::LocalRead,
};

/// Why a call gave nothing usable. Holds no address, no token and no foreign text but what `redact` has seen.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The request never left: certainly not done.
    #[error("not connected: {0}")]
    NotConnected(Trouble),
    /// The request may have left and no whole answer came: nobody knows whether it was done.
    #[error("no answer: {0}")]
    NoAnswer(Trouble),
    /// Something on the way keeps this service from us; the request was not done.
    #[error("blocked on the way: {0}")]
    Blocked(Sign),
    /// The service asks to slow down (429).
    #[error("too fast, wait {wait:?}")]
    TooFast {
        /// For so long, when it says so.
        wait: Option<Duration>,
    },
    /// The service has trouble of its own (5xx): it may have been done.
    #[error("server trouble: status {status}")]
    Server {
        /// HTTP status.
        status: u16,
    },
    /// Another status that is no success.
    #[error("status {status}")]
    Status {
        /// HTTP status.
        status: u16,
    },
    /// The answer came and is not what it should be.
    #[error("unreadable answer: {problem}")]
    Unreadable {
        /// What is wrong: for the developer, without secrets.
        problem: String,
    },
    /// More bytes than the caller takes.
    #[error("larger than {limit} bytes")]
    TooBig {
        /// What the caller takes.
        limit: u64,
    },
    /// Reading or writing a file of ours failed.
    #[error("local file: {0}")]
    Local(io::ErrorKind),
    /// The request itself can't be built.
    #[error("the request can't be built")]
    Invalid,
}

/// What is the matter with the line.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No name is found at all: there is no network.
    #[error("no network")]
    Offline,
    /// The machine answers, and nobody listens there.
    #[error("connection refused")]
    Refused,
    /// It takes too long.
    #[error("timed out")]
    Timeout,
    /// It broke.
    #[error("connection lost")]
    Lost,
    /// The proxy does not answer, or can't get through.
    #[error("the proxy does not let us through")]
    Proxy,
    /// The proxy wants another name or password.
    #[error("the proxy refuses our password")]
    ProxyLogin,
    /// The certificate is out of its time: mostly the clock of this machine is.
    #[error("the certificate is out of its time")]
    Clock,
    /// The two sides can't agree on TLS.
    #[error("TLS does not work out")]
    Tls,
}

/// By what one sees that somebody on the way keeps a service from us.
#[derive(Debug, thiserror::Error, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Other names are found, this one is not.
    #[error("its name is not found")]
    NameHidden,
    /// Its name leads nowhere.
    #[error("its name leads nowhere")]
    NamePoisoned,
    /// Names are found, and the service does not even take up the connection.
    #[error("it does not answer at all")]
    Silence,
    /// The connection is cut as soon as it says whom it wants.
    #[error("the handshake is cut")]
    HandshakeCut,
    /// Somebody else answers in its name.
    #[error("the certificate is somebody else's")]
    ForeignCertificate,
    /// A page for people comes where data should.
    #[error("a page of somebody else")]
    Page,
}

impl Failure {
    /// Whether nothing was done on the other side, for sure.
    pub fn certain(&self) -> bool {
        !matches!(self, Self::NoAnswer(_) | Self::Server { .. } | Self::Unreadable { .. })
    }

    /// Whether and when to try again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::NotConnected(_) | Self::NoAnswer(_) | Self::Blocked(_) => Retry::Soon,
            Self::TooFast { wait } => wait.map_or(Retry::Soon, Retry::After),
            Self::Server { .. } | Self::Unreadable { .. } => Retry::Soon,
            Self::Status { .. } | Self::TooBig { .. } | Self::Local(_) | Self::Invalid => Retry::Never,
        }
    }
}

/// Asks the network once more where an error alone can't tell «no network» from «this service is kept from us».
pub(crate) async fn failure(client: &Client, error: &reqwest::Error, https: bool) -> Failure {
    match suspect(error, https, client.proxied) {
        Suspect::Sure(failure) => failure,
        Suspect::If(sign, otherwise) if !client.proxied => {
            if names_are_found().await {
                Failure::Blocked(sign)
            } else {
                Failure::NotConnected(otherwise)
            }
        }
        Suspect::If(_, otherwise) => Failure::NotConnected(otherwise),
    }
}

/// What an error says by itself.
#[derive(Debug, PartialEq)]
enum Suspect {
    /// Enough.
    Sure(Failure),
    /// This, if the network as such works; that, if it does not.
    If(Sign, Trouble),
}

fn suspect(error: &reqwest::Error, https: bool, proxied: bool) -> Suspect {
    use Suspect::Sure;
    if error.is_builder() {
        return Sure(Failure::Invalid);
    }
    if let Some(LocalRead(kind)) = find(error) {
        return Sure(Failure::Local(*kind));
    }
    if !error.is_connect() {
        let trouble = if error.is_timeout() {
            Trouble::Timeout
        } else {
            Trouble::Lost
        };
        return Sure(Failure::NoAnswer(trouble));
    }
    if let Some(tls) = find::<TlsError>(error) {
        return Sure(of_tls(tls));
    }
    if proxied {
        return Sure(Failure::NotConnected(of_proxy(error)));
    }
    match (find::<NameError>(error), innermost_kind(error)) {
        (Some(NameError::Poisoned), _) => Sure(Failure::Blocked(Sign::NamePoisoned)),
        (Some(NameError::NotFound), _) => Suspect::If(Sign::NameHidden, Trouble::Offline),
        _ if error.is_timeout() => Suspect::If(Sign::Silence, Trouble::Timeout),
        (_, Some(io::ErrorKind::ConnectionRefused)) => Sure(Failure::NotConnected(Trouble::Refused)),
        (_, Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown)) => {
            Sure(Failure::NotConnected(Trouble::Offline))
        }
        // The three-way handshake stood, or there would be nothing to cut.
        (_, Some(io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionAborted))
            if https =>
        {
            Sure(Failure::Blocked(Sign::HandshakeCut))
        }
        _ => Sure(Failure::NotConnected(Trouble::Lost)),
    }
}

fn of_tls(error: &TlsError) -> Failure {
    use CertificateError as C;
    match error {
        TlsError::InvalidCertificate(
            C::Expired | C::ExpiredContext { .. } | C::NotValidYet | C::NotValidYetContext { .. },
        ) => Failure::NotConnected(Trouble::Clock),
        TlsError::InvalidCertificate(_) => Failure::Blocked(Sign::ForeignCertificate),
        // A plain page where a handshake should be.
        TlsError::InvalidMessage(_) => Failure::Blocked(Sign::HandshakeCut),
        _ => Failure::NotConnected(Trouble::Tls),
    }
}

/// The proxy libraries keep their errors to themselves: their English words are all there is.
fn of_proxy(error: &reqwest::Error) -> Trouble {
    let refused = causes(error).any(|cause| {
        let words = cause.to_string().to_ascii_lowercase();
        words.contains("authoriz") || words.contains("credentials") || words.contains("auth method")
    });
    match (refused, error.is_timeout()) {
        (true, _) => Trouble::ProxyLogin,
        (false, true) => Trouble::Timeout,
        (false, false) => Trouble::Proxy,
    }
}

fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

/// Libraries wrap one `io::Error` into the next; the one at the bottom came from the system.
fn innermost_kind(error: &reqwest::Error) -> Option<io::ErrorKind> {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .last()
        .map(io::Error::kind)
}

/// The error and all that lies under it. `io::Error` hides its inside from `source()`, hence the detour.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inside) => Some(inside as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}
