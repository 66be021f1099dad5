//! What waits to be accepted.

use crate::world::Desk;
use reqwest::{Method, StatusCode};
use serde_json::json;

async fn application(desk: &Desk) -> String {
    let metadata = json!({"form_id": "f1", "form_name": "Заявка", "form_page": "lesnaya.example", "form_sent_at": 1_700_000_000, "ip": "127.0.0.1"});
    let inside = json!({"leads": [{"name": "Кухня"}], "contacts": [{"name": "Пётр"}]});
    let form = json!([{"request_id": "7", "source_name": "Сайт", "source_uid": "site", "metadata": metadata, "_embedded": inside}]);
    let made = desk.post("leads/unsorted/forms", form).await;
    assert_eq!(
        (&made["_total_items"], &made["_embedded"]["unsorted"][0]["request_id"]),
        (&json!(1), &json!("7"))
    );
    made["_embedded"]["unsorted"][0]["uid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_accepted_application_becomes_a_lead() {
    let desk = Desk::open().await;
    let uid = application(&desk).await;
    assert_eq!(
        desk.send(Method::GET, "leads", None).await.status(),
        StatusCode::NO_CONTENT,
        "it is no lead yet"
    );
    let accepted = desk.post(&format!("leads/unsorted/{uid}/accept"), json!({})).await;
    let lead = accepted["_embedded"]["leads"][0]["id"].as_i64().unwrap();
    let shown = desk.get(&format!("leads/{lead}?with=contacts")).await;
    assert_eq!(
        (&shown["name"], shown["_embedded"]["contacts"].as_array().unwrap().len()),
        (&json!("Кухня"), 1)
    );
    assert_eq!(
        desk.refused(Method::POST, &format!("leads/unsorted/{uid}/accept"), Some(json!({})))
            .await
            .0,
        404
    );
    assert_eq!(desk.get("leads/unsorted/summary").await["accepted"], 1);
}

#[tokio::test]
async fn a_declined_application_is_gone_with_its_contact() {
    let desk = Desk::open().await;
    let uid = application(&desk).await;
    let answer = desk
        .send(
            Method::DELETE,
            &format!("leads/unsorted/{uid}/decline"),
            Some(json!({})),
        )
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(desk.crm().cards().is_empty());
    let link = json!({"link": {"entity_id": 1, "entity_type": "leads"}});
    assert_eq!(
        desk.refused(Method::POST, &format!("leads/unsorted/{uid}/link"), Some(link))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn a_waiting_chat_is_tied_to_a_lead_that_is_there() {
    let desk = Desk::connected().await;
    let lead = desk.card("leads", json!({"name": "Старая сделка"})).await;
    let (chat, _) = desk
        .anna_writes("m1", json!({"type": "text", "text": "Здравствуйте"}))
        .await;
    let waiting = desk.get("leads/unsorted?filter[category]=chats").await;
    let waiting = &waiting["_embedded"]["unsorted"][0];
    assert_eq!(waiting["metadata"]["origin"]["chat_id"], chat.as_str());
    let link = json!({"link": {"entity_id": lead, "entity_type": "leads"}});
    desk.post(
        &format!("leads/unsorted/{}/link", waiting["uid"].as_str().unwrap()),
        link,
    )
    .await;
    let talks = desk.get("talks").await;
    assert_eq!(talks["_embedded"]["talks"][0]["entity_id"], lead);
}
