//! The messenger of the portal itself: notifications, and reading an open line's chat.
//!
//! <https://apidocs.bitrix24.com/api-reference/chats/notifications/index.html>, `…/chats/messages/im-dialog-messages-get.html`

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::php;
use crate::bitrix24::state::lines::Writer;
use serde_json::{Value, json};

pub(super) static METHODS: &[Method] = &[
    method("im.notify.personal.add", "im", For::All, notify),
    method("im.notify.system.add", "im", For::Apps, notify),
    method("im.dialog.messages.get", "im", For::All, messages),
];

fn notify(call: &mut Call<'_>) -> Answer {
    let to = call
        .params
        .int("USER_ID")
        .filter(|id| call.state.portal.employee(*id).is_some());
    let to = to.ok_or_else(|| ApiError::bad("USER_ID_EMPTY", "User ID can't be empty"))?;
    let text = call.params.text("MESSAGE");
    let text = text.ok_or_else(|| ApiError::bad("MESSAGE_EMPTY", "Message can't be empty"))?;
    call.state.lines.last.message += 1;
    let id = call.state.lines.last.message;
    call.state.portal.notified.push((to, text));
    Ok(json!(id).into())
}

/// Messages that fit into one answer.
const MOST: i64 = 50;

fn messages(call: &mut Call<'_>) -> Answer {
    let id = call
        .params
        .text("DIALOG_ID")
        .and_then(|id| id.strip_prefix("chat")?.parse::<i64>().ok());
    let found = id.and_then(|id| call.state.lines.chats.get(&id));
    let Some(chat) = found else {
        return Err(ApiError::bad("DIALOG_ID_EMPTY", "Dialog ID can't be empty"));
    };
    // A stranger to the chat sees nothing of it.
    let mine = call
        .state
        .lines
        .sessions
        .values()
        .any(|one| one.chat == chat.id && one.operator == Some(call.caller.user));
    if !mine {
        return Err(ApiError::new(
            403,
            "ACCESS_ERROR",
            "You do not have access to the specified dialog",
        ));
    }
    let (before, after) = (call.params.int("LAST_ID"), call.params.int("FIRST_ID"));
    let limit = usize::try_from(call.params.int("LIMIT").unwrap_or(20).clamp(0, MOST)).unwrap_or(0);
    let rows = chat
        .messages
        .iter()
        .filter(|one| before.is_none_or(|id| one.id < id) && after.is_none_or(|id| one.id > id));
    let mut rows: Vec<_> = rows.filter(|one| !one.deleted).collect();
    if after.is_none() {
        rows.reverse();
    }
    rows.truncate(limit);
    let shown = rows.iter().map(|one| {
        let author = match one.writer {
            Writer::Guest(_) => chat.guest.id,
            Writer::Operator(id) => id,
            Writer::System => 0,
        };
        json!({"id": one.id, "chat_id": chat.id, "author_id": author, "date": php::date(one.at), "text": one.text, "params": []})
    });
    let shown: Vec<Value> = shown.collect();
    Ok(json!({"chat_id": chat.id, "messages": shown, "users": [], "files": []}).into())
}
