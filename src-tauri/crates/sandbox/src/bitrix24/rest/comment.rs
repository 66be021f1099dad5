//! Comments in the timelines of cards, with files.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/timeline/comments/index.html>, `…/timeline/bindings/index.html`

use super::{Answer, ApiError, Call, For, Method, method, paged};
use crate::bitrix24::crm::feed::Comment;
use crate::bitrix24::crm::{Kind, filter};
use crate::bitrix24::php;
use crate::bitrix24::state::events::emit;
use crate::bitrix24::state::{Actor, State};
use crate::media::Media;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

pub(super) static METHODS: &[Method] = &[
    method("crm.timeline.comment.add", "crm", For::All, add),
    method("crm.timeline.comment.get", "crm", For::All, get),
    method("crm.timeline.comment.list", "crm", For::All, list),
    method("crm.timeline.comment.update", "crm", For::All, update),
    method("crm.timeline.comment.delete", "crm", For::All, delete),
    method("crm.timeline.bindings.bind", "crm", For::All, bind),
    method("crm.timeline.bindings.unbind", "crm", For::All, unbind),
    method("crm.timeline.bindings.list", "crm", For::All, bindings),
    method("crm.timeline.item.pin", "crm", For::All, pin),
    method("crm.timeline.item.unpin", "crm", For::All, pin),
];

fn not_found() -> ApiError {
    ApiError::bad("NOT_FOUND", "Not found.")
}

/// The card that `ENTITY_TYPE` and `ENTITY_ID` name.
fn card(state: &State, given: &Value) -> Result<(Kind, i64), ApiError> {
    let kind = Kind::called(&php::text(php::member(given, "ENTITY_TYPE")));
    let kind = kind.ok_or_else(|| ApiError::plain("ENTITY_TYPE is not defined or invalid."))?;
    let id = php::int(php::member(given, "ENTITY_ID")).filter(|id| *id > 0);
    let id = id.ok_or_else(|| ApiError::plain("ENTITY_ID is not defined or invalid."))?;
    match state.crm.get(kind, id) {
        Some(_) => Ok((kind, id)),
        None => Err(not_found()),
    }
}

fn add(call: &mut Call<'_>) -> Answer {
    let given = call.params.get("fields").clone();
    let card = card(call.state, &given)?;
    let text = php::text(php::member(&given, "COMMENT"));
    let files = files(php::member(&given, "FILES"))?;
    if text.is_empty() && files.is_empty() {
        return Err(ApiError::plain("Empty comment message."));
    }
    let (actor, by) = (call.actor(), php::int(php::member(&given, "AUTHOR_ID")));
    let id = write(call.state, &actor, card, &text, by.unwrap_or(call.caller.user), files);
    Ok(json!(id).into())
}

/// Writes a comment, whoever does it.
pub(crate) fn write(
    state: &mut State,
    actor: &Actor,
    card: (Kind, i64),
    text: &str,
    by: i64,
    files: Vec<Media>,
) -> i64 {
    let (id, at) = (state.crm.feed.number(), state.date());
    let storage = state.disk.storage("common", "shared_files_s1", "Общий диск", &at);
    let mut kept = Vec::new();
    for file in files {
        let object = state
            .disk
            .put(storage.root, &file.name, Some(file.clone()), by, at.clone());
        kept.extend(object.map(|object| (object, file)));
    }
    state.crm.feed.comments.push(Comment {
        id,
        cards: vec![card],
        text: text.to_owned(),
        by,
        at,
        files: kept,
        pinned: false,
    });
    told(state, actor, id, "ADD");
    id
}

fn told(state: &mut State, actor: &Actor, id: i64, what: &str) {
    let event = format!("ONCRMTIMELINECOMMENT{what}");
    emit(state, actor, &event, &json!({"FIELDS": {"ID": id}}), None);
}

/// Pairs of a name and content in base64; also as one map with a member `fileData`.
pub(super) fn files(given: &Value) -> Result<Vec<Media>, ApiError> {
    let mut files = Vec::new();
    for one in php::items(given) {
        let pair = match one {
            Value::Object(map) => php::items(map.get("fileData").unwrap_or(one)),
            other => php::items(other),
        };
        let [name, content] = pair.as_slice() else { continue };
        let data = STANDARD.decode(php::text(content).replace(['\n', '\r'], ""));
        let data = data.map_err(|_source| ApiError::plain("File content is not in base64."))?;
        files.push(crate::bitrix24::courier::file(&php::text(name), data.into()));
    }
    Ok(files)
}

fn id(call: &Call<'_>) -> Result<i64, ApiError> {
    call.params
        .int("id")
        .filter(|id| *id > 0)
        .ok_or_else(|| ApiError::plain("ID is not defined or invalid."))
}

fn get(call: &mut Call<'_>) -> Answer {
    let id = id(call)?;
    let comment = call
        .state
        .crm
        .feed
        .comment(id)
        .cloned()
        .ok_or_else(|| ApiError::plain("Not found."))?;
    Ok(shown(call.state, &comment, None).into())
}

