//! The control server: everything the [`crate::Vendor`] trait offers, over HTTP.

use crate::sandbox::World;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value};

/// The routes of the control server.
pub(crate) fn routes(world: World) -> Router {
    Router::new().route("/directory", get(directory)).with_state(world)
}

async fn directory(State(world): State<World>) -> Json<Map<String, Value>> {
    Json(world.directory())
}
