//! Conversations and sessions of open lines.
//!
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/sessions/index.html>, `…/operators/index.html`,
//! `…/chats/index.html`, `…/messages/imopenlines-crm-message-add.html`

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::crm::Kind;
use crate::bitrix24::php;
use crate::bitrix24::state::lines::{Chat, Message, Writer};
use crate::bitrix24::state::talk::{self, Draft};
use serde_json::{Map, Value, json};

const SCOPE: &str = "imopenlines";

pub(super) static METHODS: &[Method] = &[
    method("imopenlines.dialog.get", SCOPE, For::All, dialog),
    method("imopenlines.session.open", SCOPE, For::All, open),
    method("imopenlines.session.history.get", SCOPE, For::All, history),
    method("imopenlines.session.join", SCOPE, For::All, take),
    method("imopenlines.session.start", SCOPE, For::All, take),
    method("imopenlines.session.intercept", SCOPE, For::All, take),
    method("imopenlines.operator.answer", SCOPE, For::All, take),
    method("imopenlines.operator.finish", SCOPE, For::All, finish),
    method("imopenlines.operator.another.finish", SCOPE, For::All, finish),
    method("imopenlines.operator.transfer", SCOPE, For::All, transfer),
    method("imopenlines.crm.chat.get", SCOPE, For::All, of_card),
    method("imopenlines.crm.chat.getlastid", SCOPE, For::All, last_of_card),
    method("imopenlines.crm.message.add", SCOPE, For::All, crm_message),
];

fn denied() -> ApiError {
    let told = "You cannot open this conversation because you do not have sufficient permissions";
    ApiError::bad("ACCESS_DENIED", told)
}

/// The conversation that `CHAT_ID` names.
fn chat(call: &Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("CHAT_ID").filter(|id| *id > 0);
    let id = id.ok_or_else(|| ApiError::bad("CHAT_ID", "The provided chat identifier is incorrect"))?;
    match call.state.lines.chats.contains_key(&id) {
        true => Ok(id),
        false => Err(ApiError::bad("CHAT_TYPE", "The specified chat is not an open line")),
    }
}

/// `entity_data_1`: CRM or not, card, silent, …, session, its time.
fn data_1(call: &Call<'_>, chat: &Chat) -> String {
    let session = call.state.lines.session(chat.id).map_or(0, |one| one.id);
    let (kind, card) = chat.cards.first().map_or(("NONE", 0), |(kind, id)| (kind.word(), *id));
    let has = if chat.cards.is_empty() { "N" } else { "Y" };
    format!("{has}|{kind}|{card}|N|N|{session}|{}|0|0|0", chat.created.as_second())
}

fn data_2(chat: &Chat) -> String {
    let of = |kind| chat.card(kind).unwrap_or(0);
    let (lead, company, contact, deal) = (of(Kind::Lead), of(Kind::Company), of(Kind::Contact), of(Kind::Deal));
    format!("LEAD|{lead}|COMPANY|{company}|CONTACT|{contact}|DEAL|{deal}")
}

fn dialog(call: &mut Call<'_>) -> Answer {
    let params = call.params;
    let by_dialog = params
        .text("DIALOG_ID")
        .and_then(|id| id.strip_prefix("chat")?.parse().ok());
    let by_session = params
        .int("SESSION_ID")
        .and_then(|id| Some(call.state.lines.sessions.get(&id)?.chat));
    let by_code = params
        .text("USER_CODE")
        .and_then(|code| Some(call.state.lines.by_code(&code)?.id));
    let id = params.int("CHAT_ID").or(by_dialog).or(by_session).or(by_code);
    let Some(chat) = id.and_then(|id| call.state.lines.chats.get(&id)) else {
        return Err(denied());
    };
    let last = chat.messages.last().map_or(0, |one| one.id);
    let owner = call
        .state
        .lines
        .session(chat.id)
        .and_then(|one| one.operator)
        .unwrap_or(0);
    Ok(json!({
        "id": chat.id, "parent_chat_id": 0, "parent_message_id": 0, "name": chat.title, "description": chat.description,
        "owner": owner, "extranet": false, "avatar": "", "color": "#58cc47", "type": "lines", "counter": 0,
        "user_counter": 2, "message_count": chat.messages.len(), "unread_id": 0, "last_message_id": last, "last_id": last,
        "marked_id": 0, "disk_folder_id": 0, "entity_type": "LINES", "entity_id": chat.code(),
        "entity_data_1": data_1(call, chat), "entity_data_2": data_2(chat), "entity_data_3": "N", "mute_list": [],
        "date_create": php::date(chat.created), "message_type": "L", "public": "", "role": "member",
        "entity_link": {"type": "LINES", "url": "", "id": chat.code()}, "text_field_enabled": true,
    })
    .into())
}

