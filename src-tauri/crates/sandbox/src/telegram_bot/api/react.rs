//! `setMessageReaction`.

use crate::ids::MessageId;
use crate::news::Happening;
use crate::telegram_bot::api::addressee::{Access, addressee};
use crate::telegram_bot::api::error::{Answer, ApiError};
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::state::State;
use crate::telegram_bot::state::message::Author;
use serde_json::Value;

/// The emoji that ReactionTypeEmoji lists.
const EMOJI: &str = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 \
                     👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡";

/// Whether a reaction may be used; some clients add the emoji presentation mark.
pub(crate) fn allowed(emoji: &str) -> bool {
    EMOJI
        .split_whitespace()
        .any(|known| known == emoji.trim_end_matches('\u{fe0f}'))
}

/// `setMessageReaction`: a bot has one reaction per message.
pub(crate) fn set_message_reaction(state: &mut State, call: &Request) -> Answer {
    let wished = call
        .json("reaction", "Can't parse reaction types JSON object")?
        .unwrap_or_else(|| Value::Array(vec![]));
    let wished = wished
        .as_array()
        .ok_or_else(|| ApiError::bad("Expected an Array of ReactionType"))?;
    for reaction in wished {
        check(reaction)?;
    }
    if wished.len() > 1 {
        return Err(ApiError::bad("REACTIONS_TOO_MANY"));
    }
    let chat = addressee(state, call, "chat_id", Access::Read)?;
    let id = call.message_id();
    let message = state
        .message_mut(chat, id)
        .ok_or_else(|| ApiError::bad("message to react not found"))?;
    message.reactions.retain(|(by, _)| *by != Author::Bot);
    message
        .reactions
        .extend(wished.iter().cloned().map(|reaction| (Author::Bot, reaction)));
    state.tell(
        chat,
        Happening::BusinessReacted {
            message: MessageId::from(id),
        },
    );
    Ok(Value::Bool(true))
}

fn check(reaction: &Value) -> Result<(), ApiError> {
    let unreadable = |what: &str| ApiError::bad(&format!("Can't parse ReactionType: {what}"));
    match reaction.get("type").and_then(Value::as_str) {
        None if !reaction.is_object() => Err(unreadable("expected an Object")),
        None => Err(unreadable("Can't find field \"type\"")),
        Some("emoji") => match reaction.get("emoji").and_then(Value::as_str) {
            None => Err(unreadable("Can't find field \"emoji\"")),
            Some(emoji) if allowed(emoji) => Ok(()),
            Some(_) => Err(ApiError::bad("REACTION_INVALID")),
        },
        Some("custom_emoji") => Err(ApiError::bad("REACTION_INVALID")),
        Some(_) => Err(unreadable("invalid reaction type specified")),
    }
}
