//! The line drops, delays, doubles and reorders; what people wrote and what they got stay equal to what we hold.

use std::collections::BTreeMap;

use sandbox::{
    Customer,
    chaos::{Kind, Trouble},
};
use serde_json::json;
use tests::{NETWORKS, Operator, World};

const PEOPLE: usize = 5;
const EACH: usize = 12;

fn troubles() -> Vec<Trouble> {
    let rare = |kind| Trouble::of(kind).with_probability(0.06);
    vec![
        rare(Kind::Delay { ms: 30 }),
        rare(Kind::LoseRequest),
        rare(Kind::LoseAnswer),
        rare(Kind::HalfAnswer),
        Trouble::of(Kind::Duplicate).with_probability(0.3),
        Trouble::of(Kind::Reorder).with_probability(0.3),
        rare(Kind::TooManyRequests { retry_after: 1 }),
        rare(Kind::ServerError { status: 502 }),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_rough_line_nothing_is_lost_and_nothing_is_doubled() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        troubles()
            .into_iter()
            .for_each(|trouble| world.trouble(network.vendor, trouble));
        let people: Vec<Customer> = (0..PEOPLE)
            .map(|n| world.customer(network.vendor, &format!("Человек {n} {}", network.vendor)))
            .collect();
        for n in 0..EACH {
            people.iter().for_each(|person| {
                drop(
                    person
                        .writes(&format!("вопрос {n} от {}", person.person.first_name))
                        .unwrap(),
                )
            });
            tokio::task::yield_now().await;
        }
        for person in &people {
            let talk = everything_arrived(&olga, person).await;
            for n in 0..EACH / 2 {
                olga.answers(talk, &format!("ответ {n}")).await;
            }
        }
        for person in &people {
            everything_went_out(&olga, person).await;
        }
        world.sandbox.vendor(network.vendor).unwrap().chaos.clear();
    }
    world.stop_expecting(&["not sent", "session ended"]).await;
}

/// The store holds what the person sent: each once.
async fn everything_arrived(olga: &Operator, person: &Customer) -> tests::Talk {
    let name = person.person.name();
    olga.until(&format!("all of {name}"), || async {
        let row = olga.list().await.into_iter().find(|row| row["title"] == json!(name))?;
        let talk = tests::Talk(domain::ConversationId(row["id"].as_i64()?));
        let mut texts = olga.texts(talk).await;
        texts.sort();
        let mut wanted: Vec<String> = (0..EACH)
            .map(|n| format!("вопрос {n} от {}", person.person.first_name))
            .collect();
        wanted.sort();
        assert!(texts.len() <= wanted.len(), "doubled: {texts:?}");
        (texts == wanted).then_some(talk)
    })
    .await
}

/// The person got what the operator sent: each at most once, and where nobody knows, the operator is asked.
async fn everything_went_out(olga: &Operator, person: &Customer) {
    let name = person.person.name();
    let outcome = olga
        .until(&format!("all answers to {name} settled"), || async {
            let row = olga.list().await.into_iter().find(|row| row["title"] == json!(name))?;
            let talk = tests::Talk(domain::ConversationId(row["id"].as_i64()?));
            let ours: Vec<_> = olga
                .reads(talk)
                .await
                .into_iter()
                .filter(|message| message["direction"] == "out")
                .collect();
            let settled = |message: &&serde_json::Value| {
                message["tick"] == "sent" || message["tick"] == "read" || message["delivery"]["state"] == "uncertain"
            };
            (ours.iter().filter(settled).count() == EACH / 2).then_some(ours)
        })
        .await;
    let mut got: BTreeMap<String, usize> = BTreeMap::new();
    person
        .sees()
        .into_iter()
        .for_each(|text| *got.entry(text).or_default() += 1);
    for message in outcome {
        let copies = got.get(message["text"].as_str().unwrap()).copied().unwrap_or(0);
        match message["delivery"]["state"].as_str() {
            Some("uncertain") => assert!(copies <= 1, "{name}: {message}"),
            _ => assert_eq!(copies, 1, "{name}: {message}"),
        }
    }
}
