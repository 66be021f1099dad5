//! One connected community: what its receiving, sending and the rest share.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use contracts::{Clock, channel::CallError};
use domain::{At, RemoteId};

use super::{client::Client, echoes::Echoes, errors::reason, people::People};

/// Names of the cursors.
pub(super) const TS: &str = "ts";
pub(super) const LAST_MESSAGE: &str = "last_message_id";

/// The connector of one account.
#[derive(Debug)]
pub(super) struct Community {
    client: Client,
    pub(super) people: People,
    pub(super) echoes: Echoes,
    clock: Held,
    /// When the account was connected: history before that is loaded for a day (CH-11).
    pub(super) connected_at: At,
    position: Mutex<Position>,
    online_since: Mutex<Option<At>>,
}

/// Where the event queue was left: the cursors, as last committed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// The number of the event queue; none before the first session.
    pub(super) ts: Option<String>,
    /// Every message up to this id is known: by a look at the dialogs, not only by what was pushed.
    pub(super) known: i64,
}

/// The clock has no `Debug` of its own.
struct Held(Arc<dyn Clock>);

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl Community {
    pub(super) fn new(
        client: Client,
        clock: Arc<dyn Clock>,
        connected_at: At,
        cursors: &BTreeMap<String, String>,
    ) -> Self {
        let known = cursors.get(LAST_MESSAGE).and_then(|id| id.parse().ok()).unwrap_or(0);
        Self {
            client,
            people: People::default(),
            echoes: Echoes::default(),
            clock: Held(clock),
            connected_at,
            position: Mutex::new(Position {
                ts: cursors.get(TS).cloned(),
                known,
            }),
            online_since: Mutex::new(None),
        }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn group(&self) -> i64 {
        self.client.group()
    }

    pub(super) fn now(&self) -> At {
        self.clock.0.now()
    }

    pub(super) fn position(&self) -> Position {
        self.position.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// After the batch that holds it was committed.
    pub(super) fn moved_to(&self, position: Position) {
        *self.position.lock().unwrap_or_else(PoisonError::into_inner) = position;
    }

    /// Remembers when the line stood for the first time.
    pub(super) fn is_online(&self) {
        let mut since = self.online_since.lock().unwrap_or_else(PoisonError::into_inner);
        since.get_or_insert(self.now());
    }

    pub(super) fn online_since(&self) -> Option<At> {
        *self.online_since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number in an id that this channel has made.
pub(super) fn number(id: &RemoteId) -> Result<i64, CallError> {
    let number = id.as_str().parse();
    number.map_err(|_| CallError::Refused(reason("vk_messages.reason.no_such_chat")))
}
