//! The dialog of a community with one person.

use super::message::{Arrival, Message};

/// Messages in the order of their `cmid`, and what each side has read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dialog {
    pub(crate) peer_id: i64,
    messages: Vec<Message>,
    /// Id of the newest incoming message that the community has read.
    pub(crate) in_read: i64,
    /// Id of the newest outgoing message that the person has read.
    pub(crate) out_read: i64,
    pub(crate) consent: Consent,
    /// The person is in the community's black list: error 900.
    pub(crate) blacklisted: bool,
    /// Set by `messages.markAsAnsweredConversation` or by an answer.
    pub(crate) answered: bool,
    pub(crate) important: bool,
    pub(crate) archived: bool,
    /// The link that the person came through: their next message carries it.
    pub(crate) came_by: Option<Arrival>,
}

/// Whether the community may write to the person. <https://dev.vk.com/api/bots/overview>
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Consent {
    /// Never wrote and never allowed: error 901.
    #[default]
    Never,
    /// Wrote first, or pressed «allow messages».
    Given,
    /// Pressed «forbid messages»: error 901.
    Withdrawn,
    /// The person's privacy settings close them to everybody: error 902.
    Private,
}

impl Dialog {
    pub(crate) fn with(peer_id: i64) -> Self {
        Self {
            peer_id,
            ..Self::default()
        }
    }

    /// The error that a community gets for writing here, if any.
    pub(crate) fn refusal(&self) -> Option<i64> {
        match self.consent {
            _ if self.blacklisted => Some(900),
            Consent::Given => None,
            Consent::Never | Consent::Withdrawn => Some(901),
            Consent::Private => Some(902),
        }
    }

    pub(crate) fn next_cmid(&self) -> i64 {
        self.messages.last().map_or(1, |last| last.cmid + 1)
    }

    pub(crate) fn push(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// All that the community sees, oldest first.
    pub(crate) fn visible(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|message| message.gone.community_sees())
    }

    /// All that the person sees, oldest first.
    pub(crate) fn seen_by_person(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter().filter(|message| message.gone.person_sees())
    }

    /// Whatever was ever written, deleted ones included.
    pub(crate) fn by_cmid(&self, cmid: i64) -> Option<&Message> {
        let index = self.messages.binary_search_by_key(&cmid, |message| message.cmid).ok()?;
        self.messages.get(index)
    }

    pub(crate) fn by_cmid_mut(&mut self, cmid: i64) -> Option<&mut Message> {
        let index = self.messages.binary_search_by_key(&cmid, |message| message.cmid).ok()?;
        self.messages.get_mut(index)
    }

    pub(crate) fn by_id(&self, id: i64) -> Option<&Message> {
        let index = self.messages.binary_search_by_key(&id, |message| message.id).ok()?;
        self.messages.get(index)
    }

    pub(crate) fn last(&self) -> Option<&Message> {
        self.visible().next_back()
    }

    pub(crate) fn unread_count(&self) -> usize {
        self.visible()
            .filter(|message| !message.is_outgoing() && message.id > self.in_read)
            .count()
    }

    /// The last word is the person's and nobody has answered it.
    pub(crate) fn is_unanswered(&self) -> bool {
        !self.answered && self.last().is_some_and(|last| !last.is_outgoing())
    }

    /// The `cmid` of a message id, 0 for none.
    pub(crate) fn cmid_of(&self, id: i64) -> i64 {
        self.messages
            .iter()
            .rev()
            .find(|message| message.id <= id)
            .map_or(0, |message| message.cmid)
    }
}
