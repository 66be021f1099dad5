//! A rush of clients on services that keep to their limits: the CRM never has to say «too fast» (that would be a warning
//! in the log), and everything arrives once and in order.

use serde_json::{Value, json};
use tests::{World, eventually};

/// Without digits: a portal takes none in a name.
const CLIENTS: [&str; 3] = ["Анна", "Борис", "Вера"];
const MESSAGES: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chats_of_amocrm_take_what_seven_calls_a_second_carry() {
    rush("amocrm", json!({ "mode": "chats" })).await;
}

async fn rush(crm: &'static str, settings: Value) {
    let world = World::start_for_crm(true).await;
    let office = world.connect_office(crm, settings).await;
    let said: Vec<String> = (1..=MESSAGES).map(|number| format!("слово {number}")).collect();
    for text in &said {
        for name in CLIENTS {
            world.customer("vk", name).writes(text).unwrap();
        }
    }
    for name in CLIENTS {
        eventually(&format!("all that {name} said, in order"), || async {
            (office.words_with(name) == said).then_some(())
        })
        .await;
    }
    office.has_everything(&world).await;
    assert_eq!(office.copies("слово").0, CLIENTS.len() * MESSAGES);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_line_takes_what_two_calls_a_second_carry() {
    rush("bitrix24", json!({ "mode": "lines", "layout": "one", "one_line": "1" })).await;
}
