//! Chats of employees among themselves.

use jiff::Timestamp;
use std::collections::BTreeMap;

/// Everything of the portal's own messenger but the chats of open lines.
#[derive(Debug, Default)]
pub(crate) struct Messenger {
    pub(crate) chats: BTreeMap<i64, StaffChat>,
}

/// A chat.
#[derive(Debug, Clone)]
pub(crate) struct StaffChat {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) members: Vec<i64>,
    /// `ENTITY_TYPE` and `ENTITY_ID`, by which the program that made it finds it again.
    pub(crate) about: (String, String),
    pub(crate) messages: Vec<Said>,
    /// Its folder on the drive, once somebody asked for it.
    pub(crate) folder: Option<i64>,
}

/// A message.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) id: i64,
    pub(crate) by: i64,
    pub(crate) text: String,
    /// Objects of the drive.
    pub(crate) files: Vec<i64>,
    pub(crate) at: Timestamp,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
}

impl Messenger {
    /// The chat that was made about a thing.
    pub(crate) fn about(&self, kind: &str, id: &str) -> Option<&StaffChat> {
        let same = |chat: &&StaffChat| chat.about.0 == kind && chat.about.1 == id;
        self.chats.values().find(same)
    }

    /// A message, wherever it stands.
    pub(crate) fn said(&mut self, id: i64) -> Option<&mut Said> {
        let all = self.chats.values_mut().flat_map(|chat| chat.messages.iter_mut());
        all.into_iter().find(|one| one.id == id && !one.deleted)
    }
}

impl StaffChat {
    pub(crate) fn has(&self, employee: i64) -> bool {
        self.members.contains(&employee)
    }
}
