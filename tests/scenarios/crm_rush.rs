//! A rush of clients on services that keep to their limits: the CRM never has to say «too fast» (that would be a warning
//! in the log), and everything arrives once and in order.

use serde_json::{Value, json};
use tests::{World, eventually};

const CLIENTS: usize = 3;
const MESSAGES: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chats_of_amocrm_take_what_seven_calls_a_second_carry() {
    rush("amocrm", json!({ "mode": "chats" })).await;
}

async fn rush(crm: &'static str, settings: Value) {
    let world = World::start_for_crm(true).await;
    let office = world.connect_office(crm, settings).await;
    let names: Vec<String> = (1..=CLIENTS).map(|number| format!("Клиент-{number}")).collect();
    let said: Vec<String> = (1..=MESSAGES).map(|number| format!("слово {number}")).collect();
    for text in &said {
        for name in &names {
            world.customer("vk", name).writes(text).unwrap();
        }
    }
    for name in &names {
        eventually(&format!("all that {name} said, in order"), || async {
            (office.words_with(name) == said).then_some(())
        })
        .await;
    }
    office.has_everything(&world).await;
    assert_eq!(office.copies("слово").0, CLIENTS * MESSAGES);
    world.stop().await;
}
