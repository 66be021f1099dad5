//! The chats service believes nobody without a right signature.

use crate::common::http;
use crate::world::Desk;
use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_wrong_signature_is_refused_in_the_recorded_words() {
    let desk = Desk::connected().await;
    let answer = http()
        .get(format!(
            "{}/v2/origin/custom/{}/chats/x/history",
            desk.base,
            desk.scope()
        ))
        .header("Date", "Tue, 13 Dec 2022 11:00:00 +0000")
        .header("Content-Type", "application/json")
        .header("Content-MD5", "d41d8cd98f00b204e9800998ecf8427e")
        .header("X-Signature", "00")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let refusal: Value = answer.json().await.unwrap();
    assert_eq!(
        refusal,
        json!({"status": 0, "error_code": 403, "error_type": "ORIGIN_INVALID_SIGNATURE", "error_description": "invalid signature"})
    );
}

#[tokio::test]
async fn a_signature_is_good_for_fifteen_minutes() {
    let desk = Desk::connected().await;
    let clock = desk.world().clock.clone();
    let path = format!("{}/typing", desk.scope());
    let fresh = desk
        .signed(Method::POST, &path, Some(json!({"conversation_id": "nobody"})))
        .await;
    assert_eq!(fresh.status(), StatusCode::NOT_FOUND);
    let request = desk.signing(Method::POST, &path, Some(json!({"conversation_id": "nobody"})));
    clock.advance(SignedDuration::from_mins(16));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nothing_works_before_the_channel_is_connected_and_after_it_is_off() {
    let desk = Desk::open().await;
    let path = format!("{}/chats", desk.scope());
    let wish = json!({"conversation_id": "c", "user": {"id": "u", "name": "Анна"}});
    assert_eq!(
        desk.signed(Method::POST, &path, Some(wish.clone())).await.status(),
        StatusCode::NOT_FOUND
    );
    desk.connect().await;
    assert_eq!(
        desk.signed(Method::POST, &path, Some(wish.clone())).await.status(),
        StatusCode::OK
    );
    let off = format!("{}/disconnect", desk.said("amojo_channel_id"));
    desk.signed(
        Method::DELETE,
        &off,
        Some(json!({"account_id": desk.said("amojo_account_id")})),
    )
    .await;
    let refusal: Value = desk.signed(Method::POST, &path, Some(wish)).await.json().await.unwrap();
    assert_eq!(refusal["error_type"], "ORIGIN_NOT_REGISTERED");
}
