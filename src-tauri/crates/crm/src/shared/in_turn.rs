//! Works in the order in which they have to arrive: one of a contact at a time, many contacts at once.

use std::collections::HashSet;

use contracts::crm::{ApplyError, Outcome, Work};
use domain::ContactId;

/// The outcomes of several works, gathered round by round. In a round every contact has at most one work; who failed
/// once holds up all that is behind.
pub(crate) struct InTurn<'a> {
    works: &'a [Work],
    outcomes: Vec<Option<Outcome>>,
    held: HashSet<ContactId>,
}

impl<'a> InTurn<'a> {
    pub(crate) fn new(works: &'a [Work]) -> Self {
        Self {
            works,
            outcomes: works.iter().map(|_| None).collect(),
            held: HashSet::new(),
        }
    }

    /// The works of the next round by their places; empty when there are none left.
    pub(crate) fn round(&mut self) -> Vec<(usize, &'a Work)> {
        let mut busy = HashSet::new();
        let mut round = Vec::new();
        for (at, (work, outcome)) in self.works.iter().zip(&mut self.outcomes).enumerate() {
            if outcome.is_some() {
                continue;
            }
            let contact = work.conversation.contact.id;
            if self.held.contains(&contact) {
                *outcome = Some(Err(ApplyError::Held));
            } else if busy.insert(contact) {
                round.push((at, work));
            }
        }
        round
    }

    /// How the work at this place went.
    pub(crate) fn went(&mut self, at: usize, outcome: Outcome) {
        if let Some(work) = self.works.get(at).filter(|_| outcome.is_err()) {
            self.held.insert(work.conversation.contact.id);
        }
        if let Some(place) = self.outcomes.get_mut(at) {
            *place = Some(outcome);
        }
    }

    /// All of them, in the order of the works.
    pub(crate) fn outcomes(self) -> Vec<Outcome> {
        let untouched = || Err(ApplyError::Held);
        let outcomes = self.outcomes.into_iter();
        outcomes.map(|outcome| outcome.unwrap_or_else(untouched)).collect()
    }
}
