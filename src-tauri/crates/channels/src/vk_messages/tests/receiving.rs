//! Sessions of receiving against the simulator.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use contracts::channel::{CallError, ConnectorEvent, Exit, ReceiptKind};
use contracts::{Clock, testkit::FakeClock};
use domain::{AttachmentKind, Direction, Reachability};
use jiff::{SignedDuration, Timestamp};
use sandbox::{
    Act, FileKind, Letter, MessageId, Past,
    chaos::{Kind, Trouble},
    samples,
};
use serde_json::json;

use super::world::{World, ready, saying};
use crate::shared::rehearsal::Given;

#[tokio::test]
async fn annas_message_arrives_with_her_name() {
    let world = World::new().await;
    let line = world.receiving();
    ready(&line).await;
    world
        .customer("Анна Соколова")
        .writes("Здравствуйте! Стол ещё есть?")
        .unwrap();
    let message = line.given.until_text("Здравствуйте! Стол ещё есть?").await;
    assert_eq!(message.direction, Direction::In);
    assert_eq!(message.sender.unwrap().name.as_deref(), Some("Анна Соколова"));
    assert!(!message.catch_up);
    line.stop().await;
}

#[tokio::test]
async fn the_first_connection_loads_a_day_and_no_more() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let past = |hours: i64, by_customer, text: &str| Past {
        at: Timestamp::from_millisecond(world.account.connected_at.millis()).unwrap()
            - SignedDuration::from_hours(hours),
        by_customer,
        letter: Letter::saying(text),
    };
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    let history = vec![
        past(30, true, "Давно"),
        past(20, true, "Вчера"),
        past(19, false, "Ответ"),
    ];
    vendor.remember(&anna.person.id, history).unwrap();
    let line = world.receiving();
    ready(&line).await;
    assert_eq!(line.given.texts(), ["Вчера", "Ответ"]);
    let messages = line.given.messages();
    assert!(messages.iter().all(|message| message.catch_up));
    assert_eq!(
        messages[1].author_name.as_deref(),
        Some("Ольга Лесникова"),
        "who wrote it in VK"
    );
    line.stop().await;
}

#[tokio::test]
async fn what_came_while_we_were_away_is_fetched_once() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    anna.writes("Первое").unwrap();
    line.given.until_text("Первое").await;
    let cursors = line.stop().await;
    anna.writes("Второе").unwrap();
    let line = world.receiving_from(cursors);
    line.given.until_text("Второе").await;
    assert_eq!(line.given.texts(), ["Второе"]);
    line.stop().await;
}

#[tokio::test]
async fn an_expired_key_is_renewed_without_a_gap() {
    let world = World::new().await;
    let line = world.receiving();
    ready(&line).await;
    world.switch("long_poll", &json!({"do": "rotate_key"}));
    world.customer("Анна").writes("Вы тут?").unwrap();
    line.given.until_text("Вы тут?").await;
    line.stop().await;
}

#[tokio::test]
async fn events_that_vk_has_dropped_are_read_from_history() {
    for trouble in ["forget_history", "lose"] {
        let world = World::new().await;
        let (anna, pavel) = (world.customer("Анна"), world.customer("Павел"));
        let line = world.receiving();
        ready(&line).await;
        anna.writes("Известное").unwrap();
        line.given.until_text("Известное").await;
        let cursors = line.stop().await;
        anna.writes("Раз").unwrap();
        pavel.writes("Два").unwrap();
        anna.writes("Три").unwrap();
        world.switch("long_poll", &json!({"do": trouble}));
        let line = world.receiving_from(cursors);
        let missed = |given: &Given| {
            // What was told before the last look at the dialogs comes again, and is recognised.
            let mut texts: Vec<_> = given.texts().into_iter().filter(|text| text != "Известное").collect();
            texts.sort();
            texts
        };
        line.given
            .until(trouble, |given| missed(given) == ["Два", "Раз", "Три"])
            .await;
        anna.writes("Дальше").unwrap();
        line.given.until_text("Дальше").await;
        line.stop().await;
    }
}

