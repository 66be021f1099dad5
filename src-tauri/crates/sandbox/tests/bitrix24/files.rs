//! Files both ways: from the drive into a chat, and from an operator to the client.

use crate::world::{MAXIM, Portal, message};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sandbox::crm::Deed;
use sandbox::{FileKind, Letter, Part, samples};
use serde_json::{Value, json};

async fn uploaded(portal: &Portal) -> Value {
    let storage = portal.call("disk.storage.getforapp", json!({})).await;
    let content = STANDARD.encode(&samples::photo().data);
    let upload =
        json!({"id": storage["ROOT_OBJECT_ID"], "data": {"NAME": "фото.jpg"}, "fileContent": ["фото.jpg", content]});
    portal.call("disk.folder.uploadfile", upload).await
}

fn with_file(url: &Value) -> Value {
    let mut sent = message("anna", "m1", "");
    sent["message"] = json!({"id": "m1", "files": [{"url": url, "name": "фото.jpg"}]});
    sent
}

/// The first part of the first message, once the portal has it.
async fn arrived(portal: &Portal) -> Option<Part> {
    for _ in 0..200 {
        if let Some(part) = portal.chat().messages[0].parts.first() {
            return Some(part.clone());
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    None
}

#[tokio::test]
async fn a_file_from_the_portals_own_drive_arrives() {
    let portal = Portal::start().await;
    portal.connector("tg", json!({})).await;
    let file = uploaded(&portal).await;
    portal.sends(with_file(&file["DOWNLOAD_URL"])).await;
    let part = arrived(&portal).await;
    assert!(matches!(part, Some(Part::File { shown_as: FileKind::Photo, file }) if file.data == samples::photo().data));
}

#[tokio::test]
async fn a_file_elsewhere_on_this_machine_is_fetched_and_one_outside_is_not() {
    let portal = Portal::start().await;
    portal.connector("tg", json!({})).await;
    let other = portal.sandbox.directory()["control"].as_str().unwrap().to_owned();
    portal.sends(with_file(&format!("{other}/samples").into())).await;
    assert!(arrived(&portal).await.is_some());
    let mut outside = with_file(&"https://files.example/a.jpg".into());
    outside["message"]["id"] = "m2".into();
    portal.sends(outside).await;
    assert_eq!(
        portal.chat().messages.last().unwrap().links,
        ["https://files.example/a.jpg"]
    );
}

#[tokio::test]
async fn the_link_for_people_shows_a_page_first() {
    let portal = Portal::start().await;
    let file = uploaded(&portal).await;
    let link = portal
        .call("disk.file.getExternalLink", json!({"id": file["ID"]}))
        .await;
    let page = portal
        .http
        .get(link.as_str().unwrap())
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let path = page.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let bytes = portal
        .http
        .get(format!("{}{path}", portal.base))
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes, samples::photo().data);
    let again = json!({"id": file["PARENT_ID"], "data": {"NAME": "фото.jpg"}, "fileContent": ["фото.jpg", "AAAA"]});
    assert_eq!(
        portal.refusal("disk.folder.uploadfile", again).await.1,
        "DISK_OBJ_22000"
    );
}

#[tokio::test]
async fn what_an_operator_attaches_is_fetched_by_a_short_link() {
    let portal = Portal::start().await;
    portal.connector("tg", json!({})).await;
    portal.sends(message("anna", "m1", "Пришлите план")).await;
    portal.listens(&["ONIMCONNECTORMESSAGEADD"]).await;
    let (chat, file) = (portal.chat().id, samples::photo());
    let letter = Letter {
        parts: vec![Part::File {
            shown_as: FileKind::Photo,
            file: file.clone(),
        }],
        ..Letter::saying("План")
    };
    portal.does(MAXIM, Deed::Answer { chat, letter }).unwrap();
    let shown = portal.events().await[0].1["MESSAGES"][0]["message"]["files"][0].clone();
    assert_eq!(
        (shown["type"].as_str(), shown["size"].as_u64()),
        (Some("image"), Some(file.data.len() as u64))
    );
    assert!(shown["width"].as_u64().is_some());
    let fetched = portal.http.get(shown["link"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(fetched.bytes().await.unwrap(), file.data);
}
