//! Edits, deletions, reactions and buttons, both ways.

use crate::common::world;
use crate::wire::Bot;
use jiff::SignedDuration;
use sandbox::{Act, MessageId};
use serde_json::json;

#[tokio::test]
async fn an_edit_shows_on_the_phone_and_a_repeated_one_is_refused() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let sent = bot.writes(&anna, "Завтра в 10").await.result();
    let edit = json!({"chat_id": anna.chat.0, "message_id": sent["message_id"], "text": "Завтра в 12"});
    let edited = bot.call("editMessageText", edit.clone()).await.result();
    assert!(edited["edit_date"].is_i64());
    assert_eq!(anna.sees(), ["Завтра в 12"]);
    assert!(anna.received()[0].edited);
    let again = bot.call("editMessageText", edit).await;
    assert!(
        again
            .refusal()
            .1
            .starts_with("Bad Request: message is not modified: specified new message content")
    );
    let hers = anna.writes("Хорошо").unwrap();
    let foreign = json!({"chat_id": anna.chat.0, "message_id": hers.0, "text": "Плохо"});
    assert_eq!(
        bot.call("editMessageText", foreign).await.refusal().1,
        "Bad Request: message can't be edited"
    );
    let gone = json!({"chat_id": anna.chat.0, "message_id": 999, "text": "?"});
    assert_eq!(
        bot.call("editMessageText", gone).await.refusal().1,
        "Bad Request: message to edit not found"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn a_deleted_message_leaves_the_phone_but_not_after_two_days() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let delete = |id: serde_json::Value| json!({"chat_id": anna.chat.0, "message_id": id});
    let first = bot.writes(&anna, "ошибка").await.result()["message_id"].clone();
    let second = bot.writes(&anna, "останется").await.result()["message_id"].clone();
    bot.call("deleteMessage", delete(first.clone())).await.result();
    assert_eq!(anna.sees(), ["останется"]);
    let again = bot.call("deleteMessage", delete(first)).await;
    assert_eq!(again.refusal(), (400, "Bad Request: message to delete not found"));
    sandbox.world().clock.advance(SignedDuration::from_hours(49));
    let late = bot.call("deleteMessage", delete(second)).await;
    assert_eq!(late.refusal(), (400, "Bad Request: message can't be deleted"));
    sandbox.stop().await;
}

#[tokio::test]
async fn annas_edit_and_reaction_reach_the_bot_that_asked_for_them() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let kinds = json!(["message", "edited_message", "message_reaction"]);
    bot.call("getUpdates", json!({"allowed_updates": kinds, "offset": -1}))
        .await
        .result();
    let hers = anna.writes("Хочу красный").unwrap();
    anna.does(Act::Edit {
        message: hers,
        text: "Хочу синий".into(),
    })
    .unwrap();
    let answer = bot.writes(&anna, "Синий есть").await.result();
    let message = MessageId::from(answer["message_id"].as_i64().unwrap());
    anna.does(Act::React {
        message,
        emoji: Some("👍".into()),
    })
    .unwrap();
    let updates = bot.updates(0).await;
    assert_eq!(updates[1]["edited_message"]["text"], "Хочу синий");
    let reaction = &updates[2]["message_reaction"];
    assert_eq!(reaction["new_reaction"], json!([{"type": "emoji", "emoji": "👍"}]));
    assert_eq!(reaction["old_reaction"], json!([]));
    let heart = json!([{"type": "emoji", "emoji": "❤"}]);
    let react = json!({"chat_id": anna.chat.0, "message_id": updates[0]["message"]["message_id"], "reaction": heart});
    bot.call("setMessageReaction", react).await.result();
    assert_eq!(anna.phone().unwrap().messages[0].reactions[0].emoji, "❤");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_pressed_button_is_answered_once() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let keyboard = json!({"inline_keyboard": [[{"text": "Да", "callback_data": "yes:1"}]]});
    let ask = json!({"chat_id": anna.chat.0, "text": "Оформляем?", "reply_markup": keyboard});
    let asked = bot.call("sendMessage", ask).await.result();
    assert_eq!(anna.received()[0].buttons, ["Да"]);
    let message = MessageId::from(asked["message_id"].as_i64().unwrap());
    anna.does(Act::Press {
        message,
        button: "Да".into(),
    })
    .unwrap();
    let query = bot.updates(0).await[0]["callback_query"].clone();
    assert_eq!(
        (query["data"].as_str(), query["message"]["text"].as_str()),
        (Some("yes:1"), Some("Оформляем?"))
    );
    let answer = json!({"callback_query_id": query["id"]});
    bot.call("answerCallbackQuery", answer.clone()).await.result();
    let late = bot.call("answerCallbackQuery", answer).await;
    assert!(
        late.refusal()
            .1
            .starts_with("Bad Request: query is too old and response timeout expired")
    );
    sandbox.stop().await;
}
