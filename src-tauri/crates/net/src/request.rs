use std::{fmt, time::Duration};

use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use reqwest::{RequestBuilder, Response};
use serde::Serialize;
use tokio::time::Instant;

use crate::{
    Answer, Client, Failure, Form, Trouble, classify, redact,
    upload::{Moving, stands_still},
};

/// The largest answer that is held in memory; files go through [`Request::download`].
const BODY_LIMIT: u64 = 16 * 1024 * 1024;
/// From the first byte out to the last byte in, where the caller says nothing: APIs answer within seconds.
const TOTAL: Duration = Duration::from_secs(40);

/// A request under construction. Sending it is the only thing that takes time.
pub struct Request {
    pub(crate) client: Client,
    pub(crate) builder: RequestBuilder,
    timeout: Option<Duration>,
    moving: Vec<Moving>,
}

impl Request {
    pub(crate) fn new(client: Client, builder: RequestBuilder) -> Self {
        Self {
            client,
            builder,
            timeout: Some(TOTAL),
            moving: Vec::new(),
        }
    }

    /// Adds to the query.
    #[must_use]
    pub fn query(self, query: &impl Serialize) -> Self {
        self.map(|builder| builder.query(query))
    }

    /// A body of form fields.
    #[must_use]
    pub fn form(self, form: &impl Serialize) -> Self {
        self.map(|builder| builder.form(form))
    }

    /// A body of JSON.
    #[must_use]
    pub fn json(self, json: &impl Serialize) -> Self {
        self.map(|builder| builder.json(json))
    }

    /// A body of bytes as they are: a piece of a file, or a text that was signed.
    #[must_use]
    pub fn bytes(self, bytes: Vec<u8>) -> Self {
        self.map(|builder| builder.body(bytes))
    }

    /// A body of parts, files among them. It may take as long as it moves: only silence ends it.
    #[must_use]
    pub fn multipart(mut self, form: Form) -> Self {
        self.moving = form.moving;
        // Names as they are: services read `filename` and know no percent signs in it.
        let parts = form.inner.percent_encode_noop();
        self.unlimited().map(|builder| builder.multipart(parts))
    }

    /// A token in the header, kept out of every log.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.map(|builder| builder.bearer_auth(token))
    }

    /// A header.
    #[must_use]
    pub fn header(self, name: &'static str, value: &str) -> Self {
        self.map(|builder| builder.header(name, value))
    }

    /// From the first byte out to the last byte in (40 s when not set; unlimited for uploads).
    #[must_use]
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeout = Some(total);
        self
    }

    /// As long as bytes move: only silence ends it.
    pub(crate) fn unlimited(mut self) -> Self {
        self.timeout = None;
        self
    }

    /// Sends it and reads the answer, whatever its status.
    ///
    /// # Errors
    /// [`Failure`] when there is no whole answer.
    pub async fn send(self) -> Result<Answer, Failure> {
        let client = self.client.clone();
        let response = self.start().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = read(&client, response).await?;
        Ok(Answer::new(status, &headers, body))
    }

    /// Sends it and gives the head of the answer.
    pub(crate) async fn start(self) -> Result<Response, Failure> {
        let Self {
            client,
            builder,
            timeout,
            moving,
        } = self;
        let builder = match timeout {
            Some(total) => builder.timeout(total),
            None => builder,
        };
        let (http, request) = builder.build_split();
        let request = request.map_err(|_| Failure::Invalid)?;
        let (method, shown) = (request.method().clone(), redact::url(request.url()));
        let https = request.url().scheme() == "https";
        let began = Instant::now();
        let stuck = async {
            match timeout {
                Some(_) => std::future::pending().await,
                None => stands_still(&moving, client.silence).await,
            }
        };
        let outcome = tokio::select! {
            outcome = http.execute(request) => outcome,
            () = stuck => {
                tracing::debug!(%method, url = shown, took = ?began.elapsed(), "stands still");
                return Err(Failure::NoAnswer(Trouble::Timeout));
            }
        };
        match outcome {
            Ok(response) => {
                let (status, took) = (response.status().as_u16(), began.elapsed());
                tracing::debug!(%method, url = shown, status, ?took, "answered");
                Ok(response)
            }
            Err(error) => {
                let failure = classify::failure(&client, &error, https).await;
                tracing::debug!(%method, url = shown, %failure, took = ?began.elapsed(), "not answered");
                Err(failure)
            }
        }
    }

    fn map(mut self, change: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Self {
        self.builder = change(self.builder);
        self
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

async fn read(client: &Client, response: Response) -> Result<Bytes, Failure> {
    let too_big = Failure::TooBig { limit: BODY_LIMIT };
    if response.content_length().is_some_and(|length| length > BODY_LIMIT) {
        return Err(too_big);
    }
    let mut body = BytesMut::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = next_piece(client, &mut pieces).await? {
        if (body.len() + piece.len()) as u64 > BODY_LIMIT {
            return Err(too_big);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// The next bytes of an answer; `None` at its end.
pub(crate) async fn next_piece(
    client: &Client,
    pieces: &mut (impl Stream<Item = reqwest::Result<Bytes>> + Unpin),
) -> Result<Option<Bytes>, Failure> {
    match tokio::time::timeout(client.silence, pieces.next()).await {
        Err(_) => Err(Failure::NoAnswer(Trouble::Timeout)),
        Ok(None) => Ok(None),
        Ok(Some(Ok(piece))) => Ok(Some(piece)),
        Ok(Some(Err(error))) => Err(classify::failure(client, &error, false).await),
    }
}
