//! What the operator sends and what the phone shows.

use crate::common::world;
use crate::wire::Bot;
use sandbox::letter::Style;
use sandbox::{Options, Part, Sandbox};
use serde_json::json;

#[tokio::test]
async fn an_answer_appears_on_annas_phone_with_its_quote_and_marks() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let question = anna.writes("Сколько стоит синий диван?").unwrap();
    let sent = bot
        .call(
            "sendMessage",
            json!({
                "chat_id": anna.chat.0, "text": "<b>24 900 ₽</b> с доставкой", "parse_mode": "HTML",
                "reply_parameters": {"message_id": question.0, "quote": "синий диван"},
            }),
        )
        .await
        .result();
    assert_eq!(sent["reply_to_message"]["text"], "Сколько стоит синий диван?");
    assert_eq!(
        sent["quote"],
        json!({"text": "синий диван", "position": 14, "is_manual": true})
    );
    let shown = &anna.received()[0];
    assert_eq!(shown.text.text, "24 900 ₽ с доставкой");
    assert_eq!(shown.text.marks[0].style, Style::Bold);
    assert_eq!(
        (shown.reply_to.as_ref(), shown.quote.as_deref()),
        (Some(&question), Some("синий диван"))
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn every_way_to_pass_arguments_is_understood() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let fields = [("chat_id", anna.chat.0.as_str()), ("text", "привет, мир & co")];
    let (http, url) = (bot.http(), bot.url("sendMessage"));
    http.get(&url)
        .query(&fields)
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    http.post(&url)
        .form(&fields)
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    let form = fields
        .iter()
        .fold(reqwest::multipart::Form::new(), |form, (name, value)| {
            form.text((*name).to_owned(), (*value).to_owned())
        });
    bot.upload("SENDMESSAGE", form).await.result();
    bot.writes(&anna, "привет, мир & co").await.result();
    assert_eq!(anna.sees(), ["привет, мир & co"; 4]);
    assert_eq!(anna.received()[0].copies, 4, "a doubled send would show here");
    sandbox.stop().await;
}

#[tokio::test]
async fn places_people_polls_and_dice_arrive() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let chat = &anna.chat.0;
    for (method, arguments) in [
        (
            "sendLocation",
            json!({"chat_id": chat, "latitude": 55.75, "longitude": 37.61}),
        ),
        (
            "sendVenue",
            json!({"chat_id": chat, "latitude": 55.75, "longitude": 37.61, "title": "Салон", "address": "Арбат, 1"}),
        ),
        (
            "sendContact",
            json!({"chat_id": chat, "phone_number": "+79990001122", "first_name": "Ольга"}),
        ),
        (
            "sendPoll",
            json!({"chat_id": chat, "question": "Какой цвет?", "options": ["синий", {"text": "серый"}]}),
        ),
        ("sendDice", json!({"chat_id": chat})),
    ] {
        bot.call(method, arguments).await.result();
    }
    let parts: Vec<Part> = anna.received().into_iter().flat_map(|message| message.parts).collect();
    assert!(matches!(&parts[0], Part::Location { latitude, .. } if (*latitude - 55.75).abs() < 1e-9));
    assert!(matches!(&parts[1], Part::Venue { title, .. } if title == "Салон"));
    assert!(matches!(&parts[2], Part::Contact { phone, .. } if phone == "+79990001122"));
    assert!(matches!(&parts[3], Part::Poll { options, .. } if options == &["синий", "серый"]));
    assert!(matches!(parts[4], Part::Dice { value: 1..=6, .. }));
    sandbox.stop().await;
}

#[tokio::test]
async fn typing_shows_until_the_message_comes() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    bot.call("sendChatAction", json!({"chat_id": anna.chat.0, "action": "typing"}))
        .await
        .result();
    assert!(anna.phone().unwrap().business_types);
    bot.writes(&anna, "Готово").await.result();
    assert!(!anna.phone().unwrap().business_types);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_flood_into_one_chat_is_stopped_with_the_time_to_wait() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let mut refused = None;
    for number in 0..15 {
        let answer = bot.writes(&anna, &format!("акция {number}")).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the burst ends");
    let seconds = refused.body["parameters"]["retry_after"].as_u64().unwrap();
    assert_eq!(refused.retry_after.as_deref(), Some(seconds.to_string().as_str()));
    assert_eq!(refused.refusal().1, format!("Too Many Requests: retry after {seconds}"));
    assert_eq!(anna.sees().len(), 8, "what was refused was not sent");
    let boris = sandbox.customer("telegram_bot", "Борис").unwrap();
    bot.writes(&boris, "другой чат открыт").await.result();
    sandbox.stop().await;
}

#[tokio::test]
async fn forwards_and_copies_tell_their_origin_or_hide_it() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let boris = sandbox.customer("telegram_bot", "Борис").unwrap();
    let message = anna.writes("Беру диван").unwrap();
    let arguments = json!({"chat_id": boris.chat.0, "from_chat_id": anna.chat.0, "message_id": message.0});
    let forwarded = bot.call("forwardMessage", arguments.clone()).await.result();
    assert_eq!(forwarded["forward_origin"]["sender_user"]["first_name"], "Анна");
    let copied = bot.call("copyMessage", arguments).await.result();
    assert!(copied["message_id"].is_i64() && copied.get("text").is_none());
    assert_eq!(boris.sees(), ["Беру диван", "Беру диван"]);
    sandbox.stop().await;
}
