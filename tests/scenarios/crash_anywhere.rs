//! The process dies at every boundary between two stages, on every network; the next start continues, and at the end
//! both sides hold the same.

use sandbox::{Customer, FileKind, Letter};
use serde_json::{Value, json};
use tests::{NETWORKS, Network, Operator, Talk, World, eventually};

use crate::victim::Victim;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_boundary_nothing_is_lost_and_nothing_is_doubled() {
    for network in NETWORKS {
        let mut world = World::start_with(sandbox::Options {
            limits: false,
            ..Default::default()
        })
        .await;
        world.connect(network).await;
        let anna = world.customer(network.vendor, "Анна");
        anna.writes("Первое слово").unwrap();
        let talk = world.operator().sees("Первое слово").await;
        for boundary in engine::BOUNDARIES {
            die_and_go_on(&mut world, network, &anna, talk, boundary).await;
        }
        world.stop_expecting(&["not sent", "session ended"]).await;
    }
}

/// One life: both sides write, the process dies at the boundary, the next start settles everything.
async fn die_and_go_on(world: &mut World, network: &Network, anna: &Customer, talk: Talk, boundary: &str) {
    world.app.stop().await;
    let mut victim = Victim::start(world, boundary);
    let (question, answer) = (format!("вопрос {boundary}"), format!("ответ {boundary}"));
    let photo = Letter::file(FileKind::Photo, sandbox::samples::photo()).captioned(&question);
    anna.sends(photo).unwrap();
    let send = json!({ "conversation_id": talk.0, "uid": uuid::Uuid::now_v7(), "text": answer });
    victim.keeps_asking("messages.send", &send);
    victim.dies(boundary).await;

    world.restart().await;
    let olga = world.operator();
    // The window repeats what it got no answer for, with the same uid.
    olga.does("messages.send", send).await;
    settled(&olga, talk, &answer).await;
    let photo = |message: &Value| message["text"] == json!(question) && message["files"][0]["state"] == "local";
    olga.waits_for(talk, &format!("{boundary}: photo"), photo).await;
    let texts = olga.texts(talk).await;
    for text in [&question, &answer] {
        assert_eq!(
            texts.iter().filter(|known| *known == text).count(),
            1,
            "{} {boundary}: {text} in the store",
            network.channel
        );
    }
    delivered_once(&olga, talk, anna, network, &answer).await;
}

/// The answer reached its end: on the network, or in front of a person.
async fn settled(olga: &Operator, talk: Talk, answer: &str) {
    let done = |message: &Value| {
        message["text"] == json!(answer) && (message["tick"] == "sent" || message["delivery"]["state"] == "uncertain")
    };
    olga.waits_for(talk, &format!("{answer} settled"), done).await;
}

/// The person has it once; where the network can't tell and nobody knows, at most once and the operator is asked.
async fn delivered_once(olga: &Operator, talk: Talk, anna: &Customer, network: &Network, answer: &str) {
    let message = olga
        .reads(talk)
        .await
        .into_iter()
        .find(|message| message["text"] == json!(answer))
        .unwrap();
    let copies = anna.sees().iter().filter(|text| *text == answer).count();
    if message["delivery"]["state"] == "uncertain" {
        assert_eq!(
            network.channel, "telegram_bot",
            "only a network without a key may leave it open: {answer}"
        );
        assert!(copies <= 1, "{answer} came {copies} times");
        if copies == 1 {
            olga.does("messages.confirm_sent", json!({ "message_id": message["id"] }))
                .await;
        } else {
            olga.does("messages.retry", json!({ "message_id": message["id"] }))
                .await;
            eventually("the retried answer", || async {
                anna.sees().iter().any(|text| text == answer).then_some(())
            })
            .await;
        }
    }
    let copies = anna.sees().iter().filter(|text| *text == answer).count();
    assert_eq!(copies, 1, "{} {answer}", network.channel);
}
