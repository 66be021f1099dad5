//! TLS for every address of a sandbox, under a certificate authority that lives as long as it does.
//!
//! Most clients insist on `https`, and many on their vendor's own host names. So each port speaks TLS to whoever begins
//! with it, and shows a certificate for whatever name the client asks for; what the client has to be told is
//! [`Authority::file`] (`SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`…).

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, crypto::ring};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::NamedTempFile;
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

/// The name in clients' error messages, so that nobody takes it for a real one.
const NAME: &str = "Besedka sandbox, thrown away";

/// Who asks for no name came by address.
const BY_ADDRESS: [&str; 2] = ["127.0.0.1", "localhost"];

/// Why there is no TLS.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A key or certificate could not be made.
    #[error("the certificate authority could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The key is of no use for TLS.
    #[error("TLS could not be set up: {0}")]
    Setup(#[from] rustls::Error),
    /// The file with the certificate could not be written.
    #[error("the certificate could not be written: {0}")]
    File(#[from] io::Error),
}

/// A certificate authority with a key that is never written down.
#[derive(Debug)]
pub(crate) struct Authority {
    acceptor: Arc<ServerConfig>,
    pem: String,
    file: NamedTempFile,
}

impl Authority {
    pub(crate) fn new() -> Result<Self, TlsError> {
        let issuer = issuer()?;
        let pem = issuer.pem();
        let mut file = tempfile::Builder::new()
            .prefix("sandbox-ca-")
            .suffix(".pem")
            .tempfile()?;
        file.write_all(pem.as_bytes())?;
        let shown = Arc::new(Shown {
            issuer,
            known: Mutex::default(),
        });
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(shown);
        Ok(Self {
            acceptor: Arc::new(config),
            pem,
            file,
        })
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone().into()
    }

    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// Goes away with the sandbox.
    pub(crate) fn file(&self) -> &Path {
        self.file.path()
    }
}

fn issuer() -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut about = CertificateParams::default();
    about.distinguished_name.push(DnType::CommonName, NAME);
    about.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    about.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(about, KeyPair::generate()?)
}

/// Certificates by the name that clients asked for.
struct Shown {
    issuer: CertifiedIssuer<'static, KeyPair>,
    known: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shown").finish_non_exhaustive()
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().unwrap_or_default();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(name) {
            return Some(found.clone());
        }
        let made = Arc::new(self.made_for(name).ok()?);
        known.insert(name.to_owned(), made.clone());
        Some(made)
    }
}

impl Shown {
    fn made_for(&self, name: &str) -> Result<CertifiedKey, TlsError> {
        let names = match name {
            "" => BY_ADDRESS.map(str::to_owned).to_vec(),
            name => vec![name.to_owned()],
        };
        let key = KeyPair::generate()?;
        let mut about = CertificateParams::new(names)?;
        about.use_authority_key_identifier_extension = true;
        let certificate = about.signed_by(&key, &self.issuer)?;
        let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let signing = ring::sign::any_supported_type(&private)?;
        Ok(CertifiedKey::new(vec![certificate.der().clone()], signing))
    }
}
