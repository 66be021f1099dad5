//! Where a browser comes back to after a sign-in: a listener on this machine, for as long as the login lasts.
//!
//! Whoever knows the login's random `state` was sent by the page that we opened; nobody else is heard.

use std::{net::Ipv4Addr, sync::Arc};

use axum::{
    Router,
    extract::{OriginalUri, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use contracts::Secret;
use serde_json::Value;
use tokio::{net::TcpListener, sync::Mutex, task::AbortHandle};
use url::{Url, form_urlencoded};

/// What the browser shows then, by language.
const PAGE: &str = include_str!("loopback.html");
const WORDS: &str = include_str!("loopback.json");
const USUAL: &str = "en";

/// The listener; gone when this is dropped.
#[derive(Debug)]
pub(crate) struct Loopback {
    door: Arc<Door>,
    served: AbortHandle,
}

#[derive(Debug)]
struct Door {
    state: String,
    heard: Mutex<Option<Secret<String>>>,
}

impl Loopback {
    /// Listens at `address` (`http://127.0.0.1:7000/`) for one sign-in. `None`: it is not on this machine, or another
    /// program has the port – then the person pastes where the browser came to.
    pub(crate) async fn listen(address: &str, state: &str) -> Option<Self> {
        let port = port_here(address)?;
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let socket = socket
            .inspect_err(|error| tracing::info!(%error, port, "the browser can't come back here"))
            .ok()?;
        let door = Arc::new(Door {
            state: state.to_owned(),
            heard: Mutex::default(),
        });
        let routes = Router::new()
            .route("/", get(come_back))
            .route("/{*path}", get(come_back))
            .with_state(door.clone());
        let served = tokio::spawn(async move {
            if let Err(error) = axum::serve(socket, routes).await {
                tracing::warn!(%error, "the listener for sign-ins has ended");
            }
        });
        Some(Self {
            door,
            served: served.abort_handle(),
        })
    }

    /// Where the browser came to since this was asked last: an address with a code in it.
    pub(crate) async fn heard(&self) -> Option<Secret<String>> {
        self.door.heard.lock().await.take()
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.served.abort();
    }
}

fn port_here(address: &str) -> Option<u16> {
    let url = Url::parse(address).ok().filter(|url| url.scheme() == "http")?;
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost"));
    url.port_or_known_default().filter(|_| here)
}

async fn come_back(State(door): State<Arc<Door>>, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let query = uri.query().unwrap_or_default();
    let mut said = form_urlencoded::parse(query.as_bytes());
    if !said.any(|(key, value)| key == "state" && value == door.state.as_str()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    *door.heard.lock().await = Some(Secret::new(format!("http://127.0.0.1/?{query}")));
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let private = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (private, Html(page(wanted.unwrap_or_default()))).into_response()
}

/// The first language of `ru;q=0.9,en` that we speak.
fn page(wanted: &str) -> String {
    let words: Value = serde_json::from_str(WORDS).unwrap_or_default();
    let mut asked = wanted.split(',').filter_map(|one| one.trim().get(..2));
    let language = asked.find(|one| words.get(one).is_some()).unwrap_or(USUAL);
    let word = |key: &str| words.pointer(&format!("/{language}/{key}")).and_then(Value::as_str);
    PAGE.replace("{language}", language)
        .replace("{title}", word("title").unwrap_or_default())
        .replace("{text}", word("text").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn goes_to(address: String) -> net::Answer {
        let http = net::Client::new(&net::Options::default()).unwrap();
        http.get(Url::parse(&address).unwrap()).send().await.unwrap()
    }

    fn free_port() -> u16 {
        let socket = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        socket.local_addr().unwrap().port()
    }

    #[tokio::test]
    async fn only_who_knows_the_state_is_heard() {
        let base = format!("http://127.0.0.1:{}/", free_port());
        let door = Loopback::listen(&base, "abc").await.unwrap();
        assert!(Loopback::listen(&base, "abc").await.is_none(), "the port is taken");
        assert_eq!(goes_to(format!("{base}?code=1&state=other")).await.status, 404);
        assert!(door.heard().await.is_none());
        let shown = goes_to(format!("{base}?code=1&state=abc")).await;
        assert!(String::from_utf8_lossy(&shown.body).contains("lang=\"en\""));
        let came = door.heard().await.unwrap();
        assert!(came.expose().contains("code=1"));
        assert!(door.heard().await.is_none(), "a code is good for once");
    }

    #[tokio::test]
    async fn an_address_elsewhere_is_not_listened_at() {
        for address in ["https://127.0.0.1:7000/", "http://example.com:7000/", "nonsense"] {
            assert!(Loopback::listen(address, "abc").await.is_none(), "{address}");
        }
    }

    #[test]
    fn the_page_speaks_the_browsers_language() {
        assert!(page("ru-RU,ru;q=0.9,en").contains("lang=\"ru\""));
        assert!(page("de,es;q=0.5").contains("lang=\"es\""));
        assert!(page("").contains("lang=\"en\""));
    }
}
