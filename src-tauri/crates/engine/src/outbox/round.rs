//! Which works go together, pure: each contact's in order, nothing twice at once.

use std::{collections::HashSet, time::Duration};

use domain::{At, ContactId, MessageId};
use store::SyncRow;

/// So long a message waits for its files to come from the network; then it goes without them.
pub(crate) const FILES_PATIENCE: Duration = Duration::from_secs(60);

/// What may go now, and when to look again.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// Together in one call.
    pub(crate) batch: Vec<SyncRow>,
    /// When something becomes due by time alone.
    pub(crate) next: Option<At>,
}

/// Chooses at most `size` rows of `head`, which stands in the order of the queue. Contacts in `busy` are under way.
pub(crate) fn choose(head: Vec<SyncRow>, busy: &HashSet<ContactId>, size: usize, now: At) -> Round {
    let mut round = Round::default();
    let mut blocked = busy.clone();
    let mut messages: HashSet<MessageId> = HashSet::new();
    for row in head {
        if round.batch.len() >= size {
            break;
        }
        if blocked.contains(&row.contact_id) {
            continue;
        }
        let due = due_at(&row);
        if due > now {
            round.next = Some(round.next.map_or(due, |next| next.min(due)));
        }
        // What a message became is known only after its own call: an edit of it waits for the next round.
        if due > now || !messages.insert(row.message_id) {
            blocked.insert(row.contact_id);
            continue;
        }
        round.batch.push(row);
    }
    round
}

fn due_at(row: &SyncRow) -> At {
    if row.awaits_files {
        row.retry_at.max(row.queued_at.plus(FILES_PATIENCE))
    } else {
        row.retry_at
    }
}

#[cfg(test)]
mod tests {
    use domain::{CrmOperation, SyncId};

    use super::*;

    fn row(id: i64, contact: i64) -> SyncRow {
        SyncRow {
            id: SyncId(id),
            message_id: MessageId(id),
            operation: CrmOperation::Message,
            contact_id: ContactId(contact),
            history: false,
            attempts: 0,
            retry_at: At(0),
            intended_at: None,
            awaits_files: false,
            queued_at: At(0),
        }
    }

    fn ids(round: &Round) -> Vec<i64> {
        round.batch.iter().map(|row| row.id.0).collect()
    }

    const NOW: At = At(1000);

    #[test]
    fn a_contact_whose_first_must_wait_waits_whole() {
        let waits = SyncRow {
            retry_at: At(5000),
            ..row(1, 1)
        };
        let round = choose(vec![waits, row(2, 1), row(3, 2)], &HashSet::new(), 10, NOW);
        assert_eq!((ids(&round), round.next), (vec![3], Some(At(5000))));
    }

    #[test]
    fn nobody_is_served_twice_at_once() {
        let busy = HashSet::from([ContactId(1)]);
        let round = choose(vec![row(1, 1), row(2, 2), row(3, 2)], &busy, 10, NOW);
        assert_eq!(ids(&round), [2, 3], "in order, in one call");
        assert_eq!(ids(&choose(vec![row(2, 2), row(3, 2)], &busy, 1, NOW)), [2]);
    }

    #[test]
    fn an_edit_waits_until_its_message_is_known_there() {
        let edit = SyncRow {
            message_id: MessageId(1),
            operation: CrmOperation::Edit,
            ..row(2, 1)
        };
        let round = choose(vec![row(1, 1), edit, row(3, 1)], &HashSet::new(), 10, NOW);
        assert_eq!(ids(&round), [1]);
    }

    #[test]
    fn files_are_waited_for_but_not_for_ever() {
        let with_photo = SyncRow {
            awaits_files: true,
            ..row(1, 1)
        };
        let at = |now| ids(&choose(vec![with_photo.clone()], &HashSet::new(), 10, now));
        assert_eq!(at(NOW), [0_i64; 0]);
        assert_eq!(at(At(0).plus(FILES_PATIENCE)), [1]);
    }
}
