//! The living people, on whatever networks there are: nothing here names one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // helpers of tests

#[path = "../common/mod.rs"]
mod common;

use sandbox::{Options, Part, People, Person, PhoneMessage, Running, Sandbox};
use std::collections::HashSet;
use std::time::Duration;

async fn world(people: People) -> Sandbox {
    Sandbox::start(Options {
        limits: false,
        people: Some(people),
        ..Options::default()
    })
    .await
    .unwrap()
}

fn thread(running: &Running, person: &Person) -> Vec<PhoneMessage> {
    let chats = running.vendor.phone(&person.id).unwrap();
    chats
        .into_iter()
        .find(|chat| chat.chat == person.chat)
        .map(|chat| chat.messages)
        .unwrap_or_default()
}

fn kind(part: &Part) -> String {
    let told = serde_json::to_value(part).unwrap();
    told.get("shown_as")
        .unwrap_or(&told["part"])
        .as_str()
        .unwrap()
        .to_owned()
}

async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..1500 {
        if let Some(found) = look() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("still waiting for {what}")
}

#[tokio::test]
async fn forty_and_more_people_have_a_past_spread_over_the_networks() {
    let sandbox = world(People {
        per_minute: 0.0,
        ..People::default()
    })
    .await;
    let mut kinds = HashSet::new();
    for running in sandbox.world().vendors.iter() {
        let people = running.vendor.people();
        assert!(
            people.len() >= 20,
            "{} has {} people",
            running.vendor.id(),
            people.len()
        );
        for person in &people {
            let messages = thread(running, person);
            assert!(
                (3..=40).contains(&messages.len()),
                "{}: {}",
                person.name(),
                messages.len()
            );
            assert!(messages.is_sorted_by_key(|message| message.at), "{}", person.name());
            kinds.extend(messages.iter().flat_map(|message| &message.parts).map(kind));
        }
    }
    for wanted in ["photo", "voice", "document", "sticker", "location"] {
        assert!(kinds.contains(wanted), "nobody sent a {wanted}: {kinds:?}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn they_write_by_themselves_and_newcomers_appear() {
    let lively = People {
        count: 6,
        per_minute: 3000.0,
        pace: 0.01,
        seed: 7,
    };
    let sandbox = world(lively).await;
    let vendors = &sandbox.world().vendors;
    let people = || {
        vendors
            .iter()
            .map(|running| running.vendor.people().len())
            .sum::<usize>()
    };
    until("a newcomer", || (people() > 6).then_some(())).await;
    let mut news = sandbox.world().news.listen();
    for _ in 0..5 {
        tokio::time::timeout(Duration::from_secs(20), news.recv())
            .await
            .expect("somebody writes")
            .unwrap();
    }
    sandbox.stop().await;
}
