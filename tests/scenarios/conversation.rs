//! From the first message to the answer, the tick and everything people do in between.

use sandbox::{Act, Letter};
use serde_json::json;
use tests::{NETWORKS, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anna_asks_and_olga_answers_on_every_network() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let anna = world.customer(network.vendor, "Анна Котова");
        anna.writes(&format!("Здравствуйте, есть диван «Осло»? {}", network.vendor))
            .unwrap();
        let talk = olga.sees(network.vendor).await;
        let row = olga
            .does("conversations.get", json!({ "conversation_id": talk.0 }))
            .await;
        assert_eq!(
            (&row["row"]["title"], &row["row"]["channel"]),
            (&json!("Анна Котова"), &json!(network.channel))
        );
        assert_eq!(row["row"]["unread"], 1);
        assert!(row["row"]["waiting_since"].is_number(), "Anna waits");

        let answer = olga.answers(talk, "Есть, серый и зелёный").await;
        olga.sees_tick(talk, answer, "sent").await;
        assert_eq!(anna.sees(), ["Есть, серый и зелёный"]);
        let row = olga
            .does("conversations.get", json!({ "conversation_id": talk.0 }))
            .await;
        assert!(row["row"]["waiting_since"].is_null(), "answered");
        if world.sandbox.vendor(network.vendor).unwrap().vendor.abilities().reads {
            anna.does(Act::Read { up_to: None }).unwrap();
            olga.sees_tick(talk, answer, "read").await;
        }
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quote_leads_to_its_message_and_an_edit_is_shown() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let pavel = world.customer(network.vendor, "Павел");
        let asked = pavel
            .writes(&format!("Колодки на Октавию A5 {}", network.vendor))
            .unwrap();
        let talk = olga.sees(network.vendor).await;
        let question = olga.reads(talk).await.pop().unwrap();
        olga.sends(
            talk,
            json!({ "text": "Передние или задние?", "reply_to": question["id"] }),
        )
        .await;
        olga.waits_for(talk, "answer sent", |message| message["tick"] == "sent")
            .await;
        let shown = pavel.received().pop().unwrap();
        assert_eq!(shown.reply_to, Some(asked.clone()), "{}", network.vendor);

        let edit = Act::Edit {
            message: asked,
            text: "Колодки на Октавию A7".into(),
        };
        pavel.does(edit).unwrap();
        let edited = olga
            .waits_for(talk, "edit", |message| message["text"] == "Колодки на Октавию A7")
            .await;
        assert!(edited["edited_at"].is_number());
        pavel.sends(Letter::saying("Передние").answering(&shown.id)).unwrap();
        let quoting = olga
            .waits_for(talk, "quote", |message| message["text"] == "Передние")
            .await;
        assert_eq!(quoting["reply_to"]["preview"]["text"], "Передние или задние?");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_comes_in_and_a_price_list_goes_out() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let igor = world.customer(network.vendor, "Игорь");
        let photo = sandbox::samples::photo();
        let words = format!("Вот наша кухня {}", network.vendor);
        igor.sends(Letter::file(sandbox::FileKind::Photo, photo).captioned(&words))
            .unwrap();
        let talk = olga.sees(&words).await;
        let message = olga
            .waits_for(talk, "photo fetched", |message| message["files"][0]["state"] == "local")
            .await;
        let file = world
            .app
            .media(message["files"][0]["id"].as_i64().unwrap())
            .await
            .unwrap();
        assert!(
            std::fs::metadata(&file.path).unwrap().len() > 500,
            "{}",
            file.path.display()
        );

        let upload = olga
            .uploads("прайс.pdf", b"%PDF-1.4 \xd1\x86\xd0\xb5\xd0\xbd\xd1\x8b")
            .await;
        let sent = olga.sends(talk, json!({ "text": "Прайс", "uploads": [upload] })).await;
        olga.sees_tick(talk, sent, "sent").await;
        let received = igor.received().pop().unwrap();
        assert_eq!(
            (received.text.text.as_str(), received.parts.len()),
            ("Прайс", 1),
            "{}",
            network.vendor
        );
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_is_found_in_any_form_of_its_words() {
    let world = World::start().await;
    let olga = world.operator();
    world
        .customer("vk", "Пётр")
        .writes("Когда привезут ЁЛКУ и гирлянды?")
        .unwrap();
    let talk = olga.sees("гирлянды").await;
    for asked in ["елка", "ЁЛКИ", "гирлянда привезут", "гирл"] {
        let found = olga.does("search", json!({ "text": asked })).await;
        assert_eq!(found["messages"][0]["conversation_id"], json!(talk.0), "{asked}");
        assert!(!found["messages"][0]["marks"].as_array().unwrap().is_empty(), "{asked}");
    }
    let people = olga.does("search", json!({ "text": "петр" })).await;
    assert_eq!(people["conversations"][0]["id"], json!(talk.0));
    assert!(
        olga.does("search", json!({ "text": "диван" })).await["messages"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn olga_writes_first_by_link_where_the_client_allows_it() {
    let world = World::start().await;
    let olga = world.operator();
    let anna = world.customer("vk", "Анна");
    anna.does(Act::Start { payload: None }).unwrap();
    let link = format!("https://vk.com/id{}", anna.person.id);
    let options = olga.does("write_first.resolve", json!({ "text": link })).await;
    let account = options["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["channel"] == "vk_messages")
        .unwrap();
    assert!(account["refused"].is_null(), "{options}");
    let opened = olga
        .does(
            "write_first.open",
            json!({ "account_id": account["account_id"], "text": link }),
        )
        .await;
    let talk = tests::Talk(domain::ConversationId(opened["conversation_id"].as_i64().unwrap()));
    let first = olga.answers(talk, "Ваш заказ готов").await;
    olga.sees_tick(talk, first, "sent").await;
    assert_eq!(anna.sees(), ["Ваш заказ готов"]);
    world.stop().await;
}
