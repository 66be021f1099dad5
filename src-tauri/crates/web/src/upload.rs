//! `POST /upload`: one file in the field `file`, streamed through: it never stands in memory as a whole.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Json,
    extract::{Multipart, State, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::Reason;
use futures::StreamExt;

use crate::{Backend, Refusal};

/// Largest file that is taken in: 2 GB, what the largest of the networks carries. Each network has its own, smaller
/// limit, which the composer knows.
pub const LARGEST_UPLOAD: u64 = 2 << 30;

pub(crate) async fn upload<B: Backend>(State(backend): State<B>, mut form: Multipart) -> Response {
    let too_large = Arc::new(AtomicBool::new(false));
    let result = take(&backend, &mut form, &too_large).await;
    match result {
        Ok(answer) => answer,
        Err(_) if too_large.load(Ordering::Relaxed) => too_large_answer(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn take<B: Backend>(backend: &B, form: &mut Multipart, too_large: &Arc<AtomicBool>) -> Result<Response, Refusal> {
    let broken = || Refusal::invalid("file", Reason::new("error.upload_broken"));
    while let Some(field) = form.next_field().await.map_err(|error| {
        note(&error, too_large);
        broken()
    })? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("file").to_owned();
        let mime = field.content_type().map(str::to_owned);
        let flag = Arc::clone(too_large);
        let bytes = field
            .map(move |piece| {
                piece.map_err(|error| {
                    note(&error, &flag);
                    io::Error::new(io::ErrorKind::ConnectionAborted, "the upload broke off")
                })
            })
            .boxed();
        let answer = backend.upload(&name, mime.as_deref(), bytes).await?;
        return Ok(Json(answer).into_response());
    }
    Err(broken())
}

/// The limit of the body shows itself as an error in the middle of the stream.
fn note(error: &MultipartError, too_large: &AtomicBool) {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large.store(true, Ordering::Relaxed);
    }
}

fn too_large_answer() -> Response {
    let reason = Reason::new("error.upload_too_large").with("megabytes", LARGEST_UPLOAD >> 20);
    (StatusCode::PAYLOAD_TOO_LARGE, Json(Refusal::invalid("file", reason))).into_response()
}
