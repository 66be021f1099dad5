//! Files of managers, which lie at open addresses.

use contracts::channel::{CallError, Fetched};
use domain::Reason;
use net::connector;
use serde_json::Value;
use tokio::io::AsyncWrite;
use url::Url;

/// More than any of the CRMs takes.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// Fetches `{"url": …}` without anything of ours going along; `unusable` is why there may be nothing to fetch.
pub(crate) async fn fetch_open(
    http: &net::Client,
    fetch: &Value,
    unusable: &'static str,
    into: &mut (dyn AsyncWrite + Send + Unpin),
) -> Result<Fetched, CallError> {
    let url = fetch
        .get("url")
        .and_then(Value::as_str)
        .and_then(|url| Url::parse(url).ok());
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| CallError::Refused(Reason::new(unusable)))?;
    let got = http.get(url).download(into, LARGEST).await;
    let got = got.map_err(connector::call_error)?;
    Ok(Fetched { mime: got.mime })
}
