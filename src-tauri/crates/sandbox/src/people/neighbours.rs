//! A group in which several people talk among themselves and to the business, where the network has groups.

use crate::act::Act;
use crate::ids::{ChatId, PersonId};
use crate::people::story::{Line, Story};
use crate::vendor::Vendor;
use crate::world::World;
use rand::RngExt;
use rand::rngs::StdRng;
use std::sync::Arc;

/// How many of a network's people share the group.
const MEMBERS: usize = 4;

/// The group of one network.
#[derive(Debug)]
pub(super) struct Neighbours {
    vendor: Arc<dyn Vendor>,
    chat: ChatId,
    members: Vec<PersonId>,
    talk: Vec<Line>,
    next: usize,
}

impl Neighbours {
    /// One group on every network that has them, and has people enough.
    pub(super) fn everywhere(world: &World, rng: &mut StdRng) -> Vec<Self> {
        world
            .vendors
            .iter()
            .filter_map(|running| Self::on(running.vendor.clone(), rng))
            .collect()
    }

    fn on(vendor: Arc<dyn Vendor>, rng: &mut StdRng) -> Option<Self> {
        let members: Vec<PersonId> = vendor
            .people()
            .into_iter()
            .map(|person| person.id)
            .take(MEMBERS)
            .collect();
        if !vendor.abilities().groups || members.len() < MEMBERS {
            return None;
        }
        let chat = vendor.add_group("СНТ «Ветеран», соседи", &members).ok()?.id;
        let talk = Story::of_neighbours(rng).talk;
        let mut neighbours = Self {
            vendor,
            chat,
            members,
            talk,
            next: 0,
        };
        for _ in 0..MEMBERS {
            neighbours.talk(rng);
        }
        Some(neighbours)
    }

    /// Whether the news of that network and chat are theirs.
    pub(super) fn is_at(&self, vendor: &str, chat: &ChatId) -> bool {
        self.vendor.id() == vendor && self.chat == *chat
    }

    /// Somebody of them says the next thing; after the last one they are quiet.
    pub(super) fn talk(&mut self, rng: &mut StdRng) {
        let Some(line) = self.talk.get(self.next) else { return };
        let Some(who) = self.members.get(rng.random_range(0..self.members.len().max(1))) else {
            return;
        };
        self.next += 1;
        if let Err(refused) = self.vendor.act(who, Some(&self.chat), Act::Write(line.letter(0))) {
            tracing::debug!(vendor = self.vendor.id(), %refused, "a neighbour could not write");
        }
    }
}
