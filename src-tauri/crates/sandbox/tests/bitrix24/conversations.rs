//! A client writes, the line and its operators answer, the conversation ends.

use crate::world::{MAXIM, OLGA, Portal, message};
use sandbox::crm::{Author, Deed, Fate};
use serde_json::{Value, json};

const ADD: &str = "ONIMCONNECTORMESSAGEADD";

async fn portal() -> Portal {
    let portal = Portal::start().await;
    portal.connector("tg", json!({})).await;
    portal
}

#[tokio::test]
async fn a_first_message_opens_a_session_and_makes_a_lead() {
    let portal = portal().await;
    let result = portal.anna_writes("m1", "Есть стулья?").await;
    assert_eq!(
        (result["SUCCESS"].as_bool(), result["message"]["id"].as_str()),
        (Some(true), Some("m1"))
    );
    let chat = portal.chat();
    assert_eq!(result["session"]["CHAT_ID"], chat.id.0);
    assert_eq!(
        (chat.channel.as_str(), chat.external_id.as_deref(), chat.open),
        ("Telegram", Some("anna"), true)
    );
    assert_eq!(
        chat.messages[0].author,
        Author::Client {
            name: "Анна Котова".into()
        }
    );
    assert_eq!(chat.messages[1].author, Author::System);
    let lead = portal.card(&chat.card.unwrap().0);
    assert_eq!(
        (lead.title.as_str(), lead.stage.as_deref()),
        ("Анна Котова - Беседка", Some("NEW"))
    );
    assert!(
        lead.fields
            .iter()
            .any(|field| field.id == "PHONE" && field.values == ["+79120000077"])
    );
    portal.anna_writes("m2", "И столы?").await;
    assert_eq!(portal.chat().messages.len(), 3);
}

#[tokio::test]
async fn a_client_known_by_phone_gets_no_second_card() {
    let portal = portal().await;
    let fields = json!({"NAME": "Анна", "PHONE": [{"VALUE": "8 912 000-00-77"}]});
    let contact = portal.call("crm.contact.add", json!({"fields": fields})).await;
    let deal = portal
        .call(
            "crm.deal.add",
            json!({"fields": {"TITLE": "Стол", "CONTACT_ID": contact}}),
        )
        .await;
    portal.anna_writes("m1", "Когда привезёте?").await;
    let chat = portal.chat();
    assert_eq!(chat.card.unwrap().0, format!("deal-{deal}"));
    assert_eq!(chat.contact.unwrap().0, format!("contact-{contact}"));
    assert_eq!(portal.call("crm.lead.list", json!({})).await, json!([]));
    let of_card = portal
        .call(
            "imopenlines.crm.chat.get",
            json!({"CRM_ENTITY_TYPE": "DEAL", "CRM_ENTITY": deal}),
        )
        .await;
    assert_eq!(of_card[0]["CONNECTOR_ID"], "tg");
}

#[tokio::test]
async fn the_tracker_stays_out_of_groups_and_where_it_is_told_to() {
    let portal = portal().await;
    let mut quiet = message("anna", "m1", "Тише");
    quiet["message"]["disable_crm"] = "Y".into();
    let result = portal.sends(quiet).await;
    assert_eq!(result["extra"], json!({"disable_tracker": "Y"}));
    assert_eq!(portal.chat().card, None);
}

#[tokio::test]
async fn an_operators_answer_is_signed_and_waits_in_the_queue() {
    let portal = portal().await;
    portal.listens(&[ADD]).await;
    portal.anna_writes("m1", "Есть стулья?").await;
    let id = portal.answers(MAXIM, "Есть!\nСколько?");
    let chat = portal.chat().id;
    let events = portal.events().await;
    assert_eq!(
        events,
        [(
            ADD.to_owned(),
            json!({
                "CONNECTOR": "tg", "LINE": 1, "MESSAGES": [{
                    "im": {"chat_id": chat.number(), "message_id": id.number()},
                    "message": {"user_id": MAXIM, "text": "[b]Максим Орлов:[/b] [br]Есть![br]Сколько?"},
                    "chat": {"id": "anna"},
                }],
            })
        )]
    );
}

