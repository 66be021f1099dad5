use std::sync::Arc;

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::SetupError;

/// TLS by the system's own certificates (a company's root counts, as in the browser), plus `extra` in PEM.
///
/// `ring` and not `aws-lc`: it builds everywhere without cmake and in a tenth of the time.
pub(crate) fn config(extra: &[String]) -> Result<ClientConfig, SetupError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| SetupError::Tls)?;
    let extra = certificates(extra)?;
    let verifier = verifier(&extra, provider)?;
    let mut config = match verifier {
        Some(verifier) if extra.is_empty() => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth(),
        Some(verifier) => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Pinned { extra, verifier }))
            .with_no_client_auth(),
        None => builder
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(texts: &[String]) -> Result<Vec<CertificateDer<'static>>, SetupError> {
    let mut all = Vec::new();
    for text in texts {
        let before = all.len();
        for one in CertificateDer::pem_slice_iter(text.as_bytes()) {
            all.push(one.map_err(|_| SetupError::Certificate)?);
        }
        if all.len() == before {
            return Err(SetupError::Certificate);
        }
    }
    Ok(all)
}

/// `None` on a system without a single certificate (a bare container): plain addresses work, and every `https` one
/// fails by itself with a foreign certificate.
fn verifier(extra: &[CertificateDer<'static>], provider: Arc<CryptoProvider>) -> Result<Option<Verifier>, SetupError> {
    match Verifier::new_with_extra_roots(extra.iter().cloned(), provider) {
        Ok(verifier) => Ok(Some(verifier)),
        Err(_) if extra.is_empty() => {
            tracing::warn!("this system has no root certificates: https will not work");
            Ok(None)
        }
        Err(_) => Err(SetupError::Certificate),
    }
}

/// Takes the very certificate that the user gave, whatever else it lacks: those that `openssl req -x509` makes call
/// themselves authorities, and no verifier takes an authority for a server. Everything else goes the usual way.
#[derive(Debug)]
struct Pinned {
    extra: Vec<CertificateDer<'static>>,
    verifier: Verifier,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let usual = self
            .verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match usual {
            // A lapsed one is said to be lapsed: the user has to fetch its successor.
            Err(Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. })) => {
                usual
            }
            Err(_) if self.extra.iter().any(|one| one == end_entity) => Ok(ServerCertVerified::assertion()),
            usual => usual,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
