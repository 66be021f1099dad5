//! Groups: what happens in them, and that they stay one conversation whatever the network calls them.

use sandbox::{Act, ChatId, Customer};
use serde_json::{Value, json};
use tests::{NETWORKS, World};

/// A group of Anna's and Boris', and how to do things to it.
struct Neighbours {
    anna: Customer,
    boris: Customer,
    id: ChatId,
}

impl Neighbours {
    fn meet(world: &World) -> Self {
        let (anna, boris) = (
            world.customer("telegram_bot", "Анна"),
            world.customer("telegram_bot", "Борис"),
        );
        let vendor = &world.sandbox.vendor("telegram_bot").unwrap().vendor;
        let id = vendor
            .add_group("Соседи", std::slice::from_ref(&anna.person.id))
            .unwrap()
            .id;
        Self { anna, boris, id }
    }

    fn special(&self, world: &World, what: &str, more: &Value) -> Value {
        let mut arguments = json!({ "chat": self.id.0, "person": self.boris.person.id.0 });
        arguments
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let vendor = &world.sandbox.vendor("telegram_bot").unwrap().vendor;
        vendor.special(what, &arguments).unwrap()
    }
}

fn line(message: &Value) -> String {
    message["system"]["key"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_came_who_left_and_what_it_is_called_stand_in_the_thread() {
    let world = World::start().await;
    let olga = world.operator();
    let group = Neighbours::meet(&world);
    let asked = group.anna.within(&group.id).writes("Когда собрание?").unwrap();
    let talk = olga.sees("Когда собрание?").await;
    group.special(&world, "join", &json!({}));
    group.special(&world, "rename", &json!({ "title": "Соседи, второй подъезд" }));
    group.special(&world, "pin", &json!({ "message": asked.0 }));
    group.special(&world, "leave", &json!({}));
    olga.waits_for(talk, "Boris left", |message| line(message) == "system.left")
        .await;
    let lines: Vec<String> = olga
        .reads(talk)
        .await
        .iter()
        .map(line)
        .filter(|key| !key.is_empty())
        .collect();
    assert_eq!(
        lines,
        ["system.joined", "system.title", "system.pinned_text", "system.left"]
    );
    let row = olga.list().await.into_iter().next().unwrap();
    assert_eq!(row["title"], "Соседи, второй подъезд");
    assert_eq!(
        row["last"]["system"],
        json!({ "key": "system.left", "params": { "name": "Борис" } })
    );
    assert_eq!(row["unread"], 1, "lines are nobody's words");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_of_the_other_network_tells_the_same_lines() {
    let world = World::start().await;
    let olga = world.operator();
    let [anna, boris] = ["Анна", "Борис"].map(|name| world.customer("vk", name).person.id.0.parse::<i64>().unwrap());
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    let said = |more: Value| {
        let mut what = json!({ "chat": 3, "from": anna });
        what.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        vendor.special("chat", &what).unwrap();
    };
    said(json!({ "title": "Замеры", "text": "Кто едет?" }));
    let talk = olga.sees("Кто едет?").await;
    said(json!({ "action": { "type": "chat_invite_user", "member_id": boris } }));
    said(json!({ "action": { "type": "chat_title_update", "text": "Замеры и доставка" } }));
    said(json!({ "action": { "type": "chat_kick_user", "member_id": anna } }));
    let left = olga
        .waits_for(talk, "Anna left", |message| line(message) == "system.left")
        .await;
    assert_eq!(left["system"]["params"], json!({ "name": "Анна" }));
    let lines: Vec<String> = olga
        .reads(talk)
        .await
        .iter()
        .map(line)
        .filter(|key| !key.is_empty())
        .collect();
    assert_eq!(lines, ["system.added", "system.title", "system.left"]);
    assert_eq!(olga.list().await[0]["title"], "Замеры и доставка");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_became_a_supergroup_stays_one_conversation() {
    let world = World::start().await;
    let olga = world.operator();
    let mut group = Neighbours::meet(&world);
    for text in ["Первое", "Второе", "Третье"] {
        group.anna.within(&group.id).writes(text).unwrap();
    }
    let talk = olga.sees("Третье").await;
    olga.does(
        "conversations.set_tags",
        json!({ "conversation_id": talk.0, "tags": ["дом"] }),
    )
    .await;
    let moved = group.special(&world, "upgrade_group", &json!({}));
    group.id = ChatId::from(moved["chat"].as_str().unwrap());
    // Ids of messages begin anew: the first ones here have the numbers of the first ones there.
    for text in ["Четвёртое", "Пятое", "Шестое"] {
        group.anna.within(&group.id).writes(text).unwrap();
    }
    assert_eq!(olga.sees("Шестое").await, talk);
    let texts: Vec<String> = olga
        .texts(talk)
        .await
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(texts, ["Первое", "Второе", "Третье", "Четвёртое", "Пятое", "Шестое"]);
    assert_eq!(olga.list().await.len(), 1);
    assert_eq!(olga.list().await[0]["tags"], json!(["дом"]));
    let answer = olga.answers(talk, "Здесь").await;
    olga.sees_tick(talk, answer, "sent").await;
    assert_eq!(group.anna.within(&group.id).sees(), ["Здесь"]);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_who_shuts_the_door_and_opens_it_again_is_told_about() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let vera = world.customer(network.vendor, "Вера");
        vera.writes(&format!("Пишу вам {}", network.vendor)).unwrap();
        let talk = olga.sees(network.vendor).await;
        vera.does(Act::Block).unwrap();
        vera.does(Act::Unblock).unwrap();
        olga.waits_for(talk, "open again", |message| line(message) == "system.opened")
            .await;
        let lines: Vec<String> = olga
            .reads(talk)
            .await
            .iter()
            .map(line)
            .filter(|key| !key.is_empty())
            .collect();
        assert_eq!(lines, ["system.blocked", "system.opened"], "{}", network.channel);
    }
    world.stop().await;
}
