//! `messages.getConversations` and `messages.getConversationsById`.

use super::history::speakers;
use super::{Answer, ApiError, Call};
use crate::vk::state::dialog::Dialog;
use crate::vk::state::message::Message;
use crate::vk::{chats, wire};
use serde_json::{Map, Value, json};

/// Most conversations in one answer.
const MOST: i64 = 200;

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let (count, offset) = (
        call.params.count("count", 20, MOST)?,
        call.params.count("offset", 0, i64::MAX)?,
    );
    let start = call.params.int("start_message_id")?;
    let filter = filter(call.params.text("filter").unwrap_or("all"))?;
    let community = call.own_community(false)?;
    let all = community.conversations();
    let unread = all.iter().filter(|(dialog, _)| dialog.unread_count() > 0).count();
    let fitting: Vec<_> = all.into_iter().filter(|(dialog, _)| filter(dialog)).collect();
    let total = fitting.len();
    let chosen: Vec<(Dialog, Message)> = fitting
        .into_iter()
        .filter(|(_, last)| start.is_none_or(|id| last.id <= id))
        .skip(offset)
        .take(count)
        .map(|(dialog, last)| (dialog.clone(), last.clone()))
        .collect();
    let items: Vec<Value> = chosen
        .iter()
        .map(|(dialog, last)| {
            let conversation = wire::conversation::conversation(dialog, Some(last));
            json!({"conversation": conversation, "last_message": wire::message::message(last)})
        })
        .collect();
    let mut answer = Map::new();
    answer.insert("count".into(), json!(total));
    answer.insert("items".into(), Value::Array(items));
    answer.insert("unread_count".into(), json!(unread));
    let lasts: Vec<Message> = chosen.into_iter().map(|(_, last)| last).collect();
    extend(call, speakers(&lasts), &mut answer);
    Ok(Value::Object(answer))
}

fn filter(name: &str) -> Result<fn(&Dialog) -> bool, ApiError> {
    Ok(match name {
        "all" => |dialog| !dialog.archived,
        "archive" => |dialog| dialog.archived,
        "unread" => |dialog| dialog.unread_count() > 0,
        "unanswered" => Dialog::is_unanswered,
        "important" => |dialog| dialog.important,
        _ => return Err(ApiError::parameter("filter is invalid")),
    })
}

pub(super) fn by_id(call: &mut Call<'_>) -> Answer {
    let peers = call.params.ints("peer_ids")?;
    if peers.is_empty() {
        return Err(ApiError::parameter("peer_ids is undefined"));
    }
    let known = call.state.users.clone();
    let community = call.own_community(false)?;
    let chats = peers
        .iter()
        .filter_map(|peer| Some((*peer, community.chats.get(peer)?)));
    let mut items: Vec<Value> = chats.map(|(peer, chat)| chats::conversation(peer, chat)).collect();
    let people = peers.iter().filter(|peer| known.contains_key(peer)).map(|peer| {
        let dialog = community
            .dialogs
            .get(peer)
            .cloned()
            .unwrap_or_else(|| Dialog::with(*peer));
        wire::conversation::conversation(&dialog, dialog.last())
    });
    items.extend(people);
    let mut answer = Map::new();
    answer.insert("count".into(), json!(items.len()));
    answer.insert("items".into(), Value::Array(items));
    extend(call, peers, &mut answer);
    Ok(Value::Object(answer))
}

fn extend(call: &Call<'_>, mut ids: Vec<i64>, answer: &mut Map<String, Value>) {
    if !call.params.flag("extended") {
        return;
    }
    ids.extend(call.group().map(|id| -id));
    let (profiles, groups) = wire::page::extended(call.state, &ids, &call.params.list("fields"));
    answer.insert("profiles".into(), profiles);
    answer.insert("groups".into(), groups);
}
