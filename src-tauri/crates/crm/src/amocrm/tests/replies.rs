//! Managers' answers on their way back, without an address of our own.

use std::{collections::BTreeMap, sync::Arc};

use contracts::crm::{CrmLink, Fate as Became, Reply, ReplyStatus, ReplyTarget};
use domain::{At, CrmEntity, Reason};
use sandbox::{
    FileKind, Letter,
    crm::{CardId, CardKind, Deed, Fate},
    samples,
};
use serde_json::json;

use super::world::{World, anna, conversation, does, identity, ours, person, replies, says};

/// Polls; gives what came.
async fn poll(link: &Arc<dyn CrmLink>, cursors: &mut BTreeMap<String, String>) -> Vec<Reply> {
    let (new, after) = replies(link.poll(cursors).await.unwrap());
    cursors.extend(after);
    new
}

fn answer(world: &World, letter: Letter) -> Vec<String> {
    let chat = world.chat().id;
    world.marina(Deed::Answer { chat, letter })
}

fn became(reply: &Reply, fate: Became) -> ReplyStatus {
    ReplyStatus {
        reply: reply.remote_id.clone(),
        data: reply.data.clone(),
        conversation: None,
        fate,
        at: At(0),
    }
}

#[tokio::test]
async fn an_answer_comes_once_and_what_was_before_does_not() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    answer(&world, Letter::saying("Старое"));
    let mut cursors = BTreeMap::new();
    assert!(poll(&link, &mut cursors).await.is_empty());
    let sent = answer(&world, Letter::saying("Есть синий"));
    let new = poll(&link, &mut cursors).await;
    let texts: Vec<_> = new.iter().map(|reply| reply.content.text.as_str()).collect();
    assert_eq!(
        (texts, new[0].remote_id.as_str()),
        (vec!["Есть синий"], sent[0].as_str())
    );
    assert!(matches!(&new[0].target, ReplyTarget::Bound(chat) if chat.entity == CrmEntity::Chat));
    let again = poll(&link, &mut cursors).await;
    assert!(
        again.iter().all(|reply| reply.remote_id == new[0].remote_id),
        "only what is recognised"
    );
}

#[tokio::test]
async fn what_we_brought_ourselves_does_not_come_back() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Есть диваны?")).await;
    let mut cursors = BTreeMap::new();
    poll(&link, &mut cursors).await;
    does(&link, &ours(&anna(), 2, "Есть, отвечаю отсюда")).await;
    answer(&world, Letter::saying("И я отвечу"));
    let texts: Vec<_> = poll(&link, &mut cursors)
        .await
        .into_iter()
        .map(|reply| reply.content.text)
        .collect();
    assert_eq!(texts, ["И я отвечу"]);
}

#[tokio::test]
async fn files_of_an_answer_can_be_fetched() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Покажите")).await;
    let mut cursors = BTreeMap::new();
    poll(&link, &mut cursors).await;
    answer(&world, Letter::file(FileKind::Photo, samples::photo()).captioned("Вот"));
    let new = poll(&link, &mut cursors).await;
    assert_eq!((new[0].content.text.as_str(), new[0].files.len()), ("Вот", 1));
    let mut got = Vec::new();
    link.media()
        .unwrap()
        .fetch(&new[0].files[0].fetch, &mut got)
        .await
        .unwrap();
    assert_eq!(got, samples::photo().data);
}

#[tokio::test]
async fn the_fate_of_an_answer_is_told() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    does(&link, &says(&anna(), 1, "Ау")).await;
    let mut cursors = BTreeMap::new();
    poll(&link, &mut cursors).await;
    answer(&world, Letter::saying("Да?"));
    let reply = poll(&link, &mut cursors).await.remove(0);
    let fate = || world.chat().messages.last().unwrap().fate.clone();
    link.report(&became(&reply, Became::Delivered(Vec::new())))
        .await
        .unwrap();
    assert_eq!(fate(), Some(Fate::Delivered));
    link.report(&became(&reply, Became::Read(Vec::new()))).await.unwrap();
    assert_eq!(fate(), Some(Fate::Read));
    answer(&world, Letter::saying("Ау?"));
    let reply = poll(&link, &mut cursors).await.pop().unwrap();
    let refused = Became::Failed(Reason::new("reason.x"), "Клиент запретил".to_owned());
    link.report(&became(&reply, refused)).await.unwrap();
    let reason = "905: Клиент запретил".to_owned();
    assert_eq!(fate(), Some(Fate::Failed { reason }));
}

#[tokio::test]
async fn a_manager_writes_first_and_the_clients_answer_lands_in_that_chat() {
    let world = World::chats(json!({})).await;
    let link = world.link().await;
    let mut cursors = BTreeMap::new();
    poll(&link, &mut cursors).await;
    world.marina(Deed::Create {
        kind: CardKind::Contact,
        title: "Борис".to_owned(),
        phone: Some("+79994445566".to_owned()),
    });
    let card: CardId = world.cards(CardKind::Contact)[0].id.clone();
    world.marina(Deed::WriteFirst {
        card,
        letter: Letter::saying("Ваш заказ готов"),
    });
    let reply = poll(&link, &mut cursors).await.remove(0);
    let ReplyTarget::Person {
        phone,
        card: Some(card),
        ..
    } = reply.target
    else {
        panic!("{:?}", reply.target)
    };
    assert_eq!(phone.as_deref(), Some("+79994445566"));
    let boris = person(5, "Борис", identity("whatsapp", "79994445566", None, phone.as_deref()));
    let boris = conversation(5, "whatsapp", "WhatsApp", boris);
    link.adopt(&boris, &card).await.unwrap();
    does(&link, &says(&boris, 1, "Еду")).await;
    assert_eq!(world.crm().chats().len(), 1);
    assert_eq!(world.chat().messages.last().unwrap().text, "Еду");
    assert_eq!(world.cards(CardKind::Contact).len(), 1);
}
