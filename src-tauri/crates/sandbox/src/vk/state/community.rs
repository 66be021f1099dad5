//! A community: its page, its dialogs, its event queue.

use super::dialog::Dialog;
use super::long_poll::LongPoll;
use super::message::Message;
use crate::phone::Sent;
use crate::vk::chats::Chat;
use std::collections::{BTreeMap, VecDeque};

/// One community.
#[derive(Debug, Default)]
pub(crate) struct Community {
    /// The positive id; as an owner or author it is written negative.
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) screen_name: String,
    /// Key of the picture among the files.
    pub(crate) avatar: Option<String>,
    pub(crate) admins: Vec<i64>,
    pub(crate) members: Vec<i64>,
    /// Messages are switched on in the settings.
    pub(crate) messages_on: bool,
    /// VK has blocked the community.
    pub(crate) banned: bool,
    pub(crate) dialogs: BTreeMap<i64, Dialog>,
    /// Chats of several people by `peer_id`.
    pub(crate) chats: BTreeMap<i64, Chat>,
    pub(crate) long_poll: LongPoll,
    /// What a `random_id` has already made: (peer, random id) → message id.
    pub(crate) randoms: BTreeMap<(i64, i64), i64>,
    /// Presses of callback buttons that wait for an answer: event id → press.
    pub(crate) presses: BTreeMap<String, Press>,
    /// Until when the people of a dialog see «печатает…», unix milliseconds.
    pub(crate) typing_until: BTreeMap<i64, i64>,
    /// Times of the messages of the last hour per peer, unix seconds.
    pub(crate) recent: BTreeMap<i64, VecDeque<i64>>,
    pub(crate) sent: Vec<Sent>,
    last_message_id: i64,
}

/// A pressed callback button.
#[derive(Debug, Clone)]
pub(crate) struct Press {
    pub(crate) peer_id: i64,
    pub(crate) user_id: i64,
    /// Unix seconds.
    pub(crate) at: i64,
    /// What the community answered, once it did.
    pub(crate) answer: Option<String>,
}

impl Community {
    /// A community that one administrator has just made, with messages switched on.
    pub(crate) fn new(id: i64, name: &str, screen_name: &str, admin: i64) -> Self {
        Self {
            id,
            name: name.to_owned(),
            screen_name: screen_name.to_owned(),
            admins: vec![admin],
            members: vec![admin],
            messages_on: true,
            ..Self::default()
        }
    }

    /// The dialog with a person; a new one is silent and without consent.
    pub(crate) fn dialog(&mut self, peer_id: i64) -> &mut Dialog {
        self.dialogs.entry(peer_id).or_insert_with(|| Dialog::with(peer_id))
    }

    pub(crate) fn next_message_id(&mut self) -> i64 {
        self.last_message_id += 1;
        self.last_message_id
    }

    /// A message by its id in whatever dialog.
    pub(crate) fn message(&self, id: i64) -> Option<&Message> {
        self.dialogs.values().find_map(|dialog| dialog.by_id(id))
    }

    /// Dialogs with something to show, the most recent first.
    pub(crate) fn conversations(&self) -> Vec<(&Dialog, &Message)> {
        let mut found: Vec<(&Dialog, &Message)> = self
            .dialogs
            .values()
            .filter_map(|dialog| dialog.last().map(|last| (dialog, last)))
            .collect();
        found.sort_by_key(|(_, last)| std::cmp::Reverse((last.date, last.id)));
        found
    }
}
