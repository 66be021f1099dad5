//! Uploads, downloads, albums, avatars.

use crate::common::world;
use crate::wire::{Bot, file};
use reqwest::multipart::Form;
use sandbox::{FileKind, Letter, Media, NewPerson, Part, samples};
use serde_json::{Value, json};

#[tokio::test]
async fn a_photo_of_anna_can_be_downloaded_in_every_size() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let photo = samples::photo();
    anna.sends(Letter::file(FileKind::Photo, photo.clone()).captioned("Вот такой"))
        .unwrap();
    let message = bot.updates(0).await[0]["message"].clone();
    assert_eq!(message["caption"], "Вот такой");
    let sizes = message["photo"].as_array().unwrap();
    let largest = sizes.last().unwrap();
    assert_eq!(
        (largest["width"].as_u64(), largest["file_size"].as_u64()),
        (photo.width.map(u64::from), Some(photo.data.len() as u64))
    );
    assert_eq!(bot.download(largest["file_id"].as_str().unwrap()).await, photo.data);
    let smallest = bot.download(sizes[0]["file_id"].as_str().unwrap()).await;
    assert!(!smallest.is_empty() && smallest.len() < photo.data.len());
    sandbox.stop().await;
}

#[tokio::test]
async fn what_the_operator_uploads_arrives_byte_for_byte() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let chat = || Form::new().text("chat_id", anna.chat.0.clone());
    for (method, field, name) in [
        ("sendDocument", "document", "Смета №1.pdf"),
        ("sendVideo", "video", "обзор.mp4"),
        ("sendAnimation", "animation", "cat.mp4"),
        ("sendAudio", "audio", "song.mp3"),
        ("sendVoice", "voice", "voice.ogg"),
        ("sendVideoNote", "video_note", "note.mp4"),
        ("sendSticker", "sticker", "ok.webp"),
    ] {
        let sent = bot
            .upload(method, chat().part(field, file(name, name.into())))
            .await
            .result();
        assert!(sent.get(field).is_some(), "{method}: {sent}");
        let shown = anna.received().pop().unwrap();
        assert!(
            matches!(&shown.parts[0], Part::File { file, .. } if file.data == name.as_bytes() && file.name == name)
        );
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn an_album_goes_out_with_attachments_and_comes_in_as_one() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let photo = samples::photo();
    let media = json!([
        {"type": "photo", "media": "attach://one", "caption": "Кухня"}, {"type": "photo", "media": "attach://two"},
    ]);
    let form = Form::new()
        .text("chat_id", anna.chat.0.clone())
        .text("media", media.to_string());
    let form = form
        .part("one", file("1.jpg", photo.data.to_vec()))
        .part("two", file("2.jpg", photo.data.to_vec()));
    let sent = bot.upload("sendMediaGroup", form).await.result();
    assert_eq!(sent[0]["media_group_id"], sent[1]["media_group_id"]);
    assert_eq!(anna.sees(), ["Кухня", ""]);
    let shown_as = FileKind::Photo;
    let album = Letter::saying("А вот моя").with(Part::File {
        shown_as,
        file: photo.clone(),
    });
    anna.sends(album.with(Part::File { shown_as, file: photo })).unwrap();
    let updates = bot.updates(0).await;
    let ids: Vec<&Value> = updates
        .iter()
        .map(|update| &update["message"]["media_group_id"])
        .collect();
    assert!(ids.len() == 2 && ids[0].is_string() && ids[0] == ids[1]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_file_can_be_sent_again_by_its_identifier_as_its_own_kind_only() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let form = Form::new()
        .text("chat_id", anna.chat.0.clone())
        .part("document", file("a.pdf", b"%PDF".to_vec()));
    let sent = bot.upload("sendDocument", form).await.result();
    let id = sent["document"]["file_id"].as_str().unwrap();
    let again = bot
        .call("sendDocument", json!({"chat_id": anna.chat.0, "document": id}))
        .await
        .result();
    assert_eq!(again["document"]["file_unique_id"], sent["document"]["file_unique_id"]);
    let wrong = bot
        .call("sendPhoto", json!({"chat_id": anna.chat.0, "photo": id}))
        .await;
    let words = "Bad Request: type of file mismatch: can't use file of type Document as Photo";
    assert_eq!(wrong.refusal(), (400, words));
    sandbox.stop().await;
}

#[tokio::test]
async fn files_over_the_caps_are_refused_in_the_words_of_the_server() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let form = |field: &'static str, bytes| {
        Form::new()
            .text("chat_id", anna.chat.0.clone())
            .part(field, file("f.jpg", bytes))
    };
    let large = bot
        .upload("sendDocument", form("document", vec![0; (50 << 20) + 1]))
        .await;
    assert_eq!(large.refusal(), (413, "Request Entity Too Large"));
    let photo = bot.upload("sendPhoto", form("photo", vec![0; (10 << 20) + 1])).await;
    assert!(
        photo
            .refusal()
            .1
            .contains("is too big for a photo; the maximum size is 10485760 bytes")
    );
    let broken = bot.upload("sendPhoto", form("photo", b"no picture".to_vec())).await;
    assert_eq!(broken.refusal(), (400, "Bad Request: IMAGE_PROCESS_FAILED"));
    let empty = bot.upload("sendDocument", form("document", Vec::new())).await;
    assert_eq!(empty.refusal(), (400, "Bad Request: file must be non-empty"));
    anna.sends(Letter::file(
        FileKind::Document,
        Media::new("film.mkv", vec![1; (20 << 20) + 1]),
    ))
    .unwrap();
    let id = bot.updates(0).await[0]["message"]["document"]["file_id"].clone();
    assert_eq!(
        bot.call("getFile", json!({"file_id": id})).await.refusal(),
        (400, "Bad Request: file is too big")
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn the_profile_shows_picture_words_and_birthday() {
    let sandbox = world().await;
    let (bot, vendor) = (Bot::of(&sandbox), &sandbox.vendor("telegram_bot").unwrap().vendor);
    let vera = vendor.add_person(NewPerson {
        username: Some("vera_cvety".into()),
        about: Some("Цветы каждый день".into()),
        birthday: Some("8.3.1990".into()),
        avatar: Some(samples::photo().data),
        ..NewPerson::named("Вера", "Цветкова")
    });
    let chat = bot.call("getChat", json!({"chat_id": vera.id.0})).await.result();
    assert_eq!(chat["bio"], "Цветы каждый день");
    assert_eq!(chat["birthdate"], json!({"day": 8, "month": 3, "year": 1990}));
    assert!(
        !bot.download(chat["photo"]["small_file_id"].as_str().unwrap())
            .await
            .is_empty()
    );
    let photos = bot
        .call("getUserProfilePhotos", json!({"user_id": vera.id.0}))
        .await
        .result();
    assert_eq!(photos["total_count"], 1);
    sandbox.stop().await;
}
