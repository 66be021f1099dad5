//! The bot itself: `getMe`, `logOut`, `close`, its commands and descriptions.

use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::wire::{chat, put};
use serde_json::{Value, json};

/// Not written in the documents how many are too many at once; a bot has at most this many commands.
const MOST_COMMANDS: usize = 100;

/// `getMe`.
pub(crate) fn get_me(state: &mut State, _: &Request) -> Answer {
    let mut me = chat::bot(state);
    put(&mut me, "can_join_groups", Some(true.into()));
    put(&mut me, "can_read_all_group_messages", Some(true.into()));
    for off in [
        "supports_inline_queries",
        "supports_guest_queries",
        "can_connect_to_business",
        "has_main_web_app",
        "has_topics_enabled",
        "allows_users_to_create_topics",
        "can_manage_bots",
    ] {
        put(&mut me, off, Some(false.into()));
    }
    Ok(me)
}

/// `logOut`: the bot moves to another server, this one knows it no more.
pub(crate) fn log_out(state: &mut State, _: &Request) -> Answer {
    state.bot.logged_out = true;
    state.updates.clear();
    Ok(Value::Bool(true))
}

/// `close`.
pub(crate) fn close(state: &mut State, _: &Request) -> Answer {
    state.bot.closed = true;
    Ok(Value::Bool(true))
}

/// `getMyCommands`.
pub(crate) fn get_my_commands(state: &mut State, call: &Request) -> Answer {
    Ok(state.commands.get(&place(call)).cloned().unwrap_or_else(|| json!([])))
}

/// `setMyCommands`.
pub(crate) fn set_my_commands(state: &mut State, call: &Request) -> Answer {
    let commands = call
        .json("commands", "Can't parse commands JSON object")?
        .unwrap_or_else(|| json!([]));
    let list = commands
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of BotCommand"))?;
    if list.len() > MOST_COMMANDS {
        return Err(ApiError::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in list {
        let name = command
            .get("command")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim_start_matches('/');
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 32 || !name.chars().all(plain) {
            return Err(ApiError::bad("BOT_COMMAND_INVALID"));
        }
        if command
            .get("description")
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
        {
            return Err(ApiError::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    state.commands.insert(place(call), commands);
    Ok(Value::Bool(true))
}

/// `deleteMyCommands`.
pub(crate) fn delete_my_commands(state: &mut State, call: &Request) -> Answer {
    state.commands.remove(&place(call));
    Ok(Value::Bool(true))
}

fn place(call: &Request) -> (String, String) {
    (call.text("scope").to_owned(), call.text("language_code").to_owned())
}

/// `getMyName`.
pub(crate) fn get_my_name(state: &mut State, _: &Request) -> Answer {
    Ok(json!({"name": state.bot.first_name}))
}

/// `getMyDescription`.
pub(crate) fn get_my_description(_: &mut State, _: &Request) -> Answer {
    Ok(json!({"description": ""}))
}

/// `getMyShortDescription`.
pub(crate) fn get_my_short_description(_: &mut State, _: &Request) -> Answer {
    Ok(json!({"short_description": ""}))
}
