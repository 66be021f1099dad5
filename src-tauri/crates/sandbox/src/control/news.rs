//! What happens, as server-sent events.

use crate::world::World;
use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::{Stream, StreamExt};
use std::convert::Infallible;
use tokio_stream::wrappers::BroadcastStream;

pub(super) async fn news(State(world): State<World>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // A listener that lagged behind loses some news; what is true stands on the phones.
    let told = BroadcastStream::new(world.news.listen())
        .filter_map(|news| async { Event::default().json_data(news.ok()?).ok().map(Ok) });
    Sse::new(told).keep_alive(KeepAlive::default())
}
