//! Lines about the chat itself: <https://core.telegram.org/bots/api#message>, from `new_chat_members` on.

use contracts::channel::{ChatRef, ConnectorEvent, PersonRef};
use domain::{Preview, Reason, RemoteId};

use super::people;
use crate::telegram_bot::wire::{Answered, Message, User};

/// Those that tell an operator nothing; whatever has a line of its own is told before this list is asked.
pub(super) const SILENT: &[&str] = &[
    "new_chat_member",
    "new_chat_participant",
    "left_chat_participant",
    "channel_chat_created",
    "message_auto_delete_timer_changed",
    "migrate_to_chat_id",
    "users_shared",
    "user_shared",
    "chat_shared",
    "connected_website",
    "write_access_allowed",
    "proximity_alert_triggered",
    "boost_added",
    "chat_background_set",
    "chat_owner_left",
    "chat_owner_changed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "video_chat_scheduled",
    "video_chat_participants_invited",
];

/// A group that became a supergroup: told at both ends, and the first word counts.
pub(super) fn moved(message: &Message) -> Option<ConnectorEvent> {
    let here = message.chat.id;
    let (old, new) = match (message.migrate_to_chat_id, message.migrate_from_chat_id) {
        (Some(to), _) => (here, to),
        (None, Some(from)) => (from, here),
        (None, None) => return None,
    };
    let chat = people::chat_ref(&message.chat);
    Some(ConnectorEvent::ChatMoved {
        from: RemoteId::new(old),
        to: ChatRef {
            remote_id: RemoteId::new(new),
            contact: PersonRef {
                remote_id: new.to_string(),
                ..chat.contact
            },
            ..chat
        },
    })
}

/// What happened, for people.
pub(super) fn line(message: &Message) -> Option<Reason> {
    let who = people::author(message)
        .and_then(|author| author.name)
        .unwrap_or_default();
    let by = |key| Reason::new(key).with("who", &who);
    if let [first, ..] = message.new_chat_members.as_slice() {
        let by_oneself = message.from.as_ref().is_some_and(|from| from.id == first.id);
        let names = names(&message.new_chat_members);
        return Some(if by_oneself {
            Reason::new("system.joined").with("name", names)
        } else {
            by("system.added").with("name", names)
        });
    }
    if let Some(left) = &message.left_chat_member {
        let by_oneself = message.from.as_ref().is_none_or(|from| from.id == left.id);
        return Some(if by_oneself {
            Reason::new("system.left").with("name", called(left))
        } else {
            by("system.removed").with("name", called(left))
        });
    }
    if let Some(title) = &message.new_chat_title {
        return Some(by("system.title").with("title", title));
    }
    if let Some(pinned) = &message.pinned_message {
        return Some(match words(pinned) {
            text if text.is_empty() => by("system.pinned"),
            text => by("system.pinned_text").with("text", text),
        });
    }
    if message.group_chat_created.is_some() || message.supergroup_chat_created.is_some() {
        let title = message.chat.title.as_deref().unwrap_or_default();
        return Some(by("system.created").with("title", title));
    }
    [
        (message.new_chat_photo.is_some(), by("system.photo")),
        (message.delete_chat_photo.is_some(), by("system.photo_removed")),
        (message.video_chat_started.is_some(), by("system.video_started")),
        (message.video_chat_ended.is_some(), Reason::new("system.video_ended")),
        (message.migrate_from_chat_id.is_some(), Reason::new("system.upgraded")),
    ]
    .into_iter()
    .find_map(|(happened, line)| happened.then_some(line))
}

fn words(pinned: &Answered) -> String {
    let said = pinned.text.as_deref().or(pinned.caption.as_deref()).unwrap_or_default();
    Preview::of(&domain::Content::plain(said), &[]).text
}

fn names(users: &[User]) -> String {
    users.iter().map(called).collect::<Vec<_>>().join(", ")
}

/// Deleted accounts have no name.
fn called(user: &User) -> String {
    people::name(&user.first_name, &user.last_name).unwrap_or_else(|| user.id.to_string())
}
