//! Sending, changing and deleting against the simulator.

use contracts::channel::{Activity, CallError, OutgoingMessage, SendError};
use domain::{AttachmentKind, Entity, EntityKind, RemoteId};
use sandbox::{
    Act, FileKind, Media, Part,
    chaos::{Kind, Trouble},
    samples,
};
use serde_json::json;

use super::world::{World, remote, saying, sending};

#[tokio::test]
async fn an_answer_reaches_annas_phone_with_its_quote_and_marks() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let question = anna.writes("Есть в наличии?").unwrap();
    let mut message = saying(&anna, "🙂 Да, три штуки");
    message.reply_to = Some(remote(&question));
    message.entities = vec![Entity {
        offset: 7,
        length: 3,
        kind: EntityKind::Bold,
    }];
    let sent = world.connector().send(&message).await.unwrap();
    let received = anna.received().remove(0);
    assert_eq!(remote(&received.id), sent.remote_id);
    assert_eq!(
        (received.text.text.as_str(), received.reply_to),
        ("🙂 Да, три штуки", Some(question))
    );
    // A smile is two UTF-16 units and one character.
    assert_eq!((received.text.marks[0].from, received.text.marks[0].length), (6, 3));
    assert!(sent.sent_at.is_some());
}

#[tokio::test]
async fn files_of_every_kind_arrive_as_what_they_are() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Пришлите всё").unwrap();
    let (connector, dir) = (world.connector(), tempfile::tempdir().unwrap());
    let some = |name: &str| Media::new(name, vec![7_u8; 200_000]);
    let cases = [
        (AttachmentKind::Image, samples::photo(), FileKind::Photo),
        (AttachmentKind::Document, some("Счёт № 5.pdf"), FileKind::Document),
        (AttachmentKind::Video, some("обзор.mp4"), FileKind::Video),
        (AttachmentKind::Animation, some("кот.gif"), FileKind::Animation),
        (AttachmentKind::Audio, some("песня.mp3"), FileKind::Audio),
        (AttachmentKind::Voice, some("voice.ogg"), FileKind::Voice),
        (AttachmentKind::VideoNote, some("note.mp4"), FileKind::VideoNote),
        (AttachmentKind::Sticker, some("кот.webp"), FileKind::Sticker),
    ];
    for (place, (kind, media, shown)) in cases.into_iter().enumerate() {
        connector.send(&sending(&anna, &dir, kind, &media)).await.unwrap();
        let received = anna.received().remove(place);
        let Part::File { shown_as, file } = &received.parts[0] else {
            panic!("{received:?}")
        };
        assert_eq!(
            (*shown_as, file.name.as_str(), &file.data),
            (shown, media.name.as_str(), &media.data)
        );
    }
}

#[tokio::test]
async fn what_is_no_photo_goes_as_a_document() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Чертёж?").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let broken = Media::new("чертёж.jpg", vec![1_u8; 5000]);
    let mut message = sending(&anna, &dir, AttachmentKind::Image, &broken);
    message.text = "Вот он".to_owned();
    world.connector().send(&message).await.unwrap();
    let received = anna.received().remove(0);
    assert_eq!((received.text.text.as_str(), received.copies), ("Вот он", 1));
    let document = matches!(
        &received.parts[0],
        Part::File {
            shown_as: FileKind::Document,
            ..
        }
    );
    assert!(document, "{:?}", received.parts);
}

#[tokio::test]
async fn a_lost_answer_leaves_the_outcome_open() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Ау").unwrap();
    let connector = world.connector();
    for kind in [Kind::LoseAnswer, Kind::HalfAnswer, Kind::ServerError { status: 504 }] {
        world.trouble(Trouble::of(kind).on("sendMessage").times(1));
        let error = connector.send(&saying(&anna, "Слышим")).await.unwrap_err();
        assert!(!error.certain(), "{kind:?}: {error}");
    }
    world.trouble(
        Trouble::of(Kind::TooManyRequests { retry_after: 8 })
            .on("sendMessage")
            .times(1),
    );
    let error = connector
        .send(&saying(&world.customer("Борис"), "Слышим"))
        .await
        .unwrap_err();
    assert!(
        error.certain() && matches!(error, SendError::Call(CallError::TooFast { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn who_has_blocked_the_bot_is_out_of_reach() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Всё, хватит").unwrap();
    anna.does(Act::Block).unwrap();
    let connector = world.connector();
    let error = connector.send(&saying(&anna, "Простите")).await.unwrap_err();
    assert!(matches!(&error, SendError::Unreachable(reason) if reason.key == "telegram_bot.reason.blocked"));
    let stranger = OutgoingMessage {
        chat: RemoteId::new(999),
        ..saying(&anna, "Здравствуйте")
    };
    let error = connector.send(&stranger).await.unwrap_err();
    assert_eq!(error.reason().key, "telegram_bot.reason.chat_not_found");
}

#[tokio::test]
async fn a_quote_that_is_gone_does_not_keep_the_answer_back() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Привет").unwrap();
    for gone in ["777", "button:12"] {
        let mut message = saying(&anna, gone);
        message.reply_to = Some(RemoteId::new(gone));
        world.connector().send(&message).await.unwrap();
    }
    assert_eq!(anna.sees(), ["777", "button:12"]);
}

#[tokio::test]
async fn a_group_that_has_moved_is_found_again() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let group = world
        .vendor()
        .vendor
        .add_group("Соседи", std::slice::from_ref(&anna.person.id))
        .unwrap();
    let moved = world.special("upgrade_group", json!({"chat": group.id.0}));
    let connector = world.connector();
    for text in ["Раз", "Два"] {
        connector.send(&saying(&anna.within(&group.id), text)).await.unwrap();
    }
    let new = sandbox::ChatId(moved["chat"].as_str().unwrap().to_owned());
    assert_eq!(anna.within(&new).sees(), ["Раз", "Два"]);
}

#[tokio::test]
async fn texts_and_captions_can_be_changed_and_taken_back() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Цена?").unwrap();
    let (connector, dir) = (world.connector(), tempfile::tempdir().unwrap());
    let text = connector.send(&saying(&anna, "100")).await.unwrap().remote_id;
    let mut message = sending(&anna, &dir, AttachmentKind::Image, &samples::photo());
    message.text = "Фото".to_owned();
    let photo = connector.send(&message).await.unwrap().remote_id;
    let (editing, chat) = (connector.editing().unwrap(), message.chat);
    for (id, words) in [(&text, "100 ₽"), (&text, "100 ₽"), (&photo, "Фото стола")] {
        editing.edit(&chat, id, words, &[]).await.unwrap();
    }
    assert_eq!(anna.sees(), ["100 ₽", "Фото стола"]);
    for _ in 0..2 {
        editing.delete(&chat, &text).await.unwrap();
    }
    assert_eq!(anna.sees(), ["Фото стола"]);
}

#[tokio::test]
async fn typing_is_shown() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Ау").unwrap();
    let connector = world.connector();
    let chat = RemoteId::new(&anna.chat.0);
    connector
        .live_signals()
        .unwrap()
        .show(&chat, Activity::Typing)
        .await
        .unwrap();
    assert!(anna.phone().unwrap().business_types);
}
