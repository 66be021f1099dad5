//! The vendor's updates as our events. Pure.

use contracts::channel::{ConnectorEvent, EventMessage, EventReaction, Malformed, ReplyRef};
use domain::{At, Content, Direction, Reachability, RemoteId};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::wire::{
    ButtonMessage, CallbackQuery, ChatKind, ChatMemberUpdated, MessageReactionUpdated, Reaction, Update, UpdateId,
};

mod file;
mod lines;
mod message;
mod people;
mod text;
pub(super) use file::avatar;
pub(super) use people::{birthday, link, name};
pub(super) use text::to_wire as entities_to_wire;

/// What the reader knows beside the updates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    /// Our bot.
    pub(super) own: i64,
    /// Now: some updates have no time of their own.
    pub(super) now: At,
    /// What is older was written while we were away.
    pub(super) catch_up_before: At,
    /// The largest file that the server gives out; `None` for a server of one's own.
    pub(super) largest_file: Option<i64>,
}

/// One answer of the long poll.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) events: Vec<ConnectorEvent>,
    /// The last update of the page; `None` when not one of them has a readable number.
    pub(super) last: Option<i64>,
    /// Buttons that spin until they are answered.
    pub(super) buttons: Vec<String>,
}

impl Reader {
    /// Reads update by update: one that can't be understood is told as such, and the rest goes on.
    pub(super) fn page(&self, updates: &[Box<RawValue>]) -> Page {
        let mut page = Page::default();
        for update in updates {
            if let Ok(UpdateId { update_id }) = serde_json::from_str(update.get()) {
                page.last = page.last.max(Some(update_id));
            }
            match self.update(update.get(), &mut page.buttons) {
                Ok(events) => page.events.extend(events),
                Err(error) => page.events.push(ConnectorEvent::Malformed(Malformed {
                    raw: update.get().to_owned(),
                    problem: error.to_string(),
                })),
            }
        }
        page
    }

    fn update(&self, raw: &str, buttons: &mut Vec<String>) -> Result<Vec<ConnectorEvent>, serde_json::Error> {
        let update: Update = serde_json::from_str(raw)?;
        let mut events = Vec::new();
        if let Some(message) = update.message {
            events.extend(message::events(self, &message)?);
        }
        if let Some(message) = update.edited_message {
            events.extend(message::edited(&message)?);
        }
        if let Some(query) = update.callback_query {
            buttons.push(query.id.clone());
            events.extend(self.pressed(query));
        }
        events.extend(update.my_chat_member.map(membership));
        events.extend(update.message_reaction.and_then(reaction));
        Ok(events)
    }

    /// A pressed button is what the client says: it stands in the conversation with the words on it.
    fn pressed(&self, query: CallbackQuery) -> Option<ConnectorEvent> {
        let message = query.message.filter(|message| message.chat.kind != ChatKind::Channel)?;
        let words = words(&message, query.data.as_deref())?;
        let sender = people::of_user(&query.from);
        Some(ConnectorEvent::Message(Box::new(EventMessage {
            chat: people::chat_ref(&message.chat),
            remote_id: RemoteId::new(format_args!("button:{}", query.id)),
            direction: Direction::In,
            sender: Some(sender),
            author_name: None,
            sent_at: self.now,
            content: Content::plain(words),
            system: None,
            files: Vec::new(),
            reply_to: Some(ReplyRef {
                remote_id: Some(RemoteId::new(message.message_id)),
                author: None,
                text: message.text,
            }),
            forwarded_from: None,
            album: None,
            echo_of: None,
            source: None,
            edited_at: None,
            catch_up: false,
            read: false,
            raw: None,
        })))
    }
}

/// What stands on the button; the hidden data when the button is gone.
fn words(message: &ButtonMessage, data: Option<&str>) -> Option<String> {
    let data = data?;
    let keyboard = message.reply_markup.iter().flat_map(|markup| &markup.inline_keyboard);
    let pressed = keyboard
        .flatten()
        .find(|button| button.callback_data.as_deref() == Some(data));
    Some(pressed.map_or_else(|| data.to_owned(), |button| button.text.clone()))
}

/// The client blocked us or came back; a group took us in or threw us out.
fn membership(update: ChatMemberUpdated) -> ConnectorEvent {
    let member = &update.new_chat_member;
    let open = match member.status.as_str() {
        "left" | "kicked" => false,
        "restricted" => member.can_send_messages.unwrap_or(true),
        _ => true,
    };
    ConnectorEvent::Reachable {
        chat: RemoteId::new(update.chat.id),
        reachability: if open {
            Reachability::Open
        } else {
            Reachability::Blocked
        },
        at: At::from_secs(update.date),
    }
}

fn reaction(update: MessageReactionUpdated) -> Option<ConnectorEvent> {
    let user = update.user.as_ref().map(people::of_user);
    let sender = user.or_else(|| update.actor_chat.as_ref().map(people::of_chat))?;
    let emoji = |reaction: Reaction| match reaction {
        Reaction::Emoji { emoji } => emoji,
        Reaction::Paid => "⭐".to_owned(),
        // A picture of its own that no text can hold.
        Reaction::CustomEmoji | Reaction::Other => "❔".to_owned(),
    };
    Some(ConnectorEvent::Reaction(EventReaction {
        chat: RemoteId::new(update.chat.id),
        message: RemoteId::new(update.message_id),
        sender,
        emoji: update.new_reaction.into_iter().map(emoji).collect(),
        at: At::from_secs(update.date),
    }))
}

/// The raw form of a message as a value, for what only its field names tell.
fn raw_value(raw: &RawValue) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::Value::deserialize(&mut serde_json::Deserializer::from_str(raw.get()))
}
