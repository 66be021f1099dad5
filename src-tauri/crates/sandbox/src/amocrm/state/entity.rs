//! Leads, contacts, companies, and what ties them.

use serde_json::Value;
use std::collections::BTreeMap;

/// What a card is, in the order in which links are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Lead,
    Contact,
    Company,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Lead, Self::Contact, Self::Company];

    /// `leads`, as in paths.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Lead => "leads",
            Self::Contact => "contacts",
            Self::Company => "companies",
        }
    }

    /// `lead`, as in events.
    pub(crate) fn singular(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Contact => "contact",
            Self::Company => "company",
        }
    }

    /// The number in hooks.
    pub(crate) fn element_type(self) -> i64 {
        match self {
            Self::Contact => 1,
            Self::Lead => 2,
            Self::Company => 3,
        }
    }

    pub(crate) fn named(plural: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.plural() == plural)
    }
}

/// A card: numbers are unique across kinds here, but clients may not count on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityId {
    pub(crate) kind: Kind,
    pub(crate) number: i64,
}

impl EntityId {
    pub(crate) fn of(kind: Kind, number: i64) -> Self {
        Self { kind, number }
    }
}

/// What stands in a card.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) id: EntityId,
    pub(crate) name: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) price: i64,
    pub(crate) responsible: i64,
    pub(crate) pipeline: i64,
    pub(crate) status: i64,
    pub(crate) loss_reason: Option<i64>,
    pub(crate) created_by: i64,
    pub(crate) updated_by: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) closed_at: Option<i64>,
    pub(crate) deleted: bool,
    /// Waits to be accepted.
    pub(crate) unsorted: bool,
    /// Values by field, each as the vendor writes it: `{"value", "enum_id", "enum_code"}`.
    pub(crate) values: BTreeMap<i64, Vec<Value>>,
    pub(crate) tags: Vec<i64>,
    /// Files of the drive that hang on it.
    pub(crate) files: Vec<String>,
    /// The source that it came from, by its external id.
    pub(crate) source: Option<String>,
}

impl Entity {
    pub(crate) fn new(id: EntityId, by: i64, now: i64) -> Self {
        Self {
            id,
            name: String::new(),
            first_name: String::new(),
            last_name: String::new(),
            price: 0,
            responsible: by,
            pipeline: 0,
            status: 0,
            loss_reason: None,
            created_by: by,
            updated_by: by,
            created_at: now,
            updated_at: now,
            closed_at: None,
            deleted: false,
            unsorted: false,
            values: BTreeMap::new(),
            tags: Vec::new(),
            files: Vec::new(),
            source: None,
        }
    }

    /// Everything that is written in it, for the search.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        let values = self.values.values().flatten().filter_map(|one| one.get("value"));
        let written = values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        [self.name.clone(), self.first_name.clone(), self.last_name.clone()]
            .into_iter()
            .chain(written)
    }
}

/// Two cards that belong together; the one of the smaller kind stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    from: EntityId,
    to: EntityId,
    /// The main contact of its lead.
    pub(crate) main: bool,
}

impl Link {
    pub(crate) fn between(one: EntityId, other: EntityId, main: bool) -> Self {
        let (from, to) = if one <= other { (one, other) } else { (other, one) };
        Self { from, to, main }
    }

    pub(crate) fn ties(&self, one: EntityId, other: EntityId) -> bool {
        let wanted = Self::between(one, other, false);
        (self.from, self.to) == (wanted.from, wanted.to)
    }

    pub(crate) fn other(&self, id: EntityId) -> Option<EntityId> {
        if self.from == id {
            Some(self.to)
        } else {
            (self.to == id).then_some(self.from)
        }
    }

    /// The same link with `to` in place of `from`.
    pub(crate) fn moved(self, from: EntityId, to: EntityId) -> Self {
        self.other(from)
            .map_or(self, |other| Self::between(to, other, self.main))
    }
}

/// A word that hangs on cards.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) name: String,
}
