//! What waits to be accepted. <https://www.amocrm.ru/developers/content/crm_platform/unsorted-api>

use super::batch::checked;
use super::call::Call;
use super::entities::make;
use super::entity_json::named;
use super::page::{Answer, MOST, number, ok, page, request_id, text, to};
use super::problem::{Fault, Problem};
use super::values;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{EntityId, Kind};
use crate::amocrm::state::unsorted::{Category, Outcome, Unsorted};
use axum::extract::Path;
use serde_json::{Value, json};

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    let query = &call.query;
    let (uids, categories) = (query.many("filter[uid]"), query.many("filter[category]"));
    let state = call.state();
    let wanted = |one: &&Unsorted| {
        one.outcome.is_none()
            && uids.as_ref().is_none_or(|some| some.contains(&one.uid.as_str()))
            && categories
                .as_ref()
                .is_none_or(|some| some.contains(&one.category.word()))
            && query.number("filter[pipeline_id]").is_none_or(|id| id == one.pipeline)
    };
    let mut found: Vec<&Unsorted> = state.unsorted.iter().filter(wanted).collect();
    if query.order().is_some_and(|(_, down)| down) {
        found.reverse();
    }
    page(&call, "unsorted", MOST, found, |one| shown(&state, &call, one))
}

pub(super) async fn one(Path(uid): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    ok(shown(&state, &call, waiting(&state, &uid)?))
}

fn waiting<'a>(state: &'a State, uid: &str) -> Result<&'a Unsorted, Problem> {
    let found = state
        .unsorted
        .iter()
        .find(|one| one.uid == uid && one.outcome.is_none());
    found.ok_or(Problem::NotFound)
}

pub(super) async fn summary(call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let count = |outcome| state.unsorted.iter().filter(|one| one.outcome == outcome).count();
    let of = |category| {
        let waiting = |one: &&Unsorted| one.category == category && one.outcome.is_none();
        json!({"total": state.unsorted.iter().filter(waiting).count()})
    };
    ok(json!({
        "total": state.unsorted.len(), "accepted": count(Some(Outcome::Accepted)),
        "declined": count(Some(Outcome::Declined)), "average_sort_time": 0,
        "categories": {"sip": of(Category::Sip), "mail": {"total": 0}, "forms": of(Category::Forms), "chats": of(Category::Chats)},
        "_links": to(call.link("leads/unsorted/summary")),
    }))
}

pub(super) async fn forms(call: Call) -> Answer {
    create(
        &call,
        Category::Forms,
        &["form_id", "form_name", "form_page", "form_sent_at"],
    )
}

pub(super) async fn sip(call: Call) -> Answer {
    create(
        &call,
        Category::Sip,
        &["from", "phone", "called_at", "duration", "service_code", "uniq"],
    )
}

fn create(call: &Call, category: Category, needed: &[&str]) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    checked(&items, |item| check(item, needed))?;
    let mut answers = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let waits = waiting_one(&mut state, item, category, call.user)?;
        let mut answer = shown(&state, call, &waits);
        if let Some(fields) = answer.as_object_mut() {
            fields.insert("request_id".to_owned(), request_id(item, place).into());
        }
        answers.push(answer);
    }
    super::page::whole(call, "unsorted", answers)
}

