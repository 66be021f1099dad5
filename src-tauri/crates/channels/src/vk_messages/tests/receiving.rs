//! Sessions of receiving against the simulator.

use contracts::channel::{CallError, ConnectorEvent, Exit, ReceiptKind};
use domain::{AttachmentKind, Direction, Reachability};
use jiff::{SignedDuration, Timestamp};
use sandbox::{
    Act, FileKind, Letter, Past,
    chaos::{Kind, Trouble},
    samples,
};
use serde_json::json;

use super::world::{World, saying};

#[tokio::test]
async fn annas_message_arrives_with_her_name() {
    let world = World::new().await;
    let line = world.receiving();
    line.given.ready().await;
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
    line.given.ready().await;
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
    line.given.ready().await;
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
    line.given.ready().await;
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
        line.given.ready().await;
        anna.writes("Известное").unwrap();
        line.given.until_text("Известное").await;
        let cursors = line.stop().await;
        anna.writes("Раз").unwrap();
        pavel.writes("Два").unwrap();
        anna.writes("Три").unwrap();
        world.switch("long_poll", &json!({"do": trouble}));
        let line = world.receiving_from(cursors);
        line.given.until("everything", |given| given.texts().len() == 3).await;
        let mut texts = line.given.texts();
        texts.sort();
        assert_eq!(texts, ["Два", "Раз", "Три"], "{trouble}");
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
    line.given.ready().await;
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
async fn a_cropped_message_is_read_whole() {
    let world = World::new().await;
    let line = world.receiving();
    line.given.ready().await;
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
    line.given.ready().await;
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
async fn anna_types_reads_reacts_and_edits() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let first = anna.writes("Добрый ден").unwrap();
    let line = world.receiving();
    line.given.ready().await;
    let sent = line
        .connector
        .send(&saying(&anna.chat.0, "Добрый день!"))
        .await
        .unwrap();
    let echo = line.given.until_text("Добрый день!").await;
    assert_eq!(
        (echo.remote_id, echo.echo_of),
        (sent.remote_id.clone(), Some(saying("", "Добрый день!").key))
    );
    anna.does(Act::Read { up_to: None }).unwrap();
    anna.does(Act::Type).unwrap();
    let emoji = Some("👍".to_owned());
    let message = sandbox::MessageId(sent.remote_id.0.clone());
    anna.does(Act::React { message, emoji }).unwrap();
    anna.does(Act::Edit {
        message: first,
        text: "Добрый день".into(),
    })
    .unwrap();
    let seen = |event: &ConnectorEvent| match event {
        ConnectorEvent::Receipt { kind, .. } => *kind == ReceiptKind::UpTo(2),
        ConnectorEvent::Reaction(reaction) => reaction.emoji == ["👍"],
        ConnectorEvent::Edited { content, .. } => content.text == "Добрый день",
        ConnectorEvent::Typing { .. } => true,
        _ => false,
    };
    line.given
        .until("all four", |given| {
            given.events().iter().filter(|event| seen(event)).count() >= 4
        })
        .await;
    line.stop().await;
}

#[tokio::test]
async fn a_client_who_forbids_messages_closes_the_conversation() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let line = world.receiving();
    line.given.ready().await;
    anna.does(Act::Block).unwrap();
    anna.does(Act::Unblock).unwrap();
    let states = |given: &super::world::Given| -> Vec<_> {
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
    line.given.ready().await;
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
    line.given.ready().await;
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
    line.given.ready().await;
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
    line.given.ready().await;
    world.customer("Анна").writes("Есть кто?").unwrap();
    line.given.until_text("Есть кто?").await;
    line.stop().await;
}
