//! Trouble on the line, seen by the client.

use crate::common::world;
use crate::wire::Bot;
use sandbox::Sandbox;
use sandbox::chaos::{Kind, Trouble};
use serde_json::json;
use std::time::{Duration, Instant};

fn order(sandbox: &Sandbox, trouble: Trouble) {
    sandbox.vendor("telegram_bot").unwrap().chaos.order(trouble);
}

#[tokio::test]
async fn a_lost_answer_leaves_the_message_sent_and_a_lost_request_does_not() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let send = |text: &'static str| {
        bot.http()
            .post(bot.url("sendMessage"))
            .json(&json!({"chat_id": anna.chat.0, "text": text}))
            .send()
    };
    order(&sandbox, Trouble::of(Kind::LoseRequest).on("send*").times(1));
    assert!(send("раз").await.is_err());
    assert!(anna.sees().is_empty());
    order(&sandbox, Trouble::of(Kind::LoseAnswer).on("send*").times(1));
    assert!(send("два").await.is_err());
    order(&sandbox, Trouble::of(Kind::HalfAnswer).on("send*").times(1));
    assert!(send("три").await.unwrap().bytes().await.is_err());
    assert!(send("четыре").await.unwrap().status().is_success());
    assert_eq!(anna.sees(), ["два", "три", "четыре"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn ordered_refusals_speak_the_vendors_language() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    for (kind, code, words) in [
        (
            Kind::TooManyRequests { retry_after: 17 },
            429,
            "Too Many Requests: retry after 17",
        ),
        (Kind::ServerError { status: 502 }, 502, "Bad Gateway"),
        (Kind::ServerError { status: 500 }, 500, "Internal Server Error: restart"),
        (Kind::ExpiredToken, 401, "Unauthorized"),
    ] {
        order(&sandbox, Trouble::of(kind).on("sendMessage").times(1));
        assert_eq!(bot.writes(&anna, "привет").await.refusal(), (code, words));
    }
    bot.writes(&anna, "привет").await.result();
    assert_eq!(anna.sees(), ["привет"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn updates_come_twice_and_backwards_when_ordered() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    order(&sandbox, Trouble::of(Kind::Duplicate).on("getUpdates").times(1));
    order(&sandbox, Trouble::of(Kind::Reorder).on("getUpdates").times(1));
    anna.writes("раз").unwrap();
    anna.writes("два").unwrap();
    let updates = bot.updates(0).await;
    let texts: Vec<_> = updates
        .iter()
        .map(|update| update["message"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["два", "два", "раз", "раз"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_silent_line_and_a_slow_one() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    order(
        &sandbox,
        Trouble::of(Kind::Delay { ms: 200 }).on("sendMessage").times(1),
    );
    let started = Instant::now();
    bot.writes(&anna, "медленно").await.result();
    assert!(started.elapsed() >= Duration::from_millis(200));
    order(
        &sandbox,
        Trouble::of(Kind::Silence { ms: 60_000 }).on("sendMessage").times(1),
    );
    let call = bot
        .http()
        .post(bot.url("sendMessage"))
        .json(&json!({"chat_id": anna.chat.0, "text": "тихо"}));
    let error = call.timeout(Duration::from_millis(300)).send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(anna.sees(), ["медленно", "тихо"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn two_worlds_in_one_process_know_nothing_of_each_other() {
    let (first, second) = (world().await, world().await);
    first.customer("telegram_bot", "Анна").unwrap().writes("сюда").unwrap();
    order(&first, Trouble::of(Kind::LoseRequest));
    assert!(Bot::of(&second).updates(0).await.is_empty());
    first.stop().await;
    second.stop().await;
}

#[tokio::test]
async fn a_providers_page_and_a_garbled_update_come_through() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    order(&sandbox, Trouble::of(Kind::BlockPage).on("getMe").times(1));
    let page = bot.http().get(bot.url("getMe")).send().await.unwrap();
    assert_eq!(
        (page.status().as_u16(), &page.headers()["content-type"]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    let vendor = &sandbox.vendor("telegram_bot").unwrap().vendor;
    vendor
        .special("raw_update", &json!({"message": {"message_id": "семь"}}))
        .unwrap();
    anna.writes("А это читается").unwrap();
    let updates = bot.updates(0).await;
    assert_eq!(updates[0]["message"]["message_id"], "семь");
    assert_eq!(
        updates[1]["update_id"].as_i64().unwrap(),
        updates[0]["update_id"].as_i64().unwrap() + 1
    );
    sandbox.stop().await;
}
