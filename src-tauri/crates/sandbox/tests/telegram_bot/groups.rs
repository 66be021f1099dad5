//! Groups, supergroups, channels.

use crate::common::world;
use crate::wire::Bot;
use sandbox::{ChatId, Customer, Sandbox};
use serde_json::{Value, json};

fn special(sandbox: &Sandbox, what: &str, arguments: Value) -> Value {
    sandbox
        .vendor("telegram_bot")
        .unwrap()
        .vendor
        .special(what, &arguments)
        .unwrap()
}

fn people(sandbox: &Sandbox) -> (Customer, Customer) {
    let called = |name| sandbox.customer("telegram_bot", name).unwrap();
    (called("Анна"), called("Борис"))
}

#[tokio::test]
async fn several_people_talk_to_the_bot_in_one_group() {
    let sandbox = world().await;
    let (bot, (anna, boris)) = (Bot::of(&sandbox), people(&sandbox));
    let vendor = &sandbox.vendor("telegram_bot").unwrap().vendor;
    let group = vendor
        .add_group("Соседи", &[anna.person.id.clone(), boris.person.id.clone()])
        .unwrap();
    anna.within(&group.id).writes("Всем привет").unwrap();
    boris.within(&group.id).writes("И тебе").unwrap();
    bot.call(
        "sendMessage",
        json!({"chat_id": group.id.0, "text": "Здравствуйте, соседи"}),
    )
    .await
    .result();
    let updates = bot.updates(0).await;
    assert_eq!(updates[0]["my_chat_member"]["chat"]["title"], "Соседи");
    assert_eq!(updates[2]["message"]["from"]["first_name"], "Борис");
    assert_eq!(updates[2]["message"]["chat"]["type"], "group");
    assert_eq!(anna.within(&group.id).sees(), ["Здравствуйте, соседи"]);
    assert!(anna.sees().is_empty(), "her private chat is another one");
    let count = bot
        .call("getChatMemberCount", json!({"chat_id": group.id.0}))
        .await
        .result();
    assert_eq!(count, 3);
    sandbox.stop().await;
}

#[tokio::test]
async fn an_upgraded_group_tells_its_new_id() {
    let sandbox = world().await;
    let (bot, (anna, _)) = (Bot::of(&sandbox), people(&sandbox));
    let vendor = &sandbox.vendor("telegram_bot").unwrap().vendor;
    let group = vendor
        .add_group("Соседи", std::slice::from_ref(&anna.person.id))
        .unwrap();
    let new = special(&sandbox, "upgrade_group", json!({"chat": group.id.0}))["chat"]
        .as_str()
        .unwrap()
        .to_owned();
    let refused = bot
        .call("sendMessage", json!({"chat_id": group.id.0, "text": "?"}))
        .await;
    assert_eq!(
        refused.refusal().1,
        "Bad Request: group chat was upgraded to a supergroup chat"
    );
    assert_eq!(refused.body["parameters"]["migrate_to_chat_id"].to_string(), new);
    let sent = bot
        .call("sendMessage", json!({"chat_id": new, "text": "Переехали"}))
        .await
        .result();
    assert_eq!(sent["chat"]["type"], "supergroup");
    let updates = bot.updates(0).await;
    assert_eq!(updates[1]["message"]["migrate_to_chat_id"].to_string(), new);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_kicked_bot_neither_hears_nor_writes() {
    let sandbox = world().await;
    let (bot, (anna, _)) = (Bot::of(&sandbox), people(&sandbox));
    let members = json!([anna.person.id.0]);
    let id = special(
        &sandbox,
        "add_supergroup",
        json!({"title": "Ремонт", "members": members}),
    )["chat"]
        .clone();
    special(&sandbox, "kick_bot", json!({"chat": id}));
    let refused = bot.call("sendMessage", json!({"chat_id": id, "text": "?"})).await;
    assert_eq!(
        refused.refusal(),
        (403, "Forbidden: bot was kicked from the supergroup chat")
    );
    anna.within(&ChatId::from(id.as_str().unwrap()))
        .writes("Он ушёл")
        .unwrap();
    let updates = bot.updates(0).await;
    assert_eq!(updates.len(), 2, "joined, then kicked, and nothing of what was said");
    assert_eq!(updates[1]["my_chat_member"]["new_chat_member"]["status"], "kicked");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_post_of_a_channel_comes_in_the_channels_name() {
    let sandbox = world().await;
    let (bot, (anna, _)) = (Bot::of(&sandbox), people(&sandbox));
    let members = json!([anna.person.id.0]);
    let id = special(&sandbox, "add_channel", json!({"title": "Новости", "members": members}))["chat"].clone();
    anna.within(&ChatId::from(id.as_str().unwrap()))
        .writes("Скидки!")
        .unwrap();
    let post = bot.updates(0).await[1]["channel_post"].clone();
    assert_eq!(post["sender_chat"]["title"], "Новости");
    assert!(post.get("from").is_none());
    sandbox.stop().await;
}
