//! From the call to its JSON, on the large workspace.

use std::time::{Duration, Instant};

use api::App;
use serde_json::{Value, json};

use crate::{
    figure::{Figure, Goal, Report, percentile},
    people::Dice,
};

const ROUNDS: usize = 300;

pub(crate) async fn measure(report: &mut Report, app: &App) {
    let (messages, conversations) = (crate::messages(), crate::conversations());
    let open = |n: usize| {
        // Nearly all of them got a message; the last ids may not exist.
        let id = Dice::new(n as u64 + 99).throw(conversations * 9 / 10) + 1;
        json!({ "conversation_id": id, "from": { "at": "newest" } })
    };
    let rare = |n: usize| json!({ "text": format!("уникальное{}", Dice::new(n as u64).throw(messages / 5000) * 5000) });
    let list = |_| json!({});
    let everyday = ["диван", "доставка", "спасибо"];
    let common = |n: usize| json!({ "text": everyday[n % 3] });
    p95(report, app, "first page of the list", "conversations.list", 5.0, list).await;
    p95(
        report,
        app,
        "open a conversation, newest 50",
        "messages.list",
        5.0,
        open,
    )
    .await;
    p95(report, app, "search for a rare word", "search", 20.0, rare).await;
    p95(report, app, "search for a common word", "search", 50.0, common).await;
    let unread = |_| json!({ "filter": "unread" });
    p95(
        report,
        app,
        "first page of unread ones",
        "conversations.list",
        5.0,
        unread,
    )
    .await;
    p95(
        report,
        app,
        "counts beside the list",
        "conversations.counts",
        20.0,
        |_| json!({}),
    )
    .await;
}

pub(crate) async fn p95(
    report: &mut Report,
    app: &App,
    what: &str,
    call: &str,
    goal: f64,
    payload: impl Fn(usize) -> Value,
) {
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
    for n in 0..ROUNDS {
        let payload = payload(n);
        let began = Instant::now();
        let answer = app.call(call, payload).await.unwrap();
        let text = answer.to_string();
        times.push(began.elapsed());
        assert!(!text.is_empty());
    }
    let name = format!(
        "{what}, {} messages, {} conversations, p95",
        crate::messages(),
        crate::conversations()
    );
    let value = percentile(&mut times, 0.95);
    report.add(Figure {
        name,
        value,
        unit: "ms",
        against: None,
        goal: Some(Goal::AtMost(goal)),
    });
}
