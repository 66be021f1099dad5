//! Sending, changing, fetching and the rest against the simulator.

use std::path::PathBuf;

use contracts::channel::{
    Activity, CallError, ConnectorEvent, OutgoingFile, SendError, WriteFirstError, WriteFirstTarget,
};
use domain::{AttachmentKind, RemoteId};
use sandbox::{
    FileKind, Letter, NewPerson, Part,
    chaos::{Kind, Trouble},
    samples,
};
use serde_json::json;

use super::world::{World, error, ready, saying};

fn file(dir: &tempfile::TempDir, name: &str, bytes: &[u8], kind: AttachmentKind, mime: &str) -> OutgoingFile {
    let path: PathBuf = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    OutgoingFile {
        path,
        name: name.to_owned(),
        mime: mime.to_owned(),
        size: bytes.len() as u64,
        kind,
        duration_ms: None,
    }
}

/// The reason of a send that did not happen.
fn refused(sent: Result<contracts::channel::Sent, SendError>) -> (bool, String) {
    let error = sent.unwrap_err();
    (
        matches!(error, SendError::Unreachable(_)),
        error.reason().key.into_owned(),
    )
}

#[tokio::test]
async fn an_answer_with_a_quote_reaches_anna() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let question = anna.writes("Доставка есть?").unwrap();
    let mut answer = saying(&anna.chat.0, "Да, по городу бесплатно");
    answer.reply_to = Some(RemoteId::new(&question));
    let sent = world.connector().send(&answer).await.unwrap();
    let seen = &anna.received()[0];
    assert_eq!(
        (seen.id.0.as_str(), seen.text.text.as_str()),
        (sent.remote_id.as_str(), "Да, по городу бесплатно")
    );
    assert_eq!(seen.reply_to, Some(question));
}

#[tokio::test]
async fn photo_document_and_voice_travel_in_one_message() {
    let (world, dir) = (World::new().await, tempfile::tempdir().unwrap());
    let anna = world.customer("Анна");
    let mut message = saying(&anna.chat.0, "Смета и фото");
    let (photo, pdf) = (samples::photo().data, b"%PDF-1.4 smeta");
    message.files = vec![
        file(&dir, "kitchen.jpg", &photo, AttachmentKind::Image, "image/jpeg"),
        file(&dir, "смета.pdf", pdf, AttachmentKind::Document, "application/pdf"),
        file(
            &dir,
            "voice.ogg",
            b"OggS",
            AttachmentKind::Voice,
            "audio/ogg; codecs=opus",
        ),
    ];
    world.connector().send(&message).await.unwrap();
    let shown: Vec<_> = anna.received()[0].parts.iter().map(shown).collect();
    assert_eq!(shown, [FileKind::Photo, FileKind::Document, FileKind::Voice]);
    let Part::File { file, .. } = &anna.received()[0].parts[1] else {
        panic!()
    };
    assert_eq!((file.name.as_str(), &file.data[..]), ("смета.pdf", &pdf[..]));
}

fn shown(part: &Part) -> FileKind {
    match part {
        Part::File { shown_as, .. } => *shown_as,
        other => panic!("no file: {other:?}"),
    }
}

#[tokio::test]
async fn a_file_that_vk_does_not_take_is_named() {
    let (world, dir) = (World::new().await, tempfile::tempdir().unwrap());
    let mut message = saying(&world.customer("Анна").chat.0, "");
    message.files = vec![file(&dir, "track.mp3", b"ID3", AttachmentKind::Audio, "audio/mpeg")];
    let failed = world.connector().send(&message).await.unwrap_err();
    let reason = failed.reason();
    assert_eq!(
        (&*reason.key, &*reason.params["name"]),
        ("vk_messages.reason.upload_refused", "track.mp3")
    );
    assert!(failed.certain(), "nothing was sent");
}

#[tokio::test]
async fn a_lost_answer_and_a_second_try_make_one_message() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let connector = world.connector();
    world.trouble(Trouble::of(Kind::LoseAnswer).on("messages.send").times(1));
    let message = saying(&anna.chat.0, "Оплата прошла");
    let lost = connector.send(&message).await.unwrap_err();
    assert!(!lost.certain());
    let sent = connector.send(&message).await.unwrap();
    assert_eq!(anna.sees(), ["Оплата прошла"]);
    assert_eq!(anna.received()[0].id.0, sent.remote_id.0);
}

