//! What people do arrives as the events that VK documents.

use crate::world::{Line, id, with};
use sandbox::letter::SharedKind;
use sandbox::{Act, Customer, FileKind, Letter, Media, Part, Refused, samples};
use serde_json::{Value, json};

fn file(shown_as: FileKind, file: Media) -> Part {
    Part::File { shown_as, file }
}

fn shared(what: SharedKind, url: &str) -> Part {
    Part::Shared {
        what,
        title: "Стол «Дачный»".to_owned(),
        url: url.to_owned(),
    }
}

#[tokio::test]
async fn a_first_message_tells_where_the_person_came_from() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    let letter = Letter {
        source: Some("ref=spring&ref_source=site".to_owned()),
        ..Letter::saying("Здравствуйте!")
    };
    anna.sends(letter).unwrap();

    let event = poller.event(&line, "message_new").await;
    let message = &event["message"];
    assert_eq!(message["text"], "Здравствуйте!");
    assert_eq!([&message["from_id"], &message["peer_id"]], [&json!(id(&anna)); 2]);
    assert_eq!(
        (message["out"].as_i64(), message["conversation_message_id"].as_i64()),
        (Some(0), Some(1))
    );
    assert_eq!(
        (message["ref"].as_str(), message["ref_source"].as_str()),
        (Some("spring"), Some("site"))
    );
    assert_eq!(event["client_info"]["keyboard"], true);
}

#[tokio::test]
async fn a_link_with_a_mark_colours_the_next_message_only() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    anna.does(Act::Start {
        payload: Some("flyer".to_owned()),
    })
    .unwrap();
    anna.writes("Я по листовке").unwrap();
    anna.writes("И ещё").unwrap();

    let events = poller.events(&line).await;
    assert_eq!(events[0].0, "message_allow");
    assert_eq!(events[0].1, json!({"user_id": id(&anna), "key": "flyer"}));
    assert_eq!(events[1].1["message"]["ref"], "flyer");
    assert_eq!(events[2].1["message"].get("ref"), None);
}

/// A part of every kind, with VK's name for it.
fn kinds() -> Vec<(&'static str, Part)> {
    let named = |name: &str| Media::new(name, &b"content"[..]);
    let options = vec!["Дуб".to_owned(), "Орех".to_owned()];
    vec![
        ("photo", file(FileKind::Photo, samples::photo())),
        ("doc", file(FileKind::Document, named("Счёт.pdf"))),
        ("audio_message", file(FileKind::Voice, named("voice.ogg").lasting(3))),
        ("audio", file(FileKind::Audio, named("Кино - Звезда.mp3"))),
        ("video", file(FileKind::Video, named("двор.mp4"))),
        ("sticker", file(FileKind::Sticker, samples::photo())),
        ("graffiti", file(FileKind::Drawing, samples::photo())),
        (
            "poll",
            Part::Poll {
                question: "Какой цвет?".to_owned(),
                options,
            },
        ),
        ("link", shared(SharedKind::Link, "https://example.org/")),
        ("wall", shared(SharedKind::Post, "https://vk.com/wall-1_2")),
        (
            "wall_reply",
            shared(SharedKind::Post, "https://vk.com/wall-1_2?reply=3"),
        ),
        ("market", shared(SharedKind::Goods, "https://vk.com/product-1_4")),
        ("story", shared(SharedKind::Story, "https://vk.com/story5_6")),
        ("gift", shared(SharedKind::Gift, "https://vk.com/gifts")),
    ]
}

#[tokio::test]
async fn every_kind_of_attachment_arrives_under_its_name() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    for (kind, part) in kinds() {
        let letter = Letter {
            parts: vec![part],
            ..Letter::default()
        };
        line.customer("Анна").sends(letter).unwrap();
        let attachment = poller.event(&line, "message_new").await["message"]["attachments"][0].clone();
        assert_eq!(attachment["type"], kind);
        assert!(attachment[kind].is_object(), "{attachment}");
    }
}

#[tokio::test]
async fn a_place_stands_beside_the_attachments() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let venue = Part::Venue {
        latitude: 55.75,
        longitude: 37.61,
        title: "Склад".to_owned(),
        address: "Ленина, 1".to_owned(),
    };
    line.customer("Анна")
        .sends(Letter {
            parts: vec![venue],
            ..Letter::saying("Привезите сюда")
        })
        .unwrap();

    let message = poller.event(&line, "message_new").await["message"].clone();
    assert_eq!(
        message["geo"]["coordinates"],
        json!({"latitude": 55.75, "longitude": 37.61})
    );
    assert_eq!(message["geo"]["place"]["title"], "Склад");
}

#[tokio::test]
async fn an_answer_and_a_forward_carry_the_other_message() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    let first = anna.writes("Сколько стоит доставка?").unwrap();
    anna.sends(Letter {
        reply_to: Some(first),
        ..Letter::saying("Вопрос ещё в силе")
    })
    .unwrap();
    anna.sends(Letter {
        forwarded_from: Some("Ольга Лесникова".to_owned()),
        ..Letter::saying("Завтра в десять")
    })
    .unwrap();

    let events = poller.events(&line).await;
    let answer = &events[1].1["message"];
    assert_eq!(answer["reply_message"]["text"], "Сколько стоит доставка?");
    assert_eq!(answer["reply_message"]["conversation_message_id"], 1);
    let forward = &events[2].1["message"];
    assert_eq!(
        (forward["text"].as_str(), forward["fwd_messages"][0]["text"].as_str()),
        (Some(""), Some("Завтра в десять"))
    );
}

