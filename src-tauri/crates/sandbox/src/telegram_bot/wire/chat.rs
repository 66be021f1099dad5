//! User, Chat, ChatFullInfo, ChatMember.

use crate::telegram_bot::state::State;
use crate::telegram_bot::state::chat::{Chat, Kind};
use crate::telegram_bot::state::file::{FULL, StoredFile};
use crate::telegram_bot::state::message::Author;
use crate::telegram_bot::wire::put;
use serde_json::{Value, json};

/// User.
pub(crate) fn user(state: &State, id: i64) -> Value {
    let Some(user) = state.users.get(&id) else {
        return json!({"id": id, "is_bot": false, "first_name": ""});
    };
    let mut wire = json!({"id": id, "is_bot": false, "first_name": user.first_name});
    put(
        &mut wire,
        "last_name",
        (!user.last_name.is_empty()).then(|| user.last_name.as_str().into()),
    );
    put(&mut wire, "username", user.username.as_deref().map(Into::into));
    put(&mut wire, "language_code", Some("ru".into()));
    wire
}

/// The bot as a User.
pub(crate) fn bot(state: &State) -> Value {
    json!({
        "id": state.bot.id, "is_bot": true,
        "first_name": state.bot.first_name, "username": state.bot.username,
    })
}

/// Whoever it is, as a User; none for the channel itself.
pub(crate) fn author(state: &State, author: Author) -> Option<Value> {
    match author {
        Author::Bot => Some(bot(state)),
        Author::User(id) => Some(user(state, id)),
        Author::Channel => None,
    }
}

/// Chat.
pub(crate) fn chat(state: &State, id: i64) -> Value {
    let kind = state.chats.get(&id).map_or(Kind::Private, |chat| chat.kind);
    match (kind, state.users.get(&id)) {
        (Kind::Private, Some(user)) => {
            let mut wire = json!({"id": id, "first_name": user.first_name, "type": "private"});
            put(
                &mut wire,
                "last_name",
                (!user.last_name.is_empty()).then(|| user.last_name.as_str().into()),
            );
            put(&mut wire, "username", user.username.as_deref().map(Into::into));
            wire
        }
        _ => {
            let title = state.chats.get(&id).map(|chat| chat.title.as_str()).unwrap_or_default();
            let mut wire = json!({"id": id, "title": title, "type": kind.wire()});
            put(
                &mut wire,
                "all_members_are_administrators",
                (kind == Kind::Group).then(|| false.into()),
            );
            wire
        }
    }
}

/// ChatFullInfo.
pub(crate) fn full_chat(state: &State, known: &Chat) -> Value {
    let mut wire = chat(state, known.id);
    put(&mut wire, "max_reaction_count", Some(11.into()));
    put(&mut wire, "accent_color_id", Some((known.id.unsigned_abs() % 7).into()));
    let gifts = known.kind == Kind::Private;
    let accepted = json!({
        "unlimited_gifts": gifts, "limited_gifts": gifts, "unique_gifts": gifts,
        "premium_subscription": gifts, "gifts_from_channels": gifts,
    });
    put(&mut wire, "accepted_gift_types", Some(accepted));
    let Some(user) = state.users.get(&known.id) else {
        if known.kind != Kind::Channel {
            put(&mut wire, "permissions", Some(permissions()));
        }
        return wire;
    };
    put(
        &mut wire,
        "active_usernames",
        user.username.as_ref().map(|name| json!([name])),
    );
    put(&mut wire, "bio", user.about.as_deref().map(Into::into));
    put(&mut wire, "birthdate", user.birthday.as_deref().and_then(birthdate));
    let picture = user.avatar.and_then(|avatar| state.files.get(avatar));
    put(&mut wire, "photo", picture.map(chat_photo));
    wire
}

fn chat_photo(file: &StoredFile) -> Value {
    json!({
        "small_file_id": file.public_id('m'), "small_file_unique_id": file.unique_id('m'),
        "big_file_id": file.public_id(FULL), "big_file_unique_id": file.unique_id(FULL),
    })
}

fn birthdate(written: &str) -> Option<Value> {
    let mut parts = written.split('.').map(str::parse::<u16>);
    let (day, month) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let mut wire = json!({"day": day, "month": month});
    put(&mut wire, "year", parts.next().and_then(Result::ok).map(Into::into));
    Some(wire)
}

fn permissions() -> Value {
    json!({
        "can_send_messages": true, "can_send_media_messages": true, "can_send_audios": true,
        "can_send_documents": true, "can_send_photos": true, "can_send_videos": true, "can_send_video_notes": true,
        "can_send_voice_notes": true, "can_send_polls": true, "can_send_other_messages": true,
        "can_add_web_page_previews": true, "can_react_to_messages": true, "can_edit_tag": false,
        "can_change_info": false, "can_invite_users": true, "can_pin_messages": false, "can_manage_topics": false,
    })
}

/// ChatMember of the bot or a person with a status.
pub(crate) fn member(user: Value, status: &str) -> Value {
    let mut wire = json!({"user": user, "status": status});
    match status {
        "kicked" => put(&mut wire, "until_date", Some(0.into())),
        "administrator" => {
            for right in [
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
                "can_post_messages",
                "can_edit_messages",
                "can_pin_messages",
            ] {
                put(&mut wire, right, Some(true.into()));
            }
            put(&mut wire, "can_be_edited", Some(false.into()));
            put(&mut wire, "is_anonymous", Some(false.into()));
        }
        _ => {}
    }
    wire
}
