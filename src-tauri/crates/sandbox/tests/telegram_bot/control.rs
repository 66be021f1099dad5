//! The control interface over HTTP, and the program.

use crate::common::binary::Program;
use crate::common::{http, world};
use serde_json::{Value, json};

async fn post(url: &str, body: Value) -> Value {
    http().post(url).json(&body).send().await.unwrap().json().await.unwrap()
}

async fn get(url: &str) -> Value {
    http().get(url).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_person_can_be_made_write_and_be_looked_at_over_http() {
    let sandbox = world().await;
    let vendor = format!("{}vendors/telegram_bot", sandbox.control_url());
    let vera = post(
        &format!("{vendor}/people"),
        json!({"first_name": "Вера", "username": "vera"}),
    )
    .await;
    let person = format!("{vendor}/people/{}", vera["id"].as_str().unwrap());
    let photo = json!({"part": "file", "shown_as": "photo", "file": {"sample": "photo"}});
    let written = post(
        &format!("{person}/write"),
        json!({"text": "Смотрите", "parts": [photo]}),
    )
    .await;
    let id = written["messages"][0].as_str().unwrap();
    post(&format!("{person}/edit"), json!({"message": id, "text": "Гляньте"})).await;
    let phone = get(&format!("{person}/phone")).await;
    assert_eq!(phone[0]["messages"][0]["text"], "Гляньте");
    let chat = vera["chat"].as_str().unwrap();
    let picture = http()
        .get(format!("{person}/phone/{chat}/{id}/0"))
        .send()
        .await
        .unwrap();
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    let refused = http()
        .post(format!("{person}/delete"))
        .json(&json!({"message": "999"}))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 404);
    sandbox.stop().await;
}

#[tokio::test]
async fn trouble_and_tokens_are_ordered_over_http() {
    let sandbox = world().await;
    let vendor = format!("{}vendors/telegram_bot", sandbox.control_url());
    post(
        &format!("{vendor}/chaos"),
        json!({"kind": "delay", "ms": 5, "on": "send*", "times": 3}),
    )
    .await;
    let standing = get(&format!("{vendor}/chaos")).await;
    assert_eq!(standing[0]["happened"], 0);
    http().delete(format!("{vendor}/chaos")).send().await.unwrap();
    assert_eq!(get(&format!("{vendor}/chaos")).await, json!([]));
    let before = sandbox.directory()["telegram_bot_token"].clone();
    let after = post(&format!("{vendor}/account"), json!({"change": "renew_token"})).await;
    assert_ne!(after["token"], before);
    sandbox.stop().await;
}

#[tokio::test]
async fn calls_are_counted_by_method() {
    let sandbox = world().await;
    let own = &sandbox.directory()["telegram_bot"];
    let token = &sandbox.directory()["telegram_bot_token"];
    for method in ["getMe", "getMe", "sendDice"] {
        let url = format!("{}/bot{}/{method}", own.as_str().unwrap(), token.as_str().unwrap());
        http().get(url).send().await.unwrap();
    }
    let calls = get(&format!("{}vendors/telegram_bot/calls", sandbox.control_url())).await;
    assert_eq!(calls, json!({"getMe": 2, "sendDice": 1}));
    sandbox.stop().await;
}

#[tokio::test]
async fn the_interface_describes_itself_and_has_a_page() {
    let sandbox = world().await;
    let described = get(&format!("{}openapi.json", sandbox.control_url())).await;
    assert!(described["openapi"].as_str().unwrap().starts_with("3."));
    let page = http().get(sandbox.control_url().clone()).send().await.unwrap();
    assert!(page.text().await.unwrap().starts_with("<!doctype html>"));
    sandbox.stop().await;
}

#[tokio::test]
async fn what_happens_is_told_as_it_happens() {
    let sandbox = world().await;
    let mut news = http()
        .get(format!("{}news", sandbox.control_url()))
        .send()
        .await
        .unwrap();
    sandbox.customer("telegram_bot", "Анна").unwrap().writes("Ау").unwrap();
    let told = String::from_utf8(news.chunk().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(told.contains("\"what\":\"customer_wrote\""), "{told}");
    sandbox.stop().await;
}

#[test]
fn the_program_says_where_everything_is_on_its_first_line() {
    let (first, second) = (
        Program::start(&["--port-base", "24801"]),
        Program::start(&["--port-base", "24801"]),
    );
    for name in ["telegram_bot", "telegram_bot_token", "vk", "vk_token", "control"] {
        assert!(first.directory[name].is_string(), "{name}");
    }
    assert_eq!(first.directory["telegram_bot"], "http://127.0.0.1:24801");
    assert_ne!(
        second.directory["telegram_bot"], first.directory["telegram_bot"],
        "a taken port is replaced"
    );
}
