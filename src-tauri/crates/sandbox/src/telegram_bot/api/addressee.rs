//! Whether the bot may read or write in the chat that a call names.

use crate::telegram_bot::api::error::ApiError;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::chat::{Kind, Membership};

/// What the call wants of the chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// The chat of the argument `name`, when the bot has that access to it.
pub(crate) fn addressee(state: &State, call: &Request, name: &str, access: Access) -> Result<i64, ApiError> {
    resolve(state, call.text(name), access)
}

/// The chat of a written id.
pub(crate) fn resolve(state: &State, written: &str, access: Access) -> Result<i64, ApiError> {
    if written.is_empty() {
        return Err(ApiError::bad("chat_id is empty"));
    }
    // People cannot be found by name, and the groups here have none.
    let id: i64 = written.trim().parse().map_err(|_| ApiError::bad("chat not found"))?;
    match state.users.get(&id) {
        Some(user) if user.deactivated && access == Access::Write => Err(ApiError::forbidden("user is deactivated")),
        Some(user) if !user.started => match access {
            Access::Write if user.met => Err(ApiError::forbidden("bot can't initiate conversation with a user")),
            Access::Read if user.met => Ok(id),
            _ => Err(ApiError::bad("chat not found")),
        },
        Some(user) if user.blocked && access == Access::Write => {
            Err(ApiError::forbidden("bot was blocked by the user"))
        }
        Some(_) => Ok(id),
        None => group(state, id, access),
    }
}

fn group(state: &State, id: i64, access: Access) -> Result<i64, ApiError> {
    let chat = state.chats.get(&id).ok_or_else(|| ApiError::bad("chat not found"))?;
    let kind = chat.kind.wire();
    let closed = access == Access::Write || chat.kind != Kind::Group;
    match (chat.upgraded_to, chat.bot) {
        (Some(to), _) if access == Access::Write => Err(ApiError::migrated(to)),
        (_, Membership::Kicked) if closed => Err(ApiError::forbidden(&format!("bot was kicked from the {kind} chat"))),
        (_, Membership::Left) if closed => Err(ApiError::forbidden(&format!("bot is not a member of the {kind} chat"))),
        _ => Ok(id),
    }
}
