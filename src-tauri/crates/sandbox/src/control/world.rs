//! The world as a whole: addresses, vendors, clock, the page.

use crate::act::Abilities;
use crate::control::answer::Answer;
use crate::samples;
use crate::world::World;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub(super) async fn page() -> Html<&'static str> {
    Html(include_str!("page.html"))
}

/// What the pages share.
pub(super) async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript")], include_str!("common.js"))
}

pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css")], include_str!("common.css"))
}

pub(super) async fn directory(State(world): State<World>) -> Json<Map<String, Value>> {
    Json(world.directory())
}

/// A simulated network.
#[derive(Serialize, ToSchema)]
pub(super) struct VendorCard {
    /// Its name in paths.
    id: &'static str,
    /// Where it listens.
    base_url: String,
    /// What it has at all.
    abilities: Abilities,
    /// What the business types in to connect.
    credentials: Map<String, Value>,
}

pub(super) async fn vendors(State(world): State<World>) -> Json<Vec<VendorCard>> {
    let card = |running: &crate::world::Running| VendorCard {
        id: running.vendor.id(),
        base_url: running.base_url.as_str().trim_end_matches('/').to_owned(),
        abilities: running.vendor.abilities(),
        credentials: running.vendor.credentials(),
    };
    Json(world.vendors.iter().map(card).collect())
}

pub(super) async fn samples() -> Json<Vec<&'static str>> {
    Json(samples::names().collect())
}

/// How far the clock moves.
#[derive(Deserialize, ToSchema)]
pub(super) struct Advance {
    /// Seconds ahead.
    seconds: i64,
}

pub(super) async fn advance(State(world): State<World>, Json(by): Json<Advance>) -> Answer<Value> {
    world.clock.advance(SignedDuration::from_secs(by.seconds));
    Ok(Json(Value::Null))
}
