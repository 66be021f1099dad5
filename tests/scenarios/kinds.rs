//! Every kind of message that the networks have, in both directions: what a client sends is shown as what it is, and
//! what the operator sends arrives as what it is.

use sandbox::{
    Customer, FileKind, Letter, Part,
    letter::SharedKind,
    samples::{self, by_name},
};
use serde_json::{Value, json};
use tests::{NETWORKS, World};

/// What a bubble shows: the kinds of its files and of its extras.
fn shown(message: &Value) -> String {
    let kinds = |field: &str| {
        let things = message[field].as_array().unwrap().iter();
        things
            .map(|thing| {
                thing["what"]
                    .as_str()
                    .unwrap_or(thing["kind"].as_str().unwrap())
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    [kinds("files"), kinds("extras")].concat().join(" ")
}

fn file(kind: FileKind, sample: &str) -> Letter {
    Letter::file(kind, by_name(sample).unwrap())
}

fn part(part: Part) -> Letter {
    Letter::default().with(part)
}

fn shared(what: SharedKind) -> Letter {
    part(Part::Shared {
        what,
        title: "Диван «Осло»".to_owned(),
        url: "https://example.org/oslo".to_owned(),
    })
}

/// What both networks have.
fn common() -> Vec<(Letter, &'static str)> {
    vec![
        (Letter::saying("Где вы? 👍🏽 https://example.org/карта"), ""),
        (file(FileKind::Photo, "photo"), "image"),
        (file(FileKind::Document, "smeta"), "document"),
        (file(FileKind::Video, "video"), "video"),
        (file(FileKind::Audio, "melody"), "audio"),
        (file(FileKind::Voice, "order"), "voice"),
        (file(FileKind::Sticker, "heart"), "sticker"),
        (
            part(Part::Location {
                latitude: 55.75,
                longitude: 37.62,
            }),
            "location",
        ),
        (
            part(Part::Venue {
                latitude: 59.94,
                longitude: 30.31,
                title: "Эрмитаж".to_owned(),
                address: "Дворцовая пл., 2".to_owned(),
            }),
            "location",
        ),
        (
            part(Part::Poll {
                question: "Какой цвет?".to_owned(),
                options: vec!["Серый".to_owned(), "Зелёный".to_owned()],
            }),
            "poll",
        ),
    ]
}

/// What only this network has.
fn own(vendor: &str) -> Vec<(Letter, &'static str)> {
    if vendor == "vk" {
        return vec![
            // Only a GIF is moving to this network; a silent film is a document.
            (file(FileKind::Animation, "loop"), "document"),
            (file(FileKind::Drawing, "photo"), "image"),
            (shared(SharedKind::Link), "link"),
            (shared(SharedKind::Post), "wall"),
            (shared(SharedKind::Goods), "market"),
            (shared(SharedKind::Story), "story"),
            (shared(SharedKind::Gift), "sticker gift"),
            (
                Letter {
                    forwarded_from: Some("Борис".to_owned()),
                    ..Letter::saying("Скидка только сегодня")
                },
                "forwarded",
            ),
        ];
    }
    vec![
        (file(FileKind::Animation, "loop"), "animation"),
        (file(FileKind::VideoNote, "note"), "video_note"),
        (
            part(Part::Contact {
                phone: "+79000000023".to_owned(),
                first_name: "Борис".to_owned(),
                last_name: String::new(),
                own: false,
            }),
            "contact",
        ),
        (
            part(Part::Dice {
                emoji: "🎲".to_owned(),
                value: 6,
            }),
            "dice",
        ),
        (
            Letter {
                forwarded_from: Some("Борис".to_owned()),
                ..Letter::saying("Скидка только сегодня")
            },
            "",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_client_sends_is_shown_as_what_it_is() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let [anna, _] = ["Анна", "Борис"].map(|name| world.customer(network.vendor, name));
        anna.writes(&format!("Сейчас пришлю {}", network.vendor)).unwrap();
        let talk = olga.sees(network.vendor).await;
        let cases: Vec<_> = common().into_iter().chain(own(network.vendor)).collect();
        let expected: Vec<&str> = cases.iter().map(|(_, kind)| *kind).collect();
        for (letter, kind) in &cases {
            let sent = anna.sends(letter.clone());
            sent.unwrap_or_else(|error| panic!("{} {kind}: {error}", network.vendor));
        }
        anna.writes("Это всё").unwrap();
        olga.waits_for(talk, "the last one", |message| message["text"] == "Это всё")
            .await;
        let messages = olga.reads(talk).await;
        let told: Vec<String> = messages[1..messages.len() - 1].iter().map(shown).collect();
        assert_eq!(told, expected, "{}", network.vendor);
        let passed_on = messages.iter().filter(|message| {
            message["forwarded_from"] == "Борис"
                || message["extras"][0]["author"]
                    .as_str()
                    .is_some_and(|who| who.contains("Борис"))
        });
        assert_eq!(passed_on.count(), 1, "{}", network.vendor);
    }
    world.stop().await;
}

/// What a phone shows: the kinds of a message's files.
fn on_the_phone(anna: &Customer) -> Option<FileKind> {
    let message = anna.received().pop().unwrap();
    match message.parts.as_slice() {
        [Part::File { shown_as, .. }] => Some(*shown_as),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_operator_sends_arrives_as_what_it_is() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let anna = world.customer(network.vendor, "Анна");
        anna.writes(&format!("Жду {}", network.vendor)).unwrap();
        let talk = olga.sees(network.vendor).await;
        // A network that has no such message carries the file as a document, whole and under its name.
        let elsewhere = |kind| {
            if network.vendor == "vk" {
                FileKind::Document
            } else {
                kind
            }
        };
        let mut samples = vec![
            ("photo", FileKind::Photo),
            ("smeta", FileKind::Document),
            ("price", FileKind::Document),
            ("order", FileKind::Voice),
            ("video", elsewhere(FileKind::Video)),
        ];
        // The other network takes no music as a document, and says so (its own tests).
        if network.vendor != "vk" {
            samples.push(("melody", FileKind::Audio));
        }
        for (sample, kind) in samples {
            let media = by_name(sample).unwrap_or_else(samples::photo);
            let upload = olga.uploads(&media.name, media.data.clone()).await;
            let sent = olga.sends(talk, json!({ "uploads": [upload] })).await;
            let settled = |message: &Value| message["id"] == json!(sent) && message["tick"] != "sending";
            let message = olga.waits_for(talk, "settled", settled).await;
            assert_eq!(message["tick"], "sent", "{} {sample}: {message}", network.vendor);
            assert_eq!(on_the_phone(&anna), Some(kind), "{} {sample}", network.vendor);
        }
        let links = "Вот схема: https://example.org/схема 👌🏽";
        let sent = olga.answers(talk, links).await;
        olga.sees_tick(talk, sent, "sent").await;
        assert_eq!(anna.sees().pop().unwrap(), links);
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_operator_corrects_and_takes_back_changes_on_the_phone() {
    let world = World::start().await;
    let olga = world.operator();
    for network in NETWORKS {
        let anna = world.customer(network.vendor, "Анна");
        anna.writes(&format!("Почём? {}", network.vendor)).unwrap();
        let talk = olga.sees(network.vendor).await;
        let sent = olga.answers(talk, "4 200").await;
        olga.sees_tick(talk, sent, "sent").await;
        olga.does("messages.edit", json!({ "message_id": sent, "text": "4 300" }))
            .await;
        assert_eq!(anna.sees(), ["4 300"], "{}", network.vendor);
        olga.does("messages.delete", json!({ "message_id": sent })).await;
        assert!(anna.sees().is_empty(), "{}", network.vendor);
        let gone = |message: &Value| message["id"] == json!(sent) && message["deleted_at"].is_number();
        olga.waits_for(talk, "marked as deleted", gone).await;
    }
    world.stop().await;
}
