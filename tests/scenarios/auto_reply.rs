//! What a channel answers by itself, and when it keeps silent.

use contracts::Clock;
use serde_json::{Value, json};
use tests::{Operator, Talk, World};

const VK: &str = "vk_messages";

/// A time zone in which it is between midnight and one o'clock now.
fn after_midnight() -> String {
    let hour = contracts::SystemClock.now().secs().rem_euclid(86_400) / 3600;
    // The names count to the west: Etc/GMT+3 is three hours behind.
    if hour <= 12 {
        format!("Etc/GMT+{hour}")
    } else {
        format!("Etc/GMT-{}", 24 - hour)
    }
}

fn answering(hours: (&str, &str), more: Value) -> Value {
    let mut rules = json!({
        "auto_reply.on": true, "auto_reply.text": "{{Здравствуйте;Добрый вечер}}! Ответим утром.",
        "auto_reply.from": hours.0, "auto_reply.to": hours.1, "auto_reply.zone": after_midnight(),
        "auto_reply.window": 1440,
    });
    rules.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    rules
}

async fn automatic(olga: &Operator, talk: Talk) -> usize {
    olga.reads(talk)
        .await
        .iter()
        .filter(|message| message["automatic"] == true)
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_night_a_client_is_answered_once_and_still_waits_for_a_person() {
    let mut world = World::start_live().await;
    let olga = world.operator();
    olga.sets_rules(VK, answering(("22:00", "06:00"), json!({}))).await;
    let mut changes = world.app.changes();
    let anna = world.customer("vk", "Анна");
    anna.writes("Вы работаете?").unwrap();
    let talk = olga.sees("Ответим утром").await;
    let heard = tests::heard(&mut changes).await;
    assert_eq!(
        (heard.conversation_id, heard.preview.text.as_str()),
        (talk.0, "Вы работаете?")
    );
    let sent = |message: &Value| message["automatic"] == true && message["tick"] == "sent";
    olga.waits_for(talk, "the answer at the client", sent).await;
    let row = olga
        .does("conversations.get", json!({ "conversation_id": talk.0 }))
        .await;
    assert_eq!(row["row"]["unread"], 1);
    assert!(
        row["row"]["waiting_since"].is_number(),
        "a robot answers nobody's question"
    );

    world.restart().await;
    world.operator().sees_line(VK, "online").await;
    let said = anna.sees();
    assert_eq!(said.len(), 1, "once: {said:?}");
    assert!(said[0].ends_with("! Ответим утром."), "one of the variants: {said:?}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_day_and_to_what_is_filtered_nobody_answers() {
    let world = World::start_live().await;
    let olga = world.operator();
    let words = json!({ "filter.mode": "except", "filter.words": "реклам*" });
    olga.sets_rules(VK, answering(("22:00", "06:00"), words)).await;
    let pest = world.customer("vk", "Оптовик");
    pest.writes("Реклама").unwrap();
    let filtered = olga.sees_filtered("Реклама").await;
    olga.sets_rules(VK, answering(("09:00", "22:00"), json!({}))).await;
    let anna = world.customer("vk", "Анна");
    anna.writes("Вы работаете?").unwrap();
    let talk = olga.sees("Вы работаете?").await;
    // What is said to a third person comes after whatever would have been said to these two.
    olga.sets_rules(VK, answering(("22:00", "06:00"), json!({}))).await;
    world.customer("vk", "Пётр").writes("Есть кто?").unwrap();
    olga.sees("Ответим утром").await;
    assert_eq!((automatic(&olga, talk).await, automatic(&olga, filtered).await), (0, 0));
    assert_eq!((anna.sees().len(), pest.sees().len()), (0, 0));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_robots_stop_talking() {
    let world = World::start_live().await;
    let olga = world.operator();
    let rules = answering(("00:00", "00:00"), json!({ "auto_reply.text": "Мы закрыты" }));
    olga.sets_rules(VK, rules).await;
    let [parrot, robot, asker] = ["Попугай", "Робот", "Почемучка"].map(|name| world.customer("vk", name));
    for n in 1..=8 {
        parrot.writes(if n == 1 { "Привет" } else { "мы закрыты!" }).unwrap();
        robot.writes("Ваше мнение важно для нас").unwrap();
        asker.writes(&format!("Вопрос {n}")).unwrap();
        olga.sees(&format!("Вопрос {n}")).await;
    }
    let talk = olga.sees("Вопрос 8").await;
    assert_eq!(automatic(&olga, talk).await, 5, "the limit of a conversation");
    assert_eq!(parrot.sees(), ["Мы закрыты"], "our own words come back");
    assert_eq!(robot.sees().len(), 2, "the same words for the third time");
    world.stop().await;
}
