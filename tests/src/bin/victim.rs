//! A program that is killed: `victim FOLDER [BOUNDARY NTH]` opens the workspace, obeys one JSON line of stdin after the
//! other (`{"call": name, "payload": …}`), answers each on stdout, and dies by its own hand, as by `kill -9`, when it
//! reaches the boundary for the NTH time.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test program fails loudly and talks on stdout"
)]

use std::{
    path::PathBuf,
    process,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use contracts::{Clock, SystemClock, testkit::FakeCrm};
use serde_json::{Value, json};
use store::{OpenOptions, Store};
use tests::{HastyClock, Place};
use tokio::io::{AsyncBufReadExt, BufReader};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = PathBuf::from(arguments.next().unwrap());
    if let (Some(boundary), Some(nth)) = (arguments.next(), arguments.next()) {
        die_at(&boundary, nth.parse().unwrap());
    }
    let options = OpenOptions {
        file: file.clone(),
        key: Place::KEY,
        program: "victim".to_owned(),
    };
    let crm = FakeCrm::living_in(file.parent().unwrap());
    let store = Store::open(&options).await.unwrap();
    // A story whose time runs fast shares it with us.
    let clock: Arc<dyn Clock> = match std::env::var("STORY_BEGAN") {
        Ok(began) => Arc::new(HastyClock::began(began.parse().unwrap())),
        Err(_) => Arc::new(SystemClock),
    };
    let app = tests::start(store, clock, file, crm).await;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        let order: Value = serde_json::from_str(&line).unwrap();
        let answer = app
            .call(order["call"].as_str().unwrap(), order["payload"].clone())
            .await;
        println!(
            "{}",
            json!({ "ok": answer.is_ok(), "answer": answer.unwrap_or_default() })
        );
    }
    app.stop().await;
}

/// `abort` runs no destructor and flushes nothing: to the files it is the same as `kill -9`.
fn die_at(boundary: &str, nth: usize) {
    let reached = AtomicUsize::new(0);
    let die = move || {
        if reached.fetch_add(1, Ordering::SeqCst) + 1 == nth {
            process::abort();
        }
    };
    fail::cfg_callback(boundary, die).unwrap();
}
