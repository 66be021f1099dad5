//! Breaking the network and mending it.

use crate::chaos::{Standing, Trouble};
use crate::control::answer::Answer;
use crate::world::World;
use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub(super) async fn standing(State(world): State<World>, Path(vendor): Path<String>) -> Answer<Vec<Standing>> {
    Ok(Json(world.service(&vendor)?.chaos.standing()))
}

pub(super) async fn calls(State(world): State<World>, Path(vendor): Path<String>) -> Answer<BTreeMap<String, u64>> {
    Ok(Json(world.service(&vendor)?.chaos.calls()))
}

pub(super) async fn order(
    State(world): State<World>,
    Path(vendor): Path<String>,
    Json(trouble): Json<Trouble>,
) -> Answer<Value> {
    world.service(&vendor)?.chaos.order(trouble);
    Ok(Json(Value::Null))
}

pub(super) async fn clear(State(world): State<World>, Path(vendor): Path<String>) -> Answer<Value> {
    world.service(&vendor)?.chaos.clear();
    Ok(Json(Value::Null))
}

/// A seed of the dice.
#[derive(Deserialize, ToSchema)]
pub(super) struct Seed {
    /// Equal seeds roll alike.
    seed: u64,
}

pub(super) async fn reseed(
    State(world): State<World>,
    Path(vendor): Path<String>,
    Json(seed): Json<Seed>,
) -> Answer<Value> {
    world.service(&vendor)?.chaos.reseed(seed.seed);
    Ok(Json(Value::Null))
}
