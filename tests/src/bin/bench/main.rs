//! Speed and size, measured side by side with the physical limit in the same run.
//!
//! `bench [NAME…] [--json]`: without names all of them. Sizes come from `BESEDKA_BENCH_MESSAGES` and
//! `BESEDKA_BENCH_CONVERSATIONS` (1 000 000 and 100 000).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a measuring program fails loudly and talks on stdout"
)]

mod figure;
mod filters;
mod ingest;
mod latency;
mod people;
mod queries;
mod search_index;

use figure::Report;

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
    if is("ingest") || is("queries") {
        let full = ingest::measure(&mut report).await;
        if is("queries") {
            queries::measure(&mut report, &full).await;
        }
        full.app.stop().await;
    }
    report.finish();
}

/// Messages of the large workspace.
fn messages() -> usize {
    from_environment("BESEDKA_BENCH_MESSAGES", 1_000_000)
}

/// Conversations of the large workspace.
fn conversations() -> usize {
    from_environment("BESEDKA_BENCH_CONVERSATIONS", 100_000)
}

fn from_environment(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}
