//! `GET /events`: what changed, without rows.

use std::{convert::Infallible, time::Duration};

use axum::{
    Extension,
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{StreamExt, stream::Stream};
use tokio_util::sync::CancellationToken;

use crate::Backend;

/// Often enough that no proxy or browser takes the silence for an end.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub(crate) async fn events<B: Backend>(
    State(backend): State<B>,
    Extension(stop): Extension<CancellationToken>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = backend.changes().filter_map(async |change| {
        // A change is plain data: if it can't be written, asking for everything is the safe thing to say.
        Event::default()
            .json_data(&change)
            .or_else(|_| Event::default().json_data(api::changes::Change::Everything))
            .ok()
            .map(Ok)
    });
    // Streams of events never end by themselves; without this the server could not stop either.
    Sse::new(events.take_until(async move { stop.cancelled().await })).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}
