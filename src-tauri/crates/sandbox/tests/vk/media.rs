//! Uploads, attachments by name, files.

use crate::world::{Line, id};
use reqwest::multipart::{Form, Part as FormPart};
use sandbox::{FileKind, Letter, Media, Part, samples};
use serde_json::{Value, json};

async fn upload(line: &Line, url: &Value, field: &str, file: &Media) -> Value {
    let part = FormPart::bytes(file.data.to_vec()).file_name(file.name.clone());
    let form = Form::new().part(field.to_owned(), part);
    line.http
        .post(url.as_str().unwrap())
        .multipart(form)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_photo_is_uploaded_saved_and_sent() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let server = line
        .call("photos.getMessagesUploadServer", json!({"peer_id": id(&anna)}))
        .await;
    let uploaded = upload(&line, &server["upload_url"], "photo", &samples::photo()).await;
    let saved = line.call("photos.saveMessagesPhoto", uploaded.clone()).await[0].clone();
    let name = format!("photo{}_{}", saved["owner_id"], saved["id"]);
    let send = json!({"peer_id": id(&anna), "random_id": 1, "attachment": name});
    line.call("messages.send", send).await;

    let part = anna.received()[0].parts[0].clone();
    let sent = samples::photo().data;
    assert!(matches!(part, Part::File { shown_as: FileKind::Photo, file } if file.data == sent));
    assert_eq!(line.refusal("photos.saveMessagesPhoto", uploaded).await, 129);
}

#[tokio::test]
async fn a_document_a_voice_message_and_a_drawing_keep_their_kind() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let png = Media::new("drawing.png", &b"\x89PNG\r\n\x1a\n"[..]);
    for (kind, file, shown_as) in [
        ("doc", Media::new("Смета.xlsx", &b"PK"[..]), FileKind::Document),
        ("audio_message", Media::new("voice.ogg", &b"OggS"[..]), FileKind::Voice),
        ("graffiti", png, FileKind::Drawing),
    ] {
        let server = line
            .call(
                "docs.getMessagesUploadServer",
                json!({"type": kind, "peer_id": id(&anna)}),
            )
            .await;
        let uploaded = upload(&line, &server["upload_url"], "file", &file).await;
        let saved = line.call("docs.save", json!({"file": uploaded["file"]})).await;
        assert_eq!(saved["type"], kind);
        let name = format!("doc{}_{}", saved[kind]["owner_id"], saved[kind]["id"]);
        line.call(
            "messages.send",
            json!({"peer_id": id(&anna), "random_id": 0, "attachment": name}),
        )
        .await;
        let received = anna.received();
        assert!(
            matches!(&received.last().unwrap().parts[..], [Part::File { shown_as: shown, .. }] if *shown == shown_as)
        );
    }
}

#[tokio::test]
async fn what_vk_does_not_take_fails_at_the_upload() {
    let line = Line::start().await;
    let photos = line.call("photos.getMessagesUploadServer", json!({})).await;
    let text = Media::new("not-a-photo.png", &b"just words"[..]);
    assert_eq!(
        upload(&line, &photos["upload_url"], "photo", &text).await["photo"],
        "[]"
    );
    let docs = line.call("docs.getMessagesUploadServer", json!({})).await;
    let program = Media::new("setup.exe", &b"MZ"[..]);
    assert!(upload(&line, &docs["upload_url"], "file", &program).await["error"].is_string());
    assert_eq!(line.refusal("docs.save", json!({"file": "made-up"})).await, 105);
}

#[tokio::test]
async fn somebody_elses_photo_needs_its_key() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    anna.sends(Letter::file(FileKind::Photo, samples::photo())).unwrap();
    let photo = poller.event(&line, "message_new").await["message"]["attachments"][0]["photo"].clone();
    let name = format!("photo{}_{}", photo["owner_id"], photo["id"]);
    let with_key = format!("{name}_{}", photo["access_key"].as_str().unwrap());
    let send =
        |attachment: &str| json!({"peer_id": id(&anna), "random_id": 0, "message": "Это?", "attachment": attachment});
    line.call("messages.send", send(&name)).await;
    line.call("messages.send", send(&with_key)).await;

    let parts: Vec<usize> = anna.received().iter().map(|message| message.parts.len()).collect();
    assert_eq!(parts, [0, 1]);
}

#[tokio::test]
async fn a_document_can_be_fetched() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let plan = Media::new("План участка.pdf", &b"%PDF plan"[..]);
    line.customer("Анна")
        .sends(Letter::file(FileKind::Document, plan))
        .unwrap();
    let doc = poller.event(&line, "message_new").await["message"]["attachments"][0]["doc"].clone();
    assert_eq!(
        (doc["title"].as_str(), doc["ext"].as_str()),
        (Some("План участка.pdf"), Some("pdf"))
    );
    assert_eq!(doc["size"], 9);
    assert_eq!(line.fetch(&doc["url"]).await, b"%PDF plan");
    let gone = line
        .http
        .get(format!("{}/files/none/none.pdf", line.base))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), 404);
}

#[tokio::test]
async fn a_photo_comes_in_several_sizes() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    line.customer("Анна")
        .sends(Letter::file(FileKind::Photo, samples::photo()))
        .unwrap();
    let photo = poller.event(&line, "message_new").await["message"]["attachments"][0]["photo"].clone();
    let sizes = photo["sizes"].as_array().unwrap();
    let (small, large) = (&sizes[0], &sizes[sizes.len() - 1]);
    assert_eq!((small["type"].as_str(), small["width"].as_i64()), (Some("s"), Some(75)));
    assert!(line.fetch(&small["url"]).await.len() < line.fetch(&large["url"]).await.len());
    assert_eq!(line.fetch(&large["url"]).await, samples::photo().data);
}
