//! Reading messages: `messages.getHistory`, `messages.getById`, `messages.getByConversationMessageId`.

use super::{Answer, ApiError, Call};
use crate::vk::state::message::{Foreign, Message};
use crate::vk::wire;
use serde_json::{Value, json};

/// Most messages in one answer of the history.
const MOST: i64 = 200;

/// Most messages that can be asked for by number.
const MOST_BY_ID: usize = 100;

/// Newest first (`rev=1`: oldest first). `start_message_id` is the first one of the answer; a negative `offset` reaches to
/// newer ones.
pub(super) fn page(call: &mut Call<'_>) -> Answer {
    let peer = call.params.int("peer_id")?.or(call.params.int("user_id")?);
    let peer = peer.ok_or_else(|| ApiError::parameter("peer_id is undefined"))?;
    if peer >= super::message_send::CHATS {
        return Err(ApiError::of(927));
    }
    let count = call.params.count("count", 20, MOST)?;
    let start = call.params.int("start_message_id")?;
    let offset = call.params.int("offset")?.unwrap_or(0);
    let oldest_first = call.params.flag("rev");
    let community = call.own_community(false)?;
    let Some(dialog) = community.dialogs.get(&peer) else {
        return Ok(json!({"count": 0, "items": []}));
    };
    let mut all: Vec<&Message> = dialog.visible().collect();
    let total = all.len();
    if !oldest_first {
        all.reverse();
    }
    let start = start.map(|id| if id == -1 { dialog.in_read } else { id });
    let from = match start {
        Some(id) if oldest_first => all.iter().position(|message| message.id >= id),
        Some(id) => all.iter().position(|message| message.id <= id),
        None => Some(0),
    };
    let from = i64::try_from(from.unwrap_or(total)).unwrap_or(0) + offset;
    let from = usize::try_from(from.max(0)).unwrap_or(0);
    let chosen: Vec<Message> = all.into_iter().skip(from).take(count).cloned().collect();
    let conversation = wire::conversation::conversation(dialog, dialog.last());
    let mut answer = answer(call, total, &chosen);
    if call.params.flag("extended")
        && let Some(fields) = answer.as_object_mut()
    {
        fields.insert("conversations".into(), json!([conversation]));
    }
    Ok(answer)
}

pub(super) fn by_id(call: &mut Call<'_>) -> Answer {
    if call.params.text("cmids").is_some() {
        return by_numbers(call, "cmids");
    }
    let ids = call.params.ints("message_ids")?;
    check(&ids, "message_ids")?;
    let community = call.own_community(false)?;
    let found: Vec<Message> = ids
        .iter()
        .filter_map(|id| community.message(*id))
        .filter(|one| has(one))
        .cloned()
        .collect();
    Ok(answer(call, found.len(), &found))
}

pub(super) fn by_cmid(call: &mut Call<'_>) -> Answer {
    by_numbers(call, "conversation_message_ids")
}

fn by_numbers(call: &mut Call<'_>, name: &str) -> Answer {
    let (peer, cmids) = (call.params.required_int("peer_id")?, call.params.ints(name)?);
    check(&cmids, name)?;
    let dialog = call.own_community(false)?.dialogs.get(&peer);
    let found: Vec<Message> = dialog
        .map(|dialog| {
            cmids
                .iter()
                .filter_map(|cmid| dialog.by_cmid(*cmid))
                .filter(|one| has(one))
                .cloned()
                .collect()
        })
        .unwrap_or_default();
    Ok(answer(call, found.len(), &found))
}

/// What the community deleted for itself is still told, marked `deleted`; what is gone for all is not.
fn has(message: &Message) -> bool {
    message.gone != crate::vk::state::message::Gone::ForAll
}

fn check(numbers: &[i64], name: &str) -> Result<(), ApiError> {
    if numbers.is_empty() {
        return Err(ApiError::parameter(&format!("{name} is undefined")));
    }
    if numbers.len() > MOST_BY_ID {
        return Err(ApiError::parameter(&format!("{name} param has too many values")));
    }
    Ok(())
}

fn answer(call: &Call<'_>, total: usize, messages: &[Message]) -> Value {
    let items: Vec<Value> = messages.iter().map(wire::message::message).collect();
    let mut answer = json!({"count": total, "items": items});
    if call.params.flag("extended") {
        let (profiles, groups) = wire::page::extended(call.state, &speakers(messages), &call.params.list("fields"));
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("profiles".into(), profiles);
            fields.insert("groups".into(), groups);
        }
    }
    answer
}

/// Everybody who appears in these messages, inner ones included.
pub(super) fn speakers(messages: &[Message]) -> Vec<i64> {
    fn inner(foreign: &Foreign, ids: &mut Vec<i64>) {
        ids.push(foreign.from_id);
        foreign
            .body
            .forwarded
            .iter()
            .chain(foreign.body.reply.as_deref())
            .for_each(|one| inner(one, ids));
    }
    let mut ids = Vec::new();
    for message in messages {
        ids.extend([message.from_id, message.peer_id]);
        ids.extend(message.admin_author_id);
        message
            .body
            .forwarded
            .iter()
            .chain(message.body.reply.as_deref())
            .for_each(|one| inner(one, &mut ids));
    }
    ids
}
