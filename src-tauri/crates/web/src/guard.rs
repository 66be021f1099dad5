//! Who may come in, and what every answer forbids the browser.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::Token;

/// What the interface needs and nothing else. Inline styles are Mantine's; there is no inline script.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
                   img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; \
                   manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(header::HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // The token may stand in the address of the first page: it is told to nobody.
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// What a call has to bring.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    pub(crate) token: Token,
    pub(crate) port: u16,
}

impl Guard {
    /// A page elsewhere can let its own name resolve to 127.0.0.1 (DNS rebinding), but it can't make the browser call
    /// us by our own name.
    fn knows_host(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let Some((name, port)) = host.and_then(|host| host.rsplit_once(':')) else {
            return false;
        };
        matches!(name, "127.0.0.1" | "localhost") && port.parse() == Ok(self.port)
    }
}

/// For everything: the right name, and the headers.
pub(crate) async fn everywhere(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = if guard.knows_host(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "call this machine by its own name\n").into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CSP));
    response
}

/// For everything but the pages, which hold nothing of anybody: the token.
pub(crate) async fn with_token(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if guard.token.came_with(request.headers(), request.uri()) {
        return next.run(request).await;
    }
    let body = json!({"code": "unauthorized", "reason": {"key": "error.unauthorized"}, "field": null, "fields": []});
    (StatusCode::UNAUTHORIZED, Json(body)).into_response()
}
