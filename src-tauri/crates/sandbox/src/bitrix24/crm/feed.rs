//! What stands in the feeds of cards: comments, activities, tasks.

use super::Kind;
use crate::bitrix24::php;
use crate::media::Media;
use serde_json::{Map, Value, json};

/// All feeds. Entries stand in order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    pub(crate) comments: Vec<Comment>,
    pub(crate) activities: Vec<Activity>,
    pub(crate) tasks: Vec<Task>,
    last: i64,
}

/// A comment of a card's timeline.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    pub(crate) id: i64,
    /// The first one is where it was written; more were bound later.
    pub(crate) cards: Vec<(Kind, i64)>,
    pub(crate) text: String,
    pub(crate) by: i64,
    pub(crate) at: String,
    /// On the drive.
    pub(crate) files: Vec<(i64, Media)>,
    pub(crate) pinned: bool,
}

/// An activity: a thing to do, a letter, a chat.
#[derive(Debug, Clone)]
pub(crate) struct Activity {
    pub(crate) id: i64,
    pub(crate) owner: (Kind, i64),
    pub(crate) done: bool,
    /// Fields by the vendor's names, as `crm.activity.get` gives them.
    pub(crate) fields: Map<String, Value>,
}

/// A task of the module of tasks.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) by: i64,
    pub(crate) responsible: i64,
    pub(crate) deadline: Option<String>,
    pub(crate) created: String,
    pub(crate) done: bool,
    pub(crate) cards: Vec<(Kind, i64)>,
}

impl Feed {
    /// The next number; comments, activities and tasks share them here.
    pub(crate) fn number(&mut self) -> i64 {
        self.last = self.last.max(990) + 1;
        self.last
    }

    pub(crate) fn comment(&mut self, id: i64) -> Option<&mut Comment> {
        self.comments.iter_mut().find(|one| one.id == id)
    }

    pub(crate) fn activity(&mut self, id: i64) -> Option<&mut Activity> {
        self.activities.iter_mut().find(|one| one.id == id)
    }

    pub(crate) fn task(&mut self, id: i64) -> Option<&mut Task> {
        self.tasks.iter_mut().find(|one| one.id == id)
    }

    /// A card is gone: so is what only it had.
    pub(crate) fn forget(&mut self, kind: Kind, id: i64) {
        for comment in &mut self.comments {
            comment.cards.retain(|card| *card != (kind, id));
        }
        self.comments.retain(|comment| !comment.cards.is_empty());
        self.activities.retain(|activity| activity.owner != (kind, id));
        for task in &mut self.tasks {
            task.cards.retain(|card| *card != (kind, id));
        }
    }

    /// Everything of one card belongs to another from now on.
    pub(crate) fn hand_over(&mut self, from: (Kind, i64), to: (Kind, i64)) {
        let cards = self.comments.iter_mut().flat_map(|one| &mut one.cards);
        let tasks = self.tasks.iter_mut().flat_map(|one| &mut one.cards);
        let owners = self.activities.iter_mut().map(|one| &mut one.owner);
        cards
            .chain(tasks)
            .chain(owners)
            .filter(|card| **card == from)
            .for_each(|card| *card = to);
    }
}

impl Activity {
    /// As `crm.activity.get` gives it.
    pub(crate) fn shown(&self) -> Value {
        let mut shown = json!({
            "TYPE_ID": "6", "PROVIDER_ID": "CRM_TODO", "PROVIDER_TYPE_ID": "TODO", "PROVIDER_GROUP_ID": null,
            "ASSOCIATED_ENTITY_ID": "0", "SUBJECT": "", "PRIORITY": "2", "NOTIFY_TYPE": "0", "NOTIFY_VALUE": "0",
            "DESCRIPTION": "", "DESCRIPTION_TYPE": "1", "DIRECTION": "0", "LOCATION": "", "SETTINGS": [],
            "ORIGINATOR_ID": null, "ORIGIN_ID": null, "PROVIDER_PARAMS": [], "PROVIDER_DATA": null, "RESULT_MARK": "0",
        });
        if let Value::Object(shown) = &mut shown {
            shown.extend(self.fields.clone());
            shown.insert("ID".to_owned(), self.id.to_string().into());
            shown.insert("OWNER_ID".to_owned(), self.owner.1.to_string().into());
            shown.insert("OWNER_TYPE_ID".to_owned(), self.owner.0.number().to_string().into());
            shown.insert("COMPLETED".to_owned(), if self.done { "Y" } else { "N" }.into());
            shown.insert("STATUS".to_owned(), if self.done { "2" } else { "1" }.into());
        }
        shown
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.fields.get(name).map(php::text).unwrap_or_default()
    }
}
