//! The outcomes of works that go out together, each in the place of its work.

use contracts::crm::{CrmError, Outcome};

use super::errors::{ApiError, nothing_came};

/// Filled place by place, in any order.
pub(super) struct Places(Vec<Option<Outcome>>);

impl Places {
    /// For so many works.
    pub(super) fn of(works: usize) -> Self {
        Self((0..works).map(|_| None).collect())
    }

    pub(super) fn put(&mut self, at: usize, outcome: Outcome) {
        if let Some(place) = self.0.get_mut(at) {
            *place = Some(outcome);
        }
    }

    /// What happened to a call happened to everything in it.
    pub(super) fn put_all(&mut self, places: impl Iterator<Item = usize>, error: ApiError) {
        let error = CrmError::from(error);
        places.for_each(|at| self.put(at, Err(error.clone().into())));
    }

    /// All of them; of a place that stayed empty nothing is known.
    pub(super) fn outcomes(self) -> Vec<Outcome> {
        let all = self.0.into_iter();
        all.map(|outcome| outcome.unwrap_or_else(|| Err(nothing_came().into())))
            .collect()
    }
}
