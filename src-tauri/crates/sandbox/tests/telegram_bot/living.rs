//! The living people as the bot meets them.

use crate::wire::Bot;
use sandbox::{Options, People, Sandbox};
use serde_json::{Value, json};

#[tokio::test]
async fn somebody_answers_what_the_operator_says() {
    let people = People {
        count: 8,
        per_minute: 0.0,
        pace: 0.01,
        seed: 3,
    };
    let options = Options {
        limits: false,
        people: Some(people),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let bot = Bot::of(&sandbox);
    let waiting = bot.updates(0).await;
    let told = waiting.iter().map(|update| &update["message"]["chat"]);
    let chats: Vec<&Value> = told
        .filter(|chat| chat["type"] == "private")
        .map(|chat| &chat["id"])
        .collect();
    assert!(chats.len() >= 12, "four people wrote three letters and more each");
    for chat in &chats {
        bot.call(
            "sendMessage",
            json!({"chat_id": chat, "text": "Здравствуйте! Стоит 24 900 ₽"}),
        )
        .await
        .result();
    }
    let next = waiting.last().unwrap()["update_id"].as_i64().unwrap() + 1;
    let answers = bot
        .call("getUpdates", json!({"offset": next, "timeout": 20}))
        .await
        .result();
    let answer = answers
        .as_array()
        .unwrap()
        .iter()
        .find(|update| update.get("message").is_some());
    assert!(chats.contains(&&answer.expect("an answer")["message"]["chat"]["id"]));
    sandbox.stop().await;
}
