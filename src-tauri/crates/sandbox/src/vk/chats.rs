//! Chats of several people that the community is in. A community hears them, and is shown no history of theirs.
//! <https://dev.vk.com/reference/objects/message>, `action`

use super::posting;
use super::state::State;
use crate::act::Refused;
use serde::Deserialize;
use serde_json::{Value, json};

/// Chats have this and their number as `peer_id`.
pub(crate) const FIRST: i64 = 2_000_000_000;

/// A chat as the community knows it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chat {
    pub(crate) title: String,
    last_cmid: i64,
}

/// Somebody writes in a chat, or something happens there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    /// Its number.
    chat: i64,
    from: i64,
    /// Of a chat that is new.
    title: Option<String>,
    #[serde(default)]
    text: String,
    action: Option<Value>,
}

pub(super) fn say(state: &mut State, said: Said) -> Result<Value, Refused> {
    if !state.users.contains_key(&said.from) {
        return Err(Refused::NoSuchPerson);
    }
    let (group, peer, now) = (state.home, FIRST + said.chat, state.now());
    let chat = state.home().chats.entry(peer).or_default();
    let renamed = said
        .action
        .as_ref()
        .filter(|action| action.get("type").is_some_and(|kind| kind == "chat_title_update"))
        .and_then(|action| action.get("text")?.as_str());
    if let Some(title) = renamed.or(said.title.as_deref()) {
        title.clone_into(&mut chat.title);
    }
    chat.last_cmid += 1;
    let mut message = json!({
        "id": 0, "date": now, "peer_id": peer, "from_id": said.from, "conversation_message_id": chat.last_cmid,
        "out": 0, "version": 10_000_000 + chat.last_cmid, "text": said.text, "attachments": [], "fwd_messages": [],
        "important": false, "is_hidden": false, "random_id": 0,
    });
    if let (Some(action), Some(fields)) = (said.action, message.as_object_mut()) {
        fields.insert("action".to_owned(), action);
    }
    let object = json!({"message": message, "client_info": super::wire::message::client_info()});
    posting::event(state, group, "message_new", object);
    Ok(json!({"peer_id": peer}))
}

/// As `messages.getConversationsById` tells it.
pub(super) fn conversation(peer: i64, chat: &Chat) -> Value {
    json!({
        "peer": {"id": peer, "type": "chat", "local_id": peer - FIRST},
        "last_message_id": 0, "last_conversation_message_id": chat.last_cmid, "in_read": 0, "out_read": 0,
        "in_read_cmid": 0, "out_read_cmid": 0, "can_write": {"allowed": true},
        "chat_settings": {"title": chat.title, "state": "in", "acl": {}, "is_group_channel": false},
    })
}
