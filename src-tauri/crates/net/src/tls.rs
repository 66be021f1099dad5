use std::sync::Arc;

use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::SetupError;

/// TLS by the system's own certificates (a company's root counts, as in the browser), plus `extra_roots` in PEM.
///
/// `ring` and not `aws-lc`: it builds everywhere without cmake and in a tenth of the time.
pub(crate) fn config(extra_roots: &[&str]) -> Result<ClientConfig, SetupError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| SetupError::Tls)?;
    let mut config = match verifier(extra_roots, provider)? {
        Some(verifier) => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth(),
        None => builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// `None` on a system without a single certificate (a bare container): plain addresses work, and every `https` one
/// fails by itself with a foreign certificate.
fn verifier(extra_roots: &[&str], provider: Arc<CryptoProvider>) -> Result<Option<Verifier>, SetupError> {
    let roots: Vec<_> = extra_roots
        .iter()
        .map(|pem| CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| SetupError::Certificate))
        .collect::<Result<_, _>>()?;
    match Verifier::new_with_extra_roots(roots, provider) {
        Ok(verifier) => Ok(Some(verifier)),
        Err(_) if extra_roots.is_empty() => {
            tracing::warn!("this system has no root certificates: https will not work");
            Ok(None)
        }
        Err(_) => Err(SetupError::Certificate),
    }
}
