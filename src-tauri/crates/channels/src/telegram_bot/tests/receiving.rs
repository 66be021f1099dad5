//! Sessions of receiving against the simulator.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use contracts::{
    Clock, SystemClock,
    channel::{CallError, ConnectorEvent, Deps, Exit},
    testkit::FakeClock,
};
use domain::{ConversationKind, Direction, Reachability, UserAction};
use sandbox::{
    AccountChange, Act, Letter,
    chaos::{Kind, Trouble},
};
use serde_json::json;

use super::world::{World, button};
use crate::{
    shared::rehearsal::{Given, Line},
    telegram_bot::CHANNEL,
};

#[tokio::test]
async fn annas_message_arrives_with_her_name() {
    let world = World::new().await;
    let line = world.line();
    line.given.until_online().await;
    let anna = world.customer("Анна Соколова");
    let id = anna.writes("Здравствуйте! Стол ещё есть?").unwrap();
    let message = line.given.until_text("Здравствуйте! Стол ещё есть?").await;
    assert_eq!(
        (message.direction, message.remote_id.as_str()),
        (Direction::In, id.0.as_str())
    );
    assert_eq!(message.chat.kind, ConversationKind::Direct);
    assert_eq!(message.sender.unwrap().name.as_deref(), Some("Анна Соколова"));
    assert!(!message.catch_up);
    line.stop().await;
}

#[tokio::test]
async fn what_came_while_we_were_away_is_fetched_once() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    anna.writes("Первое").unwrap();
    let line = world.line();
    line.given.until_text("Первое").await;
    let cursors = line.stop().await;
    anna.writes("Второе").unwrap();
    let line = world.line_from(cursors);
    line.given.until_text("Второе").await;
    assert_eq!(line.given.texts(), ["Второе"]);
    line.stop().await;
}

#[tokio::test]
async fn nothing_is_confirmed_before_it_is_committed() {
    let world = World::new().await;
    world.customer("Анна").writes("Не потеряйте").unwrap();
    let broken_engine = Arc::new(Given::default());
    broken_engine.closed.store(true, Ordering::SeqCst);
    let connector = world.connector();
    let line = Line::again(connector.clone(), broken_engine);
    assert_eq!(line.ends().await, Exit::Stopped);
    let line = Line::again(connector, Arc::default());
    line.given.until_text("Не потеряйте").await;
    line.stop().await;
}

#[tokio::test]
async fn doubled_and_mixed_up_updates_keep_their_ids() {
    let world = World::new().await;
    world.trouble(Trouble::of(Kind::Duplicate).on("getUpdates"));
    world.trouble(Trouble::of(Kind::Reorder).on("getUpdates"));
    let anna = world.customer("Анна");
    let ids = ["1", "2", "3"].map(|text| anna.writes(text).unwrap().0);
    let line = world.line();
    line.given
        .until("all of them", |given| given.messages().len() >= 6)
        .await;
    let mut seen: Vec<_> = line
        .given
        .messages()
        .into_iter()
        .map(|message| message.remote_id.0)
        .collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen, ids);
    line.stop().await;
}

#[tokio::test]
async fn an_edit_a_reaction_and_a_block_are_told() {
    let world = World::new().await;
    let line = world.line();
    line.given.until_online().await;
    let anna = world.customer("Анна");
    let message = anna.writes("Сколко стоит?").unwrap();
    let text = "Сколько стоит?".into();
    anna.does(Act::Edit {
        message: message.clone(),
        text,
    })
    .unwrap();
    let emoji = Some("👍".to_owned());
    anna.does(Act::React { message, emoji }).unwrap();
    anna.does(Act::Block).unwrap();
    anna.does(Act::Unblock).unwrap();
    line.given.until("all of it", |given| given.events().len() >= 5).await;
    let events = line.given.events();
    assert!(matches!(&events[1], ConnectorEvent::Edited { content, .. } if content.text == "Сколько стоит?"));
    assert!(matches!(&events[2], ConnectorEvent::Reaction(reaction) if reaction.emoji == ["👍"]));
    let reachable = |event: &ConnectorEvent| match event {
        ConnectorEvent::Reachable { reachability, .. } => Some(*reachability),
        _ => None,
    };
    let told: Vec<_> = events.iter().filter_map(reachable).collect();
    assert_eq!(told, [Reachability::Blocked, Reachability::Open]);
    line.stop().await;
}

