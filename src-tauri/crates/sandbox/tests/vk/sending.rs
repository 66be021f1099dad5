//! What the community sends, changes and marks reaches the phone.

use crate::world::{Line, id};
use sandbox::chaos::{Kind, Trouble};
use sandbox::{Act, Clock, Options, Part};
use serde_json::json;

#[tokio::test]
async fn a_repeated_random_id_sends_nothing_and_names_the_same_message() {
    let line = Line::start().await;
    let (anna, boris) = (line.customer("Анна"), line.customer("Борис"));
    let first = line.says(&anna, 77, "Заказ принят").await;
    let again = line.says(&anna, 77, "Заказ принят").await;
    let other = line.says(&boris, 77, "Заказ принят").await;
    let (zero, zero_again) = (line.says(&anna, 0, "Ещё").await, line.says(&anna, 0, "Ещё").await);

    assert_eq!(first, again);
    assert_ne!(first, other);
    assert_ne!(zero, zero_again);
    assert_eq!(anna.sees(), ["Заказ принят", "Ещё", "Ещё"]);
    assert_eq!(anna.received()[1].copies, 2);
}

#[tokio::test]
async fn a_send_whose_answer_was_lost_may_be_repeated() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let chaos = &line.sandbox.vendor("vk").unwrap().chaos;
    chaos.order(Trouble::of(Kind::LoseAnswer).on("messages.send").times(1));
    let send = json!({"peer_id": id(&anna), "random_id": 8, "message": "Один раз"});
    assert!(line.ask("messages.send", send.clone()).await.is_err());
    line.call("messages.send", send).await;
    assert_eq!(anna.sees(), ["Один раз"]);
}

#[tokio::test]
async fn a_list_of_peers_answers_for_each_of_them() {
    let line = Line::start().await;
    let (anna, stranger) = (line.customer("Анна"), line.stranger("Чужой").id.number().unwrap());
    let send = json!({"peer_ids": format!("{},{stranger}", id(&anna)), "random_id": 5, "message": "Скидка"});
    let outcomes = line.call("messages.send", send).await;

    assert_eq!(outcomes[0]["peer_id"], id(&anna));
    assert_eq!(outcomes[0]["conversation_message_id"], 1);
    assert!(outcomes[0]["message_id"].as_i64().unwrap() > 0);
    assert_eq!(outcomes[1]["error"]["code"], 901);
    assert_eq!(line.vendor().sent().len(), 1);
}

#[tokio::test]
async fn our_own_message_comes_back_as_an_event() {
    let line = Line::start().await;
    let mut poller = line.poller().await;
    let anna = line.customer("Анна");
    let message_id = line.says(&anna, 9, "Отправили").await;

    let message = poller.event(&line, "message_reply").await;
    assert_eq!(message["id"], message_id);
    assert_eq!(
        (message["random_id"].as_i64(), message["out"].as_i64()),
        (Some(9), Some(1))
    );
    assert_eq!(message.get("admin_author_id"), None);
}

#[tokio::test]
async fn an_answer_quotes_the_persons_message() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let asked = anna.writes("Есть в наличии?").unwrap();
    let forward = json!({"peer_id": id(&anna), "conversation_message_ids": [asked.number()], "is_reply": 1});
    let send = json!({"peer_id": id(&anna), "random_id": 1, "message": "Есть", "forward": forward.to_string()});
    line.call("messages.send", send).await;

    assert_eq!(anna.received()[0].reply_to, Some(asked));
}

#[tokio::test]
async fn a_forward_shows_what_was_said() {
    let line = Line::start().await;
    let (anna, boris) = (line.customer("Анна"), line.customer("Борис"));
    anna.writes("Диван понравился").unwrap();
    let message = line.call("messages.getHistory", json!({"peer_id": id(&anna)})).await["items"][0]["id"].clone();
    let send = json!({"peer_id": id(&boris), "random_id": 1, "forward_messages": message.to_string()});
    line.call("messages.send", send).await;
    assert_eq!(boris.sees(), ["Диван понравился"]);
}

