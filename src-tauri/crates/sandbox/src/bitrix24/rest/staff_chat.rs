//! Chats of employees: making one, writing in it, putting files into it.
//!
//! <https://apidocs.bitrix24.com/api-reference/chats/im-chat-add.html>, `…/im-chat-get.html`,
//! `…/messages/im-message-add.html`, `…/im-message-update.html`, `…/im-message-delete.html`,
//! `…/files/im-disk-folder-get.html`, `…/im-disk-file-commit.html`

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::php;
use crate::bitrix24::state::messenger::{Said, StaffChat};
use serde_json::{Value, json};

const SCOPE: &str = "im";

pub(super) static METHODS: &[Method] = &[
    method("im.chat.add", SCOPE, For::All, add),
    method("im.chat.get", SCOPE, For::All, get),
    method("im.message.add", SCOPE, For::All, say),
    method("im.message.update", SCOPE, For::All, change),
    method("im.message.delete", SCOPE, For::All, change),
    method("im.disk.folder.get", SCOPE, For::All, folder),
    method("im.disk.file.commit", SCOPE, For::All, commit),
];

fn add(call: &mut Call<'_>) -> Answer {
    let asked = call.params.list("USERS").into_iter().filter_map(php::int);
    let mut members: Vec<i64> = asked.filter(|id| call.state.portal.employee(*id).is_some()).collect();
    members.insert(0, call.caller.user);
    members.dedup();
    let text = |name: &str| call.params.text(name).unwrap_or_default();
    let (title, about) = (text("TITLE"), (text("ENTITY_TYPE"), text("ENTITY_ID")));
    let first = call.params.text("MESSAGE");
    call.state.lines.last.chat += 1;
    let id = call.state.lines.last.chat;
    let title = if title.is_empty() {
        format!("Чат №{id}")
    } else {
        title
    };
    let chat = StaffChat {
        id,
        title,
        members,
        about,
        messages: Vec::new(),
        folder: None,
    };
    call.state.messenger.chats.insert(id, chat);
    if let Some(first) = first {
        put(call, id, first, Vec::new());
    }
    Ok(json!(id).into())
}

/// `null` where there is none.
fn get(call: &mut Call<'_>) -> Answer {
    let text = |name: &str| call.params.text(name).unwrap_or_default();
    let (kind, id) = (text("ENTITY_TYPE"), text("ENTITY_ID"));
    let asked = !kind.is_empty() && !id.is_empty();
    let found = call.state.messenger.about(&kind, &id).filter(|_| asked);
    Ok(found.map_or(Value::Null, |chat| json!({ "ID": chat.id })).into())
}

fn denied() -> ApiError {
    ApiError::new(403, "ACCESS_ERROR", "You do not have access to the specified dialog")
}

/// The chat, where the caller is one of its members.
fn own(call: &Call<'_>, id: i64) -> Result<i64, ApiError> {
    let chat = call.state.messenger.chats.get(&id).ok_or_else(denied)?;
    chat.has(call.caller.user).then_some(id).ok_or_else(denied)
}

fn put(call: &mut Call<'_>, chat: i64, text: String, files: Vec<i64>) -> i64 {
    call.state.lines.last.message += 1;
    let said = Said {
        id: call.state.lines.last.message,
        by: call.caller.user,
        text,
        files,
        at: call.state.host.clock.now(),
        edited: false,
        deleted: false,
    };
    let id = said.id;
    if let Some(chat) = call.state.messenger.chats.get_mut(&chat) {
        chat.messages.push(said);
    }
    id
}

fn say(call: &mut Call<'_>) -> Answer {
    let empty = || ApiError::bad("CHAT_ID_EMPTY", "Chat ID can't be empty");
    let dialog = call.params.text("DIALOG_ID").ok_or_else(empty)?;
    let id = dialog.strip_prefix("chat").and_then(|id| id.parse().ok());
    let chat = own(call, id.ok_or_else(denied)?)?;
    let text = call.params.text("MESSAGE");
    let text = text.ok_or_else(|| ApiError::bad("MESSAGE_EMPTY", "Message can't be empty"))?;
    Ok(json!(put(call, chat, text, Vec::new())).into())
}