#[tokio::test]
async fn without_signature_only_the_words_go_out() {
    let portal = Portal::start().await;
    portal.connector("tg", json!({"NEED_SIGNATURE": false})).await;
    portal.listens(&[ADD]).await;
    portal.anna_writes("m1", "?").await;
    portal.answers(MAXIM, "Да");
    assert_eq!(portal.events().await[0].1["MESSAGES"][0]["message"]["text"], "Да");
}

#[tokio::test]
async fn delivery_is_confirmed_and_later_changes_name_our_ids() {
    let portal = portal().await;
    portal.anna_writes("m1", "Есть стулья?").await;
    portal
        .listens(&["ONIMCONNECTORMESSAGEUPDATE", "ONIMCONNECTORMESSAGEDELETE"])
        .await;
    let id = portal.answers(MAXIM, "Нет");
    assert_eq!(portal.chat().messages.last().unwrap().fate, Some(Fate::Sent));
    let chat = portal.chat().id;
    let status = json!({"im": {"chat_id": chat.number(), "message_id": id.number()}, "message": {"id": ["tg-9"]}, "chat": {"id": "anna"}});
    let params = json!({"CONNECTOR": "tg", "LINE": 1, "MESSAGES": [status]});
    let done = portal.call("imconnector.send.status.delivery", params).await;
    assert_eq!(done, json!({"SUCCESS": true, "DATA": []}));
    assert_eq!(portal.chat().messages.last().unwrap().fate, Some(Fate::Delivered));
    portal
        .does(
            MAXIM,
            Deed::EditAnswer {
                chat: chat.clone(),
                message: id.clone(),
                text: "Да".into(),
            },
        )
        .unwrap();
    portal.does(MAXIM, Deed::DeleteAnswer { chat, message: id }).unwrap();
    let told: Vec<Value> = portal
        .events()
        .await
        .into_iter()
        .map(|(_, data)| data["MESSAGES"][0]["message"]["id"].clone())
        .collect();
    assert_eq!(told, [json!(["tg-9"]), json!("tg-9")]);
}

#[tokio::test]
async fn a_client_corrects_and_deletes() {
    let portal = portal().await;
    portal.anna_writes("m1", "Есть стуля?").await;
    let send = async |method: &str, message: Value| {
        let params = json!({"CONNECTOR": "tg", "LINE": 1, "MESSAGES": [message]});
        portal.call(method, params).await["DATA"]["RESULT"][0]["SUCCESS"].clone()
    };
    assert_eq!(
        send("imconnector.update.messages", message("anna", "m1", "Есть стулья?")).await,
        true
    );
    assert_eq!(portal.chat().messages[0].text, "Есть стулья?");
    let gone = json!({"user": {"id": "anna"}, "message": {"id": "m1"}, "chat": {"id": "anna"}});
    assert_eq!(send("imconnector.delete.messages", gone.clone()).await, true);
    assert!(portal.chat().messages[0].deleted);
    assert_eq!(send("imconnector.delete.messages", gone).await, false);
}

#[tokio::test]
async fn what_is_written_on_the_phone_stands_as_the_managers() {
    let portal = portal().await;
    portal.listens(&[ADD]).await;
    let mut written = message("anna", "m1", "Перезвоню");
    written["message"]["user_id"] = MAXIM.into();
    portal.sends(written).await;
    assert_eq!(portal.chat().messages[0].author, Author::Manager { id: MAXIM.into() });
    assert_eq!(portal.events().await, []);
}

