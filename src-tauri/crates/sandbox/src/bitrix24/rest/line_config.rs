//! Settings of open lines. <https://apidocs.bitrix24.com/api-reference/imopenlines/openlines/index.html>

use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::crm::filter;
use crate::bitrix24::php;
use crate::bitrix24::state::events::emit;
use crate::bitrix24::state::lines::Line;
use serde_json::{Map, Value, json};

const SCOPE: &str = "imopenlines";

pub(super) static METHODS: &[Method] = &[
    method("imopenlines.config.add", SCOPE, For::All, add),
    method("imopenlines.config.get", SCOPE, For::All, get),
    method("imopenlines.config.list.get", SCOPE, For::All, list),
    method("imopenlines.config.update", SCOPE, For::All, update),
    method("imopenlines.config.delete", SCOPE, For::All, delete),
    method("imopenlines.config.path.get", SCOPE, For::All, path),
    method("imopenlines.revision.get", SCOPE, For::All, revision),
];

/// What a line does unless told otherwise.
static USUAL: &[(&str, &str)] = &[
    ("ACTIVE", "Y"),
    ("CRM", "Y"),
    ("CRM_CREATE", "lead"),
    ("CRM_CREATE_SECOND", "0"),
    ("CRM_CREATE_THIRD", "Y"),
    ("CRM_FORWARD", "Y"),
    ("CRM_CHAT_TRACKER", "N"),
    ("CRM_TRANSFER_CHANGE", "Y"),
    ("CRM_SOURCE", "create"),
    ("QUEUE_TIME", "60"),
    ("NO_ANSWER_TIME", "60"),
    ("QUEUE_TYPE", "evenly"),
    ("CHECK_AVAILABLE", "N"),
    ("WATCH_TYPING", "Y"),
    ("WELCOME_BOT_ENABLE", "N"),
    ("WELCOME_MESSAGE", "Y"),
    ("SEND_WELCOME_EACH_SESSION", "N"),
    ("VOTE_MESSAGE", "Y"),
    ("VOTE_TIME_LIMIT", "0"),
    ("VOTE_BEFORE_FINISH", "Y"),
    ("VOTE_CLOSING_DELAY", "N"),
    ("VOTE_MESSAGE_1_TEXT", "Пожалуйста, оцените качество обслуживания."),
    ("VOTE_MESSAGE_1_LIKE", "Спасибо за вашу оценку!"),
    ("VOTE_MESSAGE_1_DISLIKE", "Нам жаль, что мы не смогли помочь."),
    (
        "VOTE_MESSAGE_2_TEXT",
        "Пожалуйста, оцените качество обслуживания.\r\n\r\nОтправьте: 1 - хорошо, 0 - плохо",
    ),
    ("VOTE_MESSAGE_2_LIKE", "Спасибо за вашу оценку!"),
    ("VOTE_MESSAGE_2_DISLIKE", "Нам жаль, что мы не смогли помочь."),
    ("NO_ANSWER_RULE", "none"),
    ("NO_ANSWER_TEXT", ""),
    ("WORKTIME_ENABLE", "N"),
    ("WORKTIME_FROM", "9"),
    ("WORKTIME_TO", "18.30"),
    ("WORKTIME_TIMEZONE", "Europe/Moscow"),
    ("CLOSE_RULE", "text"),
    ("CLOSE_TEXT", "Спасибо за обращение! Будем рады помочь снова."),
    ("FULL_CLOSE_TIME", "0"),
    ("AUTO_CLOSE_RULE", "none"),
    ("AUTO_CLOSE_TIME", "14400"),
    ("AUTO_CLOSE_TEXT", ""),
    ("MODIFY_USER_ID", "1"),
    ("TEMPORARY", "N"),
    ("LANGUAGE_ID", "ru"),
    ("SESSION_PRIORITY", "0"),
    ("TYPE_MAX_CHAT", "answered_new"),
    ("MAX_CHAT", "0"),
    ("OPERATOR_DATA", "profile"),
    ("CONFIRM_CLOSE", "N"),
];

/// The settings of a new line.
pub(crate) fn usual(name: &str) -> Map<String, Value> {
    let mut settings: Map<String, Value> = USUAL
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect();
    let welcome =
        format!("Добро пожаловать в открытую линию [b]«{name}»[/b][br]Вам ответит первый освободившийся оператор.");
    settings.insert("LINE_NAME".to_owned(), name.into());
    settings.insert("WELCOME_MESSAGE_TEXT".to_owned(), welcome.into());
    settings.insert("XML_ID".to_owned(), Value::Null);
    for name in ["DATE_CREATE", "DATE_MODIFY"] {
        settings.insert(name.to_owned(), json!({}));
    }
    settings
}

fn queue(given: &Value) -> Vec<i64> {
    let member = |one: &Value| match one {
        Value::Object(_) => php::int(php::member(one, "ENTITY_ID")),
        single => php::int(single),
    };
    php::items(given).into_iter().filter_map(member).collect()
}

fn allowed(call: &Call<'_>) -> Result<(), ApiError> {
    match call.is_admin() {
        true => Ok(()),
        false => Err(ApiError::new(403, "CONFIG_WRONG_USER_PERMISSION", "Permission denied")),
    }
}

/// Settings that a line has are changed, others are ignored.
fn set(line: &mut Line, given: &Map<String, Value>) {
    for (name, value) in given {
        let name = name.to_uppercase();
        if name == "QUEUE" {
            line.queue = queue(value);
        } else if let Some(there) = line.config.get_mut(&name) {
            *there = if value.is_object() || value.is_array() {
                value.clone()
            } else {
                php::text(value).into()
            };
        }
    }
}