#[tokio::test]
async fn long_histories_are_read_page_by_page() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    let cursors = line.stop().await;
    for number in 0..450 {
        anna.writes(&format!("Сообщение {number}")).unwrap();
    }
    world.switch("long_poll", &json!({"do": "forget_history"}));
    let line = world.receiving_from(cursors);
    line.given
        .until("all of them", |given| given.texts().len() >= 450)
        .await;
    let expected: Vec<String> = (0..450).map(|number| format!("Сообщение {number}")).collect();
    assert_eq!(line.given.texts(), expected, "in order, none twice");
    line.stop().await;
}

#[tokio::test]
async fn what_push_delivery_missed_is_found_by_the_slow_check() {
    let world = World::new().await;
    let clock = Arc::new(FakeClock::at(world.account.connected_at));
    let line = world.receiving_at(clock.clone(), BTreeMap::new());
    ready(&line).await;
    let (anna, pavel) = (world.customer("Анна"), world.customer("Павел"));
    let silent = Past {
        at: Timestamp::from_millisecond(clock.now().millis()).unwrap(),
        by_customer: true,
        letter: Letter::saying("Вы меня слышите?"),
    };
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    vendor.remember(&pavel.person.id, vec![silent]).unwrap();
    anna.writes("Раз").unwrap();
    line.given.until_text("Раз").await;
    clock.advance(Duration::from_secs(11 * 60));
    anna.does(Act::Type).unwrap();
    line.given.until_text("Вы меня слышите?").await;
    line.stop().await;
}

#[tokio::test]
async fn reads_that_were_missed_are_told_with_the_dialogs() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    line.connector.send(&saying(&anna.chat.0, "Готово")).await.unwrap();
    line.given.until_text("Готово").await;
    let cursors = line.stop().await;
    anna.does(Act::Read { up_to: None }).unwrap();
    world.switch("long_poll", &json!({"do": "lose"}));
    let line = world.receiving_from(cursors);
    let read = |event: &ConnectorEvent| {
        matches!(
            event,
            ConnectorEvent::Receipt {
                kind: ReceiptKind::UpTo(1),
                ..
            }
        )
    };
    line.given
        .until("a receipt", |given| given.events().iter().any(read))
        .await;
    line.stop().await;
}

#[tokio::test]
async fn a_cropped_message_is_read_whole() {
    let world = World::new().await;
    let line = world.receiving();
    ready(&line).await;
    world.switch("crop", &json!({"times": 1}));
    let letter = Letter::file(FileKind::Photo, samples::photo()).captioned("Вот фото");
    world.customer("Анна").sends(letter).unwrap();
    let message = line.given.until_text("Вот фото").await;
    assert_eq!(message.files[0].kind, AttachmentKind::Image);
    line.stop().await;
}

#[tokio::test]
async fn what_colleagues_write_in_vk_appears_with_their_name() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Сколько стоит?").unwrap();
    let line = world.receiving();
    ready(&line).await;
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    vendor
        .business_writes(&anna.chat, Letter::saying("18 900 рублей"))
        .unwrap();
    let answer = line.given.until_text("18 900 рублей").await;
    assert_eq!((answer.direction, answer.sender), (Direction::Out, None));
    assert_eq!(answer.author_name.as_deref(), Some("Ольга Лесникова"));
    line.stop().await;
}

#[tokio::test]
async fn anna_reads_and_reacts_to_what_we_sent() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    let message = saying(&anna.chat.0, "Добрый день!");
    let sent = line.connector.send(&message).await.unwrap().remote_id;
    let echo = line.given.until_text("Добрый день!").await;
    assert_eq!((&echo.remote_id, echo.echo_of), (&sent, Some(message.key)));
    anna.does(Act::Read { up_to: None }).unwrap();
    let (message, emoji) = (MessageId(sent.0), Some("👍".to_owned()));
    anna.does(Act::React { message, emoji }).unwrap();
    let read = |event: &ConnectorEvent| {
        matches!(
            event,
            ConnectorEvent::Receipt {
                kind: ReceiptKind::UpTo(1),
                ..
            }
        )
    };
    let liked = |event: &ConnectorEvent| matches!(event, ConnectorEvent::Reaction(it) if it.emoji == ["👍"]);
    let both = |given: &Given| given.events().iter().any(read) && given.events().iter().any(liked);
    line.given.until("both", both).await;
    line.stop().await;
}

