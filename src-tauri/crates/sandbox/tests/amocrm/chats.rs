//! What the program tells of its clients in the account's own channel.

use crate::world::Desk;
use reqwest::{Method, StatusCode};
use sandbox::crm::{Author, CardKind, Fate};
use sandbox::{FileKind, Letter, Part, samples};
use serde_json::{Value, json};

fn text(words: &str) -> Value {
    json!({"type": "text", "text": words})
}

#[tokio::test]
async fn the_first_message_makes_a_contact_a_lead_and_a_talk() {
    let desk = Desk::connected().await;
    let (chat, message) = desk.anna_writes("m1", text("Есть диваны?")).await;
    let shown = desk.crm().chats().remove(0);
    assert_eq!(
        (shown.title.as_str(), shown.messages[0].text.as_str()),
        ("Анна", "Есть диваны?")
    );
    let waiting = desk.crm().cards();
    let lead = waiting.iter().find(|card| card.kind == CardKind::Lead).unwrap();
    let contact = waiting.iter().find(|card| card.kind == CardKind::Contact).unwrap();
    assert!(lead.unsorted && lead.linked.contains(&contact.id));
    assert_eq!(contact.fields[0].values, ["+79991112233"]);
    let events = desk.get("events?filter[type]=incoming_chat_message").await;
    let told = &events["_embedded"]["events"][0];
    assert_eq!(told["value_after"][0]["message"]["id"], message.as_str());
    let talk = told["value_after"][0]["message"]["talk_id"].as_i64().unwrap();
    let talk = desk.get(&format!("talks/{talk}")).await;
    assert_eq!((&talk["chat_id"], &talk["is_read"]), (&json!(chat), &json!(false)));
    desk.anna_writes("m2", text("Синие")).await;
    assert_eq!(desk.crm().cards().len(), 2, "the second message makes nothing new");
}

#[tokio::test]
async fn silent_messages_are_history_and_make_nothing() {
    let desk = Desk::connected().await;
    let (chat, _) = desk.anna("m1", text("год назад"), json!({"silent": true})).await;
    assert!(desk.crm().cards().is_empty());
    desk.anna_writes("m2", text("сегодня")).await;
    let said: Vec<Value> = desk
        .history(&chat)
        .await
        .iter()
        .map(|one| one["message"]["client_id"].clone())
        .collect();
    assert_eq!(said, ["m2", "m1"]);
}

#[tokio::test]
async fn a_chat_tied_to_a_contact_before_its_first_message_makes_no_second_one() {
    let desk = Desk::connected().await;
    let anna = desk.card("contacts", json!({"name": "Анна из базы"})).await;
    let lead = desk
        .card(
            "leads",
            json!({"name": "Диван", "_embedded": {"contacts": [{"id": anna}]}}),
        )
        .await;
    let wish = json!({"conversation_id": "anna-chat", "user": {"id": "anna", "name": "Анна"}});
    let path = format!("{}/chats", desk.scope());
    let made = desk
        .signed(Method::POST, &path, Some(wish.clone()))
        .await
        .json::<Value>()
        .await
        .unwrap();
    let again = desk
        .signed(Method::POST, &path, Some(wish))
        .await
        .json::<Value>()
        .await
        .unwrap();
    assert_eq!(made["id"], again["id"]);
    desk.post("contacts/chats", json!([{"contact_id": anna, "chat_id": made["id"]}]))
        .await;
    let (chat, _) = desk.anna_writes("m1", text("Здравствуйте")).await;
    assert_eq!(made["id"], chat.as_str());
    assert_eq!(desk.crm().cards().len(), 2);
    assert_eq!(desk.get("talks").await["_embedded"]["talks"][0]["entity_id"], lead);
    let known = desk.get(&format!("contacts/chats?contact_id[]={anna}")).await;
    assert_eq!(known["_embedded"]["chats"][0]["chat_id"], chat.as_str());
}

