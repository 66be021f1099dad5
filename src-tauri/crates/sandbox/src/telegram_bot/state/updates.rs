//! The queue of updates that the bot has not confirmed yet.

use serde_json::{Map, Value};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Unconfirmed updates are forgotten a day after their date (core.telegram.org/bots/api, getting updates).
pub(crate) const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// Every kind that this simulator makes, with whether it is on when `allowed_updates` is an empty list.
pub(crate) const KINDS: &[(&str, bool)] = &[
    ("message", true),
    ("edited_message", true),
    ("channel_post", true),
    ("edited_channel_post", true),
    ("business_connection", true),
    ("business_message", true),
    ("edited_business_message", true),
    ("deleted_business_messages", true),
    ("inline_query", true),
    ("chosen_inline_result", true),
    ("callback_query", true),
    ("shipping_query", true),
    ("pre_checkout_query", true),
    ("purchased_paid_media", true),
    ("poll", true),
    ("poll_answer", true),
    ("my_chat_member", true),
    ("chat_join_request", true),
    ("chat_boost", true),
    ("removed_chat_boost", true),
    ("message_reaction", false),
    ("message_reaction_count", false),
    ("chat_member", false),
];

/// One update.
#[derive(Clone, Debug)]
struct Update {
    id: i64,
    /// Unix seconds of the message; expiry counts from it.
    at: i64,
    /// The kind with its object, as it goes out.
    fields: Map<String, Value>,
}

/// The queue and what `getUpdates` remembers between calls.
#[derive(Debug)]
pub(crate) struct Updates {
    next: i64,
    queue: VecDeque<Update>,
    allowed: BTreeSet<&'static str>,
    expired_at: i64,
    /// Offset and time of the call before: the guard against busy polling looks at both.
    pub(crate) previous: Option<(i64, Instant)>,
    /// Until then a further conflict is told three seconds late.
    pub(crate) conflict_quiet_until: Option<Instant>,
    /// Counts waiting calls; only the newest may go on waiting.
    pub(crate) poll: u64,
    /// Wakes waiting calls.
    pub(crate) wake: Arc<Notify>,
}

impl Updates {
    pub(crate) fn starting_at(first: i64) -> Self {
        Self {
            next: first,
            queue: VecDeque::new(),
            allowed: defaults(),
            expired_at: 0,
            previous: None,
            conflict_quiet_until: None,
            poll: 0,
            wake: Arc::new(Notify::new()),
        }
    }

    /// Queues an update, unless its kind is not asked for. The kind is judged now, not at delivery.
    pub(crate) fn push(&mut self, kind: &'static str, at: i64, value: Value) {
        if !self.allowed.contains(kind) {
            return;
        }
        self.push_raw(at, Map::from_iter([(kind.to_owned(), value)]));
    }

    /// Queues an update of any shape, asked for or not.
    pub(crate) fn push_raw(&mut self, at: i64, fields: Map<String, Value>) {
        self.queue.push_back(Update {
            id: self.next,
            at,
            fields,
        });
        self.next += 1;
        self.wake.notify_waiters();
    }

    /// Applies `allowed_updates`: nothing changes when it is no list of names; an empty list means the default.
    pub(crate) fn allow(&mut self, wished: &str) {
        let Ok(names) = serde_json::from_str::<Vec<String>>(wished) else {
            return;
        };
        let wanted = |kind: &&(&'static str, bool)| names.iter().any(|name| name.eq_ignore_ascii_case(kind.0));
        let allowed: BTreeSet<_> = KINDS.iter().filter(wanted).map(|kind| kind.0).collect();
        self.allowed = if allowed.is_empty() { defaults() } else { allowed };
    }

    /// The list for `getWebhookInfo`, when it is not the default.
    pub(crate) fn allowed_unless_default(&self) -> Option<Vec<&'static str>> {
        (self.allowed != defaults()).then(|| self.allowed.iter().copied().collect())
    }

    /// Forgets what is a day old. Looks once a second at most: the queue may be long and polls frequent.
    pub(crate) fn expire(&mut self, now: i64) {
        if std::mem::replace(&mut self.expired_at, now) != now {
            self.queue.retain(|update| update.at > now - KEPT_SECONDS);
        }
    }

    /// Confirms everything before `offset`; a negative one keeps that many of the newest.
    /// An offset from the future is taken for no offset, as the real queue does.
    pub(crate) fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
            self.queue.drain(..self.queue.len().saturating_sub(keep));
        } else if offset <= self.next + FUTURE {
            let confirmed = self.queue.partition_point(|update| update.id < offset);
            self.queue.drain(..confirmed);
        }
    }

    /// The oldest updates.
    pub(crate) fn first(&self, limit: usize) -> Vec<Value> {
        let wire = |update: &Update| {
            let id = [("update_id".to_owned(), Value::from(update.id))];
            Value::Object(id.into_iter().chain(update.fields.clone()).collect())
        };
        self.queue.iter().take(limit).map(wire).collect()
    }

    /// How many wait.
    pub(crate) fn pending(&self) -> usize {
        self.queue.len()
    }

    /// Forgets all of them.
    pub(crate) fn clear(&mut self) {
        self.queue.clear();
    }
}

/// An offset this far beyond the newest update still confirms (td's TQueue allows ten).
const FUTURE: i64 = 10;

fn defaults() -> BTreeSet<&'static str> {
    KINDS.iter().filter(|kind| kind.1).map(|kind| kind.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(updates: &Updates) -> Vec<i64> {
        updates
            .first(100)
            .iter()
            .filter_map(|update| update["update_id"].as_i64())
            .collect()
    }

    #[test]
    fn a_confirmed_update_never_comes_again() {
        let mut updates = Updates::starting_at(10);
        for at in 0..4 {
            updates.push("message", at, Value::Null);
        }
        updates.confirm(12);
        assert_eq!(ids(&updates), [12, 13]);
        updates.confirm(0);
        assert_eq!(ids(&updates), [12, 13], "an older offset brings nothing back");
        updates.confirm(-1);
        assert_eq!(ids(&updates), [13]);
        updates.confirm(999);
        assert_eq!(ids(&updates), [13], "an offset from the future is no offset");
    }

    #[test]
    fn reactions_come_only_when_asked_for_and_never_in_retrospect() {
        let mut updates = Updates::starting_at(1);
        updates.push("message_reaction", 0, Value::Null);
        assert_eq!(updates.pending(), 0);
        updates.allow(r#"["message_reaction"]"#);
        updates.push("message_reaction", 0, Value::Null);
        updates.push("message", 0, Value::Null);
        assert_eq!(updates.pending(), 1);
        updates.allow("[]");
        updates.push("message", 0, Value::Null);
        assert_eq!(updates.pending(), 2);
    }

    #[test]
    fn a_day_old_update_is_lost() {
        let mut updates = Updates::starting_at(1);
        updates.push("message", 0, Value::Null);
        updates.push("message", 10, Value::Null);
        updates.expire(KEPT_SECONDS);
        assert_eq!(updates.pending(), 1);
    }
}
