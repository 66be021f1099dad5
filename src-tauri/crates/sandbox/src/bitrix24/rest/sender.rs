//! Senders of text messages: the "write" button of a card goes through them.
//!
//! <https://apidocs.bitrix24.com/api-reference/messageservice/index.html>

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::courier::Errand;
use crate::bitrix24::crm::Kind;
use crate::bitrix24::crm::feed::Activity;
use crate::bitrix24::state::events::auth;
use crate::bitrix24::state::sms::{Sender, Text};
use crate::bitrix24::state::{Actor, State};
use crate::outward;
use serde_json::{Value, json};

const SCOPE: &str = "messageservice";

pub(super) static METHODS: &[Method] = &[
    method("messageservice.sender.add", SCOPE, For::AdminApps, add),
    method("messageservice.sender.list", SCOPE, For::AdminApps, list),
    method("messageservice.sender.update", SCOPE, For::AdminApps, update),
    method("messageservice.sender.delete", SCOPE, For::AdminApps, delete),
    method("messageservice.message.status.update", SCOPE, For::Apps, status),
];

fn invalid(told: &str) -> ApiError {
    ApiError::bad("ERROR_SENDER_VALIDATION_FAILURE", told)
}

fn code(call: &Call<'_>) -> Result<String, ApiError> {
    let code = call.params.text("CODE").ok_or_else(|| invalid("Empty sender code!"))?;
    let fits = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_');
    match code.chars().all(fits) {
        true => Ok(code),
        false => Err(invalid("Wrong sender code!")),
    }
}

fn add(call: &mut Call<'_>) -> Answer {
    let code = code(call)?;
    let handler = call.params.text("HANDLER").filter(|url| url::Url::parse(url).is_ok());
    let handler = handler.ok_or_else(|| invalid("Unsupported handler protocol"))?;
    let name = call.params.text("NAME").ok_or_else(|| invalid("Empty sender name!"))?;
    let kind = call
        .params
        .text("TYPE")
        .ok_or_else(|| invalid("Empty sender message type!"))?;
    if !kind.eq_ignore_ascii_case("sms") {
        return Err(invalid("Unknown sender message type!"));
    }
    let (key, description) = ((call.app(), code), call.params.text("DESCRIPTION").unwrap_or_default());
    if call.state.sms.senders.contains_key(&key) {
        return Err(ApiError::bad(
            "ERROR_SENDER_ALREADY_INSTALLED",
            "Sender already installed!",
        ));
    }
    let sender = Sender {
        name,
        handler,
        description,
    };
    call.state.sms.senders.insert(key, sender);
    Ok(json!(true).into())
}

fn list(call: &mut Call<'_>) -> Answer {
    let app = call.app();
    let mine = call
        .state
        .sms
        .senders
        .keys()
        .filter(|(owner, _)| *owner == app)
        .map(|(_, code)| code);
    Ok(json!(mine.collect::<Vec<_>>()).into())
}

fn not_found() -> ApiError {
    ApiError::bad("ERROR_SENDER_NOT_FOUND", "Sender not found!")
}

