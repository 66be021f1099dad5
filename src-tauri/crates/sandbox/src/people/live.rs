//! Life: one task that plans what everybody does next and does it when its time comes.

use crate::act::Act;
use crate::ids::{ChatId, MessageId};
use crate::letter::Text;
use crate::news::{Happening, News};
use crate::people::People;
use crate::people::cast::CAST;
use crate::people::mind::Mind;
use crate::people::neighbours::Neighbours;
use crate::people::story::Line;
use crate::world::World;
use futures::StreamExt;
use rand::RngExt;
use rand::rngs::StdRng;
use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;
use tokio_util::time::DelayQueue;

/// Seconds until somebody looks at the phone.
const READS_AFTER: Range<f64> = 0.5..5.0;
/// Seconds until they begin to type.
const TYPES_AFTER: Range<f64> = 3.0..14.0;
/// Seconds per letter of what they type, and the most they type at a stretch.
const PER_LETTER: f64 = 0.07;
const LONGEST_TYPING: f64 = 8.0;
/// Seconds until a slip is noticed.
const CORRECTS_AFTER: f64 = 6.0;
/// Out of so many things that come of nothing, one is a newcomer.
const NEWCOMERS: u32 = 8;

/// And one is said in a group.
const IN_GROUPS: u32 = 10;

/// Something planned.
#[derive(Debug)]
enum Plan {
    Read(usize),
    /// Answer, unless the business has said more since.
    Answer(usize, u64),
    Say(usize, VecDeque<Line>),
    Correct(usize, MessageId, String),
    /// The neighbours go on talking.
    Talk(usize),
    /// Something of nothing.
    Stir,
}

/// Everybody and what they are about to do.
pub(super) struct Life {
    world: World,
    people: People,
    minds: Vec<Mind>,
    groups: Vec<Neighbours>,
    plans: DelayQueue<Plan>,
    rng: StdRng,
}

/// Runs until `stop`.
pub(super) async fn live(mut life: Life, mut news: Receiver<News>, stop: CancellationToken) {
    life.plan_stir();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            told = news.recv() => match told {
                Ok(News { vendor, chat, what: Happening::BusinessWrote { .. } }) => life.hear(vendor, &chat),
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            Some(due) = life.plans.next(), if !life.plans.is_empty() => life.carry_out(due.into_inner()),
        }
    }
}

impl Life {
    pub(super) fn new(world: World, people: People, minds: Vec<Mind>, groups: Vec<Neighbours>, rng: StdRng) -> Self {
        Self {
            world,
            people,
            minds,
            groups,
            plans: DelayQueue::new(),
            rng,
        }
    }

    fn plan(&mut self, plan: Plan, seconds: f64) {
        self.plans
            .insert(plan, Duration::from_secs_f64((seconds * self.people.pace).max(0.001)));
    }

    fn plan_within(&mut self, plan: Plan, seconds: Range<f64>) {
        let seconds = self.rng.random_range(seconds);
        self.plan(plan, seconds);
    }

    /// Waiting times between things that happen by themselves are spread as in life: exponentially.
    fn plan_stir(&mut self) {
        if self.people.per_minute <= 0.0 {
            return;
        }
        let wait = -(1.0 - self.rng.random::<f64>()).ln() * 60.0 / self.people.per_minute;
        self.plans
            .insert(Plan::Stir, Duration::from_secs_f64(wait.clamp(0.01, 600.0)));
    }

    fn hear(&mut self, vendor: &str, chat: &ChatId) {
        if let Some(group) = self.groups.iter().position(|group| group.is_at(vendor, chat)) {
            return self.plan_within(Plan::Talk(group), TYPES_AFTER);
        }
        let Some(who) = self.minds.iter().position(|mind| mind.is_at(vendor, chat)) else {
            return;
        };
        let Some(mind) = self.minds.get_mut(who) else { return };
        mind.heard += 1;
        let heard = mind.heard;
        self.plan_within(Plan::Read(who), READS_AFTER);
        self.plan_within(Plan::Answer(who, heard), TYPES_AFTER);
    }

    fn carry_out(&mut self, plan: Plan) {
        match plan {
            Plan::Read(who) => {
                if let Some(mind) = self.minds.get(who) {
                    mind.does(Act::Read { up_to: None });
                }
            }
            Plan::Answer(who, heard) => self.answer(who, heard),
            Plan::Say(who, lines) => self.say(who, lines),
            Plan::Correct(who, message, words) => {
                if let Some(mind) = self.minds.get(who) {
                    mind.does(Act::Edit {
                        message,
                        text: Text::from(words.as_str()),
                    });
                }
            }
            Plan::Talk(group) => self.talk(group),
            Plan::Stir => {
                self.stir();
                self.plan_stir();
            }
        }
    }

    fn answer(&mut self, who: usize, heard: u64) {
        let (quiet, heart) = (self.rng.random_bool(0.08), self.rng.random_bool(0.15));
        let Some(mind) = self.minds.get_mut(who).filter(|mind| mind.heard == heard) else {
            return;
        };
        if quiet || heart {
            mind.reacts(if heart { "❤" } else { "👍" });
        }
        // Some read and say nothing.
        if !quiet {
            let lines = mind.answer(&mut self.rng);
            self.begin(who, lines);
        }
    }

    /// Types the first line, then says it.
    fn begin(&mut self, who: usize, lines: impl Into<VecDeque<Line>>) {
        let lines = lines.into();
        let (Some(first), Some(mind)) = (lines.front(), self.minds.get(who)) else {
            return;
        };
        mind.does(Act::Type);
        let typing = (first.text.chars().count() as f64 * PER_LETTER).clamp(0.5, LONGEST_TYPING);
        self.plan(Plan::Say(who, lines), typing);
    }

    fn say(&mut self, who: usize, mut lines: VecDeque<Line>) {
        let (Some(line), Some(mind)) = (lines.pop_front(), self.minds.get(who)) else {
            return;
        };
        if let Some((message, words)) = mind.says(&line) {
            self.plan(Plan::Correct(who, message, words), CORRECTS_AFTER);
        }
        self.begin(who, lines);
    }

    fn talk(&mut self, group: usize) {
        if let Some(neighbours) = self.groups.get_mut(group) {
            neighbours.talk(&mut self.rng);
        }
    }

    /// A newcomer, a word among the neighbours, or a thought of somebody.
    fn stir(&mut self) {
        if self.rng.random_ratio(1, IN_GROUPS) && !self.groups.is_empty() {
            let group = self.rng.random_range(0..self.groups.len());
            return self.talk(group);
        }
        if self.rng.random_ratio(1, NEWCOMERS) && self.newcomer() {
            return;
        }
        let who = self.rng.random_range(0..self.minds.len().max(1));
        let Some(mind) = self.minds.get_mut(who) else { return };
        let lines = mind.thought(&mut self.rng);
        self.begin(who, lines);
    }

    fn newcomer(&mut self) -> bool {
        let number = self.minds.len();
        if number >= CAST.len() {
            return false;
        }
        let Some(mut mind) = Mind::settled(&self.world, number, &mut self.rng) else {
            return false;
        };
        mind.does(Act::Start {
            payload: Some("site".to_owned()),
        });
        let lines = mind.next_lines();
        self.minds.push(mind);
        self.begin(number, lines);
        true
    }
}
