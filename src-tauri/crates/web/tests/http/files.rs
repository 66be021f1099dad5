use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::backend::Office;

#[tokio::test]
async fn a_file_arrives_whole_with_its_name() {
    let office = Office::open().await;
    let file: Vec<u8> = (0..3 << 20).map(|n: u32| n.to_le_bytes()[0]).collect();
    let part = Part::bytes(file.clone())
        .file_name("Договор №7.pdf")
        .mime_str("application/pdf")
        .unwrap();
    let form = Form::new().text("note", "before the file").part("file", part);
    let call = office.browser.post(office.at("/upload")).bearer_auth(office.token());
    let answer: Value = call.multipart(form).send().await.unwrap().json().await.unwrap();
    assert_eq!(
        answer,
        json!({"upload_id": 5, "name": "Договор №7.pdf", "mime": "application/pdf"})
    );
    assert_eq!(*office.desk.uploaded.lock().unwrap(), file);
}

#[tokio::test]
async fn an_upload_without_a_file_is_refused_at_the_field() {
    let office = Office::open().await;
    let call = office.browser.post(office.at("/upload")).bearer_auth(office.token());
    let refused = call
        .multipart(Form::new().text("note", "nothing else"))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), 422);
    assert_eq!(refused.json::<Value>().await.unwrap()["field"], "file");
}

#[tokio::test]
async fn a_voice_message_can_be_moved_along() {
    let office = Office::open().await;
    let part = office
        .get("/media/1")
        .header("Range", "bytes=10-12")
        .send()
        .await
        .unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], "bytes 10-12/100");
    assert_eq!(part.headers()["content-type"], "audio/ogg");
    assert_eq!(part.bytes().await.unwrap().as_ref(), [10, 11, 12]);
    let whole = office.get("/media/1").send().await.unwrap();
    assert_eq!((whole.status().as_u16(), whole.content_length()), (200, Some(100)));
}

#[tokio::test]
async fn a_page_from_a_stranger_is_saved_never_shown() {
    let office = Office::open().await;
    let page = office.get("/media/2").send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "application/octet-stream");
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    assert_eq!(page.headers()["content-security-policy"], "sandbox; default-src 'none'");
    let placed = page.headers()["content-disposition"].to_str().unwrap();
    assert!(
        placed.starts_with("attachment; ") && placed.contains("UTF-8''%D0%9F"),
        "{placed}"
    );
}

#[tokio::test]
async fn a_file_that_is_gone_is_said_to_be_gone() {
    let office = Office::open().await;
    let gone = office.get("/media/3").send().await.unwrap();
    assert_eq!(gone.status(), 404);
    assert_eq!(
        gone.json::<Value>().await.unwrap()["reason"]["key"],
        "error.file_not_here"
    );
}

#[tokio::test]
async fn a_finished_export_is_saved_under_its_name_never_shown() {
    let office = Office::open().await;
    let file = office.get("/exports/1").send().await.unwrap();
    let disposition = file.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(
        disposition.starts_with("attachment; filename=\"voice.ogg\""),
        "{disposition}"
    );
    assert_eq!(file.bytes().await.unwrap().len(), 100);
    assert_eq!(office.get("/exports/9").send().await.unwrap().status(), 404);
}
