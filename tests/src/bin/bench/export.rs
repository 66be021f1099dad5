//! A spreadsheet of everything, beside the library writing the same cells from memory; and what it takes of memory.

use std::{
    fs,
    time::{Duration, Instant},
};

use api::App;
use domain::At;
use jiff::{civil::DateTime, tz::TimeZone};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::json;
use store::reports::{reading::Reader, rows::Selection};

use crate::figure::{Figure, Goal, Report};

pub(crate) async fn measure(report: &mut Report, app: &App) {
    let idle = memory("VmRSS");
    // The peak counts from here on (proc(5), clear_refs); elsewhere than on Linux it is not measured.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let began = Instant::now();
    let order = json!({ "first_day": "2023-01-01", "last_day": "2024-12-31" });
    let id = app.call("exports.start", order).await.unwrap()["export_id"].clone();
    let row = loop {
        let rows = app.call("exports.list", json!({})).await.unwrap();
        let row = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == id)
            .unwrap()
            .clone();
        assert_ne!(row["status"], "failed", "{row}");
        if row["status"] == "done" {
            break row;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let (seconds, peak) = (began.elapsed().as_secs_f64(), memory("VmHWM"));
    let count = row["rows"].as_i64().unwrap();
    assert_eq!(
        count,
        store::messages::count(app.engine().store().read()).await.unwrap()
    );
    let cells = cells(app).await;
    let raw = tokio::task::spawn_blocking(move || by_the_library(&cells))
        .await
        .unwrap();
    report.add(Figure {
        name: format!("export of {count} messages to a spreadsheet"),
        value: seconds,
        unit: "s",
        against: Some(("rust_xlsxwriter, same cells from memory".to_owned(), raw)),
        goal: Some(Goal::RatioAtMost(1.5)),
    });
    if let (Some(idle), Some(peak)) = (idle, peak) {
        report.add(Figure {
            name: format!("peak memory of that export over idle ({idle:.0} MB)"),
            value: peak - idle,
            unit: "MB",
            against: None,
            goal: Some(Goal::AtMost(150.0)),
        });
    }
}

/// Megabytes of this process.
fn memory(what: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(what))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

type Row = (String, String, String, DateTime, &'static str);

/// The same cells, all of them in memory.
async fn cells(app: &App) -> Vec<Row> {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let all = Selection {
        to: At(i64::MAX),
        ..Selection::default()
    };
    let mut cells = Vec::new();
    let mut reader = Reader::new(app.engine().store().read(), &all);
    loop {
        let page = reader.page(5000).await.unwrap();
        if page.is_empty() {
            return cells;
        }
        cells.extend(page.into_iter().map(|message| {
            let written = zone.to_datetime(jiff::Timestamp::from_second(message.sent_at.secs()).unwrap());
            let context = if message.direction == domain::Direction::Out {
                "Личное (исх)"
            } else {
                "Личное (вх)"
            };
            (
                message.thread.account.clone().unwrap_or_default(),
                message.thread.client.clone(),
                message.text,
                written,
                context,
            )
        }));
    }
}

fn by_the_library(cells: &[Row]) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let mut book = Workbook::new();
    book.set_tempdir(folder.path()).unwrap();
    let moment = Format::new().set_num_format("dd.mm.yyyy hh:mm:ss");
    // As many rows of a sheet as ours.
    for cells in cells.chunks(1_000_000) {
        let sheet = book.add_worksheet_with_constant_memory().unwrap();
        for (row, (channel, client, content, written, context)) in (1..).zip(cells) {
            sheet.write_string(row, 0, channel).unwrap();
            sheet.write_string(row, 1, client).unwrap();
            sheet.write_string(row, 2, content).unwrap();
            sheet.write_datetime_with_format(row, 3, written, &moment).unwrap();
            sheet.write_string(row, 4, *context).unwrap();
        }
    }
    book.save(folder.path().join("raw.xlsx")).unwrap();
    began.elapsed().as_secs_f64()
}