#[tokio::test]
async fn a_pressed_button_says_its_words_and_stops_spinning() {
    let world = World::new().await;
    let line = world.line();
    let anna = world.customer("Анна");
    anna.does(Act::Start {
        payload: Some("vesna24".to_owned()),
    })
    .unwrap();
    let start = line.given.until_text("/start vesna24").await;
    assert_eq!(start.source.unwrap().reference, "vesna24");
    let fields = json!({"chat_id": anna.chat.0, "text": "Когда?", "reply_markup": button("Завтра", "d1")});
    let sent = world.other_program("sendMessage", fields).await;
    let message = sandbox::MessageId(sent["result"]["message_id"].to_string());
    let button = "Завтра".to_owned();
    anna.does(Act::Press {
        message: message.clone(),
        button,
    })
    .unwrap();
    let pressed = line.given.until_text("Завтра").await;
    assert_eq!(pressed.reply_to.unwrap().remote_id.unwrap().0, message.0);
    line.stop().await;
}

#[tokio::test]
async fn a_group_is_one_conversation_with_named_authors() {
    let world = World::new().await;
    let (anna, boris) = (world.customer("Анна"), world.customer("Борис"));
    let members = [anna.person.id.clone(), boris.person.id.clone()];
    let group = world.vendor().vendor.add_group("Дачный кооператив", &members).unwrap();
    let line = world.line();
    boris.within(&group.id).writes("Когда привезут щебень?").unwrap();
    let message = line.given.until_text("Когда привезут щебень?").await;
    assert_eq!(
        (message.chat.kind, message.chat.title.as_deref()),
        (ConversationKind::Group, Some("Дачный кооператив"),)
    );
    assert_eq!(message.chat.contact.remote_id, group.id.0);
    assert_eq!(message.sender.unwrap().remote_id, boris.person.id.0);
    line.stop().await;
}

#[tokio::test]
async fn channel_posts_are_left_out_and_lines_about_the_chat_say_so() {
    let world = World::new().await;
    let anna = world.customer("Анна");
    let members = json!([anna.person.id.0]);
    let channel = world.special("add_channel", json!({"title": "Новости", "members": members}));
    let group = world
        .vendor()
        .vendor
        .add_group("Соседи", std::slice::from_ref(&anna.person.id))
        .unwrap();
    let channel = sandbox::ChatId(channel["chat"].as_str().unwrap().to_owned());
    anna.within(&channel).writes("Пост").unwrap();
    world.special(
        "join",
        json!({"chat": group.id.0, "person": world.customer("Вера").person.id.0}),
    );
    anna.writes("Вопрос").unwrap();
    let line = world.line();
    line.given.until_text("Вопрос").await;
    assert_eq!(line.given.texts(), ["", "Вопрос"]);
    let joined = line.given.messages().remove(0);
    assert_eq!(joined.direction, Direction::System);
    assert_eq!(joined.system.unwrap().to_string(), "system.joined name=Вера");
    line.stop().await;
}

#[tokio::test]
async fn a_revoked_token_asks_for_a_login() {
    let world = World::new().await;
    let line = world.line();
    line.given.until_online().await;
    world.vendor().vendor.change(AccountChange::ExpireToken).unwrap();
    let exit = line.ends().await;
    assert!(matches!(exit, Exit::Broken(CallError::LoggedOut(_))), "{exit:?}");
}