#[tokio::test]
async fn a_place_and_a_sticker_arrive_as_such() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    line.call(
        "messages.send",
        json!({"peer_id": id(&anna), "random_id": 1, "lat": 55.5, "long": 37.25}),
    )
    .await;
    line.call(
        "messages.send",
        json!({"peer_id": id(&anna), "random_id": 2, "sticker_id": 51}),
    )
    .await;

    let received = anna.received();
    assert_eq!(
        received[0].parts,
        [Part::Location {
            latitude: 55.5,
            longitude: 37.25
        }]
    );
    assert!(matches!(received[1].parts[..], [Part::File { .. }]));
}

#[tokio::test]
async fn a_message_can_be_changed_for_a_day() {
    let clock = Clock::wall();
    let line = Line::with(Options {
        clock: clock.clone(),
        limits: false,
        ..Options::default()
    })
    .await;
    let anna = line.customer("Анна");
    let message = line.says(&anna, 1, "В среду").await;
    let edit = json!({"peer_id": id(&anna), "message_id": message, "message": "В четверг"});
    assert_eq!(line.call("messages.edit", edit.clone()).await, 1);
    assert_eq!(anna.sees(), ["В четверг"]);
    assert!(anna.received()[0].edited);

    clock.advance(jiff::SignedDuration::from_hours(25));
    assert_eq!(line.refusal("messages.edit", edit).await, 909);
    let delete = json!({"message_ids": message, "delete_for_all": 1});
    assert_eq!(line.refusal("messages.delete", delete).await, 924);
}

#[tokio::test]
async fn a_message_deleted_for_all_leaves_the_phone() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let (kept, gone) = (
        line.says(&anna, 1, "Останется").await,
        line.says(&anna, 2, "Исчезнет").await,
    );
    let outcome = line
        .call("messages.delete", json!({"message_ids": gone, "delete_for_all": 1}))
        .await;
    assert_eq!(
        (outcome[0]["message_id"].as_i64(), outcome[0]["response"].as_i64()),
        (Some(gone), Some(1))
    );
    line.call("messages.delete", json!({"message_ids": kept})).await;

    assert_eq!(anna.sees(), ["Останется"]);
    assert_eq!(
        line.call("messages.getHistory", json!({"peer_id": id(&anna)})).await["count"],
        0
    );
    line.call("messages.restore", json!({"message_id": kept})).await;
    assert_eq!(
        line.call("messages.getHistory", json!({"peer_id": id(&anna)})).await["count"],
        1
    );
}

#[tokio::test]
async fn the_person_sees_us_read_type_and_react() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let message = anna.writes("Спасибо!").unwrap();
    let mut news = line.sandbox.world().news.listen();
    line.call(
        "messages.markAsRead",
        json!({"peer_id": id(&anna), "mark_conversation_as_read": 1}),
    )
    .await;
    line.call("messages.setActivity", json!({"peer_id": id(&anna), "type": "typing"}))
        .await;
    let like = json!({"peer_id": id(&anna), "cmid": message.number(), "reaction_id": 1});
    line.call("messages.sendReaction", like).await;

    let phone = anna.phone().unwrap();
    assert_eq!((phone.business_read, phone.business_types), (Some(message), true));
    assert_eq!(phone.messages[0].reactions[0].emoji, "❤️");
    assert_eq!(news.recv().await.unwrap().chat, anna.chat);
    line.says(&anna, 1, "Рады помочь").await;
    assert!(!anna.phone().unwrap().business_types);
}

#[tokio::test]
async fn a_person_who_reads_moves_out_read() {
    let line = Line::start().await;
    let anna = line.customer("Анна");
    let message = line.says(&anna, 1, "Можно забирать").await;
    let conversation = json!({"peer_ids": id(&anna)});
    let before = line.call("messages.getConversationsById", conversation.clone()).await;
    anna.does(Act::Read { up_to: None }).unwrap();
    let after = line.call("messages.getConversationsById", conversation).await;
    assert_eq!(
        (
            before["items"][0]["out_read"].as_i64(),
            after["items"][0]["out_read"].as_i64()
        ),
        (Some(0), Some(message))
    );
}
