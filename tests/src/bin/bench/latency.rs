//! A single message: from the moment the network has it to the event in the window.

use std::time::{Duration, Instant};

use api::changes::Change;
use futures::StreamExt;
use tests::{NETWORKS, World};

use crate::figure::{Figure, Goal, Report, percentile};

const ROUNDS: usize = 200;

pub(crate) async fn measure(report: &mut Report) {
    let world = World::start().await;
    for network in NETWORKS {
        let anna = world.customer(network.vendor, "Анна");
        anna.writes("Здравствуйте").unwrap();
        world.operator().sees("Здравствуйте").await;
        let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
        for n in 0..ROUNDS {
            // What the last message still had to say is over.
            tokio::time::sleep(Duration::from_millis(30)).await;
            let mut changes = world.app.changes();
            let began = Instant::now();
            anna.writes(&format!("Вопрос {n}")).unwrap();
            while !matches!(changes.next().await, Some(Change::Messages { .. })) {}
            times.push(began.elapsed());
        }
        let name = format!(
            "one message from {} to the window's event, p99 of {ROUNDS}",
            network.vendor
        );
        let value = percentile(&mut times, 0.99);
        report.add(Figure {
            name,
            value,
            unit: "ms",
            against: None,
            goal: Some(Goal::AtMost(20.0)),
        });
    }
    world.stop_expecting(&[""]).await;
}
