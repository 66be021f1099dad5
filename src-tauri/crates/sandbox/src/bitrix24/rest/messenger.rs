//! The messenger of the portal itself: notifications, and reading chats.
//!
//! <https://apidocs.bitrix24.com/api-reference/chats/notifications/index.html>, `…/chats/messages/im-dialog-messages-get.html`

use super::{Answer, ApiError, Call, For, Method, method, staff_chat};
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
    let Some(id) = id else {
        return Err(ApiError::bad("DIALOG_ID_EMPTY", "Dialog ID can't be empty"));
    };
    let shown = match staff_chat::all(call, id)? {
        Some(shown) => shown,
        None => staff_chat::Shown {
            messages: of_line(call, id)?,
            ..staff_chat::Shown::default()
        },
    };
    let (before, after) = (call.params.int("LAST_ID"), call.params.int("FIRST_ID"));
    let limit = usize::try_from(call.params.int("LIMIT").unwrap_or(20).clamp(0, MOST)).unwrap_or(0);
    let wanted = |row: &Value| {
        let number = php::int(php::member(row, "id")).unwrap_or(0);
        before.is_none_or(|id| number < id) && after.is_none_or(|id| number > id)
    };
    let mut rows: Vec<Value> = shown.messages.into_iter().filter(wanted).collect();
    if after.is_none() {
        rows.reverse();
    }
    rows.truncate(limit);
    Ok(json!({"chat_id": id, "messages": rows, "users": [], "files": shown.files}).into())
}

/// The messages of an open line's chat. A stranger to it sees nothing.
fn of_line(call: &Call<'_>, id: i64) -> Result<Vec<Value>, ApiError> {
    let found = call.state.lines.chats.get(&id);
    let chat = found.ok_or_else(|| ApiError::bad("DIALOG_ID_EMPTY", "Dialog ID can't be empty"))?;
    let mut sessions = call.state.lines.sessions.values();
    if !sessions.any(|one| one.chat == chat.id && one.operator == Some(call.caller.user)) {
        return Err(ApiError::new(
            403,
            "ACCESS_ERROR",
            "You do not have access to the specified dialog",
        ));
    }
    let shown = chat.messages.iter().filter(|one| !one.deleted).map(|one| {
        let author = match one.writer {
            Writer::Guest(_) => chat.guest.id,
            Writer::Operator(id) => id,
            Writer::System => 0,
        };
        json!({"id": one.id, "chat_id": chat.id, "author_id": author, "date": php::date(one.at), "text": one.text, "params": []})
    });
    Ok(shown.collect())
}
