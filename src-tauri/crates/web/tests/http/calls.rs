use std::time::Duration;

use api::changes::Change;
use domain::ConversationId;
use serde_json::{Value, json};

use crate::backend::Office;

#[tokio::test]
async fn a_call_goes_in_and_its_answer_comes_out() {
    let office = Office::open().await;
    let answer = office.rpc("echo", json!({"text": "Привет"})).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({"text": "Привет"}));
    office.server.stop().await;
}

#[tokio::test]
async fn a_refusal_names_the_field_under_a_fitting_status() {
    let office = Office::open().await;
    let refused = office.rpc("profile.save", json!({})).await;
    assert_eq!(refused.status(), 422);
    let body: Value = refused.json().await.unwrap();
    assert_eq!((&body["code"], &body["field"]), (&json!("invalid"), &json!("name")));
    assert_eq!(office.rpc("no.such.call", json!({})).await.status(), 404);
    let locked = office.rpc("boot", json!({})).await;
    assert_eq!(locked.status(), 423);
    assert_eq!(locked.json::<Value>().await.unwrap()["code"], "locked");
}

#[tokio::test]
async fn a_payload_that_is_no_json_is_refused_and_no_payload_is_an_empty_one() {
    let office = Office::open().await;
    let call = || office.browser.post(office.at("/rpc/echo")).bearer_auth(office.token());
    assert_eq!(call().body("{").send().await.unwrap().status(), 422);
    assert_eq!(call().send().await.unwrap().json::<Value>().await.unwrap(), json!({}));
}

#[tokio::test]
async fn what_changes_is_heard_at_once() {
    let office = Office::open().await;
    let mut stream = office
        .browser
        .get(office.at(&format!("/events?token={}", office.token())))
        .send()
        .await
        .unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let change = Change::Messages {
        conversation_id: ConversationId(7),
    };
    office.desk.changes.send(change).unwrap();
    let heard = tokio::time::timeout(Duration::from_secs(5), stream.chunk())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    let heard = String::from_utf8(heard.to_vec()).unwrap();
    assert_eq!(heard.trim(), r#"data: {"tag":"messages","conversation_id":7}"#);
}

#[tokio::test]
async fn stopping_ends_the_streams_of_events_too() {
    let office = Office::open().await;
    let mut stream = office.get("/events").send().await.unwrap();
    let stopped = tokio::time::timeout(Duration::from_secs(2), office.server.stop());
    assert!(stopped.await.is_ok(), "an open page must not hold the program up");
    assert!(!matches!(stream.chunk().await, Ok(Some(_))));
}
