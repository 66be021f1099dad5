//! Services that show a certificate of their own.

use std::sync::Arc;

use net::{Client, Failure, Options, Sign};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

/// As `openssl req -x509` makes it: it calls itself an authority.
struct Own {
    pem: String,
    address: String,
}

async fn portal() -> Own {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["portal.example".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = params.self_signed(&key).unwrap();
    let (pem, chain) = (certificate.pem(), vec![certificate.der().clone()]);
    let secret = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let shown = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(shown));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    Own { pem, address }
}

async fn asked(own: &Own, trusts: &[&str]) -> Result<u16, Failure> {
    let options = Options {
        extra_roots: trusts.iter().map(|pem| (*pem).to_owned()).collect(),
        ..Options::default()
    };
    let client = Client::new(&options).unwrap();
    let answer = client.get(own.address.parse().unwrap()).send().await;
    answer.map(|answer| answer.status)
}

#[tokio::test]
async fn the_very_certificate_that_was_given_is_taken_and_no_other() {
    let (own, another) = (portal().await, portal().await);
    let foreign = Err(Failure::Blocked(Sign::ForeignCertificate));
    assert_eq!(asked(&own, &[]).await, foreign);
    assert_eq!(asked(&own, &[&another.pem]).await, foreign);
    assert_eq!(asked(&own, &[&another.pem, &own.pem]).await, Ok(204));
    let both = format!("{}{}", another.pem, own.pem);
    assert_eq!(asked(&own, &[&both]).await, Ok(204), "two in one text");
}

#[test]
fn what_is_no_certificate_is_said_at_once() {
    for nonsense in [
        "",
        "сертификат",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ] {
        let options = Options {
            extra_roots: vec![nonsense.to_owned()],
            ..Options::default()
        };
        assert!(Client::new(&options).is_err(), "{nonsense}");
    }
}
