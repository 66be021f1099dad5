//! The HTTP server with the trouble built in: it owns the connection, so that it can really lose one.

use super::{Chaos, Failure, Kind};
use crate::vendor::Wire;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use futures::{StreamExt, stream};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// What stands behind a port.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The routes.
    pub(crate) routes: Router,
    /// Who words failures and names methods; none for the control server, which has no trouble.
    pub(crate) vendor: Option<(Arc<dyn Wire>, Chaos)>,
}

/// What providers show instead of a blocked service.
const BLOCK_PAGE: &str = "<!doctype html><title>Доступ ограничен</title><p>Доступ к ресурсу ограничен.</p>";

/// Between the half of an answer and its end: hyper sends what it has only when it has to wait.
const FLUSH: Duration = Duration::from_millis(20);

/// Ordered by chaos: hyper closes the connection without an answer.
#[derive(Debug, Error)]
#[error("the connection was lost by order")]
struct Lost;

/// Accepts connections until `stop`; a stop cuts the open ones. Who begins with a handshake of TLS gets TLS.
pub(crate) async fn serve(listener: TcpListener, line: Line, tls: TlsAcceptor, stop: CancellationToken) {
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        // A failed accept is the client's doing (it went away again) or a passing lack of descriptors.
        let Ok((socket, _)) = accepted else { continue };
        let (line, tls, stop) = (line.clone(), tls.clone(), stop.clone());
        connections.spawn(async move {
            tokio::select! {
                () = greet(socket, line, tls) => {}
                () = stop.cancelled() => {}
            }
        });
    }
    connections.close();
    connections.wait().await;
}

/// The first byte of a TLS record that holds a handshake (RFC 8446, 5.1); no HTTP request begins with it.
const HANDSHAKE: u8 = 22;

/// A request came over TLS: links in its answer begin with `https`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Encrypted;

async fn greet(socket: TcpStream, line: Line, tls: TlsAcceptor) {
    let _ = socket.set_nodelay(true);
    let mut first = [0];
    match socket.peek(&mut first).await {
        Ok(1) if first == [HANDSHAKE] => match tls.accept(socket).await {
            Ok(secured) => converse(secured, line, true).await,
            Err(error) => tracing::debug!(%error, "a client did not like our certificate"),
        },
        Ok(1) => converse(socket, line, false).await,
        _ => {}
    }
}

async fn converse(socket: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, line: Line, encrypted: bool) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let line = line.clone();
        let mut request = request.map(Body::new);
        if encrypted {
            request.extensions_mut().insert(Encrypted);
        }
        async move { answer(&line, request).await }
    });
    if let Err(error) = http1::Builder::new()
        .serve_connection(TokioIo::new(socket), service)
        .with_upgrades()
        .await
    {
        tracing::debug!(%error, "a connection ended early");
    }
}

async fn answer(line: &Line, request: Request) -> Result<Response, Lost> {
    let Some((vendor, chaos)) = &line.vendor else {
        return Ok(handle(&line.routes, request).await);
    };
    let struck = chaos.roll(&vendor.method(request.uri().path(), request.uri().query()));
    for kind in &struck {
        match *kind {
            Kind::Delay { ms } => tokio::time::sleep(Duration::from_millis(ms)).await,
            Kind::LoseRequest => return Err(Lost),
            Kind::TooManyRequests { retry_after } => {
                return Ok(refuse(vendor, request, Failure::TooManyRequests { retry_after }).await);
            }
            Kind::ServerError { status } => return Ok(refuse(vendor, request, Failure::ServerError { status }).await),
            Kind::BlockPage => return Ok(Html(BLOCK_PAGE).into_response()),
            Kind::ExpiredToken => return Ok(refuse(vendor, request, Failure::ExpiredToken).await),
            _ => {}
        }
    }
    let response = handle(&line.routes, request).await;
    for kind in &struck {
        match *kind {
            Kind::LoseAnswer => return Err(Lost),
            Kind::HalfAnswer => return half(response).await,
            Kind::Silence { ms } => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                return Err(Lost);
            }
            _ => {}
        }
    }
    Ok(response)
}

/// Reads the request to its end before anything else: whoever answers a client that is still writing makes it fail.
async fn handle(routes: &Router, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let request = Request::from_parts(head, Body::from(whole));
    match routes.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Reads the request to its end too.
async fn refuse(vendor: &Arc<dyn Wire>, request: Request, failure: Failure) -> Response {
    let _ = to_bytes(request.into_body(), usize::MAX).await;
    vendor.fail(failure)
}

async fn half(response: Response) -> Result<Response, Lost> {
    let (mut head, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.map_err(|_| Lost)?;
    head.headers.insert("content-length", whole.len().into());
    let start = stream::iter([Ok::<Bytes, io::Error>(whole.slice(..whole.len() / 2))]);
    let end = stream::once(async {
        tokio::time::sleep(FLUSH).await;
        Err(io::ErrorKind::ConnectionReset.into())
    });
    Ok(Response::from_parts(head, Body::from_stream(start.chain(end))))
}
