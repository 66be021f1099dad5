//! Figures for managers: true after whatever has happened, and as a manager reads them.

mod office;

use serde_json::{Value, json};
use store::testkit::figures;
use tests::{Operator, World};

use self::office::Office;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_sees_who_wrote_and_how_soon_olga_answered() {
    let world = World::start().await;
    let olga = world.operator();
    let mut profile = olga.does("boot", json!({})).await["profile"].clone();
    profile["name"] = "Ольга".into();
    olga.does("profile.save", profile).await;
    world.customer("vk", "Анна").writes("Есть ли диван?").unwrap();
    world.customer("telegram_bot", "Павел").writes("Нужны колодки").unwrap();
    let anna = olga.sees("диван").await;
    olga.sees("колодки").await;
    let sent = olga.answers(anna, "Есть").await;
    olga.sees_tick(anna, sent, "sent").await;

    let page = looks(&olga).await;
    assert_eq!(
        (
            &page["totals"]["firsts"],
            &page["totals"]["asked"],
            &page["totals"]["answered"]
        ),
        (&json!(2), &json!(2), &json!(1)),
        "{page}"
    );
    assert!(page["totals"]["median_ms"].is_number());
    assert_eq!(page["waiting"]["all"], 1);
    let operators: Vec<&Value> = page["operators"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["name"] == "Ольга")
        .collect();
    assert_eq!((operators.len(), &operators[0]["conversations"]), (1, &json!(1)));
    let written: i64 = page["hours"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|day| day.as_array().unwrap())
        .map(|n| n.as_i64().unwrap())
        .sum();
    assert_eq!(written, 2);
    assert_eq!(page["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(page["sources"][0]["clients"], 2);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_needs_no_answer_waits_no_more_and_spoils_no_figure() {
    let world = World::start().await;
    let olga = world.operator();
    world.customer("vk", "Анна").writes("Спасибо, до свидания!").unwrap();
    let anna = olga.sees("до свидания").await;
    let change = json!({ "conversation_ids": [anna.0], "waiting": false });
    olga.does("conversations.change", change).await;
    let page = looks(&olga).await;
    assert_eq!(
        (&page["totals"]["asked"], &page["waiting"]["all"]),
        (&json!(0), &json!(0)),
        "{page}"
    );
    assert_eq!(page["totals"]["dismissed"], 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hours_that_cannot_be_worked_are_refused_at_their_field() {
    let world = World::start().await;
    let olga = world.operator();
    let mut hours = olga.does("analytics.settings", json!({})).await;
    hours["days"] = json!([false, false, false, false, false, false, false]);
    assert_eq!(
        olga.may_not("analytics.save_settings", hours.clone()).await,
        "analytics.error.no_working_day"
    );
    hours["days"][0] = true.into();
    hours["from_minutes"] = 1440.into();
    assert_eq!(
        olga.may_not("analytics.save_settings", hours).await,
        "analytics.error.no_time"
    );
    let backwards = json!({ "first_day": "2026-11-02", "last_day": "2026-11-01" });
    assert_eq!(
        olga.may_not("analytics.overview", backwards).await,
        "exports.error.backwards"
    );
    world.stop().await;
}

/// Today and the days around it, when everything is counted.
async fn looks(olga: &Operator) -> Value {
    let ask = json!({ "first_day": "2020-01-01", "last_day": "2029-12-30" });
    olga.until("everything counted", || async {
        let page = olga.does("analytics.overview", ask.clone()).await;
        (page["behind"] == 0).then_some(page)
    })
    .await
}

/// Whatever happens to messages, in whatever order, with counting at any moment between: the figures are those of
/// counting everything at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_anything_the_figures_are_those_of_counting_everything_at_once() {
    for seed in 1..=5 {
        let mut office = Office::open(seed).await;
        for _ in 0..220 {
            office.something_happens().await;
        }
        office.count_all().await;
        assert_eq!(
            figures(office.store()).await.unwrap(),
            office.all_at_once().await,
            "seed {seed}"
        );
        office.looks_true(seed).await;
        office.store().close().await;
    }
}
