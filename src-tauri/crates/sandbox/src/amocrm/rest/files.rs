//! Files that hang on cards. <https://www.amocrm.ru/developers/content/files/files-api>

use super::call::Call;
use super::entities::known;
use super::page::{Answer, MOST, made, nothing, number, page, text};
use super::problem::{Fault, Problem};
use axum::extract::Path;
use serde_json::json;

pub(super) async fn list(Path((named, owner)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("files")?;
    let state = call.state();
    let id = known(&state, &named, owner)?;
    let files = state.entity(id).map(|entity| entity.files.clone()).unwrap_or_default();
    page(&call, "files", MOST, files, |uuid| {
        let number = state.files.get(uuid).map(|file| file.id);
        json!({"file_uuid": uuid, "id": number})
    })
}

pub(super) async fn attach(Path((named, owner)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("files")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let id = known(&state, &named, owner)?;
    let mut answers = Vec::new();
    for item in &items {
        let uuid = text(item, "file_uuid").filter(|uuid| state.files.contains_key(*uuid));
        let uuid = uuid.ok_or_else(|| Problem::Invalid(vec![Fault::choice("file_uuid")]))?;
        if let Some(entity) = state
            .entity_mut(id)
            .filter(|entity| !entity.files.iter().any(|file| file == uuid))
        {
            entity.files.push(uuid.to_owned());
        }
        answers.push(json!({"file_uuid": uuid, "id": number(item, "id")}));
    }
    made(&call, "files", answers)
}

pub(super) async fn detach(Path((named, owner)): Path<(String, i64)>, call: Call) -> Answer {
    call.needs("files")?;
    let items = call.items(MOST)?;
    let mut state = call.state();
    let id = known(&state, &named, owner)?;
    if let Some(entity) = state.entity_mut(id) {
        entity
            .files
            .retain(|file| !items.iter().any(|item| text(item, "file_uuid") == Some(file)));
    }
    nothing()
}
