//! What conversations and accounts remember of a run of messages.

use std::collections::{HashMap, HashSet};

use domain::{AccountId, ConversationId, Direction, Moved, RemoteId, Verdict};
use store::{ConversationHead, StoreError, Tx};

use crate::{changes::Gathered, judge::Fresh};

const HOUR_MS: i64 = 3_600_000;

/// The conversations of a run.
pub(crate) type Flows = HashMap<ConversationId, ConversationHead>;

/// Takes every message; filtered ones move nothing and make no sound.
pub(super) fn take(flows: &mut Flows, fresh: &[Fresh<'_>], verdicts: &[Verdict], gathered: &mut Gathered) {
    for (one, verdict) in fresh.iter().zip(verdicts) {
        let Some(head) = flows.get_mut(&one.conversation_id) else {
            continue;
        };
        let message = one.message;
        gathered.thread(head.id);
        if *verdict == Verdict::Filtered {
            head.flow.take_filtered(one.id, message.sent_at);
            continue;
        }
        head.flow.take(Moved {
            id: one.id,
            direction: message.direction,
            sent_at: message.sent_at,
            read: message.read,
            automatic: false,
        });
        let quiet = head.muted || message.catch_up || message.read;
        if message.direction == Direction::In && !quiet {
            gathered.arrived(head.id, one.id);
        }
    }
}

/// Stores what has moved.
pub(super) async fn save(tx: &mut Tx, flows: &Flows, fresh: &[Fresh<'_>]) -> Result<(), StoreError> {
    let moved: HashSet<ConversationId> = fresh.iter().map(|one| one.conversation_id).collect();
    if moved.is_empty() {
        return Ok(());
    }
    let moved = flows.values().filter(|head| moved.contains(&head.id));
    store::conversations::save_flows(tx, moved.map(|head| (head.id, &head.flow))).await
}

/// How much went through the account, by hour.
pub(super) async fn count_hours(tx: &mut Tx, account: AccountId, fresh: &[Fresh<'_>]) -> Result<(), StoreError> {
    let mut hours: HashMap<i64, (i64, i64)> = HashMap::new();
    for one in fresh {
        let hour = hours
            .entry(one.message.sent_at.millis().div_euclid(HOUR_MS))
            .or_default();
        match one.message.direction {
            Direction::In => hour.0 += 1,
            Direction::Out => hour.1 += 1,
            Direction::System => {}
        }
    }
    let rows: Vec<_> = hours
        .into_iter()
        .map(|(hour, (incoming, outgoing))| (account, hour, incoming, outgoing))
        .collect();
    if rows.is_empty() {
        Ok(())
    } else {
        store::accounts::add_hours(tx, &rows).await
    }
}

/// The network is to be told that these were read (CH-8): whatever the rules say about them, and not before they are
/// stored.
pub(super) async fn will_be_read(tx: &mut Tx, account: AccountId, fresh: &[Fresh<'_>]) -> Result<(), StoreError> {
    let unread = fresh
        .iter()
        .filter(|one| one.message.direction == Direction::In && !one.message.read);
    let marks: HashMap<ConversationId, RemoteId> = unread
        .map(|one| (one.conversation_id, one.message.remote_id.clone()))
        .collect();
    if marks.is_empty() {
        return Ok(());
    }
    store::read_marks::put(tx, account, &marks.into_iter().collect::<Vec<_>>()).await
}
