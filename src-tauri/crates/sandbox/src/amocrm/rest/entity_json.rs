//! A card as the vendor writes it.

use super::page::to;
use super::values;
use crate::amocrm::state::State;
use crate::amocrm::state::entity::{Entity, EntityId, Kind};
use serde_json::{Map, Value, json};

/// A card with what `with` asks for.
pub(in crate::amocrm) fn shown(state: &State, entity: &Entity, here: &str, with: &[&str]) -> Value {
    let id = entity.id;
    let mut shown = json!({
        "id": id.number, "name": entity.name, "responsible_user_id": entity.responsible, "group_id": 0,
        "created_by": entity.created_by, "updated_by": entity.updated_by, "created_at": entity.created_at,
        "updated_at": entity.updated_at, "closest_task_at": closest_task(state, id), "is_deleted": entity.deleted,
        "custom_fields_values": values::shown(state, entity), "account_id": state.account.id,
        "_links": link(here, id), "_embedded": embedded(state, entity, here, with),
    });
    let Some(fields) = shown.as_object_mut() else {
        return shown;
    };
    let mut more = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    match id.kind {
        Kind::Lead => {
            more("price", json!(entity.price));
            more("status_id", json!(entity.status));
            more("pipeline_id", json!(entity.pipeline));
            more("loss_reason_id", json!(entity.loss_reason));
            more("closed_at", json!(entity.closed_at));
            more("score", Value::Null);
            more("labor_cost", Value::Null);
            if with.contains(&"source_id") {
                let source = state
                    .sources
                    .iter()
                    .find(|one| Some(&one.external_id) == entity.source.as_ref());
                more("source_id", json!(source.map(|one| one.id)));
            }
        }
        Kind::Contact => {
            more("first_name", json!(entity.first_name));
            more("last_name", json!(entity.last_name));
            more("is_unsorted", json!(entity.unsorted));
        }
        Kind::Company => {}
    }
    shown
}

/// `{"id", "_links"}`, as cards are named inside others.
pub(in crate::amocrm) fn named(here: &str, id: EntityId) -> Value {
    json!({"id": id.number, "_links": link(here, id)})
}

pub(in crate::amocrm) fn link(here: &str, id: EntityId) -> Value {
    to(format!("{here}/api/v4/{}/{}", id.kind.plural(), id.number))
}

fn closest_task(state: &State, id: EntityId) -> Value {
    let open = state.tasks.iter().filter(|task| task.of == Some(id) && !task.completed);
    json!(open.map(|task| task.complete_till).min())
}

/// Tags and companies always, contacts of leads and leads of the others when asked for.
fn embedded(state: &State, entity: &Entity, here: &str, with: &[&str]) -> Value {
    let mut inside = Map::new();
    let tags = state.tags.iter().filter(|tag| entity.tags.contains(&tag.id));
    let tags: Vec<Value> = tags
        .map(|tag| json!({"id": tag.id, "name": tag.name, "color": null}))
        .collect();
    inside.insert("tags".to_owned(), tags.into());
    let (own, mut of) = (entity.id, Vec::new());
    if own.kind != Kind::Company {
        of.push(Kind::Company);
    }
    of.extend(
        [Kind::Lead, Kind::Contact]
            .into_iter()
            .filter(|kind| *kind != own.kind && with.contains(&kind.plural())),
    );
    for kind in of {
        let shown = state.linked(own, kind).into_iter().map(|number| {
            let mut shown = named(here, EntityId::of(kind, number));
            if (own.kind, kind) == (Kind::Lead, Kind::Contact) {
                let main = state
                    .links
                    .iter()
                    .any(|link| link.main && link.ties(own, EntityId::of(kind, number)));
                if let Some(fields) = shown.as_object_mut() {
                    fields.insert("is_main".to_owned(), main.into());
                }
            }
            shown
        });
        inside.insert(kind.plural().to_owned(), shown.collect());
    }
    for word in with {
        match *word {
            "loss_reason" | "catalog_elements" | "customers" => inside.insert((*word).to_owned(), json!([])),
            _ => None,
        };
    }
    inside.into()
}
