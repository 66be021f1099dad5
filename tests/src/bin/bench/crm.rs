//! CRMs at the rates their makers allow: how late one message is, and how a long queue drains.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Office, World};

use crate::figure::{Figure, Goal, Report, percentile};

/// Between two looks at whether the call has come.
const LOOK: Duration = Duration::from_micros(200);

/// A CRM and the way messages take into it.
pub(crate) struct Way {
    pub(crate) crm: &'static str,
    pub(crate) name: &'static str,
    settings: fn() -> Value,
    /// The calls that bring messages, as orders of trouble name them; in cards they are all made to that end.
    carries: &'static str,
}

impl Way {
    pub(crate) async fn office(&self, world: &World) -> Office {
        world.connect_office(self.crm, (self.settings)()).await
    }

    pub(crate) fn carried(&self, office: &Office) -> u64 {
        office.chaos().calls_on(self.carries)
    }
}

pub(crate) static AMO_CHATS: Way = Way {
    crm: "amocrm",
    name: "amoCRM, chats",
    settings: || json!({ "mode": "chats" }),
    carries: "new_message",
};

pub(crate) static AMO_CARDS: Way = Way {
    crm: "amocrm",
    name: "amoCRM, notes in cards",
    settings: || json!({ "mode": "append" }),
    carries: "*",
};

pub(crate) static BX_LINES: Way = Way {
    crm: "bitrix24",
    name: "Bitrix24, open line",
    settings: || json!({ "mode": "lines", "layout": "one", "one_line": "1" }),
    carries: "imconnector.send.messages",
};

pub(crate) async fn measure(report: &mut Report) {
    // Slower than the rate: what is measured is our own way, not the queue at the counter.
    latency(report, &AMO_CHATS, 200, Duration::from_millis(200)).await;
    latency(report, &BX_LINES, 100, Duration::from_millis(600)).await;
}

/// From the moment the network has a message to the moment the CRM has the call.
async fn latency(report: &mut Report, way: &Way, rounds: usize, pause: Duration) {
    let world = World::start_for_crm(true).await;
    let office = way.office(&world).await;
    let anna = world.customer("vk", "Анна");
    anna.writes("Здравствуйте").unwrap();
    office.has_everything(&world).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let mut times: Vec<Duration> = Vec::with_capacity(rounds);
    for n in 0..rounds {
        let before = way.carried(&office);
        let began = Instant::now();
        anna.writes(&format!("Вопрос {n}")).unwrap();
        while way.carried(&office) == before {
            tokio::time::sleep(LOOK).await;
        }
        times.push(began.elapsed());
        tokio::time::sleep(pause).await;
    }
    let median = percentile(&mut times, 0.5);
    report.add(Figure {
        name: format!(
            "one message to {}: network to the CRM's call, p99 of {rounds}",
            way.name
        ),
        value: percentile(&mut times, 0.99),
        unit: "ms",
        against: Some(("median".to_owned(), median)),
        goal: Some(Goal::AtMost(100.0)),
    });
    office.has_everything(&world).await;
    world.stop_expecting(&[""]).await;
}