fn check(item: &Value, needed: &[&str]) -> Result<(), Vec<Fault>> {
    let metadata = item.get("metadata");
    let has = |name: &&&str| metadata.is_none_or(|about| about.get(**name).is_none());
    let mut faults: Vec<Fault> = needed
        .iter()
        .filter(has)
        .map(|name| Fault::missing(&format!("metadata.{name}")))
        .collect();
    for name in ["source_name", "source_uid"] {
        if text(item, name).is_none() {
            faults.push(Fault::missing(name));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Makes the cards of an application and lets them wait.
fn waiting_one(state: &mut State, item: &Value, category: Category, by: i64) -> Result<Unsorted, Problem> {
    let pipeline = number(item, "pipeline_id").unwrap_or_else(|| state.main_pipeline());
    let status = state.pipeline(pipeline).map(|board| board.unsorted_status());
    let status = status.ok_or_else(|| Problem::Invalid(vec![Fault::choice("pipeline_id")]))?;
    let made = |state: &mut State, kind: Kind| -> Result<Vec<EntityId>, Problem> {
        let listed = item.get("_embedded").and_then(|inside| inside.get(kind.plural()));
        let mut ids = Vec::new();
        for one in listed.and_then(Value::as_array).into_iter().flatten() {
            let filled = values::read(state, kind, one).map_err(Problem::Invalid)?;
            let id = make(state, kind, one, filled, by);
            if let Some(entity) = state.entity_mut(id) {
                entity.unsorted = kind != Kind::Company;
            }
            ids.push(id);
        }
        Ok(ids)
    };
    let leads = made(state, Kind::Lead)?;
    let lead = match leads.first() {
        Some(lead) => *lead,
        None => make(state, Kind::Lead, &json!({}), Vec::new(), by),
    };
    if let Some(entity) = state.entity_mut(lead) {
        (entity.pipeline, entity.status, entity.unsorted) = (pipeline, status, true);
    }
    let (contacts, companies) = (made(state, Kind::Contact)?, made(state, Kind::Company)?);
    for other in contacts.iter().chain(&companies) {
        state.link(lead, *other, None);
    }
    let unsorted = Unsorted {
        uid: state.hex(64),
        category,
        source_name: text(item, "source_name").unwrap_or_default().to_owned(),
        source_uid: text(item, "source_uid").unwrap_or_default().to_owned(),
        pipeline,
        created_at: number(item, "created_at").unwrap_or_else(|| state.now()),
        metadata: item.get("metadata").cloned().unwrap_or_default(),
        lead: Some(lead),
        contacts,
        companies,
        outcome: None,
    };
    state.unsorted.push(unsorted.clone());
    Ok(unsorted)
}

pub(super) async fn accept(Path(uid): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let (wish, mut state) = (call.optional(), call.state());
    waiting(&state, &uid)?;
    let user = number(&wish, "user_id").unwrap_or(call.user);
    if state.user(user).is_none() {
        return Err(Problem::Invalid(vec![Fault::choice("user_id")]));
    }
    state.accept(&uid, number(&wish, "status_id"), user);
    ended(&state, &call, &uid)
}

pub(super) async fn decline(Path(uid): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let (wish, mut state) = (call.optional(), call.state());
    waiting(&state, &uid)?;
    let user = number(&wish, "user_id").unwrap_or(call.user);
    state.decline(&uid, user);
    ended(&state, &call, &uid)
}

/// Ties a waiting chat to a lead that is there already. Forms and calls cannot be tied.
pub(super) async fn link(Path(uid): Path<String>, call: Call) -> Answer {
    call.needs("crm")?;
    let (wish, mut state) = (call.json()?, call.state());
    let found = waiting(&state, &uid)?.clone();
    let target = wish.get("link").and_then(|link| number(link, "entity_id"));
    let target = target.map(|number| EntityId::of(Kind::Lead, number));
    let target = target.filter(|id| state.entity(*id).is_some());
    let (Some(target), Category::Chats) = (target, found.category) else {
        return Err(Problem::Invalid(vec![Fault::choice("link.entity_id")]));
    };
    if let Some(lead) = found.lead {
        state.merge(lead, target, call.user);
    }
    state.end(&uid, Outcome::Accepted);
    for contact in &found.contacts {
        if let Some(entity) = state.entity_mut(*contact) {
            entity.unsorted = false;
        }
    }
    ended(&state, &call, &uid)
}

impl State {
    /// The cards become real ones.
    pub(crate) fn accept(&mut self, uid: &str, status: Option<i64>, by: i64) {
        let Some(found) = self.unsorted.iter().find(|one| one.uid == uid).cloned() else {
            return;
        };
        self.end(uid, Outcome::Accepted);
        for id in found.lead.iter().chain(&found.contacts) {
            if let Some(entity) = self.entity_mut(*id) {
                entity.unsorted = false;
            }
            self.assign(*id, by, by);
        }
        let first = self.pipeline(found.pipeline).map_or(0, |board| board.first_status());
        if let Some(lead) = found.lead {
            self.move_lead(lead, found.pipeline, status.unwrap_or(first), by);
        }
    }

    /// The lead goes; a contact that belongs to nothing else goes with it.
    pub(crate) fn decline(&mut self, uid: &str, by: i64) {
        let Some(found) = self.unsorted.iter().find(|one| one.uid == uid).cloned() else {
            return;
        };
        self.end(uid, Outcome::Declined);
        if let Some(lead) = found.lead {
            self.delete(lead, by);
        }
        for contact in found.contacts {
            let lonely = self.linked(contact, Kind::Lead).is_empty();
            if lonely && self.entity(contact).is_some_and(|entity| entity.unsorted) {
                self.delete(contact, by);
            }
        }
    }

    fn end(&mut self, uid: &str, outcome: Outcome) {
        if let Some(found) = self.unsorted.iter_mut().find(|one| one.uid == uid) {
            found.outcome = Some(outcome);
        }
    }
}

fn ended(state: &State, call: &Call, uid: &str) -> Answer {
    let found = state
        .unsorted
        .iter()
        .find(|one| one.uid == uid)
        .ok_or(Problem::NotFound)?;
    let mut answer = shown(state, call, found);
    if let Some(fields) = answer.as_object_mut() {
        fields.retain(|name, _| ["uid", "pipeline_id", "category", "created_at", "_embedded"].contains(&name.as_str()));
    }
    ok(answer)
}

fn shown(state: &State, call: &Call, one: &Unsorted) -> Value {
    let list = |ids: &[EntityId]| -> Value { ids.iter().map(|id| named(&call.here, *id)).collect() };
    json!({
        "uid": one.uid, "source_uid": one.source_uid, "source_name": one.source_name, "category": one.category.word(),
        "pipeline_id": one.pipeline, "created_at": one.created_at, "metadata": one.metadata, "account_id": state.account.id,
        "_links": to(call.link(&format!("leads/unsorted/{}", one.uid))),
        "_embedded": {"leads": list(one.lead.as_slice()), "contacts": list(&one.contacts), "companies": list(&one.companies)},
    })
}
