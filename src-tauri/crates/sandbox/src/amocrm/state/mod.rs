//! The memory of the account: cards, feed, chats, keys. No wire format in here.

pub(crate) mod chat;
pub(crate) mod entity;
pub(crate) mod feed;
pub(crate) mod field;
pub(crate) mod file;
pub(crate) mod pipeline;
pub(crate) mod token;
pub(crate) mod unsorted;
pub(crate) mod user;

use crate::throttle::Throttle;
use crate::vendor::Host;
use chat::{Channel, Chat, Talk};
use entity::{Entity, EntityId, Kind, Link, Tag};
use feed::{Event, Hook, Note, Task};
use field::CustomField;
use file::{Session, StoredFile};
use pipeline::{Pipeline, Source};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use token::{Integration, Keys};
use unsorted::Unsorted;
use user::User;

/// One account with everything in it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) host: Host,
    pub(crate) account: Account,
    pub(crate) users: Vec<User>,
    pub(crate) pipelines: Vec<Pipeline>,
    pub(crate) sources: Vec<Source>,
    pub(crate) entities: BTreeMap<EntityId, Entity>,
    pub(crate) links: Vec<Link>,
    pub(crate) fields: Vec<CustomField>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) notes: Vec<Note>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) unsorted: Vec<Unsorted>,
    pub(crate) events: Vec<Event>,
    pub(crate) channel: Channel,
    pub(crate) chats: Vec<Chat>,
    pub(crate) talks: Vec<Talk>,
    pub(crate) files: BTreeMap<String, StoredFile>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) hooks: Vec<Hook>,
    pub(crate) integration: Integration,
    pub(crate) keys: Keys,
    pub(crate) throttle: Throttle,
    /// Calls beyond the limit; too many of them close the door for good.
    pub(crate) excess: u32,
    rng: StdRng,
    next_id: i64,
}

/// What the account is.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) subdomain: String,
    /// Its name in the chats service.
    pub(crate) amojo_id: String,
    pub(crate) created_at: i64,
    /// kommo.com instead of amocrm.ru.
    pub(crate) kommo: bool,
    /// The plan ran out: everything answers 402.
    pub(crate) unpaid: bool,
    /// Stored files can be fetched by their address alone.
    pub(crate) open_files: bool,
    /// Messages that may still be sent through the REST add-on of Kommo.
    pub(crate) quota: u32,
}

impl Account {
    /// `example.amocrm.ru`
    pub(crate) fn domain(&self) -> String {
        format!("{}.{}", self.subdomain, self.base_domain())
    }

    pub(crate) fn base_domain(&self) -> &'static str {
        if self.kommo { "kommo.com" } else { "amocrm.ru" }
    }
}

/// First number of what is made here, and the distance to the next one: ids of the vendor grow with gaps.
const FIRST_ID: i64 = 31_400_017;
const STEP: i64 = 2;

impl State {
    pub(crate) fn new(host: Host, account: impl FnOnce(&mut Dice) -> Account) -> Self {
        let mut dice = Dice(StdRng::seed_from_u64(host.seed));
        let account = account(&mut dice);
        let (channel, integration) = (Channel::new(&mut dice), Integration::new(&mut dice));
        Self {
            host,
            account,
            users: Vec::new(),
            pipelines: Vec::new(),
            sources: Vec::new(),
            entities: BTreeMap::new(),
            links: Vec::new(),
            fields: Vec::new(),
            tags: Vec::new(),
            notes: Vec::new(),
            tasks: Vec::new(),
            unsorted: Vec::new(),
            events: Vec::new(),
            channel,
            chats: Vec::new(),
            talks: Vec::new(),
            files: BTreeMap::new(),
            sessions: BTreeMap::new(),
            hooks: Vec::new(),
            integration,
            keys: Keys::default(),
            throttle: Throttle::default(),
            excess: 0,
            rng: dice.0,
            next_id: FIRST_ID,
        }
    }

    /// Seconds since 1970 by the clock of the world.
    pub(crate) fn now(&self) -> i64 {
        self.host.clock.unix()
    }

    /// A number that nothing else has.
    pub(crate) fn number(&mut self) -> i64 {
        self.next_id += STEP;
        self.next_id
    }

    /// `length` hexadecimal digits, the same on every run with the same seed.
    pub(crate) fn hex(&mut self, length: usize) -> String {
        hex(&mut self.rng, length)
    }

    pub(crate) fn uuid(&mut self) -> String {
        uuid(&mut self.rng)
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id).filter(|one| !one.deleted)
    }

    pub(crate) fn entity_mut(&mut self, id: EntityId) -> Option<&mut Entity> {
        self.entities.get_mut(&id).filter(|one| !one.deleted)
    }

    /// Living cards of a kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Entity> {
        self.entities
            .values()
            .filter(move |one| one.id.kind == kind && !one.deleted)
    }

    /// Numbers of the cards of `kind` that belong to `id`, main contacts first.
    pub(crate) fn linked(&self, id: EntityId, kind: Kind) -> Vec<i64> {
        let mut found: Vec<(bool, i64)> = self
            .links
            .iter()
            .filter_map(|link| Some((!link.main, link.other(id)?)))
            .filter(|(_, other)| other.kind == kind && self.entity(*other).is_some())
            .map(|(minor, other)| (minor, other.number))
            .collect();
        found.sort_by_key(|(minor, _)| *minor);
        found.into_iter().map(|(_, number)| number).collect()
    }

    pub(crate) fn user(&self, id: i64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub(crate) fn pipeline(&self, id: i64) -> Option<&Pipeline> {
        self.pipelines.iter().find(|one| one.id == id)
    }

    pub(crate) fn main_pipeline(&self) -> i64 {
        let main = self.pipelines.iter().find(|one| one.main);
        main.map_or(0, |one| one.id)
    }

    pub(crate) fn chat(&self, id: &str) -> Option<&Chat> {
        self.chats.iter().find(|chat| chat.id == id)
    }

    pub(crate) fn chat_mut(&mut self, id: &str) -> Option<&mut Chat> {
        self.chats.iter_mut().find(|chat| chat.id == id)
    }
}

/// Makes secrets before there is a state.
#[derive(Debug)]
pub(crate) struct Dice(StdRng);

impl Dice {
    pub(crate) fn uuid(&mut self) -> String {
        uuid(&mut self.0)
    }

    pub(crate) fn hex(&mut self, length: usize) -> String {
        hex(&mut self.0, length)
    }
}

fn uuid(rng: &mut StdRng) -> String {
    uuid::Builder::from_random_bytes(rng.random()).into_uuid().to_string()
}

fn hex(rng: &mut StdRng, length: usize) -> String {
    (0..length)
        .filter_map(|_| char::from_digit(rng.random_range(0..16), 16))
        .collect()
}
