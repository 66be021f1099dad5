//! Chats: private, basic groups, supergroups and channels.

use crate::telegram_bot::state::message::Message;
use std::collections::BTreeMap;

/// What kind of chat it is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Private,
    Group,
    Supergroup,
    Channel,
}

impl Kind {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup => "supergroup",
            Self::Channel => "channel",
        }
    }
}

/// Whether the bot is in the chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Membership {
    Member,
    Left,
    Kicked,
}

/// A chat.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) members: Vec<i64>,
    pub(crate) bot: Membership,
    /// A basic group that became a supergroup of this id.
    pub(crate) upgraded_to: Option<i64>,
    /// By id; deleted ones are gone.
    pub(crate) messages: BTreeMap<i64, Message>,
    /// The bot shows «typing» until this Unix millisecond.
    pub(crate) typing_until: i64,
    /// Order of the last message in the whole network, for sorting.
    pub(crate) last_change: u64,
}

impl Chat {
    pub(crate) fn new(id: i64, kind: Kind, title: &str, members: Vec<i64>) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            members,
            bot: Membership::Member,
            upgraded_to: None,
            messages: BTreeMap::new(),
            typing_until: 0,
            last_change: 0,
        }
    }
}
