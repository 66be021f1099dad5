//! Every kind of message a customer can send, as the bot gets it.

use crate::common::world;
use crate::wire::Bot;
use jiff::SignedDuration;
use sandbox::letter::{Mark, SharedKind, Style};
use sandbox::{Act, FileKind, Letter, Media, Part, Past, Text};
use serde_json::{Value, json};

async fn received(letter: Letter) -> Value {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    anna.sends(letter).unwrap();
    let message = bot.updates(0).await[0]["message"].clone();
    sandbox.stop().await;
    message
}

#[tokio::test]
async fn files_carry_what_their_kind_has() {
    let film = || Media::new("v.mp4", "film").sized(640, 480).lasting(7);
    for (kind, media, field, inner) in [
        (
            FileKind::Document,
            Media::new("Смета.pdf", "%PDF"),
            "document",
            json!({"file_name": "Смета.pdf", "mime_type": "application/pdf"}),
        ),
        (
            FileKind::Video,
            film(),
            "video",
            json!({"width": 640, "height": 480, "duration": 7}),
        ),
        (FileKind::Animation, film(), "animation", json!({"duration": 7})),
        (
            FileKind::Audio,
            Media::new("song.mp3", "la").lasting(60),
            "audio",
            json!({"duration": 60}),
        ),
        (
            FileKind::Voice,
            Media::new("voice.ogg", "OggS").lasting(3),
            "voice",
            json!({"duration": 3}),
        ),
        (
            FileKind::VideoNote,
            film().sized(240, 240),
            "video_note",
            json!({"length": 240}),
        ),
        (
            FileKind::Sticker,
            Media::new("ok.webp", "webp").sized(512, 512),
            "sticker",
            json!({"type": "regular", "is_video": false}),
        ),
    ] {
        let message = received(Letter::file(kind, media)).await;
        for (name, value) in inner.as_object().unwrap() {
            assert_eq!(&message[field][name], value, "{field}.{name} of {message}");
        }
    }
}

#[tokio::test]
async fn parts_that_are_no_files_come_in_their_own_fields() {
    let part = |part| received(Letter::default().with(part));
    let (latitude, longitude) = (59.93, 30.31);
    assert_eq!(
        part(Part::Location { latitude, longitude }).await["location"]["latitude"],
        59.93
    );
    let venue = Part::Venue {
        latitude,
        longitude,
        title: "Склад".into(),
        address: "Невский, 1".into(),
    };
    assert_eq!(part(venue).await["venue"]["address"], "Невский, 1");
    let (phone, first_name) = ("+79990001122".to_owned(), "Анна".to_owned());
    let card = part(Part::Contact {
        phone,
        first_name,
        last_name: String::new(),
        own: true,
    })
    .await;
    assert_eq!(
        card["contact"]["user_id"], card["from"]["id"],
        "her own card proves the number"
    );
    let poll = part(Part::Poll {
        question: "Где?".into(),
        options: vec!["тут".into(), "там".into()],
    })
    .await;
    assert_eq!(poll["poll"]["options"][1]["text"], "там");
    assert_eq!(
        part(Part::Dice {
            emoji: "🎲".into(),
            value: 4
        })
        .await["dice"]["value"],
        4
    );
    let link = Part::Shared {
        what: SharedKind::Link,
        title: "Смотрите".into(),
        url: "https://a.ru/1".into(),
    };
    assert_eq!(part(link).await["entities"][0]["type"], "url");
    let story = Part::Shared {
        what: SharedKind::Story,
        title: "Анна".into(),
        url: String::new(),
    };
    assert!(part(story).await["story"].is_object());
}

#[tokio::test]
async fn marks_replies_and_forwards_are_told() {
    let marks = vec![Mark {
        from: 4,
        length: 6,
        style: Style::Bold,
    }];
    let text = Text {
        text: "😀 А диван есть?".into(),
        marks: marks.clone(),
    };
    let message = received(Letter {
        text,
        ..Letter::default()
    })
    .await;
    assert_eq!(
        message["entities"][0],
        json!({"offset": 5, "length": 6, "type": "bold"}),
        "UTF-16 units"
    );
    let forwarded = Letter {
        forwarded_from: Some("Тётя Зина".into()),
        ..Letter::saying("Купи ковёр")
    };
    let message = received(forwarded).await;
    assert_eq!(message["forward_origin"]["sender_user_name"], "Тётя Зина");
}

#[tokio::test]
async fn a_reply_quotes_the_operators_words() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    bot.writes(&anna, "Доставка во вторник или в среду").await.result();
    let offer = anna.received()[0].id.clone();
    anna.sends(Letter {
        quote: Some("в среду".into()),
        ..Letter::saying("Удобно").answering(&offer)
    })
    .unwrap();
    let message = bot.updates(0).await[0]["message"].clone();
    assert_eq!(message["reply_to_message"]["from"]["is_bot"], true);
    assert_eq!(message["quote"]["text"], "в среду");
    sandbox.stop().await;
}

#[tokio::test]
async fn start_carries_the_mark_of_the_link() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    anna.does(Act::Start {
        payload: Some("avito_42".into()),
    })
    .unwrap();
    let message = bot.updates(0).await[0]["message"].clone();
    assert_eq!(message["text"], "/start avito_42");
    assert_eq!(message["entities"][0]["type"], "bot_command");
    sandbox.stop().await;
}

#[tokio::test]
async fn of_the_past_the_bot_learns_only_the_last_day() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let now = sandbox.world().clock.now();
    let past = |hours, by_customer, text| Past {
        at: now - SignedDuration::from_hours(hours),
        by_customer,
        letter: Letter::saying(text),
    };
    let story = vec![
        past(50, true, "давно"),
        past(49, false, "ответ"),
        past(3, true, "недавно"),
    ];
    sandbox
        .vendor("telegram_bot")
        .unwrap()
        .vendor
        .remember(&anna.person.id, story)
        .unwrap();
    let updates = bot.updates(0).await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["message"]["text"], "недавно");
    assert!(updates[0]["message"]["date"].as_i64().unwrap() <= now.as_second() - 3 * 3600);
    assert_eq!(anna.phone().unwrap().messages.len(), 3, "her phone shows all of it");
    sandbox.stop().await;
}
