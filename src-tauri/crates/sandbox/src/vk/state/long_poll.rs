//! The event queue of a community that polling reads. <https://dev.vk.com/api/bots-long-poll/getting-started>

use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use tokio::sync::Notify;
use uuid::Uuid;

/// How many events are kept for a poller that fell behind. VK publishes no number; one that tests can overrun.
const KEPT: usize = 1000;

/// A key works this long, in seconds of the world's clock. VK publishes no number; SDKs meet `failed: 2` about hourly.
const KEY_LIFE: i64 = 3600;

/// Every event that can be switched on, in VK's order: `groups.setLongPollSettings`.
pub(crate) const EVENTS: &[&str] = &[
    "message_new",
    "message_reply",
    "message_allow",
    "message_deny",
    "message_edit",
    "message_typing_state",
    "message_read",
    "message_event",
    "message_reaction_event",
    "photo_new",
    "photo_comment_new",
    "photo_comment_edit",
    "photo_comment_delete",
    "photo_comment_restore",
    "audio_new",
    "video_new",
    "video_comment_new",
    "video_comment_edit",
    "video_comment_delete",
    "video_comment_restore",
    "wall_reply_new",
    "wall_reply_edit",
    "wall_reply_delete",
    "wall_reply_restore",
    "wall_post_new",
    "wall_repost",
    "wall_schedule_post_new",
    "wall_schedule_post_delete",
    "board_post_new",
    "board_post_edit",
    "board_post_delete",
    "board_post_restore",
    "market_comment_new",
    "market_comment_edit",
    "market_comment_delete",
    "market_comment_restore",
    "poll_vote_new",
    "group_join",
    "group_leave",
    "group_change_settings",
    "group_change_photo",
    "group_officers_edit",
    "user_block",
    "user_unblock",
    "like_add",
    "like_remove",
    "donut_subscription_create",
    "donut_subscription_prolonged",
    "donut_subscription_cancelled",
    "donut_subscription_price_changed",
    "donut_subscription_expired",
    "donut_money_withdraw",
    "donut_money_withdraw_error",
];

/// The queue, its keys and its settings.
#[derive(Debug)]
pub(crate) struct LongPoll {
    pub(crate) enabled: bool,
    pub(crate) api_version: String,
    switched_on: BTreeMap<&'static str, bool>,
    /// Events with their numbers; the newest has number `last`.
    events: VecDeque<(i64, Value)>,
    last: i64,
    key: String,
    /// When the key was made, unix seconds; none before the first poller asks.
    key_since: Option<i64>,
    /// Set when the history was lost: pollers hear `failed: 3` until they ask for a new server.
    lost: bool,
    pub(crate) arrived: Arc<Notify>,
}

/// What one poll finds.
#[derive(Debug, PartialEq)]
pub(crate) enum Found {
    Events {
        ts: i64,
        updates: Vec<Value>,
    },
    Nothing,
    /// `failed: 1`: the history before is gone, go on from here.
    Outdated {
        ts: i64,
    },
    /// `failed: 2`: the key is no longer good.
    KeyExpired,
    /// `failed: 3`: start anew.
    Lost,
}

impl Default for LongPoll {
    /// As a community has it whose owner has just switched messages and long poll on.
    fn default() -> Self {
        let switched_on = EVENTS
            .iter()
            .map(|name| (*name, name.starts_with("message_")))
            .collect();
        Self {
            enabled: true,
            api_version: "5.199".to_owned(),
            switched_on,
            events: VecDeque::new(),
            last: 1,
            key: fresh_key(),
            key_since: None,
            lost: false,
            arrived: Arc::default(),
        }
    }
}

impl LongPoll {
    /// Key and number to start with; asking again after a loss heals it.
    pub(crate) fn server(&mut self, now: i64) -> (String, i64) {
        self.lost = false;
        if self.is_worn(now) {
            self.rotate_key();
        }
        self.key_since.get_or_insert(now);
        (self.key.clone(), self.last)
    }

    fn is_worn(&self, now: i64) -> bool {
        self.key_since.is_some_and(|since| now - since >= KEY_LIFE)
    }

    pub(crate) fn is_on(&self, event: &str) -> bool {
        self.switched_on.get(event).copied().unwrap_or(false)
    }

    /// Switches one kind of event; false when there is no such kind.
    pub(crate) fn switch(&mut self, event: &str, on: bool) -> bool {
        self.switched_on.get_mut(event).map(|slot| *slot = on).is_some()
    }

    /// Adds an event, if its kind is switched on.
    pub(crate) fn push(&mut self, group_id: i64, kind: &str, object: Value) {
        if !self.enabled || !self.is_on(kind) {
            return;
        }
        self.last += 1;
        let event_id = Uuid::new_v4().simple().to_string();
        let event =
            json!({"group_id": group_id, "type": kind, "event_id": event_id, "v": self.api_version, "object": object});
        self.events.push_back((self.last, event));
        if self.events.len() > KEPT {
            self.events.pop_front();
        }
        self.arrived.notify_waiters();
    }

    /// What a poller with this key and number gets now.
    pub(crate) fn look(&self, key: &str, ts: i64, now: i64) -> Found {
        if self.lost {
            return Found::Lost;
        }
        if key != self.key || self.is_worn(now) {
            return Found::KeyExpired;
        }
        let oldest_known = self.events.front().map_or(self.last, |(number, _)| number - 1);
        if ts < oldest_known || ts > self.last {
            return Found::Outdated { ts: self.last };
        }
        let updates: Vec<Value> = self
            .events
            .iter()
            .filter(|(number, _)| *number > ts)
            .map(|(_, event)| event.clone())
            .collect();
        if updates.is_empty() {
            Found::Nothing
        } else {
            Found::Events { ts: self.last, updates }
        }
    }

    /// The key stops working, as it does in life after a while.
    pub(crate) fn rotate_key(&mut self) {
        self.key = fresh_key();
        self.key_since = None;
        self.arrived.notify_waiters();
    }

    /// Everything not yet read is forgotten; whoever polls with an older number hears `failed: 1`.
    pub(crate) fn forget_history(&mut self) {
        self.events.clear();
        self.last += 1;
        self.arrived.notify_waiters();
    }

    /// Everything is lost, the key too; whoever polls hears `failed: 3`.
    pub(crate) fn lose(&mut self) {
        self.events.clear();
        self.last += 1;
        self.lost = true;
        self.rotate_key();
    }
}

fn fresh_key() -> String {
    format!(
        "{}{}",
        Uuid::new_v4().simple(),
        &Uuid::new_v4().simple().to_string().get(..8).unwrap_or_default()
    )
}
