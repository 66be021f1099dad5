//! The description of the control interface, made of the table of operations and the types.

use crate::act::{Abilities, AccountChange, Act};
use crate::chaos::{Kind, Standing, Trouble};
use crate::control::{OPERATIONS, Operation, account, crm, people, trouble, world};
use crate::crm::{Card, CrmChat, Deed};
use crate::letter::{Letter, Part};
use crate::news::News;
use crate::person::{Chat, NewPerson, Person};
use crate::phone::{PhoneChat, PhoneMessage, Sent};
use axum::Json;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Besedka sandbox: control",
        description = "People, phones and trouble of the simulated networks"
    ),
    components(schemas(
        Abilities,
        AccountChange,
        Act,
        Card,
        Chat,
        CrmChat,
        Deed,
        Kind,
        Letter,
        NewPerson,
        News,
        Part,
        Person,
        PhoneChat,
        PhoneMessage,
        Sent,
        Standing,
        Trouble,
        account::Change,
        crm::CrmCard,
        people::NewGroup,
        people::Outcome,
        trouble::Seed,
        world::Advance,
        world::VendorCard,
    ))
)]
struct Types;

pub(super) async fn openapi() -> Json<Value> {
    let mut document = serde_json::to_value(Types::openapi()).unwrap_or_default();
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(operation.method.to_owned(), described(operation));
        }
    }
    if let Some(fields) = document.as_object_mut() {
        fields.insert("paths".to_owned(), paths.into());
    }
    Json(document)
}

fn described(operation: &Operation) -> Value {
    let names = operation
        .path
        .split('/')
        .filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    let mut parameters: Vec<Value> = names.map(parameter).collect();
    if operation.gives == "Outcome" && operation.path.contains("{person}") {
        parameters.push(json!({"name": "chat", "in": "query", "required": false, "schema": {"type": "string"}}));
    }
    let answer = match operation.gives {
        "" => json!({"description": "Done"}),
        name => json!({"description": "Done", "content": {"application/json": {"schema": schema(name)}}}),
    };
    let mut described = json!({
        "summary": operation.about, "parameters": parameters,
        "responses": {"200": answer, "default": {"description": "Refused, with `error` in words"}},
    });
    if let (false, Some(fields)) = (operation.takes.is_empty(), described.as_object_mut()) {
        let content = json!({"application/json": {"schema": schema(operation.takes)}});
        let body = json!({"required": true, "content": content});
        fields.insert("requestBody".to_owned(), body);
    }
    described
}

fn schema(name: &str) -> Value {
    match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(item) => json!({"type": "array", "items": schema(item)}),
        None => json!({"$ref": format!("#/components/schemas/{name}")}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_named_schema_is_there() {
        let Json(document) = openapi().await;
        let text = document.to_string();
        for piece in text.split("#/components/schemas/").skip(1) {
            let name = piece.split('"').next().unwrap();
            assert!(
                document["components"]["schemas"].get(name).is_some(),
                "{name} is not described"
            );
        }
        assert_eq!(
            document["paths"]["/vendors/{vendor}/chaos"].as_object().unwrap().len(),
            3
        );
    }
}
