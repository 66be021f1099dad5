//! The CRM of the portal: cards, directories, user fields, feeds. What changes it stands in [`change`].

pub(crate) mod change;
pub(crate) mod duplicates;
pub(crate) mod feed;
pub(crate) mod filter;
pub(crate) mod kind;
pub(crate) mod record;
pub(crate) mod statuses;
pub(crate) mod user_fields;

pub(crate) use kind::{Kind, MULTI, Type};
pub(crate) use record::Record;

use feed::Feed;
use statuses::Directory;
use std::collections::BTreeMap;
use user_fields::UserField;

/// Everything in it.
#[derive(Debug, Default)]
pub(crate) struct Crm {
    pub(crate) records: BTreeMap<(Kind, i64), Record>,
    pub(crate) directory: Directory,
    pub(crate) user_fields: Vec<UserField>,
    pub(crate) feed: Feed,
    last: BTreeMap<Kind, i64>,
    last_multi: i64,
    last_field: i64,
}

impl Crm {
    pub(crate) fn get(&self, kind: Kind, id: i64) -> Option<&Record> {
        self.records.get(&(kind, id))
    }

    /// Cards of a kind in order of their numbers.
    pub(crate) fn all(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        let of_kind = (kind, i64::MIN)..=(kind, i64::MAX);
        self.records.range(of_kind).map(|(_, record)| record)
    }

    /// The next number of a kind; they start where portals of a year's age are.
    pub(crate) fn number(&mut self, kind: Kind) -> i64 {
        let last = self.last.entry(kind).or_insert(match kind {
            Kind::Lead => 1_200,
            Kind::Deal => 400,
            Kind::Contact => 270,
            Kind::Company => 10,
        });
        *last += 1;
        *last
    }

    pub(crate) fn multi_number(&mut self) -> i64 {
        self.last_multi = self.last_multi.max(11_650) + 1;
        self.last_multi
    }

    pub(crate) fn field_number(&mut self) -> i64 {
        self.last_field = self.last_field.max(5_800) + 1;
        self.last_field
    }
}