fn update(call: &mut Call<'_>) -> Answer {
    let code = call
        .params
        .text("CODE")
        .ok_or_else(|| ApiError::bad("ERROR_SENDER_CODE_REQUIRED", "Sender code required!"))?;
    let given = |name: &str| call.params.text(name);
    let (handler, name, description) = (given("HANDLER"), given("NAME"), given("DESCRIPTION"));
    if handler.is_none() && name.is_none() && description.is_none() {
        let told = "At least one other parameter is required!";
        return Err(ApiError::bad("ERROR_SENDER_OTHER_PARAMS_REQUIRED", told));
    }
    let key = (call.app(), code);
    let sender = call.state.sms.senders.get_mut(&key).ok_or_else(not_found)?;
    sender.handler = handler.unwrap_or_else(|| sender.handler.clone());
    sender.name = name.unwrap_or_else(|| sender.name.clone());
    sender.description = description.unwrap_or_else(|| sender.description.clone());
    Ok(json!(true).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let key = (call.app(), code(call)?);
    call.state
        .sms
        .senders
        .remove(&key)
        .map(|_| json!(true).into())
        .ok_or_else(not_found)
}

const STATUSES: [&str; 5] = ["queued", "sent", "delivered", "undelivered", "failed"];

fn status(call: &mut Call<'_>) -> Answer {
    code(call)?;
    let id = call
        .params
        .text("MESSAGE_ID")
        .ok_or_else(|| invalid("Empty message id!"))?;
    let status = call.params.text("STATUS").unwrap_or_default();
    if !STATUSES.contains(&status.as_str()) {
        return Err(ApiError::bad(
            "ERROR_MESSAGE_STATUS_INCORRECT",
            "Message status incorrect!",
        ));
    }
    let app = call.app();
    let message = call.state.sms.messages.get_mut(&id).filter(|one| one.app == app);
    let message = message.ok_or_else(|| ApiError::bad("ERROR_MESSAGE_NOT_FOUND", "Message not found!"))?;
    message.status.clone_from(&status);
    let activity = message.activity;
    if let Some(activity) = call.state.crm.feed.activity(activity) {
        activity.fields.insert("RESULT_SOURCE_ID".to_owned(), status.into());
    }
    Ok(json!(true).into())
}

/// A manager presses "write" in a card: the handler of the first sender is called. False without a sender or a phone.
pub(crate) fn write(state: &mut State, actor: &Actor, card: (Kind, i64), words: &str) -> bool {
    let sender = state
        .sms
        .senders
        .iter()
        .next()
        .map(|((app, code), one)| (app.clone(), code.clone(), one.handler.clone()));
    let Some((app, code, handler)) = sender else {
        return false;
    };
    let Some(phone) = phone(state, card) else { return false };
    let id = format!("{}{}", state.secret(24), state.crm.feed.number());
    let activity = shown_in_feed(state, actor, card, words, &phone);
    let text = Text {
        code: code.clone(),
        app: app.clone(),
        to: phone.clone(),
        words: words.to_owned(),
        status: "queued".to_owned(),
        activity,
    };
    state.sms.messages.insert(id.clone(), text);
    let auth = auth(state, &app, actor.user);
    let form = outward::form(&json!({
        "module_id": "crm", "bindings": [{"OWNER_TYPE_ID": card.0.number(), "OWNER_ID": card.1}], "workflow_id": "",
        "document_id": "", "document_type": "", "properties": {"phone_number": phone, "message_text": words}, "type": "SMS",
        "code": code, "message_id": id, "message_to": phone, "message_body": words, "ts": state.now(), "auth": auth,
    }));
    state.courier.send(Errand::Post { url: handler, form });
    true
}

/// The card's own phone, or that of its first contact.
fn phone(state: &State, card: (Kind, i64)) -> Option<String> {
    let record = state.crm.get(card.0, card.1)?;
    let own = record.values("PHONE").next().map(|one| one.value.clone());
    let contact = || {
        let contact = state.crm.get(Kind::Contact, *record.linked.first()?)?;
        contact.values("PHONE").next().map(|one| one.value.clone())
    };
    own.or_else(contact)
}

fn shown_in_feed(state: &mut State, actor: &Actor, card: (Kind, i64), words: &str, phone: &str) -> i64 {
    let (id, now, by) = (state.crm.feed.number(), state.date(), actor.user.to_string());
    let fields = json!({
        "PROVIDER_ID": "CRM_SMS", "PROVIDER_TYPE_ID": "SMS", "SUBJECT": "Исходящее SMS-сообщение", "DESCRIPTION": words,
        "CREATED": now, "LAST_UPDATED": now, "START_TIME": now, "END_TIME": now, "DEADLINE": now, "RESPONSIBLE_ID": by,
        "AUTHOR_ID": by, "EDITOR_ID": by, "DIRECTION": "2", "COMMUNICATIONS": [{"TYPE": "PHONE", "VALUE": phone}],
    });
    let fields = match fields {
        Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    };
    state.crm.feed.activities.push(Activity {
        id,
        owner: card,
        done: true,
        fields,
    });
    id
}
