//! Cards, columns and staff as managers see them.

use crate::amocrm::state::State;
use crate::amocrm::state::entity::{Entity, EntityId, Kind};
use crate::amocrm::state::feed::Note as Entry;
use crate::amocrm::state::pipeline::{LOST, WON};
use crate::crm::{Card, CardId, CardKind, Closing, Employee, Field, Note, NoteId, Stage, Task};
use crate::ids::ManagerId;
use jiff::Timestamp;
use serde_json::Value;

pub(in crate::amocrm) fn managers(state: &State) -> Vec<Employee> {
    let shown = state.users.iter().map(|user| Employee {
        id: ManagerId::from(user.id),
        name: user.name.clone(),
        administrator: user.administrator,
    });
    shown.collect()
}

pub(in crate::amocrm) fn stages(state: &State) -> Vec<Stage> {
    let of_board = state.pipelines.iter().flat_map(|board| {
        board.statuses.iter().map(|status| Stage {
            id: status.id.to_string(),
            pipeline: board.id.to_string(),
            of: CardKind::Lead,
            name: status.name.clone(),
            closes: closing(status.id),
        })
    });
    of_board.collect()
}

fn closing(status: i64) -> Option<Closing> {
    match status {
        WON => Some(Closing::Won),
        LOST => Some(Closing::Lost),
        _ => None,
    }
}

pub(super) fn card_id(id: EntityId) -> CardId {
    let kind = match id.kind {
        Kind::Lead => CardKind::Lead,
        Kind::Contact => CardKind::Contact,
        Kind::Company => CardKind::Company,
    };
    CardId::of(kind, id.number)
}

pub(in crate::amocrm) fn cards(state: &State) -> Vec<Card> {
    let mut living: Vec<&Entity> = state.entities.values().filter(|entity| !entity.deleted).collect();
    living.sort_by_key(|entity| std::cmp::Reverse((entity.created_at, entity.id.number)));
    living.into_iter().map(|entity| card(state, entity)).collect()
}

fn card(state: &State, entity: &Entity) -> Card {
    let (id, lead) = (entity.id, entity.id.kind == Kind::Lead);
    let linked = Kind::ALL.into_iter().flat_map(|kind| {
        let numbers = state.linked(id, kind).into_iter();
        numbers.map(move |number| card_id(EntityId::of(kind, number)))
    });
    let tags = state.tags.iter().filter(|tag| entity.tags.contains(&tag.id));
    let notes = state.notes.iter().filter(|note| note.of == id);
    let tasks = state.tasks.iter().filter(|task| task.of == Some(id));
    Card {
        id: card_id(id),
        kind: card_id(id).kind().unwrap_or(CardKind::Lead),
        title: entity.name.clone(),
        stage: lead.then(|| entity.status.to_string()),
        pipeline: lead.then(|| entity.pipeline.to_string()),
        closed: closing(entity.status).filter(|_| lead),
        unsorted: entity.unsorted,
        responsible: (entity.responsible != 0).then(|| ManagerId::from(entity.responsible)),
        tags: tags.map(|tag| tag.name.clone()).collect(),
        fields: fields(state, entity),
        linked: linked.collect(),
        notes: notes.map(|note| note_of(state, note)).collect(),
        tasks: tasks
            .map(|task| Task {
                id: task.id.to_string(),
                text: task.text.clone(),
                responsible: Some(ManagerId::from(task.responsible)),
                due: time(task.complete_till),
                done: task.completed,
            })
            .collect(),
    }
}

fn fields(state: &State, entity: &Entity) -> Vec<Field> {
    let known = state.fields.iter().filter(|field| field.of == entity.id.kind);
    let filled = known.filter_map(|field| {
        let values = entity.values.get(&field.id)?.iter().filter_map(|one| one.get("value"));
        Some(Field {
            id: field.id.to_string(),
            name: field.name.clone(),
            values: values.map(words).collect(),
        })
    });
    filled.collect()
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn note_of(state: &State, note: &Entry) -> Note {
    let param = |name: &str| note.params.get(name).and_then(Value::as_str);
    let file = param("file_uuid").and_then(|uuid| state.files.get(uuid));
    Note {
        id: NoteId(note.id.to_string()),
        kind: note.kind.clone(),
        text: param("text").or(param("file_name")).unwrap_or_default().to_owned(),
        files: file.map(|file| file.media.clone()).into_iter().collect(),
        by: (note.created_by != 0).then(|| ManagerId::from(note.created_by)),
        at: time(note.created_at),
    }
}

fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or_default()
}
