//! What is said in open lines on its way back, without an address of our own.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use contracts::crm::{CrmEvent, CrmLink, Fate as Became, Polled, Reply, ReplyStatus, ReplyTarget};
use domain::{At, Reason, RemoteId};
use sandbox::{
    FileKind, Letter,
    crm::{Deed, Fate},
    samples,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::world::{World, anna, does, replies, says};

/// Polls and confirms; gives what came.
async fn poll(link: &Arc<dyn CrmLink>, cursors: &mut BTreeMap<String, String>) -> Vec<Reply> {
    let polled = link.poll(cursors).await.unwrap();
    let confirm = polled.confirm.clone();
    let (new, after) = replies(polled);
    cursors.extend(after);
    if let Some(confirm) = confirm {
        link.confirm(&confirm).await.unwrap();
    }
    new
}

fn answer(world: &World, letter: Letter) -> Vec<String> {
    let chat = world.chat().id;
    world.maxim(Deed::Answer { chat, letter })
}

fn became(reply: &Reply, fate: Became) -> ReplyStatus {
    ReplyStatus {
        reply: reply.remote_id.clone(),
        data: reply.data.clone(),
        conversation: None,
        fate,
        at: At(1_700_000_000_000),
    }
}

fn queued(world: &World) -> Value {
    world.special("queue", json!({}))["rows"].clone()
}

#[tokio::test]
async fn an_answer_comes_once_and_is_cleared_only_when_it_is_kept() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    let id = answer(&world, Letter::saying("Есть синий")).remove(0);
    let lost: Polled = link.poll(&BTreeMap::new()).await.unwrap();
    assert_eq!(
        (lost.events.len(), queued(&world)),
        (1, json!(1)),
        "a kill here loses nothing"
    );
    let mut cursors = BTreeMap::new();
    let reply = poll(&link, &mut cursors).await.remove(0);
    assert_eq!(
        (reply.content.text.as_str(), reply.remote_id),
        ("Есть синий", RemoteId::new(format!("im{id}")))
    );
    assert_eq!(reply.author.as_deref(), Some("Максим Орлов"));
    assert_eq!(reply.target, ReplyTarget::Conversation(anna().uid));
    assert_eq!(queued(&world), json!(0));
    assert!(poll(&link, &mut cursors).await.is_empty());
}

#[tokio::test]
async fn what_a_line_says_by_itself_reaches_the_client_on_every_plan() {
    for sources in [false, true] {
        let world = World::app(json!({})).await;
        world.special("portal", json!({ "sources": sources }));
        let link = world.link().await;
        does(&link, &says(&anna(), 1, "Есть диваны?")).await;
        let mut cursors = BTreeMap::new();
        let new = poll(&link, &mut cursors).await;
        let greeting = new
            .iter()
            .find(|reply| reply.content.text.starts_with("Добро пожаловать"));
        assert!(greeting.is_some_and(|reply| reply.automatic), "{sources}: {new:?}");
        let chat = world.chat().id;
        world.maxim(Deed::CloseChat { chat });
        let texts: Vec<_> = poll(&link, &mut cursors)
            .await
            .into_iter()
            .map(|one| one.content.text)
            .collect();
        assert!(texts.iter().any(|text| text.contains("оцените")), "{texts:?}");
        does(&link, &says(&anna(), 2, "1")).await;
        let thanks = poll(&link, &mut cursors).await;
        assert!(
            thanks
                .iter()
                .any(|reply| reply.content.text.contains("Спасибо за вашу оценку")),
            "{thanks:?}"
        );
        assert!(poll(&link, &mut cursors).await.is_empty());
    }
}

#[tokio::test]
async fn changes_of_an_answer_and_its_files_come_too() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Покажите")).await;
    let id = answer(&world, Letter::file(FileKind::Photo, samples::photo()).captioned("Вот")).remove(0);
    let mut cursors = BTreeMap::new();
    let reply = poll(&link, &mut cursors).await.remove(0);
    let mut got = Vec::new();
    link.media()
        .unwrap()
        .fetch(&reply.files[0].fetch, &mut got)
        .await
        .unwrap();
    assert_eq!(got, samples::photo().data);
    link.report(&became(&reply, Became::Sent(vec![RemoteId::new("tg-1")])))
        .await
        .unwrap();
    let (chat, message) = (world.chat().id, sandbox::MessageId(id));
    world.maxim(Deed::EditAnswer {
        chat: chat.clone(),
        message: message.clone(),
        text: "Вот он".to_owned(),
    });
    world.maxim(Deed::DeleteAnswer { chat, message });
    let events = link.poll(&cursors).await.unwrap().events;
    let same = |one: &RemoteId| *one == reply.remote_id;
    assert!(
        matches!(&events[0], CrmEvent::Edited { reply, text, .. } if same(reply) && text == "Вот он"),
        "{events:?}"
    );
    assert!(
        matches!(&events[1], CrmEvent::Deleted { reply, .. } if same(reply)),
        "{events:?}"
    );
}

#[tokio::test]
async fn the_fate_of_an_answer_is_told() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    answer(&world, Letter::saying("Да?"));
    let reply = poll(&link, &mut BTreeMap::new()).await.remove(0);
    let fate = || world.chat().messages.last().unwrap().fate.clone();
    assert_eq!(fate(), Some(Fate::Sent));
    link.report(&became(&reply, Became::Sent(vec![RemoteId::new("tg-2")])))
        .await
        .unwrap();
    assert_eq!(fate(), Some(Fate::Delivered));
    let refused = Became::Failed(Reason::new("reason.x"), "Клиент запретил".to_owned());
    link.report(&became(&reply, refused)).await.unwrap();
    let told = world.special("notifications", json!({}));
    assert!(told[0]["text"].as_str().unwrap().contains("Клиент запретил"), "{told}");
    assert_eq!(told[0]["user"], json!(7), "whoever wrote it");
}

#[tokio::test]
async fn the_push_channel_rings() {
    let world = World::quiet(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    let stop = CancellationToken::new();
    let ringing = tokio::spawn({
        let (link, stop) = (link.clone(), stop.clone());
        async move { link.bell().unwrap().ring(&stop).await }
    });
    // Answers until it is heard: when the channel is open, nobody can see from here.
    let mut tries = tokio::time::interval(Duration::from_millis(50));
    while !ringing.is_finished() {
        tries.tick().await;
        answer(&world, Letter::saying("Да?"));
    }
    assert_eq!(ringing.await.unwrap(), Ok(()));
    world.special("portal", json!({ "push": false }));
    let silent = world.link().await;
    assert!(
        silent.bell().unwrap().ring(&stop).await.is_err(),
        "then it is asked by time"
    );
}
