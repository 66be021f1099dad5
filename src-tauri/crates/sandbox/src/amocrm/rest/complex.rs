//! A lead with its contact and company in one call.
//! <https://www.amocrm.ru/developers/content/crm_platform/leads-api#leads-complex-add>

use super::batch;
use super::call::Call;
use super::entities::make;
use super::page::{Answer, number, ok, request_id, text};
use super::problem::Fault;
use super::values;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{EntityId, Kind};
use crate::amocrm::state::unsorted::{Category, Unsorted};
use serde_json::{Value, json};

/// Leads at once.
const MOST: usize = 50;

pub(super) async fn create(call: Call) -> Answer {
    call.needs("crm")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    batch::checked(&items, |item| check(&state, item))?;
    let shown: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(place, item)| complete(&mut state, item, place, call.user))
        .collect();
    ok(shown.into())
}

fn inside(item: &Value, kind: Kind) -> impl Iterator<Item = &Value> {
    let listed = item.get("_embedded").and_then(|inside| inside.get(kind.plural()));
    listed.and_then(Value::as_array).into_iter().flatten()
}

fn check(state: &State, item: &Value) -> Result<(), Vec<Fault>> {
    let mut faults = batch::check(state, Kind::Lead, item).err().unwrap_or_default();
    for kind in [Kind::Contact, Kind::Company] {
        for (place, one) in inside(item, kind).enumerate() {
            let found = batch::check(state, kind, one).err().unwrap_or_default();
            faults.extend(found.into_iter().map(|fault| Fault {
                path: format!("_embedded.{}.{place}.{}", kind.plural(), fault.path),
                ..fault
            }));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn complete(state: &mut State, item: &Value, place: usize, by: i64) -> Value {
    let filled = values::read(state, Kind::Lead, item).unwrap_or_default();
    let lead = make(state, Kind::Lead, item, filled, by);
    let tied = |state: &mut State, kind: Kind| {
        let found = inside(item, kind).next().map(|one| match number(one, "id") {
            Some(number) => EntityId::of(kind, number),
            None => {
                let filled = values::read(state, kind, one).unwrap_or_default();
                make(state, kind, one, filled, by)
            }
        });
        let found = found.filter(|id| state.entity(*id).is_some());
        if let Some(id) = found {
            state.link(lead, id, None);
        }
        found
    };
    let (contact, company) = (tied(state, Kind::Contact), tied(state, Kind::Company));
    if let (Some(contact), Some(company)) = (contact, company) {
        state.link(contact, company, None);
    }
    let embedded = item.get("_embedded");
    if let Some(metadata) = embedded.and_then(|inside| inside.get("metadata")) {
        wait(state, lead, contact, metadata.clone());
    }
    if let Some(source) = embedded.and_then(|inside| inside.get("source")) {
        let external = text(source, "external_id").map(str::to_owned);
        if let Some(entity) = state.entity_mut(lead) {
            entity.source = external;
        }
    }
    json!({"id": lead.number, "contact_id": contact.map(|id| id.number), "company_id": company.map(|id| id.number),
        "request_id": [request_id(item, place)], "merged": false})
}

/// Metadata of an application make it wait in the unsorted column.
fn wait(state: &mut State, lead: EntityId, contact: Option<EntityId>, metadata: Value) {
    let pipeline = state.entity(lead).map_or(0, |entity| entity.pipeline);
    let status = state.pipeline(pipeline).map_or(0, |board| board.unsorted_status());
    if let Some(entity) = state.entity_mut(lead) {
        entity.status = status;
        entity.unsorted = true;
    }
    let category = match text(&metadata, "category") {
        Some("sip") => Category::Sip,
        _ => Category::Forms,
    };
    let (uid, created_at) = (state.hex(32), state.now());
    state.unsorted.push(Unsorted {
        uid,
        category,
        source_name: text(&metadata, "form_name").unwrap_or_default().to_owned(),
        source_uid: text(&metadata, "form_id").unwrap_or_default().to_owned(),
        pipeline,
        created_at,
        metadata,
        lead: Some(lead),
        contacts: contact.into_iter().collect(),
        companies: Vec::new(),
        outcome: None,
    });
}
