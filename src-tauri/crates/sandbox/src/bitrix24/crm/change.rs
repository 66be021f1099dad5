//! Making, changing and deleting cards, whoever does it. Every change is told as an event.

use super::record::{Multi, kept, yes};
use super::{Kind, MULTI, Record};
use crate::bitrix24::crm::statuses::category_of;
use crate::bitrix24::php;
use crate::bitrix24::state::events::emit;
use crate::bitrix24::state::{Actor, State};
use serde_json::{Map, Value, json};

/// Makes a card; fields it does not know are ignored, as the documents say.
pub(crate) fn add(state: &mut State, actor: &Actor, kind: Kind, input: &Map<String, Value>) -> i64 {
    let (id, now) = (state.crm.number(kind), state.date());
    let mut record = Record {
        id,
        kind,
        fields: Map::new(),
        multi: Vec::new(),
        linked: Vec::new(),
    };
    for field in kind.fields() {
        record
            .fields
            .insert(field.name.to_owned(), field.usual.map_or(Value::Null, Value::from));
    }
    let by = actor.user.to_string();
    for (name, value) in [
        ("ID", id.to_string()),
        ("ASSIGNED_BY_ID", by.clone()),
        ("CREATED_BY_ID", by),
        ("DATE_CREATE", now),
    ] {
        record.fields.insert(name.to_owned(), Value::from(value));
    }
    fill(state, &mut record, input);
    complete(&mut record);
    stamp(state, actor, &mut record, true);
    state.crm.records.insert((kind, id), record);
    told(state, actor, kind, id, "ADD");
    id
}

/// Changes a card; false when there is none.
pub(crate) fn update(state: &mut State, actor: &Actor, kind: Kind, id: i64, input: &Map<String, Value>) -> bool {
    let Some(mut record) = state.crm.get(kind, id).cloned() else {
        return false;
    };
    let column = kind.stage_field().map(|field| record.text(field));
    fill(state, &mut record, input);
    let moved = column != kind.stage_field().map(|field| record.text(field));
    stamp(state, actor, &mut record, moved);
    state.crm.records.insert((kind, id), record);
    told(state, actor, kind, id, "UPDATE");
    true
}

/// Deletes a card with its feed; false when there is none.
pub(crate) fn delete(state: &mut State, actor: &Actor, kind: Kind, id: i64) -> bool {
    if state.crm.records.remove(&(kind, id)).is_none() {
        return false;
    }
    state.crm.feed.forget(kind, id);
    for record in state.crm.records.values_mut() {
        let links = match record.kind {
            Kind::Lead | Kind::Deal => Kind::Contact,
            Kind::Contact | Kind::Company => Kind::Company,
        };
        if links == kind && record.linked.contains(&id) {
            record.linked.retain(|one| *one != id);
            record.settle();
        }
    }
    for chat in state.lines.chats.values_mut() {
        chat.cards.retain(|card| *card != (kind, id));
    }
    told(state, actor, kind, id, "DELETE");
    true
}

/// The links of a card are these from now on.
pub(crate) fn link(state: &mut State, actor: &Actor, kind: Kind, id: i64, linked: Vec<i64>) {
    if let Some(record) = state.crm.records.get_mut(&(kind, id)) {
        record.linked = linked;
        record.settle();
        told(state, actor, kind, id, "UPDATE");
    }
}

fn told(state: &mut State, actor: &Actor, kind: Kind, id: i64, what: &str) {
    let event = format!("ONCRM{}{what}", kind.word());
    emit(state, actor, &event, &json!({"FIELDS": {"ID": id}}), None);
}

/// Puts what a client gave into the fields that a client may fill.
fn fill(state: &mut State, record: &mut Record, input: &Map<String, Value>) {
    for (name, value) in input {
        let name = name.to_uppercase();
        if MULTI.contains(&name.as_str()) {
            if record.kind.has_multi() {
                fill_multi(state, record, &name, value);
            }
            continue;
        }
        match (name.as_str(), record.kind) {
            ("CONTACT_ID" | "CONTACT_IDS", Kind::Lead | Kind::Deal) | ("COMPANY_ID" | "COMPANY_IDS", Kind::Contact) => {
                record.linked = php::items(value)
                    .into_iter()
                    .filter_map(php::int)
                    .filter(|id| *id > 0)
                    .collect();
            }
            _ => {}
        }
        if let Some(field) = record.kind.field(&name).filter(|field| !field.locked) {
            record.fields.insert(name, kept(field.kind, value));
        } else if let Some(field) = state.crm.user_field(record.kind, &name) {
            record.fields.insert(name, field.kept(value));
        }
    }
    record.settle();
}

