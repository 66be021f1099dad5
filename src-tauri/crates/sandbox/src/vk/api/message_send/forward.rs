//! Answers and forwards: `reply_to`, `forward_messages`, `forward`. <https://dev.vk.com/method/messages.send>

use crate::vk::api::{ApiError, Call};
use crate::vk::state::message::{Foreign, Message};
use serde_json::Value;

/// Messages in `forward`, and in `forward_messages`.
const MOST_IN_FORWARD: usize = 100;
const MOST_FORWARDED: usize = 1000;

/// What a message carries of others.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    pub(super) forwarded: Vec<Foreign>,
    pub(super) reply: Option<Box<Foreign>>,
}

pub(super) fn read(call: &mut Call<'_>, peer: i64) -> Result<Quotes, ApiError> {
    let mut quotes = Quotes::default();
    if let Some(id) = call.params.int("reply_to")? {
        let original = by_id(call, id)?.filter(|message| message.peer_id == peer);
        quotes.reply = Some(Box::new(
            original
                .ok_or_else(|| ApiError::parameter("reply_to is invalid"))?
                .quoted(),
        ));
    }
    let ids = call.params.ints("forward_messages")?;
    if ids.len() > MOST_FORWARDED {
        return Err(ApiError::of(913));
    }
    for id in ids {
        quotes
            .forwarded
            .push(by_id(call, id)?.ok_or_else(|| ApiError::of(921))?.quoted());
    }
    if let Some(wish) = call.params.json("forward")? {
        by_wish(call, peer, &wish, &mut quotes)?;
    }
    Ok(quotes)
}

/// `{"peer_id": 1, "conversation_message_ids": [5], "is_reply": 1}`
fn by_wish(call: &mut Call<'_>, peer: i64, wish: &Value, quotes: &mut Quotes) -> Result<(), ApiError> {
    let from = wish.get("peer_id").and_then(integer).unwrap_or(peer);
    let cmids: Vec<i64> = ["conversation_message_ids", "cmids"]
        .iter()
        .flat_map(|name| integers(wish.get(*name)))
        .collect();
    let ids = integers(wish.get("message_ids"));
    if cmids.len() + ids.len() > MOST_IN_FORWARD {
        return Err(ApiError::of(913));
    }
    let mut found = Vec::new();
    for cmid in cmids {
        found.push(by_cmid(call, from, cmid)?.ok_or_else(|| ApiError::of(921))?);
    }
    for id in ids {
        found.push(by_id(call, id)?.ok_or_else(|| ApiError::of(921))?);
    }
    if !wish.get("is_reply").is_some_and(truth) {
        quotes.forwarded.extend(found.iter().map(|message| message.quoted()));
        return Ok(());
    }
    match found.as_slice() {
        [one] if one.peer_id == peer => quotes.reply = Some(Box::new(one.quoted())),
        _ => {
            return Err(ApiError::parameter(
                "forward is_reply needs one message of the same conversation",
            ));
        }
    }
    Ok(())
}

fn by_id(call: &mut Call<'_>, id: i64) -> Result<Option<Message>, ApiError> {
    Ok(call
        .community()?
        .message(id)
        .filter(|message| message.gone.community_sees())
        .cloned())
}

fn by_cmid(call: &mut Call<'_>, peer: i64, cmid: i64) -> Result<Option<Message>, ApiError> {
    let dialog = call.community()?.dialogs.get(&peer);
    let message = dialog.and_then(|dialog| dialog.by_cmid(cmid));
    Ok(message.filter(|message| message.gone.community_sees()).cloned())
}

/// VK takes numbers and numbers in quotes alike.
fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn integers(value: Option<&Value>) -> Vec<i64> {
    match value {
        Some(Value::Array(all)) => all.iter().filter_map(integer).collect(),
        Some(one) => integer(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn truth(value: &Value) -> bool {
    value
        .as_bool()
        .or_else(|| integer(value).map(|number| number != 0))
        .unwrap_or(false)
}