#[tokio::test]
async fn after_a_restart_a_message_that_had_left_is_found_in_the_dialog() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let message = saying(&anna.chat.0, "Ждём вас в субботу");
    world.trouble(Trouble::of(Kind::LoseAnswer).on("messages.send").times(1));
    world.connector().send(&message).await.unwrap_err();
    // Hours later VK has forgotten the `random_id`: any further send would be a second message.
    world.trouble(Trouble::of(Kind::ExpiredToken).on("messages.send"));
    let sent = world.connector().send(&message).await.unwrap();
    assert_eq!(anna.received()[0].id.0, sent.remote_id.0);
}

#[tokio::test]
async fn who_cannot_be_written_to_is_told_apart_from_what_cannot_be_sent() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let id: i64 = anna.person.id.0.parse().unwrap();
    let connector = world.connector();
    let send = async |text: &str| refused(connector.send(&saying(&anna.chat.0, text)).await);
    world.switch("person", &json!({"id": id, "consent": "withdrawn"}));
    assert_eq!(send("1").await, (true, "vk_messages.reason.not_allowed".into()));
    world.switch("person", &json!({"id": id, "consent": "private"}));
    assert_eq!(send("2").await, (true, "vk_messages.reason.privacy".into()));
    world.switch("person", &json!({"id": id, "consent": "given", "blacklisted": true}));
    assert_eq!(send("3").await, (true, "vk_messages.reason.blacklisted".into()));
    world.switch("person", &json!({"id": id, "blacklisted": false}));
    world.switch("error", &error(914, "messages.send"));
    assert_eq!(send("4").await, (false, "vk_messages.reason.too_long".into()));
    world.switch("error", &error(14, "messages.send"));
    assert_eq!(send("5").await, (false, "vk_messages.reason.captcha".into()));
}

#[tokio::test]
async fn too_many_calls_wait_a_moment_and_pass() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    world.trouble(
        Trouble::of(Kind::TooManyRequests { retry_after: 1 })
            .on("messages.send")
            .times(1),
    );
    world.connector().send(&saying(&anna.chat.0, "Готово")).await.unwrap();
    assert_eq!(anna.sees(), ["Готово"]);
}

#[tokio::test]
async fn an_edit_keeps_the_photo_and_a_deletion_is_repeatable() {
    let (world, dir) = (World::new().await, tempfile::tempdir().unwrap());
    let anna = world.customer("Анна");
    let connector = world.connector();
    let mut message = saying(&anna.chat.0, "Вот столь");
    message.files = vec![file(
        &dir,
        "a.jpg",
        &samples::photo().data,
        AttachmentKind::Image,
        "image/jpeg",
    )];
    let sent = connector.send(&message).await.unwrap().remote_id;
    let (editing, chat) = (connector.editing().unwrap(), message.chat.clone());
    editing.edit(&chat, &sent, "Вот стол", &[]).await.unwrap();
    let seen = anna.received().remove(0);
    assert_eq!(
        (seen.text.text.as_str(), seen.parts.len(), seen.edited),
        ("Вот стол", 1, true)
    );
    editing.delete(&chat, &sent).await.unwrap();
    editing.delete(&chat, &sent).await.unwrap();
    assert!(anna.sees().is_empty());
}

#[tokio::test]
async fn anna_sees_that_we_read_and_type() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let question = anna.writes("Ау").unwrap();
    let (connector, chat) = (world.connector(), RemoteId::new(&anna.chat));
    connector
        .read_marks()
        .unwrap()
        .mark_read(&chat, &RemoteId::new(&question))
        .await
        .unwrap();
    connector
        .live_signals()
        .unwrap()
        .show(&chat, Activity::Typing)
        .await
        .unwrap();
    let phone = anna.phone().unwrap();
    assert_eq!((phone.business_read, phone.business_types), (Some(question), true));
}

#[tokio::test]
async fn older_messages_come_page_by_page_to_the_beginning() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    for number in 0..120 {
        anna.writes(&number.to_string()).unwrap();
    }
    let connector = world.connector();
    let chat = chat_of(&world, &anna).await;
    let (mut texts, mut cursor) = (Vec::new(), None);
    loop {
        let (batch, next) = connector.history().unwrap().older(&chat, cursor).await.unwrap();
        let page = batch.events.into_iter().map(|event| match event {
            ConnectorEvent::Message(message) if message.catch_up => message.content.text,
            other => panic!("{other:?}"),
        });
        texts.splice(0..0, page);
        cursor = next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(texts, (0..120).map(|number| number.to_string()).collect::<Vec<_>>());
}