/// Of its author alone. New words that are none take it away.
fn change(call: &mut Call<'_>) -> Answer {
    let id = call.params.int("MESSAGE_ID").filter(|id| *id > 0);
    let id = id.ok_or_else(|| ApiError::bad("MESSAGE_ID_ERROR", "Message ID can't be empty"))?;
    let text = call.params.text("MESSAGE");
    let ends = call.name.ends_with("delete") || text.as_deref() == Some("");
    let me = call.caller.user;
    let said = call.state.messenger.said(id).filter(|said| said.by == me);
    let late = "Time has expired for modification or you don't have access";
    let said = said.ok_or_else(|| ApiError::new(403, "CANT_EDIT_MESSAGE", late))?;
    if ends {
        said.deleted = true;
    } else if let Some(text) = text {
        (said.text, said.edited) = (text, true);
    }
    Ok(json!(true).into())
}

fn chat_id(call: &Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("CHAT_ID").filter(|id| *id > 0);
    own(
        call,
        id.ok_or_else(|| ApiError::bad("CHAT_ID_EMPTY", "Chat ID can't be empty"))?,
    )
}

fn folder(call: &mut Call<'_>) -> Answer {
    let chat = chat_id(call)?;
    let known = call.state.messenger.chats.get(&chat).and_then(|chat| chat.folder);
    let id = match known {
        Some(id) => id,
        None => made(call, chat).ok_or_else(|| ApiError::bad("INTERNAL_ERROR", "Server error"))?,
    };
    Ok(json!({ "ID": id }).into())
}

fn made(call: &mut Call<'_>, chat: i64) -> Option<i64> {
    let now = call.state.date();
    let root = call.state.disk.storage("im", "im", "Чаты", &now).root;
    let id = call
        .state
        .disk
        .put(root, &chat.to_string(), None, call.caller.user, now)?;
    call.state.messenger.chats.get_mut(&chat)?.folder = Some(id);
    Some(id)
}

/// What was put on the drive before becomes a message.
fn commit(call: &mut Call<'_>) -> Answer {
    let chat = chat_id(call)?;
    let named = [call.params.get("UPLOAD_ID"), call.params.get("DISK_ID")];
    let ids = named.into_iter().flat_map(php::items).filter_map(php::int);
    let files: Vec<i64> = ids.filter(|id| call.state.disk.file(*id).is_some()).collect();
    if files.is_empty() {
        return Err(ApiError::bad("FILES_ERROR", "Files not found"));
    }
    let text = call.params.text("MESSAGE").unwrap_or_default();
    put(call, chat, text, files);
    Ok(json!(true).into())
}

/// Rows of `im.dialog.messages.get`, and the files in them.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) messages: Vec<Value>,
    pub(super) files: Vec<Value>,
}

/// Everything in a chat of employees; none where it is no such chat.
pub(super) fn all(call: &Call<'_>, chat: i64) -> Result<Option<Shown>, ApiError> {
    let Some(found) = call.state.messenger.chats.get(&chat) else {
        return Ok(None);
    };
    own(call, chat)?;
    let shown = |said: &Said| {
        json!({
            "id": said.id, "chat_id": chat, "author_id": said.by, "date": php::date(said.at), "text": said.text,
            "params": if said.files.is_empty() { json!([]) } else { json!({ "FILE_ID": said.files }) },
        })
    };
    let standing = found.messages.iter().filter(|one| !one.deleted);
    let files = standing.clone().flat_map(|one| one.files.iter()).filter_map(|id| {
        let object = call.state.disk.objects.get(id)?;
        Some(json!({ "id": id, "chatId": chat, "name": object.name, "status": "done", "authorId": object.by }))
    });
    let files = files.collect();
    Ok(Some(Shown {
        messages: standing.map(shown).collect(),
        files,
    }))
}