#[tokio::test]
async fn bad_messages_are_refused_one_by_one() {
    let portal = portal().await;
    let mut digits = message("anna", "m1", "?");
    digits["user"]["name"] = "Anna2000".into();
    let empty = message("anna", "m2", "");
    let params = json!({"CONNECTOR": "tg", "LINE": 1, "MESSAGES": [digits, empty, message("anna", "m3", "Да")]});
    let result = portal.call("imconnector.send.messages", params).await;
    let success: Vec<bool> = result["DATA"]["RESULT"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["SUCCESS"].as_bool().unwrap())
        .collect();
    assert_eq!(
        (success, result["SUCCESS"].as_bool()),
        (vec![false, false, true], Some(true))
    );
    assert_eq!(
        portal
            .refusal("imconnector.send.messages", json!({"CONNECTOR": "tg", "LINE": 1}))
            .await
            .1,
        "ERROR_ARGUMENT"
    );
    let strange = json!({"CONNECTOR": "other", "LINE": 1, "MESSAGES": [message("anna", "m1", "?")]});
    assert_eq!(
        portal.refusal("imconnector.send.messages", strange).await.1,
        "IMCONNECTOR_NO_CORRECT_PROVIDER"
    );
}

#[tokio::test]
async fn a_message_sent_twice_stands_there_twice() {
    let portal = portal().await;
    portal.anna_writes("m1", "Алло").await;
    portal.anna_writes("m1", "Алло").await;
    assert_eq!(portal.chat().messages[0].copies, 2);
}

#[tokio::test]
async fn the_line_greets_says_goodbye_and_asks_for_a_rating() {
    let portal = portal().await;
    portal.anna_writes("m1", "Спасибо").await;
    portal.listens(&[ADD, "ONIMCONNECTORDIALOGFINISH"]).await;
    portal.does(OLGA, Deed::CloseChat { chat: portal.chat().id }).unwrap();
    let events = portal.events().await;
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [ADD, ADD, "ONIMCONNECTORDIALOGFINISH"]);
    assert_eq!(events[0].1["MESSAGES"][0]["message"]["user_id"], 0);
    assert!(
        events[1].1["MESSAGES"][0]["message"]["text"]
            .as_str()
            .unwrap()
            .contains("1 - хорошо")
    );
    assert_eq!(events[2].1["DATA"][0]["session"]["closed"], "Y");
    let rated = portal.anna_writes("m2", "1").await;
    assert_eq!(
        rated["session"]["ID"],
        events[2].1["DATA"][0]["session"]["id"].to_string()
    );
    assert_eq!(portal.chat().messages.last().unwrap().text, "Спасибо за вашу оценку!");
    assert!(!portal.chat().open);
    portal.anna_writes("m3", "И ещё").await;
    assert!(portal.chat().open);
}

#[tokio::test]
async fn what_the_line_says_inside_our_own_call_never_reaches_the_queue() {
    let portal = portal().await;
    portal.listens(&[ADD]).await;
    let bridge = json!({"event": ADD, "event_type": "offline", "auth_connector": "bridge"});
    portal.call("event.bind", bridge).await;
    let session = portal.anna_writes("m1", "Здравствуйте").await["session"]["ID"].clone();
    assert_eq!(portal.events().await, []);
    let other = portal
        .call("event.offline.get", json!({"auth_connector": "bridge"}))
        .await;
    assert_eq!(other["events"].as_array().unwrap().len(), 1);
    let history = portal
        .call("imopenlines.session.history.get", json!({"SESSION_ID": session}))
        .await;
    let said: Vec<&str> = history["message"]
        .as_object()
        .unwrap()
        .values()
        .map(|one| one["senderid"].as_str().unwrap())
        .collect();
    assert_eq!((said.len(), said.contains(&"0")), (2, true));
}

#[tokio::test]
async fn a_conversation_is_found_by_its_code() {
    let portal = portal().await;
    portal.anna_writes("m1", "Здравствуйте").await;
    let dialog = portal
        .call("imopenlines.dialog.get", json!({"CHAT_ID": portal.chat().id.number()}))
        .await;
    let code = dialog["entity_id"].as_str().unwrap();
    assert!(code.starts_with("tg|1|anna|"), "{code}");
    let opened = portal
        .call("imopenlines.session.open", json!({"USER_CODE": code}))
        .await;
    assert_eq!(opened, json!({"chatId": portal.chat().id.0}));
    let finish = json!({"CHAT_ID": portal.chat().id.number()});
    portal.call("imopenlines.operator.finish", finish).await;
    assert!(!portal.chat().open);
}
