//! `getChat`, `getChatMember`, `getChatAdministrators`, `getChatMemberCount`, `leaveChat`.

use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::chat::{Chat, Kind, Membership};
use crate::telegram_bot::wire::chat as wire;
use serde_json::Value;

fn chat<'a>(state: &'a State, call: &Request) -> Result<&'a Chat, ApiError> {
    let id = addressee(state, call, "chat_id", Access::Read)?;
    state.chats.get(&id).ok_or_else(|| ApiError::bad("chat not found"))
}

/// `getChat`.
pub(crate) fn get_chat(state: &mut State, call: &Request) -> Answer {
    Ok(wire::full_chat(state, chat(state, call)?))
}

/// `getChatMember`.
pub(crate) fn get_chat_member(state: &mut State, call: &Request) -> Answer {
    let chat = chat(state, call)?;
    let id: i64 = call
        .text("user_id")
        .parse()
        .map_err(|_| ApiError::bad("invalid user_id specified"))?;
    if id == state.bot.id {
        return Ok(wire::member(wire::bot(state), bot_status(chat)));
    }
    if !state.users.contains_key(&id) {
        return Err(ApiError::bad("user not found"));
    }
    let status = match chat.members.iter().position(|member| *member == id) {
        Some(0) if chat.kind != Kind::Private => "administrator",
        Some(_) => "member",
        None => "left",
    };
    Ok(wire::member(wire::user(state, id), status))
}

fn bot_status(chat: &Chat) -> &'static str {
    match (chat.bot, chat.kind) {
        (Membership::Left, _) => "left",
        (Membership::Kicked, _) => "kicked",
        (Membership::Member, Kind::Private) => "member",
        (Membership::Member, _) => "administrator",
    }
}

/// `getChatAdministrators`: the bot, and whoever opened the group.
pub(crate) fn get_chat_administrators(state: &mut State, call: &Request) -> Answer {
    let chat = chat(state, call)?;
    if chat.kind == Kind::Private {
        return Err(ApiError::bad("there are no administrators in the private chat"));
    }
    let founder = chat
        .members
        .first()
        .map(|id| wire::member(wire::user(state, *id), "administrator"));
    let bot = wire::member(wire::bot(state), bot_status(chat));
    Ok(founder.into_iter().chain([bot]).collect())
}

/// `getChatMemberCount`.
pub(crate) fn get_chat_member_count(state: &mut State, call: &Request) -> Answer {
    Ok((chat(state, call)?.members.len() + 1).into())
}

/// `leaveChat`.
pub(crate) fn leave_chat(state: &mut State, call: &Request) -> Answer {
    let id = chat(state, call)?.id;
    match state.chats.get_mut(&id).filter(|chat| chat.kind != Kind::Private) {
        None => Err(ApiError::bad("chat member status can't be changed in private chats")),
        Some(chat) => {
            chat.bot = Membership::Left;
            Ok(Value::Bool(true))
        }
    }
}
