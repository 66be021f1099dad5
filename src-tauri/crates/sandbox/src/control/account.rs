//! The business account of a vendor.

use crate::act::AccountChange;
use crate::control::answer::Answer;
use crate::control::people::Outcome;
use crate::ids::ChatId;
use crate::letter::Letter;
use crate::phone::Sent;
use crate::world::World;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub(super) async fn sent(State(world): State<World>, Path(vendor): Path<String>) -> Answer<Vec<Sent>> {
    Ok(Json(world.vendor(&vendor)?.vendor.sent()))
}

pub(super) async fn business_writes(
    State(world): State<World>,
    Path((vendor, chat)): Path<(String, ChatId)>,
    Json(letter): Json<Letter>,
) -> Answer<Outcome> {
    let messages = world.vendor(&vendor)?.vendor.business_writes(&chat, letter)?;
    Ok(Json(Outcome { messages }))
}

/// What happens to the account.
#[derive(Deserialize, ToSchema)]
pub(super) struct Change {
    /// The change.
    change: AccountChange,
}

/// Answers with the credentials as they are now: a renewed token is among them.
pub(super) async fn change(
    State(world): State<World>,
    Path(vendor): Path<String>,
    Json(wish): Json<Change>,
) -> Answer<Map<String, Value>> {
    let vendor = world.service(&vendor)?.vendor;
    vendor.change(wish.change)?;
    Ok(Json(vendor.credentials()))
}

pub(super) async fn special(
    State(world): State<World>,
    Path((vendor, what)): Path<(String, String)>,
    body: Bytes,
) -> Answer<Value> {
    let arguments = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Ok(Json(world.service(&vendor)?.vendor.special(&what, &arguments)?))
}
