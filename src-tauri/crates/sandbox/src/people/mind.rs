//! One person: who they are, how far their story went, what they would say next.

use crate::act::{Act, Refused};
use crate::ids::{ChatId, MessageId};
use crate::people::cast::{CAST, Role};
use crate::people::history::past;
use crate::people::story::{Deed, Line, Story};
use crate::people::topics::topic;
use crate::person::Person;
use crate::phone::PhoneMessage;
use crate::vendor::Vendor;
use crate::world::World;
use rand::RngExt;
use rand::rngs::StdRng;
use std::sync::Arc;

/// How likely somebody goes on with their own story instead of answering to the point.
const OWN_THOUGHTS: f64 = 0.35;

/// A living person.
#[derive(Debug)]
pub(super) struct Mind {
    vendor: Arc<dyn Vendor>,
    person: Person,
    number: u64,
    story: Story,
    /// The next line of the story.
    next: usize,
    /// Grows with each message of the business; an answer that was planned for an older one is not given.
    pub(super) heard: u64,
    /// Asked again since the last answer.
    nudged: bool,
}

impl Mind {
    /// A member of the cast with their past, on the network that their number falls to.
    pub(super) fn with_past(world: &World, number: usize, rng: &mut StdRng) -> Option<Self> {
        let mut mind = Self::settled(world, number, rng)?;
        let kept = mind.vendor.abilities().history;
        let (past, told) = past(&mind.story, kept, mind.number, world.clock.now(), rng);
        mind.next = told;
        mind.done(mind.vendor.remember(&mind.person.id, past));
        Some(mind)
    }

    /// Somebody who has never written.
    pub(super) fn settled(world: &World, number: usize, rng: &mut StdRng) -> Option<Self> {
        let networks = world.vendors.len().max(1);
        // In pairs, because the cast alternates between her and him.
        let (network, rank) = (number / 2 % networks, number / (2 * networks) * 2 + number % 2);
        let running = world.vendors.get(network)?;
        let role: &Role = CAST.get(number)?;
        let person = running.vendor.add_person(role.person(number as u64));
        // The networks begin with different stories, and each comes to all of them.
        let story = Story::chosen(rank + network * 5, role.female, rng);
        let (vendor, number) = (running.vendor.clone(), number as u64);
        Some(Self {
            vendor,
            person,
            number,
            story,
            next: 0,
            heard: 0,
            nudged: false,
        })
    }

    /// Whether the news of that network and chat are theirs.
    pub(super) fn is_at(&self, vendor: &str, chat: &ChatId) -> bool {
        self.vendor.id() == vendor && self.person.chat == *chat
    }

    /// Does something; what the network has no place for is left undone.
    pub(super) fn does(&self, act: Act) -> Vec<MessageId> {
        self.done(self.vendor.act(&self.person.id, None, act))
    }

    fn done(&self, outcome: Result<Vec<MessageId>, Refused>) -> Vec<MessageId> {
        outcome.unwrap_or_else(|refused| {
            tracing::debug!(vendor = self.vendor.id(), %refused, "somebody could not do what they wanted");
            Vec::new()
        })
    }

    /// Says a line; gives the message to correct and its new words, when there are any.
    pub(super) fn says(&self, line: &Line) -> Option<(MessageId, String)> {
        let mut letter = line.letter(self.number);
        match &line.deed {
            Deed::React(emoji) => self.reacts(emoji),
            Deed::Reply => letter.reply_to = self.last_received().map(|message| message.id),
            _ => {}
        }
        if letter.text.text.is_empty() && letter.parts.is_empty() {
            return None;
        }
        let message = self.does(Act::Write(letter)).pop()?;
        match &line.deed {
            Deed::Edit(words) => Some((message, words.clone())),
            _ => None,
        }
    }

    /// Puts a reaction on the last message of the business.
    pub(super) fn reacts(&self, emoji: &str) {
        if let Some(message) = self.last_received() {
            self.does(Act::React {
                message: message.id,
                emoji: Some(emoji.to_owned()),
            });
        }
    }

    fn messages(&self) -> Vec<PhoneMessage> {
        let chats = self.vendor.phone(&self.person.id).unwrap_or_default();
        chats
            .into_iter()
            .find(|chat| chat.chat == self.person.chat)
            .map(|chat| chat.messages)
            .unwrap_or_default()
    }

    fn last_received(&self) -> Option<PhoneMessage> {
        self.messages()
            .into_iter()
            .rev()
            .find(|message| message.author.is_none())
    }

    /// What they answer to what the business said last.
    pub(super) fn answer(&mut self, rng: &mut StdRng) -> Vec<Line> {
        self.nudged = false;
        let Some(message) = self.last_received() else {
            return Vec::new();
        };
        let topic = topic(&message);
        let to_the_point = !matches!(topic, "question" | "other") && !rng.random_bool(OWN_THOUGHTS);
        let mut lines = if to_the_point { Vec::new() } else { self.next_lines() };
        if lines.is_empty() {
            lines.extend(self.story.answer(topic, rng));
        }
        lines
    }

    /// The customer's next lines of the story; what the business would have said is passed over.
    pub(super) fn next_lines(&mut self) -> Vec<Line> {
        let rest = self.story.talk.iter().skip(self.next);
        let silent = rest.clone().take_while(|line| !line.by_customer).count();
        let lines: Vec<Line> = rest.skip(silent).take_while(|line| line.by_customer).cloned().collect();
        self.next += silent + lines.len();
        lines
    }

    /// Something out of the blue: asking again, once, when nobody answered, else a new thought.
    pub(super) fn thought(&mut self, rng: &mut StdRng) -> Vec<Line> {
        let waiting = self.messages().last().is_some_and(|message| message.author.is_some());
        if waiting && self.nudged {
            return Vec::new();
        }
        self.nudged = waiting;
        self.story
            .answer(if waiting { "nudge" } else { "later" }, rng)
            .into_iter()
            .collect()
    }
}