async fn chat_of(world: &World, who: &sandbox::Customer) -> contracts::channel::ChatRef {
    let target = WriteFirstTarget::Id(who.person.id.0.clone());
    world.connector().write_first().unwrap().find(&target).await.unwrap().0
}

#[tokio::test]
async fn annas_photo_is_downloaded_even_after_its_address_has_expired() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    anna.sends(Letter::file(FileKind::Photo, samples::photo()).captioned("Фото"))
        .unwrap();
    let mut fetch = line.given.until_text("Фото").await.files[0].fetch.clone();
    let fresh = fetch["url"].as_str().unwrap().to_owned();
    for url in [fresh.clone(), fresh.replace("/files/", "/files/expired")] {
        fetch["url"] = url.into();
        let mut bytes = Vec::new();
        line.connector.media().unwrap().fetch(&fetch, &mut bytes).await.unwrap();
        assert!(bytes.starts_with(&[0xff, 0xd8]), "a JPEG");
    }
    line.stop().await;
}

/// Somebody with a page of that name; a stranger has never written to the community.
fn page(world: &World, username: &str, stranger: bool) -> sandbox::Person {
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    vendor.add_person(NewPerson {
        username: Some(username.to_owned()),
        stranger,
        ..NewPerson::named("Анна", "Лебедева")
    })
}

#[tokio::test]
async fn who_has_allowed_messages_can_be_written_to_first() {
    let world = World::new().await;
    let anna = page(&world, "anna_l", false);
    let connector = world.connector();
    let name = WriteFirstTarget::Username("vk.com/anna_l".to_owned());
    for target in [name, WriteFirstTarget::Id(anna.id.0.clone())] {
        let (chat, found) = connector.write_first().unwrap().find(&target).await.unwrap();
        assert_eq!(chat.remote_id.0, anna.id.0);
        assert_eq!(found.name.as_deref(), Some("Анна Лебедева"));
    }
}

#[tokio::test]
async fn whoever_cannot_be_written_to_first_has_a_reason() {
    let world = World::new().await;
    page(&world, "vera_l", true);
    let connector = world.connector();
    let name = |name: &str| WriteFirstTarget::Username(name.to_owned());
    for (target, why) in [
        (name("vera_l"), "not_allowed"),
        (name("nobody_l"), "nobody"),
        (name("besedka_shop"), "not_a_person"),
        (WriteFirstTarget::Phone("+79000000023".to_owned()), "phone_unknown"),
    ] {
        let Err(WriteFirstError::Forbidden(reason)) = connector.write_first().unwrap().find(&target).await else {
            panic!("{why}")
        };
        assert_eq!(reason.key, format!("vk_messages.reason.{why}"));
    }
}

#[tokio::test]
async fn a_card_is_told_on_demand() {
    let world = World::new().await;
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    let anna = vendor.add_person(NewPerson {
        city: Some("Пермь".to_owned()),
        birthday: Some("7.3.1990".to_owned()),
        phone: Some("+79000000023".to_owned()),
        ..NewPerson::named("Анна", "Лебедева")
    });
    let connector = world.connector();
    let card = connector
        .profiles()
        .unwrap()
        .profile(&RemoteId::new(&anna.id))
        .await
        .unwrap();
    assert_eq!(
        (card.name.as_deref(), card.city.as_deref()),
        (Some("Анна Лебедева"), Some("Пермь"))
    );
    assert_eq!(
        (card.birthday.as_deref(), card.phone.as_deref()),
        (Some("7.3.1990"), Some("+79000000023"))
    );
}

#[tokio::test]
async fn vk_in_trouble_is_not_the_messages_fault() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    world.trouble(
        Trouble::of(Kind::ServerError { status: 502 })
            .on("messages.send")
            .times(1),
    );
    let failed = world
        .connector()
        .send(&saying(&anna.chat.0, "Привет"))
        .await
        .unwrap_err();
    assert!(matches!(failed, SendError::Call(CallError::Network { .. })), "{failed}");
}
