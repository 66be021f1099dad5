//! The process dies at every boundary on the way to a CRM and back; the next start continues, and at the end both sides
//! hold the same, once.

use sandbox::Customer;
use serde_json::json;
use tests::{NETWORKS, Talk, World, eventually};

use crate::victim::Victim;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_boundary_the_crm_and_the_client_have_everything_once() {
    let mut world = World::start_with(sandbox::Options {
        limits: false,
        ..Default::default()
    })
    .await;
    let network = NETWORKS.iter().find(|network| network.vendor == "vk").unwrap();
    world.connect(network).await;
    world.connect_crm().await;
    let anna = world.customer(network.vendor, "Анна");
    anna.writes("Первое слово").unwrap();
    let talk = world.operator().sees("Первое слово").await;
    // The manager answers where the CRM shows a chat.
    eventually("Anna in the CRM", || async { world.crm.chat_with("Анна").pop() }).await;
    for boundary in engine::CRM_BOUNDARIES {
        die_and_go_on(&mut world, &anna, talk, boundary).await;
    }
    let contacts = world.crm.done().into_iter().filter(|line| line["what"] == "contact");
    // Those who spoke for the first time while the process was dying.
    assert_eq!(contacts.count(), 1 + engine::CRM_BOUNDARIES.len());
    world.stop_expecting(&["not sent", "session ended", "link down"]).await;
}

/// One life: a client and a newcomer write, the manager answers, the process dies at the boundary, the next start
/// settles everything.
async fn die_and_go_on(world: &mut World, anna: &Customer, talk: Talk, boundary: &str) {
    world.app.stop().await;
    let question = format!("вопрос {boundary}");
    let answer = format!("ответ {boundary}");
    let newcomer = world.customer("vk", &format!("Новый {boundary}"));
    anna.writes(&question).unwrap();
    newcomer.writes(&format!("я {boundary}")).unwrap();
    world.crm.manager_writes("Анна", &answer);
    let mut victim = Victim::start(world, boundary);
    victim.keeps_asking("links.list", &json!({}));
    victim.dies(boundary).await;

    world.restart().await;
    let olga = world.operator();
    olga.sees(&format!("я {boundary}")).await;
    eventually(&format!("{boundary}: the answer at Anna's"), || async {
        anna.sees().contains(&answer).then_some(())
    })
    .await;
    eventually(&format!("{boundary}: both in the CRM"), || async {
        let here = world.crm.chat_with("Анна").contains(&question);
        let there = world.crm.chat_with(&format!("Новый {boundary}")).len() == 1;
        (here && there).then_some(())
    })
    .await;
    world.queue_is_empty().await;
    let copies = |texts: Vec<String>, wanted: &str| texts.iter().filter(|text| *text == wanted).count();
    assert_eq!(
        copies(world.crm.chat_with("Анна"), &question),
        1,
        "{boundary}: {question} in the CRM"
    );
    assert_eq!(copies(anna.sees(), &answer), 1, "{boundary}: {answer} at Anna's");
    assert_eq!(
        copies(world.crm.chat_with("Анна"), &answer),
        0,
        "{boundary}: it came from there"
    );
    assert_eq!(
        copies(olga.texts(talk).await, &answer),
        1,
        "{boundary}: {answer} in the store"
    );
}
