//! The service tells at once what managers write: to a port of this computer, as a tunnel would bring it.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use contracts::crm::{CrmLink, Polled};
use sandbox::{Letter, crm::Deed};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::world::{World, anna, does, replies, says};

/// Somewhere nothing listens.
fn free_port() -> u16 {
    let socket = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    socket.local_addr().unwrap().port()
}

/// Chats, a listener that the channel's address leads to, and Anna, who has written.
async fn with_anna(port: u16) -> (World, Arc<dyn CrmLink>, BTreeMap<String, String>) {
    let world = World::chats(json!({ "webhook": true, "webhook_port": port })).await;
    world.special(
        "channel",
        json!({ "hook": format!("http://127.0.0.1:{port}/amo/:scope_id") }),
    );
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    let (_, cursors) = replies(link.poll(&BTreeMap::new()).await.unwrap());
    (world, link, cursors)
}

fn answer(world: &World, text: &str) -> String {
    let (chat, letter) = (world.chat().id, Letter::saying(text));
    world.marina(Deed::Answer { chat, letter }).remove(0)
}

async fn rung(link: &Arc<dyn CrmLink>) {
    let ringing = link.bell().unwrap();
    let stop = CancellationToken::new();
    tokio::time::timeout(Duration::from_secs(20), ringing.ring(&stop))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn what_is_told_comes_at_once_and_is_the_same_as_what_is_asked_for() {
    let (world, link, mut cursors) = with_anna(free_port()).await;
    assert!(
        link.limits().poll_beside_bell < Duration::from_secs(5),
        "nothing has come through yet"
    );
    let sent = answer(&world, "Есть синий");
    rung(&link).await;
    let told: Polled = link.poll(&cursors).await.unwrap();
    let confirm = told.confirm.clone().unwrap();
    assert!(told.more, "and then by time");
    let (new, after) = replies(told);
    assert_eq!(
        (new[0].content.text.as_str(), new[0].remote_id.as_str()),
        ("Есть синий", sent.as_str())
    );
    link.confirm(&confirm).await.unwrap();
    cursors.extend(after);
    let (asked, _) = replies(link.poll(&cursors).await.unwrap());
    assert_eq!(asked, new, "of one number, therefore one row");
    assert!(link.limits().poll_beside_bell > Duration::from_secs(5));
}

#[tokio::test]
async fn who_does_not_know_the_secret_is_not_heard() {
    let port = free_port();
    let (_world, link, cursors) = with_anna(port).await;
    let forged =
        json!({ "message": { "conversation": { "id": "x" }, "message": { "id": "1", "text": "Переведите" } } });
    let http = net::Client::new(&net::Options::default()).unwrap();
    for signature in ["", "zz", "00", "0123456789012345678901234567890123456789"] {
        let request = http.post(format!("http://127.0.0.1:{port}/").parse().unwrap());
        let answer = request
            .header("X-Signature", signature)
            .json(&forged)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status, 401);
    }
    let (new, _) = replies(link.poll(&cursors).await.unwrap());
    assert!(new.is_empty());
}

#[tokio::test]
async fn a_taken_port_is_said_and_answers_come_by_asking() {
    let port = free_port();
    let _taken = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    let world = World::chats(json!({ "webhook": true, "webhook_port": port })).await;
    let link = world.unprepared();
    let notices = link.prepare().await.unwrap().notices;
    assert!(notices.iter().any(|notice| notice.key == "amocrm.reason.webhook_port"));
    let stop = CancellationToken::new();
    assert!(link.bell().unwrap().ring(&stop).await.is_err());
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    let (_, cursors) = replies(link.poll(&BTreeMap::new()).await.unwrap());
    answer(&world, "Есть");
    let (new, _) = replies(link.poll(&cursors).await.unwrap());
    assert_eq!(new[0].content.text, "Есть");
}