#[tokio::test]
async fn anna_types_and_corrects_herself() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let message = anna.writes("Добрый ден").unwrap();
    let line = world.receiving();
    ready(&line).await;
    anna.does(Act::Type).unwrap();
    let text = "Добрый день".into();
    anna.does(Act::Edit { message, text }).unwrap();
    let typing = |event: &ConnectorEvent| matches!(event, ConnectorEvent::Typing { .. });
    let edited = |event: &ConnectorEvent| matches!(event, ConnectorEvent::Edited { content, .. } if content.text == "Добрый день");
    let both = |given: &Given| given.events().iter().any(typing) && given.events().iter().any(edited);
    line.given.until("both", both).await;
    line.stop().await;
}

#[tokio::test]
async fn a_client_who_forbids_messages_closes_the_conversation() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    anna.does(Act::Block).unwrap();
    anna.does(Act::Unblock).unwrap();
    let states = |given: &Given| -> Vec<_> {
        let state = |event| match event {
            ConnectorEvent::Reachable { reachability, .. } => Some(reachability),
            _ => None,
        };
        given.events().into_iter().filter_map(state).collect()
    };
    line.given
        .until("both", |given| {
            states(given) == [Reachability::Blocked, Reachability::Open]
        })
        .await;
    line.stop().await;
}

#[tokio::test]
async fn a_withdrawn_key_ends_the_session_and_asks_for_a_login() {
    let world = World::new().await;
    let line = world.receiving();
    ready(&line).await;
    let vendor = &world.sandbox.vendor("vk").unwrap().vendor;
    vendor.change(sandbox::AccountChange::ExpireToken).unwrap();
    let Exit::Broken(error) = line.ends().await else {
        panic!("stopped")
    };
    assert!(matches!(&error, CallError::LoggedOut(_)), "{error}");
    assert_eq!(error.reason().key, "vk_messages.reason.logged_out");
}

#[tokio::test]
async fn names_that_vk_does_not_tell_hold_no_message_back() {
    let world = World::new().await;
    let line = world.receiving();
    ready(&line).await;
    world.trouble(Trouble::of(Kind::LoseRequest).on("users.get"));
    world.customer("Анна").writes("Вы работаете завтра?").unwrap();
    let message = line.given.until_text("Вы работаете завтра?").await;
    assert_eq!(message.sender.unwrap().name, None);
    line.stop().await;
}

#[tokio::test]
async fn a_broken_line_says_so_and_the_next_session_goes_on() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    ready(&line).await;
    world.trouble(Trouble::of(Kind::LoseRequest).on("a_check").times(1));
    anna.writes("Раз").unwrap();
    let given = line.given.clone();
    let Exit::Broken(error) = line.ends().await else {
        panic!("stopped")
    };
    assert!(matches!(error, CallError::Network { .. }), "{error}");
    anna.writes("Два").unwrap();
    let line = world.receiving_from(given.cursors());
    line.given.until_text("Два").await;
    assert_eq!([given.texts(), line.given.texts()].concat(), ["Раз", "Два"]);
    line.stop().await;
}

#[tokio::test]
async fn long_poll_that_somebody_has_switched_off_is_switched_on_again() {
    let world = World::new().await;
    let url = format!(
        "{}/method/groups.setLongPollSettings",
        super::world::said(&world.sandbox, "vk")
    );
    let group = world.account.remote_id.as_str();
    let off = [
        ("group_id", group),
        ("enabled", "0"),
        ("message_new", "0"),
        ("v", "5.199"),
    ];
    let http = net::Client::new(&net::Options::default()).unwrap();
    let call = http.post(url.parse().unwrap()).bearer(world.account.secret.expose());
    call.form(&off).send().await.unwrap();
    let line = world.receiving();
    ready(&line).await;
    world.customer("Анна").writes("Есть кто?").unwrap();
    line.given.until_text("Есть кто?").await;
    line.stop().await;
}
