//! getUpdates: confirming, waiting, two pollers, webhooks, a day's sleep.

use crate::common::world;
use crate::wire::Bot;
use jiff::SignedDuration;
use sandbox::AccountChange;
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn anna_writes_and_the_update_comes_until_it_is_confirmed() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    anna.writes("Здравствуйте!").unwrap();
    anna.writes("Есть кто?").unwrap();
    let updates = bot.updates(0).await;
    let texts: Vec<_> = updates
        .iter()
        .map(|update| update["message"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["Здравствуйте!", "Есть кто?"]);
    assert_eq!(updates[0]["message"]["from"]["first_name"], "Анна");
    let first = updates[0]["update_id"].as_i64().unwrap();
    assert_eq!(updates[1]["update_id"], first + 1);
    let rest = bot.updates(first + 1).await;
    assert_eq!(rest.len(), 1, "the first is confirmed");
    assert_eq!(bot.updates(-1).await[0]["update_id"], first + 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_long_poll_answers_as_soon_as_somebody_writes() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let started = Instant::now();
    let write = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        anna.writes("Ау").unwrap();
    };
    let (answer, ()) = tokio::join!(bot.call("getUpdates", json!({"timeout": 30})), write);
    assert_eq!(answer.result()[0]["message"]["text"], "Ау");
    assert!(started.elapsed() < Duration::from_secs(5));
    sandbox.stop().await;
}

#[tokio::test]
async fn the_second_poller_throws_the_first_one_out() {
    let sandbox = world().await;
    let bot = Bot::of(&sandbox);
    let second = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        bot.call("getUpdates", json!({"timeout": 1, "offset": 5})).await
    };
    let (first, second) = tokio::join!(bot.call("getUpdates", json!({"timeout": 30})), second);
    let words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
    assert_eq!(first.refusal(), (409, words));
    assert_eq!(second.result(), json!([]));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_webhook_and_a_poll_exclude_each_other() {
    let sandbox = world().await;
    let bot = Bot::of(&sandbox);
    let hook = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        bot.call("setWebhook", json!({"url": "https://example.org/hook"}))
            .await
            .result()
    };
    let (waiting, _) = tokio::join!(bot.call("getUpdates", json!({"timeout": 30})), hook);
    assert_eq!(waiting.refusal(), (409, "Conflict: terminated by setWebhook request"));
    let info = bot.call("getWebhookInfo", json!({})).await.result();
    assert_eq!(info["url"], "https://example.org/hook");
    let refused = bot.call("getUpdates", json!({})).await;
    assert!(
        refused
            .refusal()
            .1
            .starts_with("Conflict: can't use getUpdates method while webhook is active")
    );
    bot.call("deleteWebhook", json!({})).await.result();
    assert!(bot.updates(0).await.is_empty());
    sandbox.stop().await;
}

#[tokio::test]
async fn polling_too_busily_is_slowed_down() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    anna.writes("раз").unwrap();
    anna.writes("два").unwrap();
    assert_eq!(bot.updates(0).await.len(), 2);
    assert_eq!(
        bot.updates(0).await.len(),
        1,
        "the same offset within half a second gives one update"
    );
    let last = bot.updates(-1).await[0]["update_id"].as_i64().unwrap();
    bot.updates(last + 1).await;
    let started = Instant::now();
    assert!(bot.updates(last + 1).await.is_empty());
    assert!(
        started.elapsed() > Duration::from_secs(2),
        "the same offset again makes a poll of three seconds"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn who_sleeps_longer_than_a_day_loses_what_was_written() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    anna.writes("вчера").unwrap();
    sandbox.world().clock.advance(SignedDuration::from_hours(23));
    anna.writes("сегодня").unwrap();
    sandbox.world().clock.advance(SignedDuration::from_hours(2));
    let updates = bot.updates(0).await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["message"]["text"], "сегодня");
    sandbox.stop().await;
}

#[tokio::test]
async fn an_expired_token_ends_a_waiting_poll_and_a_renewed_one_works() {
    let sandbox = world().await;
    let (bot, vendor) = (Bot::of(&sandbox), &sandbox.vendor("telegram_bot").unwrap().vendor);
    let expire = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        vendor.change(AccountChange::ExpireToken).unwrap();
    };
    let (waiting, ()) = tokio::join!(bot.call("getUpdates", json!({"timeout": 30})), expire);
    assert_eq!(waiting.refusal(), (401, "Unauthorized"));
    vendor.change(AccountChange::RenewToken).unwrap();
    assert_eq!(bot.call("getMe", json!({})).await.refusal(), (401, "Unauthorized"));
    let renewed = vendor.credentials()["token"].as_str().unwrap().to_owned();
    assert_eq!(
        bot.with_token(&renewed).call("getMe", json!({})).await.result()["is_bot"],
        true
    );
    sandbox.stop().await;
}