#[tokio::test]
async fn an_edit_is_told_and_a_deletion_is_not() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    let message = anna.writes("Два стула").unwrap();
    anna.does(Act::Edit {
        message: message.clone(),
        text: "Три стула".into(),
    })
    .unwrap();
    anna.does(Act::Delete { message }).unwrap();

    let events = poller.events(&line).await;
    assert_eq!(events.len(), 2);
    assert_eq!(
        (events[1].0.as_str(), events[1].1["text"].as_str()),
        ("message_edit", Some("Три стула"))
    );
    assert!(events[1].1["update_time"].is_i64());
    let history = line.call("messages.getHistory", json!({"peer_id": id(&anna)})).await;
    assert_eq!(history["count"], 0);
}

#[tokio::test]
async fn reading_is_told_once() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let message_id = line.says(&anna, 1, "Готово").await;
    let mut poller = line.poller().await;
    anna.does(Act::Read { up_to: None }).unwrap();
    anna.does(Act::Read { up_to: None }).unwrap();
    let anna = id(&anna);
    let read = json!({"from_id": anna, "peer_id": anna, "read_message_id": message_id, "conversation_message_id": 1});
    assert_eq!(poller.event(&line, "message_read").await, read);
}

#[tokio::test]
async fn typing_is_told() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    anna.does(Act::Type).unwrap();
    let typing = json!({"state": "typing", "from_id": id(&anna), "to_id": -line.group});
    assert_eq!(poller.event(&line, "message_typing_state").await, typing);
}

#[tokio::test]
async fn a_reaction_is_told_by_its_number_and_taken_back_without_one() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    line.says(&anna, 1, "Готово").await;
    let mut poller = line.poller().await;
    let message = anna.received()[0].id.clone();
    let liked = Act::React {
        message: message.clone(),
        emoji: Some("👍".to_owned()),
    };
    anna.does(liked).unwrap();
    anna.does(Act::React { message, emoji: None }).unwrap();

    let events = poller.events(&line).await;
    let taken = json!({"reacted_id": id(&anna), "peer_id": id(&anna), "cmid": 1});
    assert_eq!(events[0].1, with(taken.clone(), &json!({"reaction_id": 4})));
    assert_eq!(events[1], ("message_reaction_event".to_owned(), taken));
}

#[tokio::test]
async fn a_message_from_the_administrators_phone_is_told_with_its_author() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    line.vendor()
        .business_writes(&anna.chat, Letter::saying("Пишу с телефона"))
        .unwrap();

    let message = poller.event(&line, "message_reply").await;
    assert_eq!(
        (message["out"].as_i64(), message["from_id"].as_i64()),
        (Some(1), Some(-line.group))
    );
    assert!(message["admin_author_id"].as_i64().unwrap() > 0);
    assert_eq!(anna.sees(), ["Пишу с телефона"]);
    assert!(line.vendor().sent().is_empty());
}

#[tokio::test]
async fn whoever_forbids_messages_cannot_be_written_to() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    anna.does(Act::Block).unwrap();
    assert_eq!(poller.event(&line, "message_deny").await, json!({"user_id": id(&anna)}));
    let send = json!({"peer_id": id(&anna), "random_id": 1, "message": "Ау"});
    assert_eq!(line.refusal("messages.send", send.clone()).await, 901);
    assert_eq!(anna.writes("Стойте").unwrap_err(), Refused::Blocked);

    anna.does(Act::Unblock).unwrap();
    assert_eq!(poller.event(&line, "message_allow").await["user_id"], id(&anna));
    line.call("messages.send", send).await;
    assert_eq!(anna.sees(), ["Ау"]);
}

/// Sends two buttons to Anna, who presses this one.
async fn press(line: &Line, anna: &Customer, label: &str) -> (String, Value) {
    let button = |kind: &str, label: &str| json!({"action": {"type": kind, "label": label, "payload": "{\"n\":1}"}});
    let keyboard = json!({"inline": true, "buttons": [[button("text", "Беру"), button("callback", "Цена")]]});
    let send = json!({"peer_id": id(anna), "random_id": 1, "message": "Ну как?", "keyboard": keyboard.to_string()});
    line.call("messages.send", send).await;
    let mut poller = line.poller().await;
    let message = anna.received()[0].clone();
    assert_eq!(message.buttons, ["Беру", "Цена"]);
    let (message, button) = (message.id, label.to_owned());
    anna.does(Act::Press { message, button }).unwrap();
    poller.events(line).await.remove(0)
}

#[tokio::test]
async fn a_text_button_writes_its_label() {
    let line = Line::start().await;
    let (kind, event) = press(&line, &line.customer("Анна"), "Беру").await;
    assert_eq!(kind, "message_new");
    assert_eq!(event["message"]["text"], "Беру");
    assert_eq!(event["message"]["payload"], "{\"n\":1}");
}

#[tokio::test]
async fn a_callback_button_waits_for_one_answer() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let (kind, event) = press(&line, &anna, "Цена").await;
    assert_eq!((kind.as_str(), &event["payload"]), ("message_event", &json!({"n": 1})));
    let answer = json!({"event_id": event["event_id"], "user_id": id(&anna), "peer_id": id(&anna),
        "event_data": "{\"type\":\"show_snackbar\",\"text\":\"2500 ₽\"}"});
    assert_eq!(line.call("messages.sendMessageEventAnswer", answer.clone()).await, 1);
    assert_eq!(line.refusal("messages.sendMessageEventAnswer", answer).await, 100);
}