fn open(call: &mut Call<'_>) -> Answer {
    let code = call.params.text("USER_CODE").unwrap_or_default();
    let code = code.strip_prefix("imol|").unwrap_or(&code);
    let chat = call.state.lines.by_code(code).ok_or_else(denied)?;
    Ok(json!({"chatId": chat.id.to_string()}).into())
}

fn history(call: &mut Call<'_>) -> Answer {
    let (session, chat) = (call.params.int("SESSION_ID"), call.params.int("CHAT_ID"));
    if session.is_none() && chat.is_none() {
        return Err(ApiError::bad(
            "MISSING_REQUIRED_PARAM",
            "Session ID or Chat ID must be provided",
        ));
    }
    let by_chat = chat.and_then(|chat| call.state.lines.session(chat)).map(|one| one.id);
    let session = session
        .or(by_chat)
        .and_then(|id| call.state.lines.sessions.get(&id).cloned());
    let told = "Unable to determine session ID from provided parameters";
    let session = session.ok_or_else(|| ApiError::bad("INVALID_SESSION_ID", told))?;
    let chat = call.state.lines.chats.get(&session.chat).cloned().ok_or_else(denied)?;
    let said: Vec<&Message> = chat
        .messages
        .iter()
        .filter(|one| one.session == session.id && !one.deleted)
        .collect();
    let number = chat.id.to_string();
    let messages: Map<String, Value> = said
        .iter()
        .map(|one| (one.id.to_string(), message(&chat, one)))
        .collect();
    let ids: Vec<String> = said.iter().map(|one| one.id.to_string()).collect();
    let files: Map<String, Value> = said.iter().flat_map(|one| files(call, &chat, one)).collect();
    let shown = json!({
        number.clone(): {
            "id": number, "name": chat.title, "owner": session.operator.unwrap_or(0).to_string(), "entityType": "LINES",
            "entityId": chat.code(), "entityData1": data_1(call, &chat), "entityData2": data_2(&chat), "entityData3": "",
            "messageCount": chat.messages.len(), "dateCreate": php::date(chat.created), "type": "lines",
            "entityLink": {"type": "LINES", "url": "", "id": chat.code()}, "messageType": "L",
        }
    });
    Ok(json!({
        "chatId": chat.id, "canJoin": "Y", "canVoteHead": "N", "sessionId": session.id, "sessionVoteHead": 0,
        "sessionCommentHead": null, "userId": format!("chat{}", chat.id), "message": php::array(messages),
        "usersMessage": {format!("chat{}", chat.id): ids}, "users": users(call, &chat), "userInGroup": [], "chat": shown,
        "userInChat": {number: [chat.guest.id]}, "files": php::array(files),
    })
    .into())
}

/// The style of words that a line says to the client, by which they differ from notes for operators
/// (`imopenlines/lib/automaticaction/welcome.php`).
const FOR_CLIENT: &str = "bx-messenger-content-item-ol-output";

fn sender(chat: &Chat, message: &Message) -> String {
    match message.writer {
        Writer::Guest(_) => chat.guest.id.to_string(),
        Writer::Operator(id) => id.to_string(),
        Writer::System => "0".to_owned(),
    }
}

fn message(chat: &Chat, message: &Message) -> Value {
    let mut params = Map::new();
    if !message.outside.is_empty() {
        params.insert("connectorMid".to_owned(), json!(message.outside));
    }
    if message.writer == Writer::System {
        params.insert("class".to_owned(), FOR_CLIENT.into());
    }
    let files: Vec<i64> = message
        .files
        .iter()
        .zip(1..)
        .map(|(_, place)| file_id(message, place))
        .collect();
    if !files.is_empty() {
        params.insert("fileId".to_owned(), json!(files));
    }
    json!({
        "id": message.id.to_string(), "chatid": chat.id.to_string(), "senderid": sender(chat, message),
        "recipientid": format!("chat{}", chat.id), "date": php::date(message.at), "text": message.text,
        "textlegacy": message.text, "params": php::array(params),
    })
}

/// Files of clients have no number on the drive; they get one of their message's.
fn file_id(message: &Message, place: i64) -> i64 {
    message.id * 10 + place
}

fn files(call: &Call<'_>, chat: &Chat, message: &Message) -> Vec<(String, Value)> {
    let shown = message.files.iter().zip(1..).map(|(file, place)| {
        let id = file_id(message, place);
        let link = file.object.map(|object| call.state.url(&format!("/disk/downloadFile/{object}/")));
        let link = link.unwrap_or_else(|| file.url.clone());
        let about = json!({
            "id": id, "chatid": chat.id, "date": php::date(message.at), "name": file.name, "status": "done", "progress": 100,
            "size": file.media.as_ref().map_or(0, |media| media.data.len()), "urldownload": link, "urlshow": link,
        });
        (id.to_string(), about)
    });
    shown.collect()
}

