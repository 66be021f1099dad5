//! `messages.sendReaction` and `messages.deleteReaction`.

use super::{Answer, ApiError, Call};
use crate::ids::MessageId;
use crate::news::Happening;
use crate::vk::posting;
use crate::vk::state::message::Message;
use serde_json::json;

/// Numbers of reactions that exist: `callback_message_reaction_event` of VK's schema ends there.
const REACTIONS: std::ops::RangeInclusive<i64> = 1..=64;

pub(super) fn send(call: &mut Call<'_>) -> Answer {
    let reaction = call.params.required_int("reaction_id")?;
    if !REACTIONS.contains(&reaction) {
        return Err(ApiError::of(1009));
    }
    set(call, Some(reaction))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    set(call, None)
}

fn set(call: &mut Call<'_>, reaction: Option<i64>) -> Answer {
    let (peer, cmid) = (call.params.required_int("peer_id")?, call.params.required_int("cmid")?);
    let group = call.group()?;
    let dialog = call.community()?.dialogs.get_mut(&peer);
    let message: Option<&mut Message> = dialog.and_then(|dialog| dialog.by_cmid_mut(cmid));
    let message = message.filter(|message| message.gone.community_sees());
    let message = message.ok_or_else(|| ApiError::parameter("cmid is invalid"))?;
    match reaction {
        Some(reaction) => message.reactions.insert(-group, reaction),
        None => message.reactions.remove(&-group),
    };
    posting::tell(
        call.state,
        peer,
        Happening::BusinessReacted {
            message: MessageId::from(cmid),
        },
    );
    Ok(json!(1))
}
