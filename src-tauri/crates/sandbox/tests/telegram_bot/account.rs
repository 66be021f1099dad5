//! The bot's own settings, and leaving the server.

use crate::common::world;
use crate::wire::Bot;
use serde_json::json;

#[tokio::test]
async fn commands_are_kept_by_scope_and_checked() {
    let sandbox = world().await;
    let bot = Bot::of(&sandbox);
    let commands = json!([{"command": "start", "description": "Начать"}]);
    bot.call("setMyCommands", json!({"commands": commands})).await.result();
    assert_eq!(bot.call("getMyCommands", json!({})).await.result(), commands);
    let groups = json!({"scope": {"type": "all_group_chats"}});
    assert_eq!(bot.call("getMyCommands", groups).await.result(), json!([]));
    let wrong = json!({"commands": [{"command": "Старт", "description": "?"}]});
    assert_eq!(
        bot.call("setMyCommands", wrong).await.refusal().1,
        "Bad Request: BOT_COMMAND_INVALID"
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn a_bot_that_logged_out_is_known_no_more() {
    let sandbox = world().await;
    let bot = Bot::of(&sandbox);
    bot.call("logOut", json!({})).await.result();
    assert_eq!(bot.call("getMe", json!({})).await.refusal(), (400, "Logged out"));
    sandbox.stop().await;
}