fn add(call: &mut Call<'_>) -> Answer {
    allowed(call)?;
    let given = call.params.map("PARAMS").unwrap_or_default();
    let last = call
        .state
        .lines
        .lines
        .keys()
        .last()
        .copied()
        .unwrap_or(0)
        .max(call.state.lines.last.line);
    let id = last + 1;
    call.state.lines.last.line = id;
    let name = php::field(&given, "LINE_NAME")
        .map(php::text)
        .unwrap_or_else(|| format!("Открытая линия {id}"));
    let mut line = Line {
        id,
        config: usual(&name),
        queue: vec![call.caller.user],
        turn: 0,
    };
    set(&mut line, &given);
    call.state.lines.lines.insert(id, line);
    Ok(json!(id).into())
}

fn id(call: &Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("CONFIG_ID").filter(|id| *id > 0);
    id.ok_or_else(|| ApiError::bad("CONFIG_ID_EMPTY", "Config ID can't be empty"))
}

/// False for a line that is not there.
fn get(call: &mut Call<'_>) -> Answer {
    let id = id(call)?;
    let Some(line) = call.state.lines.lines.get(&id) else {
        return Ok(json!(false).into());
    };
    let mut shown = line.config.clone();
    shown.insert("ID".to_owned(), line.id.to_string().into());
    if call.params.get("WITH_QUEUE").is_null() || call.params.flag("WITH_QUEUE") {
        let numbers: Vec<String> = line.queue.iter().map(i64::to_string).collect();
        shown.insert("QUEUE".to_owned(), json!(numbers));
        shown.insert("QUEUE_USERS_FIELDS".to_owned(), operators(call, &line.queue));
        shown.insert("QUEUE_ONLINE".to_owned(), "Y".into());
    }
    Ok(Value::Object(shown).into())
}

fn operators(call: &Call<'_>, queue: &[i64]) -> Value {
    let shown = queue.iter().filter_map(|id| call.state.portal.employee(*id)).map(|one| {
        let about = json!({
            "USER_NAME": one.full_name(), "USER_WORK_POSITION": one.position, "USER_AVATAR": "", "USER_AVATAR_ID": null,
        });
        (one.id.to_string(), about)
    });
    php::array(shown.collect())
}

/// Lines that fit into one answer.
const MOST: i64 = 200;

fn list(call: &mut Call<'_>) -> Answer {
    let params = call.params.get("PARAMS").clone();
    let with_queue = php::flag(php::member(call.params.get("OPTIONS"), "QUEUE"));
    let wanted = filter::of_value(php::member(&params, "filter"));
    let order = php::member(&params, "order").as_object().cloned().unwrap_or_default();
    let number = |name: &str, usual: i64| php::int(php::member(&params, name)).unwrap_or(usual).max(0);
    let (limit, offset) = (number("limit", MOST).min(MOST), number("offset", 0));
    let select: Vec<String> = php::items(php::member(&params, "select"))
        .into_iter()
        .map(php::text)
        .collect();
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    for line in call.state.lines.lines.values() {
        let mut row = line.config.clone();
        row.insert("ID".to_owned(), line.id.to_string().into());
        rows.push(row);
    }
    let of = |row: &Map<String, Value>, name: &str| php::field(row, name).cloned().unwrap_or(Value::Null);
    rows.retain(|row| filter::passes(&wanted, &|name| of(row, name)));
    filter::sort(&mut rows, &order, of);
    let size = |number: i64| usize::try_from(number).unwrap_or(0);
    let shown = rows.into_iter().skip(size(offset)).take(size(limit)).map(|mut row| {
        let id = row.get("ID").and_then(php::int).unwrap_or(0);
        row.retain(|name, _| select.is_empty() || select.iter().any(|one| one == name || one == "*"));
        if let Some(line) = call.state.lines.lines.get(&id).filter(|_| with_queue) {
            row.insert("QUEUE".to_owned(), json!(line.queue));
            row.insert("QUEUE_USERS_FIELDS".to_owned(), operators(call, &line.queue));
            row.insert("CONFIG_QUEUE".to_owned(), json!([]));
        }
        Value::Object(row)
    });
    Ok(Value::Array(shown.collect()).into())
}

fn update(call: &mut Call<'_>) -> Answer {
    let id = id(call)?;
    allowed(call)?;
    let given = call.params.map("PARAMS").unwrap_or_default();
    let found = call.state.lines.lines.get_mut(&id);
    let found = found.map(|line| set(line, &given)).is_some();
    Ok(json!(found).into())
}

/// The owners of its connectors hear of it.
fn delete(call: &mut Call<'_>) -> Answer {
    let id = id(call)?;
    allowed(call)?;
    if call.state.lines.lines.remove(&id).is_none() {
        return Ok(json!(false).into());
    }
    call.state.lines.hookups.retain(|(_, line), _| *line != id);
    let actor = call.actor();
    emit(call.state, &actor, "ONIMCONNECTORLINEDELETE", &json!(id), None);
    Ok(json!(true).into())
}

fn path(call: &mut Call<'_>) -> Answer {
    Ok(json!({"SERVER_ADDRESS": call.state.origin, "PUBLIC_PATH": "/contact_center/openlines"}).into())
}

fn revision(_call: &mut Call<'_>) -> Answer {
    Ok(json!({"rest": 1, "web": 1, "mobile": 1}).into())
}
