//! Messages between a connector and an open line.
//!
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/imconnector-send-messages.html> and its neighbours.

use super::connector::own;
use super::connector_incoming::incoming;
use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::php;
use crate::bitrix24::state::talk;
use serde_json::{Map, Value, json};

const SCOPE: &str = "imconnector";

pub(super) static METHODS: &[Method] = &[
    method("imconnector.send.messages", SCOPE, For::Apps, send),
    method("imconnector.update.messages", SCOPE, For::Apps, update),
    method("imconnector.delete.messages", SCOPE, For::Apps, delete),
    method("imconnector.send.status.delivery", SCOPE, For::Apps, delivered),
    method("imconnector.send.status.reading", SCOPE, For::Apps, read),
    method("imconnector.chat.name.set", SCOPE, For::Apps, chat_name),
];

/// `CONNECTOR`, `LINE` and `MESSAGES` of a call.
fn subject(call: &Call<'_>) -> Result<(String, i64, Vec<Value>), ApiError> {
    call.required("CONNECTOR")?;
    let line = call.required_int("LINE")?;
    let messages: Vec<Value> = call.params.list("MESSAGES").into_iter().cloned().collect();
    if messages.is_empty() {
        return Err(ApiError::argument("MESSAGES"));
    }
    let connector = own(call)?;
    Ok((connector, line, messages))
}

/// The same for methods that want the line to be on.
fn active(call: &Call<'_>) -> Result<(String, i64, Vec<Value>), ApiError> {
    let (connector, line, messages) = subject(call)?;
    match call.state.lines.is_active(&connector, line) {
        true => Ok((connector, line, messages)),
        false => Err(ApiError::bad(
            "NOT_ACTIVE_LINE",
            "Line with such ID is inactive or does not exist",
        )),
    }
}

pub(super) fn part(message: &Value, block: &str, name: &str) -> String {
    php::text(php::member(php::member(message, block), name))
}

fn send(call: &mut Call<'_>) -> Answer {
    let (connector, line, messages) = active(call)?;
    let actor = call.actor();
    let mut results = Vec::new();
    for message in &messages {
        let mut result = echo(message);
        match incoming(call, &connector, line, message) {
            Ok(incoming) => {
                let received = talk::receive(call.state, &actor, &incoming);
                result.insert("user".to_owned(), received.guest.to_string().into());
                result.insert("SUCCESS".to_owned(), true.into());
                let session = json!({"ID": received.session.to_string(), "CHAT_ID": received.chat.to_string()});
                result.insert("session".to_owned(), session);
            }
            Err(told) => fail(&mut result, told),
        }
        results.push(Value::Object(result));
    }
    Ok(done(results).into())
}

fn done(results: Vec<Value>) -> Value {
    let success = results.iter().any(|one| php::flag(php::member(one, "SUCCESS")));
    json!({"SUCCESS": success, "DATA": {"RESULT": results}})
}

fn fail(result: &mut Map<String, Value>, told: &str) {
    result.insert("SUCCESS".to_owned(), false.into());
    result.insert("ERRORS".to_owned(), json!([told]));
}

/// What the answer repeats of a message.
fn echo(message: &Value) -> Map<String, Value> {
    let mut about = Map::new();
    let given = php::member(message, "message");
    about.insert("id".to_owned(), part(message, "message", "id").into());
    if !php::member(given, "date").is_null() {
        about.insert("date".to_owned(), json!({}));
    }
    if !php::member(given, "text").is_null() {
        about.insert("text".to_owned(), part(message, "message", "text").into());
    }
    about.insert(
        "files".to_owned(),
        Value::Array(php::items(php::member(given, "files")).into_iter().cloned().collect()),
    );
    let mut chat = Map::from_iter([("id".to_owned(), Value::from(part(message, "chat", "id")))]);
    let (name, url) = (part(message, "chat", "name"), part(message, "chat", "url"));
    if !name.is_empty() {
        chat.insert("name".to_owned(), name.into());
    }
    if !url.is_empty() {
        chat.insert(
            "description".to_owned(),
            format!("Ссылка на исходную публикацию: {url}").into(),
        );
    }
    let mut result = Map::new();
    result.insert("user".to_owned(), "".into());
    result.insert("message".to_owned(), Value::Object(about));
    result.insert("chat".to_owned(), Value::Object(chat));
    let mut extra = Map::new();
    if part(message, "user", "skip_phone_validate") == "Y" {
        extra.insert("skip_phone_validate".to_owned(), "Y".into());
    }
    if part(message, "message", "disable_crm") == "Y" {
        extra.insert("disable_tracker".to_owned(), "Y".into());
    }
    result.insert("extra".to_owned(), php::array(extra));
    result
}

