//! Lines about a chat: `action` of a message, <https://dev.vk.com/reference/objects/message>.

use domain::{Preview, Reason};

use super::{names::Names, wire::Message};

/// What happened, for people; `None` for no action and for one that this version does not know.
pub(super) fn line(message: &Message, names: &Names) -> Option<Reason> {
    let action = message.action.as_ref()?;
    let by = |key| Reason::new(key).with("who", names.name_or_address(message.from_id));
    let text = Preview::of(&domain::Content::plain(action.text.clone().unwrap_or_default()), &[]).text;
    let member = action.member_id.unwrap_or(message.from_id);
    let oneself = member == message.from_id;
    let name = match &action.email {
        Some(email) => email.clone(),
        None => names.name_or_address(member),
    };
    Some(match action.kind.as_str() {
        "chat_create" => by("system.created").with("title", text),
        "chat_title_update" => by("system.title").with("title", text),
        "chat_photo_update" => by("system.photo"),
        "chat_photo_remove" => by("system.photo_removed"),
        "chat_invite_user" if oneself => Reason::new("system.joined").with("name", name),
        "chat_invite_user" => by("system.added").with("name", name),
        "chat_invite_user_by_link" | "chat_invite_user_by_message_request" => {
            Reason::new("system.joined").with("name", name)
        }
        "chat_kick_user" if oneself => Reason::new("system.left").with("name", name),
        "chat_kick_user" => by("system.removed").with("name", name),
        "chat_pin_message" if text.is_empty() => by("system.pinned"),
        "chat_pin_message" => by("system.pinned_text").with("text", text),
        "chat_unpin_message" => by("system.unpinned"),
        _ => return None,
    })
}
