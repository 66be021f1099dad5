//! Bots Long Poll: waiting, falling behind, losing the key.

use crate::world::Line;
use sandbox::chaos::{Kind, Trouble};
use sandbox::{Clock, Options};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_poll_waits_for_what_comes() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    let later = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        anna.writes("Дождались").unwrap();
    };
    let (answer, ()) = tokio::join!(poller.answer(&line, 20), later);
    assert_eq!(answer["updates"][0]["object"]["message"]["text"], "Дождались");
    assert_eq!(
        (
            answer["updates"][0]["v"].as_str(),
            answer["updates"][0]["group_id"].as_i64()
        ),
        (Some("5.199"), Some(line.group))
    );
    assert!(answer["ts"].is_string());
}

#[tokio::test]
async fn an_idle_poll_ends_empty_with_the_same_number() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let before = poller.ts.clone();
    let answer = poller.answer(&line, 1).await;
    assert_eq!(answer, json!({"ts": before, "updates": []}));
}

#[tokio::test]
async fn events_stay_until_the_number_moves_on() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.customer("Анна").writes("Не потеряй").unwrap();
    let before = poller.ts.clone();
    let first = poller.answer(&line, 0).await;
    poller.ts = before;
    let second = poller.answer(&line, 0).await;
    assert_eq!(first, second);
    assert!(poller.events(&line).await.is_empty());
}

#[tokio::test]
async fn a_new_key_keeps_the_number() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.customer("Анна").writes("До смены ключа").unwrap();
    line.switch("long_poll", json!({"do": "rotate_key"}));
    assert_eq!(poller.answer(&line, 0).await, json!({"failed": 2}));
    poller.key = line.poller().await.key;
    let event = poller.event(&line, "message_new").await;
    assert_eq!(event["message"]["text"], "До смены ключа");
}

#[tokio::test]
async fn a_key_wears_out_by_itself() {
    let clock = Clock::wall();
    let line = Line::with(Options {
        clock: clock.clone(),
        ..Options::default()
    })
    .await;
    let mut poller = line.poller().await;
    poller.answer(&line, 0).await;
    clock.advance(jiff::SignedDuration::from_hours(1));
    assert_eq!(poller.answer(&line, 0).await["failed"], 2);
    line.poller().await.events(&line).await;
}

#[tokio::test]
async fn a_lost_history_names_the_number_to_go_on_from() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.customer("Анна").writes("Пропало").unwrap();
    line.switch("long_poll", json!({"do": "forget_history"}));
    let answer = poller.answer(&line, 0).await;
    assert_eq!(answer["failed"], 1);
    poller.ts = answer["ts"].as_str().unwrap().to_owned();
    line.customer("Анна").writes("Дошло").unwrap();
    assert_eq!(poller.event(&line, "message_new").await["message"]["text"], "Дошло");
}

#[tokio::test]
async fn a_poller_that_slept_through_too_much_is_told_so() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    for number in 0..1100 {
        anna.writes(&number.to_string()).unwrap();
    }
    assert_eq!(poller.answer(&line, 0).await["failed"], 1);
    poller.ts = "999999999".to_owned();
    assert_eq!(poller.answer(&line, 0).await["failed"], 1);
}

#[tokio::test]
async fn a_lost_server_wants_everything_anew() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.switch("long_poll", json!({"do": "lose"}));
    assert_eq!(poller.answer(&line, 0).await, json!({"failed": 3}));
    let mut poller = line.poller().await;
    assert!(poller.events(&line).await.is_empty());
}

#[tokio::test]
async fn only_what_is_switched_on_is_told() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let settings = json!({"group_id": line.group, "enabled": 1, "api_version": "5.199", "message_typing_state": 0});
    assert_eq!(line.call("groups.setLongPollSettings", settings).await, 1);
    let kept = line
        .call("groups.getLongPollSettings", json!({"group_id": line.group}))
        .await;
    assert_eq!(
        (
            kept["events"]["message_typing_state"].as_i64(),
            kept["events"]["message_new"].as_i64()
        ),
        (Some(0), Some(1))
    );
    line.customer("Анна").does(sandbox::Act::Type).unwrap();
    assert!(poller.events(&line).await.is_empty());

    line.call(
        "groups.setLongPollSettings",
        json!({"group_id": line.group, "enabled": 0}),
    )
    .await;
    assert_eq!(
        line.refusal("groups.getLongPollServer", json!({"group_id": line.group}))
            .await,
        100
    );
}

#[tokio::test]
async fn doubled_events_carry_the_same_event_id() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.sandbox
        .vendor("vk")
        .unwrap()
        .chaos
        .order(Trouble::of(Kind::Duplicate).on("a_check").times(1));
    line.customer("Анна").writes("Дважды").unwrap();
    let answer = poller.answer(&line, 0).await;
    assert_eq!(answer["updates"].as_array().unwrap().len(), 2);
    assert_eq!(answer["updates"][0]["event_id"], answer["updates"][1]["event_id"]);
}
