//! `users.get` and `utils.resolveScreenName`.

use super::{Answer, ApiError, Call};
use crate::vk::state::token::Owner;
use crate::vk::wire::page;
use serde_json::{Value, json};

/// Most ids in one call.
const MOST: usize = 1000;

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let asked = call.params.list("user_ids");
    let fields = call.params.list("fields");
    if asked.len() > MOST {
        return Err(ApiError::with(113, "too many ids"));
    }
    if asked.is_empty() {
        // A person sees themselves; a community has no page of this kind.
        let Owner::User(own) = call.owner else {
            return Ok(json!([]));
        };
        return Ok(call
            .state
            .users
            .get(&own)
            .map(|user| page::user(call.state, user, &fields))
            .into_iter()
            .collect());
    }
    let found: Vec<Value> = asked
        .iter()
        .filter_map(|name| match name.parse::<i64>() {
            Ok(id) => call.state.users.get(&id),
            Err(_) => call.state.by_screen_name(name),
        })
        .map(|user| page::user(call.state, user, &fields))
        .collect();
    if found.is_empty() {
        Err(ApiError::of(113))
    } else {
        Ok(Value::Array(found))
    }
}

/// An unknown name answers with an empty list instead of an object.
pub(super) fn resolve(call: &mut Call<'_>) -> Answer {
    let name = call.params.required_text("screen_name")?;
    if let Some(user) = call.state.by_screen_name(name) {
        return Ok(json!({"type": "user", "object_id": user.id}));
    }
    let named = |id: i64, own: &str| {
        own == name
            || ["club", "public"]
                .iter()
                .any(|kind| name.strip_prefix(kind).and_then(|n| n.parse().ok()) == Some(id))
    };
    let group = call
        .state
        .communities
        .values()
        .find(|one| named(one.id, &one.screen_name));
    Ok(group.map_or(json!([]), |one| json!({"type": "group", "object_id": one.id})))
}
