//! Counting everything once, then every page of the figures.

use std::time::Instant;

use api::App;
use serde_json::json;

use crate::{
    figure::{Figure, Report},
    queries::p95,
};

/// Returns when nothing is left to count.
pub(crate) async fn count(report: &mut Report, app: &App) {
    let store = app.engine().store();
    let began = Instant::now();
    while store::reports::counting::behind(store.read()).await.unwrap() > 0 {
        app.call(
            "analytics.overview",
            json!({ "first_day": "2023-11-14", "last_day": "2023-11-14" }),
        )
        .await
        .unwrap();
    }
    report.add(Figure {
        name: format!(
            "figures: counting what the ingest of {} messages left",
            crate::messages()
        ),
        value: began.elapsed().as_secs_f64(),
        unit: "s",
        against: None,
        goal: None,
    });
}

pub(crate) async fn measure(report: &mut Report, app: &App) {
    for (what, first, last, accounts) in [
        ("a week", "2023-11-15", "2023-11-21", json!([])),
        ("a month", "2023-11-01", "2023-11-30", json!([])),
        ("a quarter", "2023-10-01", "2023-12-31", json!([])),
        ("a year", "2023-01-01", "2023-12-31", json!([])),
        ("a month of one channel", "2023-11-01", "2023-11-30", json!([1])),
    ] {
        let page = |_| json!({ "first_day": first, "last_day": last, "account_ids": accounts });
        p95(
            report,
            app,
            &format!("figures of {what}"),
            "analytics.overview",
            150.0,
            page,
        )
        .await;
    }
    every_message_is_in_them(app).await;
}

/// Fast figures that are wrong would be no figures.
async fn every_message_is_in_them(app: &App) {
    let page = json!({ "first_day": "2023-01-01", "last_day": "2023-12-31" });
    let page = app.call("analytics.overview", page).await.unwrap();
    let written = page["totals"]["incoming"].as_i64().unwrap() + page["totals"]["outgoing"].as_i64().unwrap();
    let stored = store::messages::count(app.engine().store().read()).await.unwrap();
    assert_eq!(written, stored, "every message is in the figures");
}