fn list(call: &mut Call<'_>) -> Answer {
    let wanted = filter::of_value(call.params.get("filter"));
    let card = card(call.state, &Value::Object(wanted.clone()))?;
    let rest: Map<String, Value> = wanted
        .into_iter()
        .filter(|(name, _)| !name.to_uppercase().contains("ENTITY_"))
        .collect();
    let order = call.params.map("order").unwrap_or_default();
    let comments = call
        .state
        .crm
        .feed
        .comments
        .iter()
        .filter(|one| one.cards.contains(&card));
    let mut rows: Vec<Value> = comments.map(|one| shown(call.state, one, Some(card))).collect();
    rows.retain(|row| filter::passes(&rest, &|name| php::member(row, name).clone()));
    filter::sort(&mut rows, &order, |row, name| php::member(row, name).clone());
    Ok(paged(rows, call.params.int("start")))
}

fn update(call: &mut Call<'_>) -> Answer {
    let (id, actor) = (id(call)?, call.actor());
    let given = call.params.get("fields").clone();
    let comment = call.state.crm.feed.comment(id).ok_or_else(not_found)?;
    if !php::member(&given, "COMMENT").is_null() {
        comment.text = php::text(php::member(&given, "COMMENT"));
    }
    told(call.state, &actor, id, "UPDATE");
    Ok(json!(id).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let (id, actor) = (id(call)?, call.actor());
    call.state.crm.feed.comment(id).ok_or_else(not_found)?;
    call.state.crm.feed.comments.retain(|one| one.id != id);
    told(call.state, &actor, id, "DELETE");
    Ok(Value::Null.into())
}

fn shown(state: &State, comment: &Comment, at: Option<(Kind, i64)>) -> Value {
    let (kind, id) = at.or_else(|| comment.cards.first().copied()).unwrap_or((Kind::Lead, 0));
    let author = state
        .portal
        .employee(comment.by)
        .map(|one| one.full_name())
        .unwrap_or_default();
    let files: Map<String, Value> = comment
        .files
        .iter()
        .map(|(object, file)| {
            let kind = if file.mime.starts_with("image/") {
                "image"
            } else {
                "file"
            };
            let link = state.url(&format!("/disk/downloadFile/{object}/?&ncc=1&filename={}", file.name));
            let mut about = json!({
                "id": object, "date": comment.at, "type": kind, "name": file.name, "size": file.data.len(),
                "authorId": comment.by, "authorName": author, "urlShow": link, "urlDownload": link,
            });
            if let (Value::Object(about), Some((width, height))) = (&mut about, crate::media::pixels(&file.data)) {
                about.insert("image".to_owned(), json!({"width": width, "height": height}));
            }
            (object.to_string(), about)
        })
        .collect();
    json!({
        "ID": comment.id.to_string(), "ENTITY_ID": id.to_string(), "ENTITY_TYPE": kind.word().to_lowercase(),
        "CREATED": comment.at, "COMMENT": comment.text, "AUTHOR_ID": comment.by.to_string(), "FILES": files,
    })
}

/// `OWNER_ID` is the comment.
fn owner(given: &Value) -> Result<i64, ApiError> {
    let id = php::int(php::member(given, "OWNER_ID")).filter(|id| *id > 0);
    id.ok_or_else(|| ApiError::plain("OWNER_ID is not defined or invalid."))
}

fn bind(call: &mut Call<'_>) -> Answer {
    let given = call.params.get("fields").clone();
    let (id, card) = (owner(&given)?, card(call.state, &given)?);
    let comment = call.state.crm.feed.comment(id).ok_or_else(not_found)?;
    if !comment.cards.contains(&card) {
        comment.cards.push(card);
    }
    Ok(json!(true).into())
}

fn unbind(call: &mut Call<'_>) -> Answer {
    let given = call.params.get("fields").clone();
    let (id, card) = (owner(&given)?, card(call.state, &given)?);
    let comment = call.state.crm.feed.comment(id).ok_or_else(not_found)?;
    comment.cards.retain(|one| *one != card);
    Ok(json!(true).into())
}

fn bindings(call: &mut Call<'_>) -> Answer {
    let id = owner(call.params.get("filter"))?;
    let comment = call.state.crm.feed.comment(id).ok_or_else(not_found)?;
    let rows = comment.cards.iter().map(|(kind, card)| {
        json!({"OWNER_ID": id.to_string(), "ENTITY_ID": card.to_string(), "ENTITY_TYPE": kind.word().to_lowercase()})
    });
    let rows = rows.collect();
    Ok(paged(rows, None))
}

fn pin(call: &mut Call<'_>) -> Answer {
    let (id, pinned) = (id(call)?, call.name.ends_with(".pin"));
    call.state.crm.feed.comment(id).ok_or_else(not_found)?.pinned = pinned;
    Ok(json!(true).into())
}
