//! Marks on conversations: read, answered, important, typing; may I write; answers to pressed buttons.

use super::{Answer, ApiError, Call};
use crate::ids::MessageId;
use crate::news::Happening;
use crate::vk::posting;
use serde_json::json;

/// «печатает…» stands for this long, in seconds.
const TYPING: i64 = 10;

/// A pressed button waits for its answer this long, in seconds.
const PRESS: i64 = 60;

/// Characters in `event_data`.
const EVENT_DATA: usize = 1000;

/// Marks everything up to a message as read; the whole conversation when none is named.
pub(super) fn read(call: &mut Call<'_>) -> Answer {
    let by_id = call
        .params
        .int("start_message_id")?
        .or(call.params.ints("message_ids")?.into_iter().max());
    let by_cmid = call.params.int("up_to_cmid")?;
    let peer = call.params.int("peer_id")?;
    let community = call.own_community(false)?;
    let peer = peer
        .or_else(|| {
            by_id
                .and_then(|id| community.message(id))
                .map(|message| message.peer_id)
        })
        .ok_or_else(|| ApiError::parameter("peer_id is undefined"))?;
    let dialog = community
        .dialogs
        .get_mut(&peer)
        .ok_or_else(|| ApiError::parameter("peer_id is invalid"))?;
    let newest = dialog.last().map_or(0, |last| last.id);
    let named = by_cmid
        .and_then(|cmid| dialog.by_cmid(cmid))
        .map(|message| message.id)
        .or(by_id);
    let target = named.unwrap_or(newest).min(newest);
    if target > dialog.in_read {
        dialog.in_read = target;
        let up_to = MessageId::from(dialog.cmid_of(target));
        posting::tell(call.state, peer, Happening::BusinessRead { up_to });
    }
    Ok(json!(1))
}

pub(super) fn activity(call: &mut Call<'_>) -> Answer {
    let peer = call.params.int("peer_id")?.or(call.params.int("user_id")?);
    let peer =
        peer.ok_or_else(|| ApiError::parameter("you should specify correct user_id, chat_id, or domain param"))?;
    match call.params.text("type").unwrap_or("typing") {
        "typing" | "audiomessage" | "photo" | "video" | "file" => {}
        _ => return Err(ApiError::parameter("type is invalid")),
    }
    super::message_send::reachable(call, peer)?;
    let until = (call.state.now() + TYPING) * 1000;
    call.community()?.typing_until.insert(peer, until);
    posting::tell(call.state, peer, Happening::BusinessTypes);
    Ok(json!(1))
}

pub(super) fn is_allowed(call: &mut Call<'_>) -> Answer {
    let user = call.params.required_int("user_id")?;
    let community = call.own_community(true)?;
    let allowed = community
        .dialogs
        .get(&user)
        .is_some_and(|dialog| dialog.refusal().is_none());
    Ok(json!({"is_allowed": i64::from(allowed)}))
}

pub(super) fn answered(call: &mut Call<'_>) -> Answer {
    let answered = call.params.raw("answered").is_none() || call.params.flag("answered");
    marked_dialog(call, |dialog| dialog.answered = answered)
}

pub(super) fn important(call: &mut Call<'_>) -> Answer {
    let important = call.params.raw("important").is_none() || call.params.flag("important");
    marked_dialog(call, |dialog| dialog.important = important)
}

fn marked_dialog(call: &mut Call<'_>, mark: impl FnOnce(&mut crate::vk::state::dialog::Dialog)) -> Answer {
    let peer = call.params.required_int("peer_id")?;
    let dialog = call.own_community(false)?.dialogs.get_mut(&peer);
    mark(dialog.ok_or_else(|| ApiError::parameter("peer_id is invalid"))?);
    Ok(json!(1))
}

/// Once and within a minute of the press.
pub(super) fn event_answer(call: &mut Call<'_>) -> Answer {
    let event_id = call.params.required_text("event_id")?.to_owned();
    let (user, peer) = (
        call.params.required_int("user_id")?,
        call.params.required_int("peer_id")?,
    );
    let data = call.params.text("event_data").unwrap_or_default().to_owned();
    let now = call.state.now();
    let press = call.community()?.presses.get_mut(&event_id);
    let press = press.filter(|press| press.user_id == user && press.peer_id == peer);
    let press = press.ok_or_else(|| ApiError::parameter("event_id is invalid"))?;
    if press.answer.is_some() || now - press.at > PRESS {
        return Err(ApiError::parameter("event_id is expired"));
    }
    if data.chars().count() > EVENT_DATA || !(data.is_empty() || is_action(&data)) {
        return Err(ApiError::parameter("event_data is invalid"));
    }
    press.answer = Some(data);
    Ok(json!(1))
}

fn is_action(data: &str) -> bool {
    let value: Result<serde_json::Value, _> = serde_json::from_str(data);
    let kind = value
        .ok()
        .and_then(|value| value.get("type").and_then(|kind| kind.as_str()).map(str::to_owned));
    matches!(kind.as_deref(), Some("show_snackbar" | "open_link" | "open_app"))
}