#[tokio::test]
async fn every_kind_of_message_is_taken_and_files_are_fetched() {
    let desk = Desk::connected().await;
    let anna = desk.sandbox.customer("telegram_bot", "Анна").unwrap();
    let sent = anna.sends(Letter::file(FileKind::Photo, samples::photo())).unwrap();
    let picture = format!(
        "{}vendors/telegram_bot/people/{}/phone/{}/{sent}/0",
        desk.sandbox.control_url(),
        anna.person.id,
        anna.chat
    );
    let kinds = [
        json!({"type": "picture", "media": picture, "file_name": "диван.jpg", "file_size": 1, "text": "Такой"}),
        json!({"type": "voice", "media": "https://example.com/voice.ogg", "media_duration": 4, "file_name": "voice.ogg"}),
        json!({"type": "location", "location": {"lon": 37.6, "lat": 55.7}}),
        json!({"type": "contact", "contact": {"name": "Олег", "phone": "+79990001122"}}),
        json!({"type": "sticker", "media": "https://example.com/cat.webp", "sticker_id": "cat"}),
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        desk.anna_writes(&format!("m{number}"), kind).await;
    }
    let messages = desk.crm().chats().remove(0).messages;
    assert!(
        matches!(&messages[0].parts[0], Part::File { file, .. } if file.data == samples::photo().data && file.name == "диван.jpg")
    );
    assert_eq!(
        (messages[1].links[0].as_str(), messages[1].parts.len()),
        ("https://example.com/voice.ogg", 0)
    );
    assert!(matches!(&messages[2].parts[0], Part::Location { latitude, .. } if *latitude == 55.7));
    assert!(matches!(&messages[3].parts[0], Part::Contact { phone, .. } if phone == "+79990001122"));
    let wrong =
        json!({"event_type": "new_message", "payload": {"msgid": "x", "timestamp": 1, "message": {"type": "dance"}}});
    assert_eq!(
        desk.signed(Method::POST, &desk.scope(), Some(wrong)).await.status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn an_edit_a_reply_a_reaction_and_typing_are_seen() {
    let desk = Desk::connected().await;
    let (_, first) = desk.anna_writes("m1", text("Девн есть?")).await;
    let edit = json!({"event_type": "edit_message", "payload": {"conversation_id": "anna-chat", "msgid": "m1", "message": text("Диван есть?")}});
    assert!(
        desk.signed(Method::POST, &desk.scope(), Some(edit))
            .await
            .status()
            .is_success()
    );
    desk.anna("m2", text("Ау"), json!({"reply_to": {"message": {"msgid": "m1"}}}))
        .await;
    let like =
        json!({"conversation_id": "anna-chat", "msgid": "m2", "user": {"id": "anna"}, "type": "react", "emoji": "👍"});
    desk.signed(Method::POST, &format!("{}/react", desk.scope()), Some(like))
        .await;
    let types = json!({"conversation_id": "anna-chat", "sender": {"id": "anna"}});
    let answer = desk
        .signed(Method::POST, &format!("{}/typing", desk.scope()), Some(types))
        .await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let chat = desk.crm().chats().remove(0);
    assert!(chat.client_types && chat.messages[0].edited);
    assert_eq!(chat.messages[0].text, "Диван есть?");
    assert_eq!(chat.messages[1].reply_to.as_ref().unwrap().0, first);
    assert_eq!(chat.messages[1].reactions, ["👍"]);
}

#[tokio::test]
async fn what_was_written_on_the_phone_is_imported_in_a_managers_name() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", text("Здравствуйте")).await;
    let users = desk.get("users?with=amojo_id").await;
    let marina = users["_embedded"]["users"][0]["amojo_id"].clone();
    let more = json!({"sender": {"id": "phone", "name": "Марина", "ref_id": marina}, "receiver": {"id": "anna", "name": "Анна"}, "silent": true});
    let (_, message) = desk.anna("m2", text("Добрый день!"), more).await;
    let chat = desk.crm().chats().remove(0);
    let id = desk.administrator().id;
    assert_eq!(chat.messages[1].author, Author::Manager { id });
    for (status, fate) in [(1, Fate::Delivered), (2, Fate::Read)] {
        let told = json!({"msgid": message, "delivery_status": status});
        let path = format!("{}/{message}/delivery_status", desk.scope());
        assert!(desk.signed(Method::POST, &path, Some(told)).await.status().is_success());
        assert_eq!(desk.crm().chats()[0].messages[1].fate, Some(fate));
    }
}

#[tokio::test]
async fn a_source_routes_its_messages_to_its_own_board() {
    let desk = Desk::connected().await;
    let board = desk
        .post(
            "leads/pipelines",
            json!([{"name": "Опт", "_embedded": {"statuses": [{"name": "Новые"}]}}]),
        )
        .await;
    let board = board["_embedded"]["pipelines"][0]["id"].as_i64().unwrap();
    desk.post(
        "sources",
        json!([{"name": "Telegram опт", "external_id": "tg-2", "pipeline_id": board}]),
    )
    .await;
    desk.anna("m1", text("Опт?"), json!({"source": {"external_id": "tg-2"}}))
        .await;
    let cards = desk.crm().cards();
    let lead = cards.iter().find(|card| card.kind == CardKind::Lead).unwrap();
    assert_eq!(lead.pipeline.as_deref(), Some(board.to_string().as_str()));
}
