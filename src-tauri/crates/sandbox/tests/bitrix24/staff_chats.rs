//! A program writes into chats of employees.

use crate::world::{MAXIM, Portal};
use serde_json::{Value, json};

const FILE: &str = "aGVsbG8=";

async fn chat(portal: &Portal) -> i64 {
    let made = json!({
        "USERS": [MAXIM], "TITLE": "Анна", "ENTITY_TYPE": "BRIDGE", "ENTITY_ID": "anna", "MESSAGE": "Добро пожаловать",
    });
    portal.call("im.chat.add", made).await.as_i64().unwrap()
}

#[tokio::test]
async fn a_chat_is_found_again_by_what_it_is_about() {
    let portal = Portal::start().await;
    let asked = json!({ "ENTITY_TYPE": "BRIDGE", "ENTITY_ID": "anna" });
    assert_eq!(portal.call("im.chat.get", asked.clone()).await, Value::Null);
    let id = chat(&portal).await;
    assert_eq!(portal.call("im.chat.get", asked).await, json!({ "ID": id }));
    let seen = portal.chat();
    assert_eq!((seen.title.as_str(), seen.messages.len()), ("Анна", 1));
    assert!(seen.channel.contains("Максим"), "{}", seen.channel);
}

#[tokio::test]
async fn words_are_said_changed_and_taken_back_by_their_author_alone() {
    let portal = Portal::start().await;
    let dialog = format!("chat{}", chat(&portal).await);
    let says = json!({ "DIALOG_ID": dialog, "MESSAGE": "Есть стулья?" });
    let id = portal.call("im.message.add", says.clone()).await;
    let change = json!({ "MESSAGE_ID": id, "MESSAGE": "Есть столы?" });
    let maxim = portal.token_of(MAXIM);
    let (status, body) = portal.ask(&maxim, "im.message.update", change.clone()).await;
    assert_eq!((status, &body["error"]), (403, &json!("CANT_EDIT_MESSAGE")));
    assert_eq!(portal.call("im.message.update", change).await, true);
    let told = portal
        .call("im.dialog.messages.get", json!({ "DIALOG_ID": dialog }))
        .await;
    assert_eq!(told["messages"][0]["text"], "Есть столы?");
    let newer = json!({ "DIALOG_ID": dialog, "FIRST_ID": id });
    let told = portal.call("im.dialog.messages.get", newer).await;
    assert_eq!(told["messages"], json!([]));
    let stranger = portal.token_of(9);
    let (_, body) = portal.ask(&stranger, "im.message.add", says).await;
    assert_eq!(body["error"], "ACCESS_ERROR");
}

#[tokio::test]
async fn a_file_on_the_drive_becomes_a_message() {
    let portal = Portal::start().await;
    let id = chat(&portal).await;
    let folder = portal.call("im.disk.folder.get", json!({ "CHAT_ID": id })).await["ID"].clone();
    let upload = json!({ "id": folder, "data": { "NAME": "a.txt" }, "fileContent": ["a.txt", FILE] });
    let file = portal.call("disk.folder.uploadfile", upload).await["ID"].clone();
    let commit = json!({ "CHAT_ID": id, "UPLOAD_ID": file });
    assert_eq!(portal.call("im.disk.file.commit", commit).await, true);
    let refused = json!({ "CHAT_ID": id, "UPLOAD_ID": 1 });
    assert_eq!(portal.refusal("im.disk.file.commit", refused).await.1, "FILES_ERROR");
    let last = portal.chat().messages.pop().unwrap();
    assert_eq!((last.text.as_str(), last.parts.len()), ("", 1));
}
