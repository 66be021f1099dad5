//! What rules cost the pipeline: the same flood through accounts with a thousand of them and through accounts without.

use serde_json::json;
use tests::Place;

use crate::{
    figure::{Figure, Goal, Report},
    filters,
    ingest::{self, Load, Rules},
};

const MESSAGES: usize = 60_000;
const CONVERSATIONS: usize = 20_000;
/// Runs of each, in turn; the medians count.
const ROUNDS: usize = 5;

pub(crate) async fn measure(report: &mut Report) {
    let rules = Rules::from([
        ("filter.mode".to_owned(), json!("except")),
        ("filter.words".to_owned(), json!(filters::rules().join("\n"))),
        ("filter.emoji".to_owned(), json!(true)),
        ("filter.black_list".to_owned(), json!("+7 900 000-00-00")),
    ]);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.push(rate(&Rules::new()).await);
        with.push(rate(&rules).await);
    }
    report.add(Figure {
        name: format!(
            "ingest with {} rules on every account, {MESSAGES} messages, {CONVERSATIONS} conversations",
            filters::RULES
        ),
        value: median(with),
        unit: "msg/s",
        against: Some(("the same without rules".to_owned(), median(without))),
        goal: Some(Goal::RatioAtLeast(0.9)),
    });
}

async fn rate(rules: &Rules) -> f64 {
    let place = Place::default();
    let load = Load {
        rules: rules.clone(),
        ..Load::of(MESSAGES, CONVERSATIONS)
    };
    let (rate, _, app) = ingest::pipeline(&place, &load).await;
    app.stop().await;
    rate
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
