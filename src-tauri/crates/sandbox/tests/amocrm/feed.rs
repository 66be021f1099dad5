//! Notes, tasks, tags.

use crate::world::Desk;
use reqwest::{Method, StatusCode};
use sandbox::crm::{CardId, CardKind, Deed};
use serde_json::json;

#[tokio::test]
async fn notes_of_every_documented_type_are_kept() {
    let desk = Desk::open().await;
    let lead = desk.card("leads", json!({"name": "Шкаф"})).await;
    let notes = [
        json!({"note_type": "common", "params": {"text": "Позвонить"}}),
        json!({"note_type": "sms_in", "params": {"text": "Здравствуйте", "phone": "+79991112233"}}),
        json!({"note_type": "service_message", "params": {"service": "Беседка", "text": "Клиент пишет"}}),
        json!({"note_type": "extended_service_message", "params": {"service": "Беседка", "text": "Длинный текст"}}),
        json!({"note_type": "geolocation", "params": {"text": "Склад", "address": "Лесная, 1", "longitude": "37.6", "latitude": "55.7"}}),
    ];
    let made = desk.post(&format!("leads/{lead}/notes"), json!(notes)).await;
    assert_eq!(made["_embedded"]["notes"][4]["request_id"], "4");
    let found = desk
        .get("leads/notes?filter[note_type]=common,sms_in&order[id]=desc")
        .await;
    let kinds: Vec<_> = found["_embedded"]["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| &note["note_type"])
        .collect();
    assert_eq!(kinds, ["sms_in", "common"]);
    let card = desk.shown(&CardId::of(CardKind::Lead, lead)).unwrap();
    assert_eq!((card.notes.len(), card.notes[2].text.as_str()), (5, "Клиент пишет"));
    let lacking = json!([{"note_type": "sms_in", "params": {"text": "без телефона"}}]);
    let (status, refusal) = desk
        .refused(Method::POST, &format!("leads/{lead}/notes"), Some(lacking))
        .await;
    assert_eq!(
        (status, &refusal["validation-errors"][0]["errors"][0]["path"]),
        (400, &json!("params.phone"))
    );
}

#[tokio::test]
async fn a_task_is_given_found_and_finished() {
    let desk = Desk::open().await;
    let lead = desk.card("leads", json!({"name": "Стол"})).await;
    let till = desk.world().clock.unix() + 300;
    let task = json!([{"task_type_id": 1, "text": "Ответить клиенту", "complete_till": till, "entity_id": lead, "entity_type": "leads"}]);
    let made = desk.post("tasks", task).await;
    let id = made["_embedded"]["tasks"][0]["id"].as_i64().unwrap();
    assert_eq!(desk.get(&format!("leads/{lead}")).await["closest_task_at"], till);
    desk.does(Deed::Finish { task: id.to_string() }).unwrap();
    let open = desk
        .send(
            Method::GET,
            &format!("tasks?filter[is_completed]=0&filter[entity_id]={lead}"),
            None,
        )
        .await;
    assert_eq!(open.status(), StatusCode::NO_CONTENT);
    let done = json!({"is_completed": true, "result": {"text": "Ответили"}});
    desk.send(Method::PATCH, &format!("tasks/{id}"), Some(done)).await;
    assert_eq!(desk.get(&format!("tasks/{id}")).await["result"]["text"], "Ответили");
}

#[tokio::test]
async fn tags_of_a_request_replace_those_of_the_card() {
    let desk = Desk::open().await;
    let lead = desk
        .card(
            "leads",
            json!({"_embedded": {"tags": [{"name": "tg"}, {"name": "срочно"}]}}),
        )
        .await;
    let fewer = json!({"_embedded": {"tags": [{"name": "срочно"}]}});
    desk.send(Method::PATCH, &format!("leads/{lead}"), Some(fewer)).await;
    let shown = desk.get(&format!("leads/{lead}")).await;
    assert_eq!(shown["_embedded"]["tags"].as_array().unwrap().len(), 1);
    assert_eq!(
        desk.get("leads/tags").await["_embedded"]["tags"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}
