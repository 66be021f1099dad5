use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happens in a CRM because of a message. A closed list on purpose: a new operation has to visit every CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CrmOperation {
    /// The message itself, with its files: the client's, ours, or a line of the system.
    Message,
    /// Its new text, after the message was exported.
    Edit,
    /// It is gone for everybody.
    Delete,
    /// How far our message has come: delivered, read, or not sent.
    Receipt,
}

/// A kind of thing that a CRM keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CrmEntity {
    /// A person.
    Contact,
    /// A firm.
    Company,
    /// A chance to sell; in some CRMs the only kind, in others the one before a deal.
    Lead,
    /// A sale under way, where the CRM tells it from a lead.
    Deal,
    /// A request that nobody has taken yet.
    Unsorted,
    /// A chat window of the CRM.
    Chat,
    /// A message in such a chat.
    Message,
    /// A line in the history of a card.
    Note,
    /// Something to do for a manager.
    Task,
    /// A file kept by the CRM.
    File,
}

impl CrmEntity {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Contact, "contact"),
        (Self::Company, "company"),
        (Self::Lead, "lead"),
        (Self::Deal, "deal"),
        (Self::Unsorted, "unsorted"),
        (Self::Chat, "chat"),
        (Self::Message, "message"),
        (Self::Note, "note"),
        (Self::Task, "task"),
        (Self::File, "file"),
    ];

    /// Its word, as the database keeps it.
    pub fn as_str(self) -> &'static str {
        let found = Self::ALL.into_iter().find(|(entity, _)| *entity == self);
        found.map_or("", |(_, word)| word)
    }

    /// The kind with this word.
    pub fn parse(word: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == word);
        found.map(|(entity, _)| entity)
    }
}

/// A thing in a CRM: its kind, and what the CRM calls it. Only the connector that made the id may parse it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct CrmRef {
    /// What it is.
    pub entity: CrmEntity,
    /// The CRM's id of it.
    pub id: String,
}

impl CrmRef {
    /// From anything that prints itself.
    pub fn new(entity: CrmEntity, id: impl fmt::Display) -> Self {
        Self {
            entity,
            id: id.to_string(),
        }
    }
}

impl fmt::Display for CrmRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.entity.as_str(), self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_word() {
        for (entity, word) in CrmEntity::ALL {
            assert_eq!(CrmEntity::parse(word), Some(entity));
            assert_eq!(entity.as_str(), word);
        }
        assert_eq!(CrmEntity::parse("planet"), None);
    }
}
