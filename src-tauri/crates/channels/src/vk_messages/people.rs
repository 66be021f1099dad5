//! The pages of whoever a batch of messages names, asked for at once and kept for a day.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::At;

use super::{client::Client, convert::is_chat, names::Names, wire::User};
use crate::shared::vk_api::VkError;

/// People change their names, pictures and cities: once a day is what SPEC VK-4 asks.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// So many pages are kept: some megabytes.
const KEPT: usize = 5000;
/// Ids in one call: <https://dev.vk.com/method/users.get>, …/groups.getById, …/messages.getConversationsById.
const PEOPLE_AT_ONCE: usize = 1000;
const GROUPS_AT_ONCE: usize = 500;
const CHATS_AT_ONCE: usize = 100;

/// What is known of people, communities and chats.
#[derive(Debug, Default)]
pub(super) struct People(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    people: HashMap<i64, (At, User)>,
    groups: HashMap<i64, (At, String)>,
    chats: HashMap<i64, (At, String)>,
}

/// Who is not known (any more), by kind.
#[derive(Debug, Default)]
struct Missing {
    people: Vec<i64>,
    groups: Vec<i64>,
    chats: Vec<i64>,
}

impl People {
    /// The names of these ids: people, communities (negative) and chats. What VK does not tell now stays nameless:
    /// messages do not wait for it.
    pub(super) async fn names(&self, client: &Client, ids: &BTreeSet<i64>, now: At) -> Names {
        let missing = self.lock().missing(ids, now);
        self.ask_people(client, &missing.people, now).await;
        self.ask_groups(client, &missing.groups, now).await;
        self.ask_chats(client, &missing.chats, now).await;
        self.lock().names(ids)
    }

    async fn ask_people(&self, client: &Client, ids: &[i64], now: At) {
        for some in ids.chunks(PEOPLE_AT_ONCE) {
            match client.people(some).await {
                Ok(pages) => self
                    .lock()
                    .people
                    .extend(pages.into_iter().map(|page| (page.id, (now, page)))),
                Err(error) => return unknown("people", &error),
            }
        }
    }

    async fn ask_groups(&self, client: &Client, ids: &[i64], now: At) {
        for some in ids.chunks(GROUPS_AT_ONCE) {
            match client.communities(some).await {
                Ok(pages) => {
                    let named = pages.groups.into_iter().map(|page| (page.id, (now, page.name)));
                    self.lock().groups.extend(named);
                }
                Err(error) => return unknown("communities", &error),
            }
        }
    }

    async fn ask_chats(&self, client: &Client, peers: &[i64], now: At) {
        for some in peers.chunks(CHATS_AT_ONCE) {
            match client.conversations_by_id(some).await {
                Ok(found) => {
                    let titled = found.items.into_iter().filter_map(|chat| {
                        let title = chat.chat_settings?.title;
                        Some((chat.peer.id, (now, title)))
                    });
                    self.lock().chats.extend(titled);
                }
                Err(error) => return unknown("chats", &error),
            }
        }
    }

    /// The title of a chat has changed: the next message asks for it.
    pub(super) fn forget_chat(&self, peer: i64) {
        self.lock().chats.remove(&peer);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn missing(&mut self, ids: &BTreeSet<i64>, now: At) -> Missing {
        let fresh = |at: &At| now.since(*at) < FRESH;
        if self.people.len() > KEPT {
            self.people.clear();
        }
        self.people.retain(|_, (at, _)| fresh(at));
        self.groups.retain(|_, (at, _)| fresh(at));
        self.chats.retain(|_, (at, _)| fresh(at));
        let mut missing = Missing::default();
        for id in ids.iter().copied() {
            match id {
                0 => {}
                ..0 if !self.groups.contains_key(&-id) => missing.groups.push(-id),
                1.. if is_chat(id) && !self.chats.contains_key(&id) => missing.chats.push(id),
                1.. if !is_chat(id) && !self.people.contains_key(&id) => missing.people.push(id),
                _ => {}
            }
        }
        missing
    }

    fn names(&self, ids: &BTreeSet<i64>) -> Names {
        let mut names = Names::default();
        for id in ids {
            if let Some((_, page)) = self.people.get(id) {
                names.people.insert(*id, page.clone());
            }
            if let Some((_, name)) = self.groups.get(&-id) {
                names.groups.insert(-id, name.clone());
            }
            if let Some((_, title)) = self.chats.get(id) {
                names.chats.insert(*id, title.clone());
            }
        }
        names
    }
}

fn unknown(who: &'static str, error: &VkError) {
    tracing::info!(who, %error, "names not told; messages go on without");
}
