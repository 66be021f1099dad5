//! What people do with cards: make, move, fill, merge.

use super::super::crm::{Kind, MULTI, change};
use super::super::rest::write_comment;
use super::super::state::{Actor, State};
use super::deeds::known_card;
use crate::act::Refused;
use crate::crm::{CardId, CardKind, Closing, Deed};
use serde_json::{Map, Value, json};

/// Everything that happens to cards.
pub(super) fn in_crm(state: &mut State, actor: &Actor, deed: Deed) -> Result<(), Refused> {
    match deed {
        Deed::Create { kind, title, phone } => {
            let fields = new_card(kind, &title, phone.as_deref());
            change::add(state, actor, Kind::from_card(kind), &fields);
        }
        Deed::Move { card, stage, .. } => moved(state, actor, &card, &stage)?,
        Deed::Close { card, how } => {
            let stage = ending(state, &card, how)?;
            moved(state, actor, &card, &stage)?;
        }
        Deed::Rename { card, title } => {
            let (kind, id) = known_card(state, &card)?;
            let field = if kind == Kind::Contact { "NAME" } else { "TITLE" };
            change::update(state, actor, kind, id, &one(field, json!(title)));
        }
        Deed::Fill { card, field, value } => fill(state, actor, &card, &field, value)?,
        Deed::Assign { card, to } => {
            let (kind, id) = known_card(state, &card)?;
            let to = to
                .number()
                .filter(|id| state.portal.employee(*id).is_some())
                .ok_or(Refused::NoSuchManager)?;
            change::update(state, actor, kind, id, &one("ASSIGNED_BY_ID", json!(to)));
        }
        Deed::Merge { card, into } => merge(state, actor, &card, &into)?,
        Deed::Delete { card } => {
            let (kind, id) = known_card(state, &card)?;
            change::delete(state, actor, kind, id);
        }
        Deed::Note { card, text } => {
            let card = known_card(state, &card)?;
            write_comment(state, actor, card, &text, actor.user, Vec::new());
        }
        Deed::Finish { task } => finish(state, &task)?,
        _ => return Err(Refused::NotOnThisNetwork),
    }
    Ok(())
}

fn one(name: &str, value: Value) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), value)])
}

fn new_card(kind: CardKind, title: &str, phone: Option<&str>) -> Map<String, Value> {
    let mut fields = match kind {
        CardKind::Contact => {
            let (name, last_name) = title.split_once(' ').unwrap_or((title, ""));
            json!({"NAME": name, "LAST_NAME": last_name})
        }
        _ => json!({"TITLE": title}),
    };
    if let (Value::Object(fields), Some(phone)) = (&mut fields, phone) {
        fields.insert("PHONE".to_owned(), json!([{"VALUE": phone, "VALUE_TYPE": "WORK"}]));
    }
    fields.as_object().cloned().unwrap_or_default()
}

fn moved(state: &mut State, actor: &Actor, card: &CardId, stage: &str) -> Result<(), Refused> {
    let (kind, id) = known_card(state, card)?;
    let field = kind.stage_field().ok_or(Refused::NotOnThisNetwork)?;
    state.crm.directory.stage(kind, stage).ok_or(Refused::NoSuchCard)?;
    change::update(state, actor, kind, id, &one(field, json!(stage)));
    Ok(())
}

/// The first column of the card's board that ends so.
fn ending(state: &State, card: &CardId, how: Closing) -> Result<String, Refused> {
    let (kind, id) = known_card(state, card)?;
    let record = state.crm.get(kind, id).ok_or(Refused::NoSuchCard)?;
    let category = record.int("CATEGORY_ID").unwrap_or(0);
    let stages = state.crm.directory.stages(kind, category);
    let found = stages.iter().find(|stage| stage.ends == Some(how));
    found.map(|stage| stage.code.clone()).ok_or(Refused::NotOnThisNetwork)
}

fn fill(state: &mut State, actor: &Actor, card: &CardId, field: &str, value: Option<String>) -> Result<(), Refused> {
    let (kind, id) = known_card(state, card)?;
    let by_label = state
        .crm
        .user_fields
        .iter()
        .find(|one| one.of == kind && (one.label == field || one.name == field));
    let name = by_label.map_or_else(|| field.to_uppercase(), |one| one.name.clone());
    let record = state.crm.get(kind, id).ok_or(Refused::NoSuchCard)?;
    let fields = if MULTI.contains(&name.as_str()) {
        let mut values: Vec<Value> = record
            .values(&name)
            .map(|one| json!({"ID": one.id, "DELETE": "Y"}))
            .collect();
        values.extend(value.map(|value| json!({"VALUE": value, "VALUE_TYPE": "WORK"})));
        one(&name, Value::Array(values))
    } else if by_label.is_some() || kind.field(&name).is_some_and(|field| !field.locked) {
        one(&name, json!(value))
    } else {
        return Err(Refused::NoSuchCard);
    };
    change::update(state, actor, kind, id, &fields);
    Ok(())
}

/// Phones, links, feed and conversations go to the card that stays.
fn merge(state: &mut State, actor: &Actor, card: &CardId, into: &CardId) -> Result<(), Refused> {
    let (from, to) = (known_card(state, card)?, known_card(state, into)?);
    if from.0 != to.0 || from == to {
        return Err(Refused::NotOnThisNetwork);
    }
    state.crm.feed.hand_over(from, to);
    for chat in state.lines.chats.values_mut() {
        chat.cards
            .iter_mut()
            .filter(|card| **card == from)
            .for_each(|card| *card = to);
    }
    let gone = state.crm.get(from.0, from.1).cloned().ok_or(Refused::NoSuchCard)?;
    if let Some(stays) = state.crm.records.get_mut(&to) {
        let new = gone
            .multi
            .into_iter()
            .filter(|one| !stays.multi.iter().any(|there| there.value == one.value));
        let new: Vec<_> = new.collect();
        stays.multi.extend(new);
        let links: Vec<i64> = gone
            .linked
            .into_iter()
            .filter(|id| !stays.linked.contains(id))
            .collect();
        stays.linked.extend(links);
        stays.settle();
    }
    let heirs: Vec<(Kind, i64)> = state
        .crm
        .records
        .values()
        .filter(|one| one.kind != from.0)
        .map(|one| (one.kind, one.id))
        .collect();
    for place in heirs {
        if let Some(record) = state.crm.records.get_mut(&place) {
            let of_contact = matches!(place.0, Kind::Lead | Kind::Deal) && from.0 == Kind::Contact;
            let of_company = place.0 == Kind::Contact && from.0 == Kind::Company;
            if of_contact || of_company {
                record
                    .linked
                    .iter_mut()
                    .filter(|id| **id == from.1)
                    .for_each(|id| *id = to.1);
                record.settle();
            }
        }
    }
    change::update(state, actor, to.0, to.1, &Map::new());
    change::delete(state, actor, from.0, from.1);
    Ok(())
}

fn finish(state: &mut State, task: &str) -> Result<(), Refused> {
    let id = task.parse().map_err(|_source| Refused::NoSuchCard)?;
    if let Some(activity) = state.crm.feed.activity(id) {
        activity.done = true;
        return Ok(());
    }
    state.crm.feed.task(id).ok_or(Refused::NoSuchCard)?.done = true;
    Ok(())
}