#[tokio::test]
async fn a_webhook_that_appears_asks_to_take_over() {
    let world = World::new().await;
    let line = world.line();
    line.given.until_online().await;
    world
        .other_program("setWebhook", json!({"url": "https://crm.example.org/hook"}))
        .await;
    let Exit::Broken(CallError::Stuck { action, .. }) = line.ends().await else {
        panic!("not stuck")
    };
    assert_eq!(action, UserAction::TakeOver);
}

#[tokio::test]
async fn another_program_ends_the_session_and_is_waited_for() {
    let world = World::new().await;
    let line = world.line();
    line.given.until_online().await;
    world.other_program("getUpdates", json!({"timeout": 1})).await;
    let exit = line.ends().await;
    assert!(matches!(exit, Exit::Broken(CallError::Network { .. })), "{exit:?}");
}

#[tokio::test]
async fn trouble_of_every_kind_ends_the_session_and_loses_nothing() {
    let world = World::new().await;
    let connector = world.connector();
    let given = Arc::new(Given::default());
    world.customer("Анна").writes("Я тут").unwrap();
    for kind in [
        Kind::LoseRequest,
        Kind::LoseAnswer,
        Kind::HalfAnswer,
        Kind::ServerError { status: 502 },
    ] {
        world.trouble(Trouble::of(kind).on("getUpdates").times(1));
        let exit = Line::again(connector.clone(), given.clone()).ends().await;
        assert!(
            matches!(exit, Exit::Broken(CallError::Network { .. })),
            "{kind:?}: {exit:?}"
        );
    }
    world.trouble(
        Trouble::of(Kind::TooManyRequests { retry_after: 3 })
            .on("getUpdates")
            .times(1),
    );
    let exit = Line::again(connector.clone(), given.clone()).ends().await;
    let wait = Duration::from_secs(4);
    assert_eq!(exit, Exit::Broken(CallError::TooFast { wait }));
    let line = Line::again(connector, given);
    line.given.until_text("Я тут").await;
    line.stop().await;
}

#[tokio::test]
async fn old_letters_come_without_a_sound_and_an_old_number_is_not_trusted() {
    let world = World::new().await;
    world.customer("Анна").sends(Letter::saying("Вчера")).unwrap();
    let clock = Arc::new(FakeClock::at(SystemClock.now().plus(Duration::from_secs(3600))));
    let line = Line::start_with(&CHANNEL, &world.account, Deps { clock: clock.clone() });
    assert!(line.given.until_text("Вчера").await.catch_up);
    let (connector, given) = (line.connector.clone(), line.given.clone());
    line.stop().await;
    world.customer("Борис").writes("Через неделю").unwrap();
    clock.advance(Duration::from_secs(7 * 24 * 3600));
    let line = Line::again(connector, given);
    line.given.until_text("Через неделю").await;
    line.stop().await;
}

#[tokio::test]
async fn a_providers_page_is_a_block_and_no_logout() {
    let world = World::new().await;
    world.trouble(Trouble::of(Kind::BlockPage).on("getUpdates").times(1));
    let exit = world.line().ends().await;
    assert!(matches!(exit, Exit::Broken(CallError::Blocked(_))), "{exit:?}");
}

#[tokio::test]
async fn a_garbled_update_is_put_aside_and_the_line_goes_on() {
    let world = World::new().await;
    let line = world.line();
    line.given.until_online().await;
    let anna = world.customer("Анна");
    world.special("raw_update", json!({"message": {"message_id": "семь", "text": "Каша"}}));
    anna.writes("А я в порядке").unwrap();
    line.given.until_text("А я в порядке").await;
    let aside = |event: &ConnectorEvent| matches!(event, ConnectorEvent::Malformed(it) if it.raw.contains("Каша"));
    assert_eq!(line.given.events().iter().filter(|event| aside(event)).count(), 1);
    let cursors = line.stop().await;
    let line = world.line_from(cursors);
    line.given.until_online().await;
    assert!(line.given.events().is_empty(), "it does not come again");
    line.stop().await;
}
