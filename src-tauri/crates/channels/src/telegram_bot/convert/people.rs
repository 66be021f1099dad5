use contracts::channel::{ChatRef, PersonRef};
use domain::{ConversationKind, RemoteId};

use crate::telegram_bot::wire::{Answered, Birthdate, Chat, ChatKind, ExternalReply, Message, Origin, User};

/// First and last name as the network shows them; deleted people have none.
pub(in crate::telegram_bot) fn name(first: &str, last: &str) -> Option<String> {
    let name = format!("{} {}", first.trim(), last.trim());
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The page of a person or a group.
pub(in crate::telegram_bot) fn link(username: &str) -> String {
    format!("https://t.me/{username}")
}

/// `D.M` or `D.M.YYYY`.
pub(in crate::telegram_bot) fn birthday(date: &Birthdate) -> String {
    let Birthdate { day, month, year } = date;
    year.map_or_else(|| format!("{day}.{month}"), |year| format!("{day}.{month}.{year}"))
}

pub(super) fn of_user(user: &User) -> PersonRef {
    PersonRef {
        remote_id: user.id.to_string(),
        name: name(&user.first_name, &user.last_name),
        username: user.username.clone(),
        link: user.username.as_deref().map(link),
        ..PersonRef::default()
    }
}

pub(super) fn of_chat(chat: &Chat) -> PersonRef {
    PersonRef {
        remote_id: chat.id.to_string(),
        name: chat.title.clone().or_else(|| name(&chat.first_name, &chat.last_name)),
        username: chat.username.clone(),
        link: chat.username.as_deref().map(link),
        ..PersonRef::default()
    }
}

pub(super) fn chat_ref(chat: &Chat) -> ChatRef {
    ChatRef {
        remote_id: RemoteId::new(chat.id),
        kind: match chat.kind {
            ChatKind::Private => ConversationKind::Direct,
            ChatKind::Group | ChatKind::Supergroup | ChatKind::Channel => ConversationKind::Group,
        },
        title: chat.title.clone(),
        contact: of_chat(chat),
    }
}

/// Who wrote it: a channel or an anonymous administrator hides the user behind it.
pub(super) fn author(message: &Message) -> Option<PersonRef> {
    let shown_as = message.sender_chat.as_ref().map(of_chat);
    shown_as.or_else(|| message.from.as_ref().map(of_user))
}

pub(super) fn answered_author(answered: &Answered) -> Option<String> {
    let shown_as = answered.sender_chat.as_ref().and_then(|chat| chat.title.clone());
    let person = || {
        answered
            .from
            .as_ref()
            .and_then(|user| name(&user.first_name, &user.last_name))
    };
    shown_as.or_else(person)
}

pub(super) fn elsewhere_author(reply: &ExternalReply) -> Option<String> {
    origin(&reply.origin)
}

/// Whose message it was.
pub(super) fn origin(origin: &Origin) -> Option<String> {
    match origin {
        Origin::User { sender_user } => name(&sender_user.first_name, &sender_user.last_name),
        Origin::HiddenUser { sender_user_name } => Some(sender_user_name.clone()),
        Origin::Chat { sender_chat: chat } | Origin::Channel { chat } => of_chat(chat).name,
        Origin::Other => None,
    }
}
