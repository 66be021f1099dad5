use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{get, post},
};
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{Backend, LARGEST_UPLOAD, Pages, Token, calls, events, guard, guard::Guard, media, pages, upload};

/// A call's JSON; the longest real ones are long messages.
const LARGEST_CALL: usize = 4 << 20;
/// How long a running answer may still take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// Why it did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or may not be had.
    #[error("port {port} on 127.0.0.1 can't be had: {source}")]
    Port {
        /// Which; 0 means any.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
}

/// The running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    token: Token,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on 127.0.0.1 only; port 0 takes a free one.
    ///
    /// # Errors
    /// [`StartError`]; nothing was started.
    pub async fn start<B: Backend>(backend: B, pages: Arc<dyn Pages>, port: u16) -> Result<Self, StartError> {
        let said = |source| StartError::Port { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(said)?;
        let address = listener.local_addr().map_err(said)?;
        let (token, stop) = (Token::random(), CancellationToken::new());
        let guard = Guard {
            token: token.clone(),
            port: address.port(),
        };
        let routes = routes(backend, pages, guard, stop.clone());
        let stopping = stop.clone().cancelled_owned();
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).with_graceful_shutdown(stopping).await {
                tracing::error!(%error, "the web server ended");
            }
        });
        Ok(Self {
            address,
            token,
            stop,
            task,
        })
    }

    /// Where to go: the address with the token. For a person's eyes, not for a log.
    pub fn url(&self) -> String {
        format!("http://{}/?token={}", self.address, self.token.expose())
    }

    /// The address alone.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more calls, lets running ones end, ends the streams of events.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if timeout(LAST_ANSWERS, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

fn routes<B: Backend>(backend: B, pages: Arc<dyn Pages>, guard: Guard, stop: CancellationToken) -> Router {
    let uploads = Router::new()
        .route("/upload", post(upload::upload::<B>))
        .layer(DefaultBodyLimit::max(
            usize::try_from(LARGEST_UPLOAD).unwrap_or(usize::MAX),
        ));
    let calls = Router::new()
        .route("/rpc/{name}", post(calls::rpc::<B>))
        .route("/events", get(events::events::<B>))
        .route("/media/{id}", get(media::media::<B>))
        .route("/exports/{id}", get(media::export::<B>))
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
        .merge(uploads)
        .layer(Extension(stop))
        .layer(from_fn_with_state(guard.clone(), guard::with_token))
        .with_state(backend);
    let interface = Router::new().fallback(get(pages::page)).with_state(pages);
    calls
        .merge(interface)
        .layer(from_fn_with_state(guard, guard::everywhere))
}
