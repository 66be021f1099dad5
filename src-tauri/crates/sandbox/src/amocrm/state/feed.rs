//! The feed of cards: notes, tasks, events; and who wants to hear of it.

use super::entity::EntityId;
use serde_json::Value;

/// An entry of a card's feed.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub(crate) id: i64,
    pub(crate) of: EntityId,
    pub(crate) kind: String,
    pub(crate) params: Value,
    pub(crate) created_by: i64,
    pub(crate) responsible: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

/// Something to be done.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) id: i64,
    pub(crate) of: Option<EntityId>,
    pub(crate) kind: i64,
    pub(crate) text: String,
    pub(crate) responsible: i64,
    pub(crate) created_by: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) complete_till: i64,
    pub(crate) duration: i64,
    pub(crate) completed: bool,
    pub(crate) result: Option<String>,
}

/// Something that happened. <https://www.amocrm.ru/developers/content/crm_platform/events-and-notes>
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) of: EntityId,
    /// 0 is a robot or a program of the vendor.
    pub(crate) created_by: i64,
    pub(crate) created_at: i64,
    pub(crate) after: Value,
    pub(crate) before: Value,
}

/// An address that is told what happens.
#[derive(Debug, Clone)]
pub(crate) struct Hook {
    pub(crate) id: i64,
    pub(crate) destination: String,
    pub(crate) settings: Vec<String>,
    pub(crate) sort: i64,
    pub(crate) created_by: i64,
    pub(crate) created_at: i64,
}
