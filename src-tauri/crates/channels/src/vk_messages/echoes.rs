//! Which messages of the network are the ones that we have just sent.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use serde_json::{Value, json};

use super::wire::Message;

/// How many sends are remembered: far more than can be on their way at once at 20 calls a second.
const REMEMBERED: usize = 1000;
/// The name under which our key travels in `payload`.
const NAME: &str = "besedka";

/// The sends of this run of the program. After a restart the key is read from the message's payload instead.
#[derive(Debug, Default)]
pub(super) struct Echoes(Mutex<VecDeque<(i32, i64)>>);

impl Echoes {
    /// Remembers a send before it leaves, because its echo may overtake its answer. Says whether it is the first
    /// try of this run.
    pub(super) fn expect(&self, key: i64) -> bool {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.iter().any(|(_, known)| *known == key) {
            return false;
        }
        if sent.len() >= REMEMBERED {
            sent.pop_front();
        }
        sent.push_back((random_id(key), key));
        true
    }

    /// The key of our message that this one is, when it is ours.
    pub(super) fn key_of(&self, message: &Message) -> Option<i64> {
        let told = message.payload.as_deref().and_then(key_in);
        if told.is_some_and(|key| i64::from(random_id(key)) == message.random_id) {
            return told;
        }
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = sent.iter().rev().find(|(id, _)| i64::from(*id) == message.random_id);
        mine.map(|(_, key)| *key)
    }
}

/// VK's `random_id` is an `int32`, and a dialog refuses one that its last hour (or its last 100 messages) has seen:
/// <https://dev.vk.com/method/messages.send>. Folded from the key, the same for every try, never 0, which means «no check».
pub(super) fn random_id(key: i64) -> i32 {
    let mixed = key ^ (key >> 31);
    i32::try_from(mixed & 0x7fff_ffff).unwrap_or(1).max(1)
}

/// What travels with the message, so that a restarted program recognises it.
pub(super) fn payload(key: i64) -> String {
    json!({ NAME: key.to_string() }).to_string()
}

fn key_in(payload: &str) -> Option<i64> {
    let payload: Value = serde_json::from_str(payload).ok()?;
    payload.get(NAME)?.as_str()?.parse().ok()
}
