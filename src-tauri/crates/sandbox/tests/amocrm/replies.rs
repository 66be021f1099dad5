//! How a manager's answer is found by a program without an address of its own.

use crate::world::Desk;
use reqwest::{Method, StatusCode};
use sandbox::chaos::{Kind, Trouble};
use sandbox::crm::{CardKind, Deed, Fate};
use sandbox::{FileKind, Letter, samples};
use serde_json::{Value, json};

#[tokio::test]
async fn an_answer_is_found_by_events_talk_and_history() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", json!({"type": "text", "text": "Есть диваны?"}))
        .await;
    let since = desk.world().clock.unix() - 1;
    let sent = desk.answers(&desk.crm().chats()[0], Letter::saying("Есть синий"));
    let path = format!("events?filter[type]=outgoing_chat_message&filter[created_at][from]={since}&limit=100");
    let event = desk.get(&path).await["_embedded"]["events"][0].clone();
    let told = &event["value_after"][0]["message"];
    assert_eq!((&told["id"], &told["origin"]), (&json!(sent), &json!("amo.ext.290173")));
    assert_eq!(event["created_by"], desk.administrator().id.number().unwrap());
    let talk = desk.get(&format!("talks/{}", told["talk_id"])).await;
    let history = desk.history(talk["chat_id"].as_str().unwrap()).await;
    let answer = history
        .iter()
        .find(|one| one["message"]["id"] == sent.as_str())
        .unwrap();
    assert_eq!(answer["message"]["text"], "Есть синий");
    assert!(
        answer["sender"].get("client_id").is_none(),
        "staff has no name of the program"
    );
    assert_eq!(answer["receiver"]["client_id"], "anna");
}

#[tokio::test]
async fn files_of_an_answer_come_one_by_one_and_can_be_fetched() {
    let desk = Desk::connected().await;
    let (chat, _) = desk
        .anna_writes("m1", json!({"type": "text", "text": "Покажите"}))
        .await;
    let file = |name: &str| samples::by_name(name).unwrap();
    let letter = Letter::file(FileKind::Photo, samples::photo())
        .with(sandbox::Part::File {
            shown_as: FileKind::Document,
            file: file("smeta"),
        })
        .captioned("Вот");
    desk.answers(&desk.crm().chats()[0], letter);
    let history = desk.history(&chat).await;
    let (second, first) = (&history[0]["message"], &history[1]["message"]);
    assert_eq!(
        (&first["type"], &first["text"], &second["type"]),
        (&json!("picture"), &json!("Вот"), &json!("file"))
    );
    assert_eq!(first["media_group_id"], second["media_group_id"]);
    let got = reqwest::Client::new()
        .get(first["media"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(got.bytes().await.unwrap(), samples::photo().data);
}

#[tokio::test]
async fn a_failed_delivery_shows_its_reason() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    let sent = desk.answers(&desk.crm().chats()[0], Letter::saying("Да?"));
    let path = format!("{}/{sent}/delivery_status", desk.scope());
    let lacking = json!({"msgid": sent, "delivery_status": -1, "error_code": 905});
    assert_eq!(
        desk.signed(Method::POST, &path, Some(lacking)).await.status(),
        StatusCode::BAD_REQUEST
    );
    let told = json!({"msgid": sent, "delivery_status": -1, "error_code": 905, "error": "Клиент запретил сообщения"});
    desk.signed(Method::POST, &path, Some(told)).await;
    let reason = "905: Клиент запретил сообщения".to_owned();
    assert_eq!(desk.crm().chats()[0].messages[1].fate, Some(Fate::Failed { reason }));
}

#[tokio::test]
async fn a_manager_writes_first_and_the_answer_ties_the_names() {
    let desk = Desk::connected().await;
    let boris = json!({"name": "Борис", "custom_fields_values": [{"field_code": "PHONE", "values": [{"value": "+79994445566"}]}]});
    let boris = desk.card("contacts", boris).await;
    let card = sandbox::crm::CardId::of(CardKind::Contact, boris);
    desk.does(Deed::WriteFirst {
        card,
        letter: Letter::saying("Ваш заказ готов"),
    })
    .unwrap();
    let chat = desk.get("events?filter[type]=outgoing_chat_message").await;
    let talk = &chat["_embedded"]["events"][0]["value_after"][0]["message"]["talk_id"];
    let talk = desk.get(&format!("talks/{talk}")).await;
    let id = talk["chat_id"].as_str().unwrap();
    assert_eq!(desk.history(id).await[0]["receiver"]["phone"], "+79994445566");
    let more =
        json!({"conversation_id": "boris-chat", "conversation_ref_id": id, "sender": {"id": "boris", "name": "Борис"}});
    let (answered, _) = desk.anna("m1", json!({"type": "text", "text": "Еду"}), more).await;
    assert_eq!(answered, id);
    assert_eq!(desk.crm().chats()[0].external_id.as_deref(), Some("boris-chat"));
}

#[tokio::test]
async fn on_kommo_talks_are_read_and_answered_by_rest_alone() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", json!({"type": "text", "text": "Hola"})).await;
    let talk = desk.get("talks").await["_embedded"]["talks"][0]["talk_id"]
        .as_i64()
        .unwrap();
    let path = format!("talks/{talk}/messages");
    let (status, refusal) = desk.refused(Method::GET, &path, None).await;
    assert_eq!((status, &refusal["detail"]), (403, &json!("Invalid scope")));
    desk.special("platform", json!({"kommo": true, "quota": 1}));
    let said: Value = desk.get(&path).await;
    assert_eq!(said["_embedded"]["messages"][0]["type"], "incoming");
    let answer = desk
        .send(
            Method::POST,
            &format!("talks/{talk}/send_message"),
            Some(json!({"text": "¡Hola!"})),
        )
        .await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let over = desk
        .refused(
            Method::POST,
            &format!("talks/{talk}/send_message"),
            Some(json!({"text": "¿Sí?"})),
        )
        .await;
    assert_eq!((over.0, &over.1["detail"]), (402, &json!("Over chat API limit")));
    desk.does(Deed::CloseChat {
        chat: desk.crm().chats()[0].id.clone(),
    })
    .unwrap();
    assert_eq!(
        desk.refused(
            Method::POST,
            &format!("talks/{talk}/send_message"),
            Some(json!({"text": "?"}))
        )
        .await
        .0,
        422
    );
}

#[tokio::test]
async fn events_come_doubled_by_order() {
    let desk = Desk::connected().await;
    desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    desk.sandbox
        .crm("amocrm")
        .unwrap()
        .chaos
        .order(Trouble::of(Kind::Duplicate).on("events").times(1));
    let path = "events?filter[type]=incoming_chat_message";
    assert_eq!(desk.get(path).await["_embedded"]["events"].as_array().unwrap().len(), 2);
    assert_eq!(desk.get(path).await["_embedded"]["events"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_robots_answer_has_nobody_behind_it() {
    let desk = Desk::connected().await;
    let (chat, _) = desk.anna_writes("m1", json!({"type": "text", "text": "Ау"})).await;
    let sent = desk.special("robot", json!({"chat": chat, "text": "Мы скоро ответим"}));
    let events = desk.get("events?filter[type]=outgoing_chat_message").await;
    assert_eq!(events["_embedded"]["events"][0]["created_by"], 0);
    assert_eq!(desk.history(&chat).await[0]["message"]["id"], sent["message"]);
}
