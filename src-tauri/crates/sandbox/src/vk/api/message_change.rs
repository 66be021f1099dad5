//! `messages.edit`, `messages.delete`, `messages.restore`.

use super::message_send::{attachments, keyboard};
use super::{Answer, ApiError, Call};
use crate::vk::posting;
use crate::vk::state::message::{Gone, Message};
use serde_json::{Value, json};

/// Editing and deleting for everybody work for a day, in seconds.
const DAY: i64 = 24 * 3600;

/// Characters in a text.
const TEXT: usize = 9000;

pub(super) fn edit(call: &mut Call<'_>) -> Answer {
    let (group, peer) = (call.group()?, call.params.required_int("peer_id")?);
    let message = wanted(call, peer)?;
    if !message.is_outgoing() {
        return Err(ApiError::of(920));
    }
    if message
        .body
        .attachments
        .iter()
        .any(|one| matches!(one.kind, "sticker" | "audio_message" | "graffiti"))
    {
        return Err(ApiError::of(920));
    }
    if call.state.now() - message.date > DAY {
        return Err(ApiError::of(909));
    }
    let text = call.params.raw("message").unwrap_or_default().trim().to_owned();
    if text.chars().count() > TEXT {
        return Err(ApiError::of(914));
    }
    let (attachments, keyboard) = (attachments(call)?, keyboard(call)?);
    let keeps_forwards = call.params.flag("keep_forward_messages") && !message.body.forwarded.is_empty();
    if text.is_empty() && attachments.is_empty() && !keeps_forwards {
        return Err(ApiError::parameter("message is empty or invalid"));
    }
    let changed = posting::amend(call.state, group, peer, message.cmid, |message| {
        message.body.text = text;
        message.body.attachments = attachments;
        message.keyboard = keyboard;
        if !keeps_forwards {
            message.body.forwarded.clear();
        }
    });
    changed.map(|_| json!(1)).ok_or_else(|| ApiError::of(10))
}

/// The message that `message_id`, `conversation_message_id` or `cmid` names.
fn wanted(call: &mut Call<'_>, peer: i64) -> Result<Message, ApiError> {
    let id = call.params.int("message_id")?;
    let cmid = call.params.int("conversation_message_id")?.or(call.params.int("cmid")?);
    if id.is_none() && cmid.is_none() {
        return Err(ApiError::parameter("message_id is undefined"));
    }
    let dialog = call.community()?.dialogs.get(&peer);
    let found = dialog.and_then(|dialog| match (id, cmid) {
        (Some(id), _) => dialog.by_id(id),
        (None, Some(cmid)) => dialog.by_cmid(cmid),
        (None, None) => None,
    });
    let found = found.filter(|message| message.gone.community_sees()).cloned();
    found.ok_or_else(|| ApiError::parameter("message_id is invalid"))
}

/// Each message has an outcome of its own.
pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    let (ids, cmids) = (call.params.ints("message_ids")?, call.params.ints("cmids")?);
    let community = call.own_community(false)?;
    let mut targets: Vec<(i64, Option<Message>)> =
        ids.into_iter().map(|id| (id, community.message(id).cloned())).collect();
    if !cmids.is_empty() {
        let peer = call.params.required_int("peer_id")?;
        let dialog = call.community()?.dialog(peer);
        targets.extend(cmids.into_iter().map(|cmid| (cmid, dialog.by_cmid(cmid).cloned())));
    }
    if targets.is_empty() {
        return Err(ApiError::parameter("message_ids is undefined"));
    }
    let outcomes: Vec<Value> = targets
        .into_iter()
        .map(|(asked, message)| delete_one(call, asked, message))
        .collect();
    match outcomes.as_slice() {
        [one] if one.pointer("/error/code") == Some(&json!(924)) => Err(ApiError::of(924)),
        _ => Ok(Value::Array(outcomes)),
    }
}

fn delete_one(call: &mut Call<'_>, asked: i64, message: Option<Message>) -> Value {
    let found = message.filter(|message| message.gone != Gone::ForAll);
    let (Some(message), Ok(group)) = (found, call.group()) else {
        let error = ApiError::parameter("message_ids is invalid");
        return json!({"message_id": asked, "response": 0, "error": {"code": error.code, "description": error.message}});
    };
    let for_all = call.params.flag("delete_for_all");
    let too_late = call.state.now() - message.date > DAY;
    let mut outcome = json!({
        "peer_id": message.peer_id, "message_id": message.id, "conversation_message_id": message.cmid, "response": 1,
    });
    if for_all && (too_late || !message.is_outgoing()) {
        let error = ApiError::of(924);
        if let Some(fields) = outcome.as_object_mut() {
            fields.insert("response".into(), json!(0));
            fields.insert(
                "error".into(),
                json!({"code": error.code, "description": error.message}),
            );
        }
        return outcome;
    }
    let gone = if for_all { Gone::ForAll } else { Gone::ForCommunity };
    posting::remove(call.state, group, message.peer_id, message.cmid, gone);
    outcome
}

pub(super) fn restore(call: &mut Call<'_>) -> Answer {
    let group = call.group()?;
    let id = call.params.int("message_id")?;
    let found = match (id, call.params.int("peer_id")?, call.params.int("cmid")?) {
        (Some(id), _, _) => call.community()?.message(id).cloned(),
        (None, Some(peer), Some(cmid)) => call.community()?.dialog(peer).by_cmid(cmid).cloned(),
        _ => return Err(ApiError::parameter("message_id is undefined")),
    };
    let message = found.filter(|message| message.gone == Gone::ForCommunity);
    let message = message.ok_or_else(|| ApiError::parameter("message_id is invalid"))?;
    posting::remove(call.state, group, message.peer_id, message.cmid, Gone::No);
    Ok(json!(1))
}
