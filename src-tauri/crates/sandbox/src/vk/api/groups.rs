//! `groups.*`: who am I, what may I, where do I poll.

use super::{Answer, ApiError, Call};
use crate::vk::state::long_poll::EVENTS;
use crate::vk::state::token::{Owner, Rights};
use crate::vk::wire::page;
use serde_json::{Map, Value, json};

/// Since this version the answer is an object; a list before.
const OBJECT_SINCE: (u32, u32) = (5, 139);

pub(super) fn by_id(call: &mut Call<'_>) -> Answer {
    let mut asked = call.params.list("group_ids");
    asked.extend(call.params.list("group_id"));
    let fields = call.params.list("fields");
    let known = call.state.communities.values();
    let found: Vec<Value> = if asked.is_empty() {
        let own = call
            .group()
            .map_err(|_error| ApiError::parameter("group_ids is undefined"))?;
        known
            .filter(|one| one.id == own)
            .map(|one| page::group(call.state, one, &fields))
            .collect()
    } else {
        let named = |one: &&crate::vk::state::community::Community| {
            asked.iter().any(|name| {
                name.parse() == Ok(one.id) || *name == one.screen_name || *name == format!("club{}", one.id)
            })
        };
        known
            .filter(named)
            .map(|one| page::group(call.state, one, &fields))
            .collect()
    };
    if found.is_empty() {
        return Err(ApiError::parameter("group_ids is invalid"));
    }
    if call.version < OBJECT_SINCE {
        return Ok(Value::Array(found));
    }
    Ok(json!({"groups": found, "profiles": []}))
}

/// `groups.get` of a person: with `filter=admin` the communities that they administer.
pub(super) fn of_user(call: &mut Call<'_>) -> Answer {
    let Owner::User(user) = call.owner else {
        return Err(ApiError::of(27));
    };
    let admin_only = call.params.list("filter").contains(&"admin");
    let mine = |one: &&crate::vk::state::community::Community| {
        one.admins.contains(&user) || (!admin_only && one.members.contains(&user))
    };
    let found: Vec<_> = call.state.communities.values().filter(mine).collect();
    let items: Vec<Value> = if call.params.flag("extended") {
        found
            .iter()
            .map(|one| admin_page(page::group(call.state, one, &[])))
            .collect()
    } else {
        found.iter().map(|one| json!(one.id)).collect()
    };
    Ok(json!({"count": items.len(), "items": items}))
}

fn admin_page(mut page: Value) -> Value {
    if let Some(fields) = page.as_object_mut() {
        fields.insert("is_admin".into(), json!(1));
        fields.insert("admin_level".into(), json!(3));
    }
    page
}

pub(super) fn token_permissions(call: &mut Call<'_>) -> Answer {
    call.group()?;
    let rights = call
        .params
        .text("access_token")
        .and_then(|token| call.state.tokens.get(token))
        .map_or(Rights::NONE, |token| token.rights);
    let named: Vec<Value> = Rights::NAMED
        .iter()
        .filter(|(_, right)| rights.contain(*right))
        .map(|(name, right)| json!({"name": name, "setting": right.0}))
        .collect();
    Ok(json!({"mask": rights.0, "permissions": named}))
}

pub(super) fn long_poll_server(call: &mut Call<'_>) -> Answer {
    let now = call.state.now();
    let community = call.own_community(true)?;
    if !community.long_poll.enabled {
        return Err(ApiError::parameter("longpoll for this group is not enabled"));
    }
    let (key, ts) = community.long_poll.server(now);
    let path = format!("lp/wh{}", community.id);
    Ok(json!({"key": key, "server": call.state.url(&path), "ts": ts.to_string()}))
}

pub(super) fn long_poll_settings(call: &mut Call<'_>) -> Answer {
    let queue = &call.own_community(true)?.long_poll;
    let events: Map<String, Value> = EVENTS
        .iter()
        .map(|name| ((*name).to_owned(), json!(i64::from(queue.is_on(name)))))
        .collect();
    Ok(json!({"is_enabled": queue.enabled, "api_version": queue.api_version, "events": events}))
}

/// Only what is named changes.
pub(super) fn set_long_poll_settings(call: &mut Call<'_>) -> Answer {
    let params = call.params;
    let queue = &mut call.own_community(true)?.long_poll;
    if let Some(version) = params.text("api_version") {
        if !version.starts_with("5.") {
            return Err(ApiError::parameter("api_version is invalid"));
        }
        queue.api_version = version.to_owned();
    }
    if params.text("enabled").is_some() {
        queue.enabled = params.flag("enabled");
    }
    for name in EVENTS {
        if params.text(name).is_some() {
            queue.switch(name, params.flag(name));
        }
    }
    Ok(json!(1))
}

pub(super) fn is_member(call: &mut Call<'_>) -> Answer {
    let asked = call.params.required_text("group_id")?;
    let community = call
        .state
        .communities
        .values()
        .find(|one| asked.parse() == Ok(one.id) || one.screen_name == asked)
        .ok_or_else(|| ApiError::of(125))?;
    let member = |id: i64| i64::from(community.members.contains(&id));
    if call.params.text("user_ids").is_some() {
        let ids = call.params.ints("user_ids")?;
        return Ok(ids
            .into_iter()
            .map(|id| json!({"user_id": id, "member": member(id)}))
            .collect());
    }
    let id = call.params.required_int("user_id")?;
    if call.params.flag("extended") {
        return Ok(json!({"member": member(id), "request": 0, "invitation": 0, "can_invite": 0, "can_recall": 0}));
    }
    Ok(json!(member(id)))
}
