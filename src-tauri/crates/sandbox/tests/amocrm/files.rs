//! The drive.

use crate::common::http;
use crate::world::Desk;
use reqwest::Method;
use sandbox::crm::{CardId, CardKind};
use sandbox::samples;
use serde_json::{Value, json};

impl Desk {
    /// Uploads in parts as the vendor documents it; gives the file.
    async fn upload(&self, name: &str, bytes: &[u8]) -> Value {
        let account = self.get("account?with=drive_url").await;
        let drive = account["drive_url"].as_str().unwrap();
        let wish = json!({"file_name": name, "file_size": bytes.len(), "content_type": "application/pdf"});
        let ask = http()
            .post(format!("{drive}/v1.0/sessions"))
            .bearer_auth(&self.token)
            .json(&wish);
        let mut answer: Value = ask.send().await.unwrap().json().await.unwrap();
        let most = usize::try_from(answer["max_part_size"].as_u64().unwrap()).unwrap();
        let mut next = answer["upload_url"].clone();
        for part in bytes.chunks(most) {
            let send = http()
                .post(next.as_str().unwrap())
                .bearer_auth(&self.token)
                .body(part.to_vec());
            answer = send.send().await.unwrap().json().await.unwrap();
            next = answer["next_url"].clone();
        }
        answer
    }
}

#[tokio::test]
async fn a_file_is_uploaded_in_parts_hung_on_a_card_and_fetched() {
    let desk = Desk::open().await;
    let bytes: Vec<u8> = (0..700_000u32).map(|number| number.to_le_bytes()[0]).collect();
    let file = desk.upload("Смета.pdf", &bytes).await;
    assert_eq!(
        (&file["size"], &file["name"], &file["metadata"]["extension"]),
        (&json!(700_000), &json!("Смета"), &json!("pdf"))
    );
    let lead = desk.card("leads", json!({"name": "Кухня"})).await;
    let hung = json!([{"file_uuid": file["uuid"]}]);
    assert!(
        desk.send(Method::PUT, &format!("leads/{lead}/files"), Some(hung))
            .await
            .status()
            .is_success()
    );
    let note = json!([{"note_type": "attachment", "params": {"file_uuid": file["uuid"], "version_uuid": file["version_uuid"], "file_name": "Смета.pdf"}}]);
    desk.post(&format!("leads/{lead}/notes"), note).await;
    let card = desk.shown(&CardId::of(CardKind::Lead, lead)).unwrap();
    assert_eq!(card.notes[0].files[0].data.len(), 700_000);
    let link = file["_links"]["download"]["href"].as_str().unwrap();
    assert_eq!(
        http().get(link).send().await.unwrap().bytes().await.unwrap().len(),
        700_000
    );
    desk.special("files", json!({"open": false}));
    assert_eq!(http().get(link).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_part_is_taken_once() {
    let desk = Desk::open().await;
    let photo = samples::photo().data;
    let wish = json!({"file_name": "диван.jpg", "file_size": photo.len(), "content_type": "image/jpeg"});
    let ask = http()
        .post(format!("{}/v1.0/sessions", desk.base))
        .bearer_auth(&desk.token)
        .json(&wish);
    let session: Value = ask.send().await.unwrap().json().await.unwrap();
    let send = || {
        http()
            .post(session["upload_url"].as_str().unwrap())
            .bearer_auth(&desk.token)
            .body(photo.clone())
    };
    assert_eq!(send().send().await.unwrap().status(), 200);
    assert_eq!(send().send().await.unwrap().status(), 404);
}