/// A value with an `ID` changes or (with `DELETE`) removes that one; one without is added.
fn fill_multi(state: &mut State, record: &mut Record, of: &str, value: &Value) {
    for given in php::items(value) {
        let (id, text) = (
            php::int(php::member(given, "ID")),
            php::text(php::member(given, "VALUE")),
        );
        let kind = Some(php::text(php::member(given, "VALUE_TYPE"))).filter(|kind| !kind.is_empty());
        let there = id.and_then(|id| record.multi.iter().position(|one| one.id == id));
        if let Some(place) = there {
            if php::flag(php::member(given, "DELETE")) || text.is_empty() {
                record.multi.remove(place);
            } else if let Some(one) = record.multi.get_mut(place) {
                one.value = text;
                one.kind = kind.unwrap_or_else(|| one.kind.clone());
            }
        } else if !text.is_empty() {
            record.multi.push(Multi {
                id: state.crm.multi_number(),
                of: of.to_owned(),
                kind: kind.unwrap_or_else(|| "WORK".to_owned()),
                value: text,
            });
        }
    }
}

/// What a new card must have and was not given.
fn complete(record: &mut Record) {
    let title = match record.kind {
        Kind::Lead => format!("Лид #{}", record.id),
        Kind::Deal => format!("Сделка #{}", record.id),
        Kind::Company => format!("Компания #{}", record.id),
        Kind::Contact => String::new(),
    };
    if record.kind != Kind::Contact && record.text("TITLE").is_empty() {
        record.fields.insert("TITLE".to_owned(), title.into());
    }
    if record.kind == Kind::Contact && record.title().starts_with("Контакт #") {
        record.fields.insert("NAME".to_owned(), "Без имени".into());
    }
    if record.kind == Kind::Deal && record.text("STAGE_ID").is_empty() {
        let category = record.int("CATEGORY_ID").unwrap_or(0);
        let stage = if category == 0 {
            "NEW".to_owned()
        } else {
            format!("C{category}:NEW")
        };
        record.fields.insert("STAGE_ID".to_owned(), stage.into());
    }
}

/// Who and when, and what follows from the column.
fn stamp(state: &State, actor: &Actor, record: &mut Record, moved: bool) {
    let (now, by) = (Value::from(state.date()), Value::from(actor.user.to_string()));
    let put = |record: &mut Record, name: &str, value: &Value| {
        if record.kind.field(name).is_some() {
            record.fields.insert(name.to_owned(), value.clone());
        }
    };
    for (name, value) in [
        ("DATE_MODIFY", &now),
        ("MODIFY_BY_ID", &by),
        ("LAST_ACTIVITY_TIME", &now),
        ("LAST_ACTIVITY_BY", &by),
    ] {
        put(record, name, value);
    }
    let Some(field) = record.kind.stage_field() else { return };
    if moved {
        put(record, "MOVED_TIME", &now);
        put(record, "MOVED_BY_ID", &by);
    }
    let code = record.text(field);
    let semantics = state
        .crm
        .directory
        .stage(record.kind, &code)
        .map_or("P", |stage| stage.semantics());
    let closed = semantics != "P";
    put(record, "STATUS_SEMANTIC_ID", &semantics.into());
    put(record, "STAGE_SEMANTIC_ID", &semantics.into());
    put(record, "CLOSED", &yes(closed));
    put(record, "IS_NEW", &yes(code.ends_with("NEW")));
    put(record, "IS_RETURN_CUSTOMER", &yes(false));
    if record.kind == Kind::Deal {
        put(record, "CATEGORY_ID", &category_of(&code).to_string().into());
    }
    if record.kind == Kind::Lead {
        put(record, "DATE_CLOSED", if closed { &now } else { &Value::Null });
    }
}