/// The chat and message that the connector's ids name.
fn known(call: &Call<'_>, connector: &str, line: i64, message: &Value) -> Option<(i64, i64)> {
    let (outside, id) = (part(message, "chat", "id"), part(message, "message", "id"));
    let mut chats = call
        .state
        .lines
        .chats
        .values()
        .filter(|chat| chat.connector == connector && chat.line == line);
    chats.find_map(|chat| {
        let same = |one: &&crate::bitrix24::state::lines::Message| one.outside.contains(&id) && !one.deleted;
        let found = chat.messages.iter().find(same).filter(|_| chat.outside == outside)?;
        Some((chat.id, found.id))
    })
}

const UNKNOWN: &str = "Сообщение не найдено";

fn update(call: &mut Call<'_>) -> Answer {
    changed(call, |message, given| {
        message.text = part(given, "message", "text");
        message.edited = true;
    })
}

/// A connector may have been registered without this right.
fn delete(call: &mut Call<'_>) -> Answer {
    let connector = own(call)?;
    if call
        .state
        .lines
        .connectors
        .get(&connector)
        .is_some_and(|one| !one.external_deletions)
    {
        let results = call.params.list("MESSAGES").into_iter().map(|given| {
            let mut result = echo(given);
            fail(&mut result, "Удаление сообщений запрещено");
            Value::Object(result)
        });
        return Ok(done(results.collect()).into());
    }
    changed(call, |message, _| message.deleted = true)
}

fn changed(call: &mut Call<'_>, change: impl Fn(&mut crate::bitrix24::state::lines::Message, &Value)) -> Answer {
    let (connector, line, messages) = active(call)?;
    let mut results = Vec::new();
    for given in &messages {
        let mut result = echo(given);
        result.remove("extra");
        match known(call, &connector, line, given) {
            Some((chat, message)) => {
                let found = call.state.lines.chats.get_mut(&chat);
                let guest = found.as_ref().map_or(0, |chat| chat.guest.id);
                if let Some(message) = found.and_then(|chat| chat.message(message)) {
                    change(message, given);
                }
                result.insert("user".to_owned(), guest.to_string().into());
                result.insert("SUCCESS".to_owned(), true.into());
            }
            None => fail(&mut result, UNKNOWN),
        }
        results.push(Value::Object(result));
    }
    Ok(done(results).into())
}

/// Confirms delivery and tells the connector's own ids, by which later changes are announced.
fn delivered(call: &mut Call<'_>) -> Answer {
    let (_, _, messages) = subject(call)?;
    for given in &messages {
        let im = |name: &str| php::int(php::member(php::member(given, "im"), name)).unwrap_or(0);
        let (chat, message) = (im("chat_id"), im("message_id"));
        let ids = php::items(php::member(php::member(given, "message"), "id"))
            .into_iter()
            .map(php::text)
            .collect();
        if let Some(found) = call
            .state
            .lines
            .chats
            .get_mut(&chat)
            .and_then(|chat| chat.message(message))
        {
            (found.delivered, found.outside) = (true, ids);
        }
    }
    Ok(json!({"SUCCESS": true, "DATA": []}).into())
}

/// Taken and without effect, as the vendor's own page says of it.
fn read(call: &mut Call<'_>) -> Answer {
    subject(call)?;
    Ok(json!({"SUCCESS": true, "DATA": []}).into())
}

fn chat_name(call: &mut Call<'_>) -> Answer {
    let connector = own(call)?;
    let (line, chat, name) = (
        call.required_int("LINE")?,
        call.required("CHAT_ID")?,
        call.required("NAME")?,
    );
    if !call.state.lines.is_active(&connector, line) {
        return Err(ApiError::bad(
            "NOT_ACTIVE_LINE",
            "The line with this ID is inactive or does not exist",
        ));
    }
    let group = call.state.lines.connectors.get(&connector).is_some_and(|one| one.group);
    let user = call.params.text("USER_ID").unwrap_or_default();
    if !group && user.is_empty() {
        return Err(ApiError::argument("USER_ID"));
    }
    let found = call.state.lines.chat_of(&connector, line, group, &chat, &user);
    match found.and_then(|id| call.state.lines.chats.get_mut(&id)) {
        Some(chat) => {
            chat.title = name;
            Ok(json!({"SUCCESS": true, "DATA": {"RESULT": {}}}).into())
        }
        None => Err(ApiError::bad("CHAT_RENAMING_FAILED", "Failed to rename the chat")),
    }
}
