use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use contracts::{
    Clock,
    channel::{CallError, SendError},
};
use domain::{At, RemoteId};

use super::{
    client::{BotError, Client},
    errors,
    pace::Pacing,
};

/// The cursor: the last update that is committed with us.
pub(super) const UPDATE_ID: &str = "update_id";
/// Beside it, when that was.
pub(super) const UPDATE_AT: &str = "update_at";
/// After a week without updates the server goes on with a random number (Bot API, `Update`): a day before that, the
/// old number stops counting. Updates live for a day only, so none is asked for twice but those that we know.
const NUMBER_HOLDS: Duration = Duration::from_secs(6 * 24 * 60 * 60);
/// So many conflicts within [`CONFLICT_WINDOW`] are no leftover of our own last session any more.
const CONFLICTS: usize = 5;
/// The supervisor's waits for five tries, twice over.
const CONFLICT_WINDOW: Duration = Duration::from_secs(10 * 60);

/// One connected bot.
pub(super) struct Bot {
    pub(super) client: Client,
    /// Its own id as a user.
    pub(super) id: i64,
    /// The address is the user's own.
    own_server: bool,
    /// Its server runs with `--local`: no limit of size, files lie on a disk that we can read.
    pub(super) local: bool,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) pacing: Pacing,
    position: Mutex<Position>,
    conflicts: Mutex<Vec<At>>,
    /// Groups that became supergroups, as the server told when we wrote to them.
    moved: Mutex<HashMap<i64, i64>>,
}

/// Where the queue of updates goes on.
#[derive(Debug, Clone, Copy, Default)]
struct Position {
    last: Option<i64>,
    at: Option<At>,
}

/// What a bot is, apart from how to reach it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Identity {
    pub(super) id: i64,
    pub(super) own_server: bool,
    pub(super) local: bool,
}

impl Bot {
    pub(super) fn new(
        client: Client,
        identity: Identity,
        clock: Arc<dyn Clock>,
        cursors: &BTreeMap<String, String>,
    ) -> Self {
        let cursor = |name| cursors.get(name).and_then(|text| text.parse().ok());
        Self {
            client,
            id: identity.id,
            own_server: identity.own_server,
            local: identity.local,
            clock,
            pacing: Pacing::default(),
            position: Mutex::new(Position {
                last: cursor(UPDATE_ID),
                at: cursor(UPDATE_AT).map(At),
            }),
            conflicts: Mutex::default(),
            moved: Mutex::default(),
        }
    }

    /// The update to ask for next; `None` for whatever the queue begins with.
    pub(super) fn offset(&self) -> Option<i64> {
        let Position { last, at } = *lock(&self.position);
        let outlived = at.is_some_and(|at| self.clock.now().since(at) > NUMBER_HOLDS);
        last.filter(|_| !outlived).map(|last| last.saturating_add(1))
    }

    /// The update is committed: the next poll forgets it.
    pub(super) fn committed(&self, last: i64, at: At) {
        *lock(&self.position) = Position {
            last: Some(last),
            at: Some(at),
        };
    }

    /// What a failed call means.
    pub(super) fn call_error(&self, error: BotError) -> CallError {
        errors::call_error(error, self.own_server)
    }

    /// What a failed call means for the message that was to be sent.
    pub(super) fn send_error(&self, error: BotError) -> SendError {
        errors::send_error(error, self.own_server)
    }

    /// What a failed poll means: another program that polls is waited for a few times, then a person has to decide.
    pub(super) fn poll_error(&self, error: BotError) -> CallError {
        let conflict = matches!(&error, BotError::Api(refusal) if refusal.is_other_poller());
        if conflict && self.too_many_conflicts() {
            return errors::other_poller();
        }
        self.call_error(error)
    }

    fn too_many_conflicts(&self) -> bool {
        let now = self.clock.now();
        let mut conflicts = lock(&self.conflicts);
        conflicts.retain(|at| now.since(*at) < CONFLICT_WINDOW);
        conflicts.push(now);
        conflicts.len() >= CONFLICTS
    }

    /// The number of a chat, which may have changed since.
    pub(super) fn chat(&self, chat: &RemoteId) -> Option<i64> {
        let chat = chat.as_str().parse().ok()?;
        Some(lock(&self.moved).get(&chat).copied().unwrap_or(chat))
    }

    /// The group `from` is the supergroup `to` now.
    pub(super) fn has_moved(&self, from: i64, to: i64) {
        lock(&self.moved).insert(from, to);
    }
}

impl fmt::Debug for Bot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").field("id", &self.id).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use contracts::testkit::FakeClock;
    use domain::Retry;
    use net::{BaseAddress, Options};

    use super::*;
    use crate::telegram_bot::client::ApiError;

    fn bot(clock: Arc<FakeClock>) -> Bot {
        let http = net::Client::new(&Options::default()).unwrap();
        let base = BaseAddress::parse("http://localhost").unwrap();
        let identity = Identity {
            id: 7100,
            own_server: false,
            local: false,
        };
        let client = Client::new(http, base, contracts::Secret::new(String::new()));
        let cursors = [(UPDATE_ID, "41"), (UPDATE_AT, "0")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        Bot::new(client, identity, clock, &cursors.into())
    }

    fn conflict() -> BotError {
        BotError::Api(ApiError {
            code: 409,
            description: "Conflict: terminated by other getUpdates request".to_owned(),
            ..ApiError::default()
        })
    }

    #[test]
    fn another_program_is_waited_for_a_few_times_and_then_a_person_asked() {
        let clock = Arc::new(FakeClock::at(At(0)));
        let bot = bot(clock.clone());
        let retries = (0..5).map(|_| bot.poll_error(conflict()).retry());
        assert_eq!(
            retries.collect::<Vec<_>>(),
            [Retry::Soon, Retry::Soon, Retry::Soon, Retry::Soon, Retry::Never]
        );
        clock.advance(CONFLICT_WINDOW);
        assert_eq!(bot.poll_error(conflict()).retry(), Retry::Soon, "long ago");
    }

    #[test]
    fn the_queue_goes_on_behind_the_last_update_unless_its_number_has_grown_old() {
        let clock = Arc::new(FakeClock::at(At(0)));
        let bot = bot(clock.clone());
        assert_eq!(bot.offset(), Some(42));
        clock.advance(NUMBER_HOLDS + Duration::from_secs(1));
        assert_eq!(bot.offset(), None);
        bot.committed(3, clock.now());
        assert_eq!(bot.offset(), Some(4));
    }
}
