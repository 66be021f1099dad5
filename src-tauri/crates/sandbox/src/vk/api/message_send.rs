//! `messages.send`. <https://dev.vk.com/method/messages.send>

mod content;
mod forward;
mod keyboard;

pub(super) use content::attachments;
pub(super) use keyboard::checked as keyboard;

use super::{Answer, ApiError, Call};
use crate::vk::posting::{self, Author};
use crate::vk::state::user::Page;
use serde_json::{Value, json};

/// First peer id of chats.
pub(crate) const CHATS: i64 = 2_000_000_000;

/// Recipients in one call.
const MOST_PEERS: usize = 100;

/// Messages an hour to one person after which VK answers with flood control (third-hand: hosting services quote it).
const PER_HOUR: usize = 1000;

pub(super) fn send(call: &mut Call<'_>) -> Answer {
    let random_id = call
        .params
        .int("random_id")?
        .ok_or_else(|| ApiError::parameter("random_id is a required parameter"))?;
    call.own_community(false)?;
    for list in ["peer_ids", "user_ids"] {
        if call.params.text(list).is_some() {
            return send_to_many(call, list, random_id);
        }
    }
    let peer = one_peer(call)?;
    send_to(call, peer, random_id).map(|(id, _)| json!(id))
}

/// The answer tells each recipient's outcome; an error of one does not touch the others.
fn send_to_many(call: &mut Call<'_>, list: &str, random_id: i64) -> Answer {
    let peers = call.params.ints(list)?;
    if peers.len() > MOST_PEERS {
        return Err(ApiError::parameter(&format!("{list} param has too many values")));
    }
    let outcome = |peer: i64, call: &mut Call<'_>| match send_to(call, peer, random_id) {
        Ok((id, cmid)) => json!({"peer_id": peer, "message_id": id, "conversation_message_id": cmid}),
        Err(error) => json!({"peer_id": peer, "error": {"code": error.code, "description": error.message}}),
    };
    let outcomes: Vec<Value> = peers.into_iter().map(|peer| outcome(peer, call)).collect();
    Ok(Value::Array(outcomes))
}

fn one_peer(call: &Call<'_>) -> Result<i64, ApiError> {
    let direct = call.params.int("peer_id")?.or(call.params.int("user_id")?);
    let chat = call.params.int("chat_id")?.map(|chat| chat + CHATS);
    let named = call
        .params
        .text("domain")
        .and_then(|name| call.state.by_screen_name(name))
        .map(|user| user.id);
    direct
        .or(chat)
        .or(named)
        .filter(|peer| *peer != 0)
        .ok_or_else(|| ApiError::parameter("you should specify peer_id, user_id, domain, chat_id or user_ids param"))
}

/// One message to one recipient: its id and its number in the dialog.
fn send_to(call: &mut Call<'_>, peer: i64, random_id: i64) -> Result<(i64, i64), ApiError> {
    let group = call.group()?;
    if let Some(known) = repeated(call, peer, random_id)? {
        return Ok(known);
    }
    reachable(call, peer)?;
    let mut draft = content::draft(call, peer)?;
    draft.random_id = random_id;
    pace(call, peer)?;
    let message = posting::post(call.state, group, peer, Author::Api, draft).ok_or_else(|| ApiError::of(10))?;
    if random_id != 0 {
        call.community()?.randoms.insert((peer, random_id), message.id);
    }
    Ok((message.id, message.cmid))
}

/// The message that this `random_id` has already made for this recipient. Zero makes a new one each time.
fn repeated(call: &mut Call<'_>, peer: i64, random_id: i64) -> Result<Option<(i64, i64)>, ApiError> {
    let community = call.community()?;
    let Some(id) = community.randoms.get(&(peer, random_id)).copied() else {
        return Ok(None);
    };
    Ok(community.message(id).map(|message| (id, message.cmid)))
}

/// Whether the community may write there at all.
pub(super) fn reachable(call: &mut Call<'_>, peer: i64) -> Result<(), ApiError> {
    if peer < 0 {
        return Err(ApiError::of(932));
    }
    if peer >= CHATS {
        return Err(ApiError::of(917));
    }
    if !call.community()?.messages_on {
        return Err(ApiError::with(15, "group messages are disabled"));
    }
    match call.state.users.get(&peer).map(|user| user.page) {
        Some(Page::Deleted | Page::Banned) => return Err(ApiError::of(18)),
        Some(Page::Open | Page::Closed) => {}
        // VK does not tell whether such a page exists.
        None => return Err(ApiError::of(901)),
    }
    let refusal = call
        .community()?
        .dialogs
        .get(&peer)
        .map_or(Some(901), |dialog| dialog.refusal());
    refusal.map_or(Ok(()), |code| Err(ApiError::of(code)))
}

/// Error 9 for more than a flood.
fn pace(call: &mut Call<'_>, peer: i64) -> Result<(), ApiError> {
    let (now, limits) = (call.state.now(), call.state.host.limits);
    let recent = call.community()?.recent.entry(peer).or_default();
    while recent.front().is_some_and(|at| now - at >= 3600) {
        recent.pop_front();
    }
    if limits && recent.len() >= PER_HOUR {
        return Err(ApiError::of(9));
    }
    recent.push_back(now);
    Ok(())
}
