//! Speed and size, measured side by side with the physical limit in the same run.
//!
//! `bench [NAME…] [--json]`: without names all of them. Sizes come from `BESEDKA_BENCH_MESSAGES` and
//! `BESEDKA_BENCH_CONVERSATIONS` (1 000 000 and 100 000), for the backlog of a CRM from `BESEDKA_BENCH_BACKLOG` (100 000).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a measuring program fails loudly and talks on stdout"
)]

mod analytics;
#[cfg(target_os = "linux")]
mod backlog;
mod crm;
mod export;
mod figure;
mod filters;
mod ingest;
mod judging;
mod latency;
mod people;
mod queries;
mod search_index;
#[cfg(target_os = "linux")]
mod window;

use api::App;
use figure::Report;
use ingest::Full;
use tests::Place;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let wanted: Vec<&String> = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let is = |name: &str| wanted.is_empty() || wanted.iter().any(|one| *one == name);
    let mut report = Report::new(json);
    if is("filters") {
        filters::measure(&mut report);
    }
    if is("search_index") {
        search_index::measure(&mut report).await;
    }
    if is("latency") {
        latency::measure(&mut report).await;
    }
    if is("judging") {
        judging::measure(&mut report).await;
    }
    if is("crm") {
        crm::measure(&mut report).await;
    }
    #[cfg(target_os = "linux")]
    if is("backlog") {
        backlog::measure(&mut report).await;
    }
    let window = cfg!(target_os = "linux") && is("window");
    if window || ["ingest", "queries", "analytics", "export"].into_iter().any(is) {
        large_workspace(&mut report, is, window).await;
    }
    report.finish();
}

async fn large_workspace(report: &mut Report, is: impl Fn(&str) -> bool, window: bool) {
    let place = if window { in_keyring() } else { Place::default() };
    let Full { app, place } = ingest::measure(report, place).await;
    // At rest: counting what came in goes on for a while after a flood.
    analytics::count(report, &app).await;
    if is("queries") {
        queries::measure(report, &app).await;
    }
    if is("analytics") {
        analytics::measure(report, &app).await;
    }
    if is("export") {
        export::measure(report, &app).await;
    }
    if window {
        behind_window(report, app, &place).await;
    } else {
        app.stop().await;
    }
}

#[cfg(target_os = "linux")]
fn in_keyring() -> Place {
    window::unlock_keyring();
    window::place()
}

#[cfg(target_os = "linux")]
async fn behind_window(report: &mut Report, app: App, place: &Place) {
    window::is_at_home(&app).await;
    app.stop().await;
    window::measure(report, place).await;
}

/// Elsewhere nobody reads a window's pixels or its processes' memory.
#[cfg(not(target_os = "linux"))]
fn in_keyring() -> Place {
    Place::default()
}

#[cfg(not(target_os = "linux"))]
async fn behind_window(_: &mut Report, app: App, _: &Place) {
    app.stop().await;
}

/// Messages of the large workspace.
fn messages() -> usize {
    from_environment("BESEDKA_BENCH_MESSAGES", 1_000_000)
}

/// Conversations of the large workspace.
fn conversations() -> usize {
    from_environment("BESEDKA_BENCH_CONVERSATIONS", 100_000)
}

/// Messages that wait for a CRM.
#[cfg(target_os = "linux")]
fn backlog() -> usize {
    from_environment("BESEDKA_BENCH_BACKLOG", 100_000)
}

fn from_environment(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}
