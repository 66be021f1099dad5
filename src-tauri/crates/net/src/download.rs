use reqwest::{Response, header::LOCATION};
use tokio::io::{AsyncWrite, AsyncWriteExt};
use url::Url;

use crate::{Answer, Failure, Request, answer::mime, request::next_piece};

/// File servers send one on a step or two; more is a circle.
const REDIRECTS: usize = 5;

/// What came with the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloaded {
    /// How many bytes were written.
    pub bytes: u64,
    /// Media type, when it says more than «bytes».
    pub mime: Option<String>,
}

impl Request {
    /// Streams the answer's body into `into`, at most `limit` bytes. Follows redirects, without headers and body of
    /// ours. What was written before a failure is for the caller to throw away.
    ///
    /// # Errors
    /// [`Failure`]; a status that is no success comes as what it means.
    pub async fn download(self, into: &mut (dyn AsyncWrite + Send + Unpin), limit: u64) -> Result<Downloaded, Failure> {
        let client = self.client.clone();
        let mut response = self.unlimited().start().await?;
        for _ in 0..REDIRECTS {
            let Some(next) = elsewhere(&response) else { break };
            response = client.get(next).unlimited().start().await?;
        }
        let head = Answer::new(response.status().as_u16(), response.headers(), bytes::Bytes::new());
        if let Some(failure) = head.failure() {
            return Err(failure);
        }
        if response.content_length().is_some_and(|length| length > limit) {
            return Err(Failure::TooBig { limit });
        }
        let mime = mime(response.headers()).filter(|mime| !mime.ends_with("/octet-stream"));
        let mut pieces = response.bytes_stream();
        let mut bytes = 0;
        while let Some(piece) = next_piece(&client, &mut pieces).await? {
            bytes += piece.len() as u64;
            if bytes > limit {
                return Err(Failure::TooBig { limit });
            }
            into.write_all(&piece).await.map_err(|e| Failure::Local(e.kind()))?;
        }
        into.flush().await.map_err(|e| Failure::Local(e.kind()))?;
        Ok(Downloaded { bytes, mime })
    }
}

fn elsewhere(response: &Response) -> Option<Url> {
    if !response.status().is_redirection() {
        return None;
    }
    let to = response.headers().get(LOCATION)?.to_str().ok()?;
    let to = response.url().join(to).ok()?;
    // From an encrypted address only to another one.
    let safe = to.scheme() == "https" || to.scheme() == "http" && response.url().scheme() == "http";
    safe.then_some(to)
}
