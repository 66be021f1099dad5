//! One message of a dialog and what it carries.

use crate::letter::Part;
use serde_json::Value;
use std::collections::BTreeMap;

/// A message. Its key is (community, `peer_id`, `cmid`); `id` is unique within the community.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message {
    pub(crate) id: i64,
    /// Number within the dialog, from 1, without gaps: `conversation_message_id`.
    pub(crate) cmid: i64,
    pub(crate) peer_id: i64,
    /// The person, or minus the community.
    pub(crate) from_id: i64,
    /// Seconds since 1970.
    pub(crate) date: i64,
    pub(crate) update_time: Option<i64>,
    pub(crate) body: Body,
    pub(crate) payload: Option<String>,
    pub(crate) keyboard: Option<Value>,
    /// Source of arrival: `vk.me/<name>?ref=…&ref_source=…`, on the first message of a visit.
    pub(crate) arrival: Option<Arrival>,
    /// Who of the administrators wrote it in VK itself.
    pub(crate) admin_author_id: Option<i64>,
    pub(crate) random_id: i64,
    /// Who has set which reaction: person or minus the community.
    pub(crate) reactions: BTreeMap<i64, i64>,
    pub(crate) gone: Gone,
    pub(crate) important: bool,
    /// Grows with each change.
    pub(crate) version: i64,
}

impl Message {
    /// Written by the community: by an administrator, a bot or through the API.
    pub(crate) fn is_outgoing(&self) -> bool {
        self.from_id < 0
    }

    /// The copy that an answer or a forward carries along.
    pub(crate) fn quoted(&self) -> Foreign {
        Foreign {
            id: self.id,
            cmid: self.cmid,
            peer_id: self.peer_id,
            from_id: self.from_id,
            date: self.date,
            update_time: self.update_time,
            body: self.body.clone(),
        }
    }
}

/// The content: everything that editing may replace.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) geo: Option<Geo>,
    pub(crate) forwarded: Vec<Foreign>,
    pub(crate) reply: Option<Box<Foreign>>,
}

impl Body {
    pub(crate) fn says(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.attachments.is_empty() && self.geo.is_none() && self.forwarded.is_empty()
    }

    /// How many messages it carries along, at any depth.
    pub(crate) fn foreign_count(&self) -> usize {
        let forwarded: usize = self
            .forwarded
            .iter()
            .map(|foreign| 1 + foreign.body.foreign_count())
            .sum();
        forwarded + self.reply.as_ref().map_or(0, |reply| 1 + reply.body.foreign_count())
    }
}

/// A message inside another one: forwarded or answered. A copy: later edits of the original do not reach it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Foreign {
    pub(crate) id: i64,
    pub(crate) cmid: i64,
    pub(crate) peer_id: i64,
    pub(crate) from_id: i64,
    pub(crate) date: i64,
    pub(crate) update_time: Option<i64>,
    pub(crate) body: Body,
}

/// One attachment: its kind and the object that stands under the kind's name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attachment {
    pub(crate) kind: &'static str,
    pub(crate) object: Value,
    /// What a person sees of it on the phone.
    pub(crate) shown: Part,
}

/// A point on the map, with the place's name where one was chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Geo {
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) title: Option<String>,
}

/// Where a person came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arrival {
    pub(crate) reference: String,
    pub(crate) source: String,
}

/// For whom a message is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Gone {
    #[default]
    No,
    /// The community deleted it for itself; `messages.restore` brings it back.
    ForCommunity,
    ForAll,
}

impl Gone {
    pub(crate) fn community_sees(self) -> bool {
        self == Gone::No
    }

    pub(crate) fn person_sees(self) -> bool {
        self != Gone::ForAll
    }
}
