//! Calls that simulators make themselves: handlers of events, files whose addresses clients gave.
//!
//! Only addresses of this machine are called, because a sandbox never reaches outside. Whatever the address says, plain
//! HTTP is spoken: every port of a sandbox understands it.

use axum::body::Body;
use bytes::Bytes;
use hyper::Response;
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper::header::HOST;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpStream;
use url::Url;
use url::form_urlencoded::Serializer;

/// A listener has five seconds for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a call to an address failed.
#[derive(Debug, Error)]
pub(crate) enum CallError {
    /// The sandbox stays inside.
    #[error("the address is not on this machine")]
    Outside,
    /// Nobody there, or a line that broke.
    #[error("nobody answered: {0}")]
    Line(#[from] std::io::Error),
    /// Not HTTP.
    #[error("no HTTP there: {0}")]
    Wire(#[from] hyper::Error),
    /// The request cannot be written.
    #[error("the request cannot be written: {0}")]
    Request(#[from] axum::http::Error),
    /// No answer in time.
    #[error("no answer in time")]
    Late,
}

/// Calls an address of this machine and waits for the head of its answer.
pub(crate) async fn call(
    to: &Url,
    request: axum::http::request::Builder,
    body: Bytes,
) -> Result<Response<Incoming>, CallError> {
    let inside = matches!(to.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let port = to
        .port_or_known_default()
        .filter(|_| inside)
        .ok_or(CallError::Outside)?;
    let exchange = async {
        let line = TcpStream::connect(("127.0.0.1", port)).await?;
        let (mut sender, connection) = handshake(TokioIo::new(line)).await?;
        tokio::spawn(connection);
        let path = &to[url::Position::BeforePath..url::Position::AfterQuery];
        let request = request.uri(path).header(HOST, to.authority()).body(Body::from(body))?;
        Ok(sender.send_request(request).await?)
    };
    tokio::time::timeout(PATIENCE, exchange)
        .await
        .map_err(|_| CallError::Late)?
}

/// Nested values in a form, as PHP writes and reads them: `a[b][0]=c`.
pub(crate) fn form(value: &Value) -> String {
    let mut form = Serializer::new(String::new());
    flatten(&mut form, String::new(), value);
    form.finish()
}

fn flatten(form: &mut Serializer<'_, String>, path: String, value: &Value) {
    let step = |key: &str| match path.as_str() {
        "" => key.to_owned(),
        path => format!("{path}[{key}]"),
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inside)| flatten(form, step(key), inside)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(place, inside)| flatten(form, step(&place.to_string()), inside)),
        Value::String(text) => {
            form.append_pair(&path, text);
        }
        Value::Bool(yes) => {
            form.append_pair(&path, if *yes { "1" } else { "0" });
        }
        Value::Null => {}
        Value::Number(number) => {
            form.append_pair(&path, &number.to_string());
        }
    }
}
