//! Conversations as JSON. <https://dev.vk.com/reference/objects/conversation>

use crate::vk::state::dialog::Dialog;
use crate::vk::state::message::Message;
use serde_json::{Value, json};

/// A conversation with its last visible message, if it has one.
pub(crate) fn conversation(dialog: &Dialog, last: Option<&Message>) -> Value {
    let (last_id, last_cmid) = last.map_or((0, 0), |last| (last.id, last.cmid));
    let unread = dialog.unread_count();
    let mut value = json!({
        "peer": {"id": dialog.peer_id, "type": "user", "local_id": dialog.peer_id},
        "last_message_id": last_id, "last_conversation_message_id": last_cmid,
        "in_read": dialog.in_read, "out_read": dialog.out_read,
        "in_read_cmid": dialog.cmid_of(dialog.in_read), "out_read_cmid": dialog.cmid_of(dialog.out_read),
        "version": last_id * 10, "sort_id": {"major_id": 0, "minor_id": last_id},
        "is_marked_unread": false, "important": dialog.important, "unanswered": dialog.is_unanswered(),
        "can_write": can_write(dialog),
    });
    if let (true, Some(fields)) = (unread > 0, value.as_object_mut()) {
        fields.insert("unread_count".into(), json!(unread));
    }
    value
}

fn can_write(dialog: &Dialog) -> Value {
    match dialog.refusal() {
        None => json!({"allowed": true}),
        Some(code) => json!({"allowed": false, "reason": code}),
    }
}
