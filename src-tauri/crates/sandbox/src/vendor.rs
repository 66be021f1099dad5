//! What every simulated network offers, so that suites, control page and living people need to know none of them.

use crate::act::{Abilities, AccountChange, Act, Past, Refused};
use crate::chaos::{Chaos, Failure};
use crate::clock::Clock;
use crate::ids::{ChatId, MessageId, PersonId};
use crate::letter::Letter;
use crate::news::Newsroom;
use crate::person::{Chat, NewPerson, Person};
use crate::phone::{PhoneChat, Sent};
use axum::Router;
use axum::response::Response;
use serde_json::{Map, Value};
use std::fmt::Debug;
use std::sync::Arc;
use url::Url;

/// What a vendor is given at its start.
#[derive(Clone, Debug)]
pub struct Host {
    /// Where its server listens, without a trailing path. File and long-poll addresses start with it.
    pub base_url: Url,
    /// The time.
    pub clock: Clock,
    /// Its own chaos. The server applies it to requests; poll loops ask [`Chaos::batch`] themselves.
    pub chaos: Chaos,
    /// Where it tells what happens.
    pub news: Newsroom,
    /// Makes tokens, waveforms and the like repeatable.
    pub seed: u64,
    /// Enforce the vendor's limits of calls per second.
    pub limits: bool,
}

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name in credentials, control paths and `Sandbox::vendor`.
    pub id: &'static str,
    /// Makes the vendor with one seeded account.
    pub start: fn(Host) -> Arc<dyn Vendor>,
}

/// The side of a simulated service that its clients see: what [`Vendor`]s and [`crate::Crm`]s have in common.
///
/// All methods are immediate: state lives in memory, and only routes wait.
pub trait Wire: Send + Sync + Debug {
    /// Its name in the registry.
    fn id(&self) -> &'static str;

    /// The vendor's own HTTP interface, exactly as documented by the vendor.
    fn routes(&self) -> Router;

    /// What a request is called in chaos patterns: `sendMessage`, `messages.send`, `upload`.
    fn method(&self, path: &str, query: Option<&str>) -> String;

    /// The answer in the vendor's own shape for a failure that chaos ordered.
    fn fail(&self, failure: Failure) -> Response;

    /// What the business types in to connect, by field (`token`, `group_id`): shown on the first line of the binary
    /// with the vendor's id before each name.
    fn credentials(&self) -> Map<String, Value>;

    /// Changes the business account.
    fn change(&self, change: AccountChange) -> Result<(), Refused>;

    /// Something that only this service has, by name; what there is stands in the vendor's folder.
    fn special(&self, what: &str, arguments: &Value) -> Result<Value, Refused> {
        let _ = (what, arguments);
        Err(Refused::NotOnThisNetwork)
    }
}

/// A simulated network with one business account on it.
pub trait Vendor: Wire {
    /// What the network has at all.
    fn abilities(&self) -> Abilities;

    /// Everybody, in order of appearance.
    fn people(&self) -> Vec<Person>;

    /// Somebody new.
    fn add_person(&self, person: NewPerson) -> Person;

    /// Chats that the business is in.
    fn chats(&self) -> Vec<Chat>;

    /// A new group with these people and the business.
    fn add_group(&self, title: &str, members: &[PersonId]) -> Result<Chat, Refused>;

    /// A customer does something; the private chat when none is named. Gives the messages that came of it
    /// (an album makes several).
    fn act(&self, who: &PersonId, chat: Option<&ChatId>, act: Act) -> Result<Vec<MessageId>, Refused>;

    /// Puts past messages, oldest first, in place without telling anybody: history where the network keeps one,
    /// undelivered updates of the customer's part where it does not.
    fn remember(&self, who: &PersonId, past: Vec<Past>) -> Result<Vec<MessageId>, Refused>;

    /// The business writes with the network's own app, not through the API.
    fn business_writes(&self, chat: &ChatId, letter: Letter) -> Result<Vec<MessageId>, Refused> {
        let _ = (chat, letter);
        Err(Refused::NotOnThisNetwork)
    }

    /// What the person's phone shows, newest chat last.
    fn phone(&self, who: &PersonId) -> Result<Vec<PhoneChat>, Refused>;

    /// Every send accepted from the business, in order.
    fn sent(&self) -> Vec<Sent>;
}
