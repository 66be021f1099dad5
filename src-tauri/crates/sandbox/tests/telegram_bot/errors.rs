//! Refusals: tokens, chats, texts, replies.

use crate::common::world;
use crate::wire::Bot;
use sandbox::{Act, NewPerson};
use serde_json::{Value, json};

#[tokio::test]
async fn tokens_and_methods_are_told_apart() {
    let sandbox = world().await;
    let bot = Bot::of(&sandbox);
    assert_eq!(
        bot.call("getNonsense", json!({})).await.refusal(),
        (404, "Not Found: method not found")
    );
    let bot = bot.with_token("1234:AAfalse");
    assert_eq!(bot.call("getMe", json!({})).await.refusal(), (401, "Unauthorized"));
    let bot = bot.with_token("nonsense");
    assert_eq!(bot.call("getMe", json!({})).await.refusal(), (404, "Not Found"));
    sandbox.stop().await;
}

#[tokio::test]
async fn who_blocked_the_bot_or_never_started_it_cannot_be_reached() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    anna.does(Act::Block).unwrap();
    assert_eq!(
        bot.writes(&anna, "Вы тут?").await.refusal(),
        (403, "Forbidden: bot was blocked by the user")
    );
    let vendor = &sandbox.vendor("telegram_bot").unwrap().vendor;
    let stranger = vendor.add_person(NewPerson {
        stranger: true,
        ..NewPerson::named("Пётр", "")
    });
    let write = json!({"chat_id": stranger.id.0, "text": "Здравствуйте"});
    let unknown = bot.call("sendMessage", write.clone()).await;
    assert_eq!(unknown.refusal(), (400, "Bad Request: chat not found"));
    vendor.add_group("Дачники", std::slice::from_ref(&stranger.id)).unwrap();
    let met = bot.call("sendMessage", write).await;
    assert_eq!(
        met.refusal(),
        (403, "Forbidden: bot can't initiate conversation with a user")
    );
    let updates = bot.updates(0).await;
    assert_eq!(updates[0]["my_chat_member"]["new_chat_member"]["status"], "kicked");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_deleted_account_is_gone_for_good() {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let vendor = &sandbox.vendor("telegram_bot").unwrap().vendor;
    vendor
        .special("delete_account", &json!({"person": anna.person.id.0}))
        .unwrap();
    assert_eq!(
        bot.writes(&anna, "?").await.refusal(),
        (403, "Forbidden: user is deactivated")
    );
    sandbox.stop().await;
}

async fn refused(method: &str, arguments: Value) -> String {
    let sandbox = world().await;
    let (bot, anna) = (Bot::of(&sandbox), sandbox.customer("telegram_bot", "Анна").unwrap());
    let mut arguments = arguments;
    arguments["chat_id"] = anna.chat.0.clone().into();
    let answer = bot.call(method, arguments).await;
    sandbox.stop().await;
    assert_eq!(answer.refusal().0, 400);
    answer.refusal().1.to_owned()
}

#[tokio::test]
async fn bad_texts_are_refused_in_the_words_of_the_server() {
    for (arguments, words) in [
        (json!({}), "Bad Request: message text is empty"),
        (json!({"text": " \n "}), "Bad Request: text must be non-empty"),
        (json!({"text": "ж".repeat(4097)}), "Bad Request: message is too long"),
        (
            json!({"text": "a", "parse_mode": "BBCode"}),
            "Bad Request: unsupported parse_mode",
        ),
        (
            json!({"text": "<b>a", "parse_mode": "HTML"}),
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            json!({"text": "a", "reply_parameters": {"message_id": 999}}),
            "Bad Request: message to be replied not found",
        ),
        (
            json!({"text": "a", "reply_parameters": "x"}),
            "Bad Request: can't parse reply parameters JSON object",
        ),
        (
            json!({"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "Да"}]]}}),
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ] {
        assert_eq!(refused("sendMessage", arguments).await, words);
    }
    let caption = json!({"caption": "ж".repeat(1025), "photo": "x"});
    assert_eq!(
        refused("sendPhoto", caption).await,
        "Bad Request: message caption is too long"
    );
    assert_eq!(
        refused("sendPhoto", json!({})).await,
        "Bad Request: there is no photo in the request"
    );
    let wrong = refused("sendPhoto", json!({"photo": "AgACnonsense"})).await;
    assert_eq!(wrong, "Bad Request: wrong file identifier/HTTP URL specified");
    assert_eq!(
        refused("sendChatAction", json!({"action": "dance"})).await,
        "Bad Request: wrong parameter action in request"
    );
}