fn users(call: &Call<'_>, chat: &Chat) -> Value {
    let guest = json!({
        "id": chat.guest.id.to_string(), "name": chat.guest.full_name(), "firstName": chat.guest.name,
        "lastName": chat.guest.last_name, "connector": true, "externalAuthId": "imconnector", "type": "user",
    });
    let mut users = Map::from_iter([(chat.guest.id.to_string(), guest)]);
    for one in &call.state.portal.staff {
        let about = json!({
            "id": one.id.to_string(), "name": one.full_name(), "firstName": one.name, "lastName": one.last_name,
            "workPosition": one.position, "connector": false, "externalAuthId": "default", "type": "user",
        });
        users.insert(one.id.to_string(), about);
    }
    Value::Object(users)
}

/// The caller is the operator from now on; a closed conversation begins anew.
fn take(call: &mut Call<'_>) -> Answer {
    let (id, user) = (chat(call)?, call.caller.user);
    let session = call.state.lines.session(id).map(|one| one.id);
    if let Some(session) = session.and_then(|session| call.state.lines.sessions.get_mut(&session)) {
        session.operator = Some(user);
    }
    Ok(json!(true).into())
}

fn finish(call: &mut Call<'_>) -> Answer {
    let (id, actor) = (chat(call)?, call.actor());
    talk::finish(call.state, &actor, id);
    Ok(json!(true).into())
}

fn transfer(call: &mut Call<'_>) -> Answer {
    let id = chat(call)?;
    let to = call.params.int("TRANSFER_ID").or(call.params.int("USER_ID"));
    let to = to.ok_or_else(|| ApiError::bad("TRANSFER_ID_EMPTY", "Queue ID or User ID can't be empty"))?;
    if call.state.portal.employee(to).is_none() {
        return Err(ApiError::bad("OPERATOR_WRONG", "You cannot redirect to this operator"));
    }
    let session = call.state.lines.session(id).map(|one| one.id);
    if let Some(session) = session.and_then(|session| call.state.lines.sessions.get_mut(&session)) {
        session.operator = Some(to);
    }
    Ok(json!(true).into())
}

/// Conversations of the card that `CRM_ENTITY_TYPE` and `CRM_ENTITY` name.
fn chats_of(call: &Call<'_>) -> Result<Vec<Chat>, ApiError> {
    let kind = call.required("CRM_ENTITY_TYPE")?;
    let id = call.required("CRM_ENTITY")?.parse::<i64>();
    let told = "The value of an argument 'CRM_ENTITY' has an invalid type";
    let id = id.map_err(|_source| ApiError::bad("ERROR_ARGUMENT", told))?;
    let Some(kind) = Kind::called(&kind) else {
        return Ok(Vec::new());
    };
    let mine = |chat: &&Chat| chat.cards.contains(&(kind, id));
    Ok(call.state.lines.chats.values().filter(mine).cloned().collect())
}

fn of_card(call: &mut Call<'_>) -> Answer {
    let active_only = call.params.get("ACTIVE_ONLY").is_null() || call.params.flag("ACTIVE_ONLY");
    let chats = chats_of(call)?
        .into_iter()
        .filter(|chat| !active_only || call.state.lines.is_open(chat.id));
    let shown = chats.map(|chat| {
        let title = call
            .state
            .lines
            .connectors
            .get(&chat.connector)
            .map(|one| one.name.clone());
        json!({"CHAT_ID": chat.id.to_string(), "CONNECTOR_ID": chat.connector, "CONNECTOR_TITLE": title})
    });
    Ok(Value::Array(shown.collect()).into())
}

fn last_of_card(call: &mut Call<'_>) -> Answer {
    let empty = |told: &str| ApiError::bad("CRM_CHAT_EMPTY_CRM_DATA", told);
    if call.params.get("CRM_ENTITY_TYPE").is_null() || call.params.get("CRM_ENTITY").is_null() {
        return Err(empty("Empty CRM data"));
    }
    let last = chats_of(call)?.into_iter().map(|chat| chat.id).max();
    last.map(|id| json!(id).into())
        .ok_or_else(|| empty("Could not find CRM object"))
}

/// Written in a card's chat in the name of an employee. It reaches the client like any operator's words.
fn crm_message(call: &mut Call<'_>) -> Answer {
    let chats = chats_of(call)?;
    let (chat, user) = (call.required_int("CHAT_ID")?, call.required_int("USER_ID")?);
    let text = call.required("MESSAGE")?;
    if !chats.iter().any(|one| one.id == chat) {
        return Err(ApiError::bad(
            "CHAT_NOT_IN_CRM",
            "Chat does not belong to the CRM entity being checked",
        ));
    }
    let actor = call.actor();
    let draft = Draft {
        text,
        files: Vec::new(),
    };
    let id = talk::operator_says(call.state, &actor, chat, user, &draft).ok_or_else(denied)?;
    Ok(json!(id).into())
}
